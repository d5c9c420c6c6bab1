import EmendCitation
import EmendCorpus
import EmendLexicons
import EmendModel
import EmendReading
import EmendRepair
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a command ends without success, in one line, with the exit code of the command-line contract
/// (`sysexits.h`, BSD).
struct Failure: Error {
  enum Code: Int32 {
    /// Some documents failed; the rest is written.
    case someFailed = 1
    case usage = 64
    /// Configuration or lexicon.
    case badData = 65
    case noInput = 66
    case internalError = 70
    case cannotCreate = 73
    case readWrite = 74
    case interrupted = 130
  }

  let code: Code
  let message: String
  /// What `emend explain` takes; nil where the exit code says all.
  let name: String?

  init(_ code: Code, _ message: String, name: String? = nil) {
    self.code = code
    self.message = message
    self.name = name
  }

  /// What an error of the library means to the caller of a command. One that nothing is known of is a fault of the
  /// program.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as LexiconError: self.init(.badData, error.description)
    case let error as ModelError: self.init(.badData, error.description)
    case let error as ReadingError:
      self.init(.noInput, error.description, name: error.code.rawValue)
    case let error as CorpusError:
      switch error {
      case .notFound, .unfinished, .unreadable: self.init(.noInput, error.description)
      case .notWritable: self.init(.cannotCreate, error.description)
      case .badRequest: self.init(.usage, error.description)
      }
    case let error as GoldError:
      switch error {
      case .unreadable(let path):
        // Of what can be read, only nothing at all cannot be mapped.
        self.init(InputFile.fault(path) ?? Failure(.badData, "\(path): is empty"))
      case .bad: self.init(.badData, error.description)
      }
    case is CancellationError:
      self.init(.interrupted, "stopped; run the same command again to go on from here")
    default:
      let text = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
      self.init(.internalError, "internal error: \(text)", name: "internal")
    }
  }

  /// Prints the line on standard error, as JSON with `--json-log`, and ends the process.
  func report() -> Never {
    if !message.isEmpty {
      // The options may be what could not be read; the flag is looked for by itself.
      let asJSON = CommandLine.arguments.contains("--json-log")
      Log.message(
        "error", "emend: ", message, code: name ?? (asJSON ? String(code.rawValue) : nil), asJSON: asJSON)
    }
    exit(code.rawValue)
  }
}

/// Standard error, a line at a time.
enum Log {
  static func line(_ text: String) { write(text + "\n") }

  static func write(_ text: String) { _ = FileDescriptor.write(2, Array(text.utf8)) }

  static var isTerminal: Bool { FileDescriptor.isTerminal(2) }

  /// A message with the code that `emend explain` takes: a JSON line, or the head, the message and the code in
  /// brackets.
  static func message(_ level: String, _ head: String, _ message: String, code: String?, asJSON: Bool) {
    if asJSON {
      var json = JSONLine()
      json.object {
        $0.field("level", level)
        if let code { $0.field("code", code) }
        $0.field("message", message)
      }
      line(String(decoding: json.bytes, as: UTF8.self))
    } else {
      line(head + message + (code.map { " [\($0)]" } ?? ""))
    }
  }
}
