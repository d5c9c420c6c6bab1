/// Why a document could not be read: what is wrong, where, and what a person can do about it.
public struct ReadingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A short fixed name for each kind of failure.
  public enum Code: String, Sendable, CaseIterable {
    case notFound = "not-found"
    case unreadable
    /// The bytes are no text: the message names what they are.
    case notText = "not-text"
    case tooLarge = "too-large"
    case lineTooLong = "line-too-long"
    case encrypted
    case truncated
    case unsafePath = "unsafe-path"
    /// An archive with too many members, or one that grows beyond bounds when unpacked.
    case archiveLimit = "archive-limit"
    case badArchive = "bad-archive"
    /// With `strict`: bytes that are not UTF-8.
    case invalidUTF8 = "invalid-utf8"
    case badXML = "bad-xml"
    /// Markup that none of the readers knows.
    case unknownFormat = "unknown-format"
    case tooDeep = "too-deep"
    /// A program that the format needs is not installed.
    case missingTool = "missing-tool"
    case toolFailed = "tool-failed"
    case noDocuments = "no-documents"
  }

  public var code: Code
  /// The file as the user named it.
  public var file: String
  /// Source offset in bytes, where one is known.
  public var offset: Int?
  /// What is wrong, in one sentence without the file's name.
  public var message: String
  /// What to do about it; nil when there is nothing.
  public var remedy: String?

  public init(_ code: Code, file: String, offset: Int? = nil, message: String, remedy: String? = nil) {
    self.code = code
    self.file = file
    self.offset = offset
    self.message = message
    self.remedy = remedy
  }

  /// "scans/x.txt: not text but a PNG image (rename it or leave it out)".
  public var description: String {
    let place = offset.map { " at byte \($0)" } ?? ""
    return "\(file): \(message)\(place)" + (remedy.map { " (\($0))" } ?? "")
  }

  func about(_ file: String) -> ReadingError {
    var copy = self
    copy.file = file
    return copy
  }
}
