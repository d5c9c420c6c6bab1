import ArgumentParser
import EmendCitation
import EmendCorpus
import EmendModel
import FoundationEssentials
import Glibc

/// `emend parse [FILE]`.
struct Parse: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Parses references, one a line.",
    discussion: """
      One record for each line that is not empty, in the order of the lines.

      Examples:
        emend parse references.txt --to csl-json > references.json
        xclip -o | emend parse --to bibtex
      """)

  @Argument(help: "A file of references, one a line; standard input without it.") var file: String?
  @Option(help: "The format to write: \(ReferenceFormat.list).") var to = ReferenceFormat.jsonl
  @OptionGroup var common: CommonOptions

  func run() throws {
    let parser = try ReferenceFormat.parser(common)
    var workspace = ReferenceParser.Workspace()
    var writer = ReferenceOutput(to)
    var repeated = RepeatedAuthors()
    for line in try InputLines.read(file) {
      var reference = parser.parse(line, &workspace)
      repeated.fill(&reference)
      writer.add(reference)
      try writer.drain()
    }
    try writer.finish()
  }
}

/// The lines of a file or of standard input that are not empty.
enum InputLines {
  static func read(_ path: String?) throws -> [String] {
    let data: Data
    if let path, path != "-" {
      guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
        throw Failure(.noInput, "\(path) cannot be read")
      }
      data = bytes
    } else {
      data = try Self.standardInput()
    }
    return data.split(separator: 0x0A).compactMap { line in
      var line = line
      while let last = line.last, last <= 0x20 { line.removeLast() }
      while let first = line.first, first <= 0x20 { line.removeFirst() }
      return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
  }

  static func standardInput() throws -> Data {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(0, $0.baseAddress, $0.count) }
      if count == 0 { return data }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(.readWrite, "standard input cannot be read")
      }
      data.append(contentsOf: buffer[..<count])
    }
  }
}
