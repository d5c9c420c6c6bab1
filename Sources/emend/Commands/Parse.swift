import ArgumentParser
import EmendCitation
import EmendCorpus
import EmendModel

/// `emend parse [FILE]`.
struct Parse: ParsableCommand, Configured {
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
    let parser = try ReferenceParser(lexicons: common.lexiconFolder())
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
    try InputFile.bytes(path ?? "-").split(separator: 0x0A).compactMap { line in
      var line = line
      while let last = line.last, last <= 0x20 { line.removeLast() }
      while let first = line.first, first <= 0x20 { line.removeFirst() }
      return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
  }
}
