import ArgumentParser
import EmendModel
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

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Prints the line on standard error, as JSON with `--json-log`, and ends the process.
  func report() -> Never {
    if !message.isEmpty {
      // The options may be what could not be read; the flag is looked for by itself.
      if CommandLine.arguments.contains("--json-log") {
        var json = JSONLine()
        json.object {
          $0.field("level", "error")
          $0.field("code", String(code.rawValue))
          $0.field("message", message)
        }
        Log.line(String(decoding: json.bytes, as: UTF8.self))
      } else {
        Log.line("emend: \(message)")
      }
    }
    exit(code.rawValue)
  }
}

/// Standard error, a line at a time.
enum Log {
  static func line(_ text: String) { write(text + "\n") }

  static func write(_ text: String) { _ = FileDescriptor.write(2, Array(text.utf8)) }

  static var isTerminal: Bool { FileDescriptor.isTerminal(2) }
}
