/// What a message of the program means, for `emend explain CODE`.
///
/// ```swift
/// Explanation.of("mixed-encoding").first?.remedy  // "Look at the lines that the message names; …"
/// ```
public struct Explanation: Sendable, Equatable {
  public enum Kind: String, Sendable {
    /// A document was read, and something about it is worth knowing.
    case warning
    /// A document or record was not read; the others were.
    case failure
    /// How a command ended.
    case exit = "exit code"
  }

  /// The fixed name that stands in messages, JSON logs, `warnings`, `failures` and error records.
  public let code: String
  public let kind: Kind
  /// The stage that says so; empty for exit codes.
  public let stage: String
  /// What is the case, in one sentence.
  public let meaning: String
  /// How it comes about and what the program has done.
  public let cause: String
  /// What a person can do.
  public let remedy: String

  init(
    _ code: String, _ kind: Kind, _ stage: String = "", _ meaning: String, why cause: String,
    do remedy: String
  ) {
    (self.code, self.kind, self.stage) = (code, kind, stage)
    (self.meaning, self.cause, self.remedy) = (meaning, cause, remedy)
  }

  /// All of them: warnings by stage, failures by stage, exit codes.
  public static let all: [Explanation] =
    readingWarnings + laterWarnings + readingFailures + recordFailures + exitCodes

  /// The explanations of a code, none for an unknown one: a code may stand for a warning and a failure.
  public static func of(_ code: String) -> [Explanation] { all.filter { $0.code == code } }

  /// The known code that is spelled most like a given one; nil when none is like it.
  public static func nearest(to code: String) -> String? {
    EditDistance.nearest(to: code, in: all.map(\.code))
  }
}
