import ArgumentParser
import EmendCorpus
import EmendModel
import EmendPipeline

struct Outline: AsyncParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "outline",
    abstract: "Prints pages, headings, blocks and notes.",
    discussion: """
      For a person: the format that was recognised, the pages with their printed numbers, the headings set in by \
      level with the page to quote, the notes with what calls them, and the facts of the front matter. As JSON: \
      one object a document with pages, headings, blocks, notes and front_matter; lines count from 1 in the input.

      Examples:
        emend outline chapter.txt
        emend outline --to json scans/ > outlines.jsonl
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []
  @Option(help: "Output format: text or json.") var to: Format = .text
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let emender = try common.textEmender()
    let (format, style) = (to, Style(on: common.colored))
    try await Documents.each(inputs, common) { scan, threads -> [UInt8] in
      let document = emender.document(of: scan, threads: threads)
      switch format {
      case .json:
        var json = JSONLine()
        Records.outline(of: document, into: &json)
        json.endLine()
        return json.bytes
      case .text:
        return Array(OutlineTree(document, style: style).text.utf8)
      }
    } take: {
      try Output.standard.write($0)
    }
    try Output.standard.flush()
  }
}

/// The outline of a document as a tree for a person.
struct OutlineTree {
  private(set) var text = ""
  private let document: Document
  private let style: Style

  init(_ document: Document, style: Style) {
    self.document = document
    self.style = style
    title()
    pages()
    frontMatter()
    headings()
    notes()
    for warning in document.warnings { line(style.yellow("! \(warning.message)")) }
  }

  private mutating func line(_ content: String) { text += content + "\n" }

  private mutating func title() {
    let source = document.scan.source
    line(style.bold(document.id) + style.dim("  \(source.format.rawValue), \(source.encoding)"))
    let kinds = Block.Kind.allCases.compactMap { kind -> String? in
      let count = document.blocks.reduce(0) { $0 + ($1.kind == kind ? 1 : 0) }
      return count == 0 ? nil : counted(count, kind.rawValue, Self.plurals[kind])
    }
    line(
      "  " + kinds.joined(separator: ", ")
        + style.dim("; \(counted(document.sentences.count, "sentence"))"))
  }

  /// Kinds whose plural has more, or less, than an s behind it.
  private static let plurals: [Block.Kind: String] = [.contents: "contents", .index: "indexes"]

  /// Runs of pages whose numbers count on are shown as one.
  private mutating func pages() {
    var runs: [String] = []
    var start = 0
    let pages = document.pages
    while start < pages.count {
      var end = start + 1
      while end < pages.count, continues(pages[end - 1], pages[end]) { end += 1 }
      let files = end - start == 1 ? "\(start + 1)" : "\(start + 1)–\(end)"
      let printed = pages[start].printed.map { first in
        end - start == 1 ? first : "\(first)–\(pages[end - 1].printed ?? first)"
      }
      let inferred = pages[start..<end].reduce(0) { $0 + ($1.printedSource == .inferred ? 1 : 0) }
      runs.append(
        files + " " + (printed.map { "= " + style.cyan($0) } ?? style.dim("unnumbered"))
          + (inferred > 0 ? style.dim(" (\(inferred) inferred)") : ""))
      start = end
    }
    line("  pages " + runs.joined(separator: ", "))
    let heads = document.furniture.reduce(0) { $0 + ($1.kind == .head || $1.kind == .foot ? 1 : 0) }
    if heads > 0 {
      line(style.dim("  \(counted(heads, "running head or foot", "running heads and feet")) set aside"))
    }
  }

  private func continues(_ a: PageRecord, _ b: PageRecord) -> Bool {
    guard let first = a.printed, let second = b.printed else { return a.printed == nil && b.printed == nil }
    if let x = Int(first), let y = Int(second) { return y == x + 1 }
    return Int(first) == nil && Int(second) == nil
  }

  private mutating func frontMatter() {
    guard let matter = document.frontMatter else { return }
    let issue = [
      matter.volume.map { "volume \($0)" }, matter.issue.map { "number \($0)" }, matter.season, matter.year,
    ]
    let facts: [(String, String?)] = [
      ("journal", matter.journal), ("title", matter.title),
      ("issue", issue.contains { $0 != nil } ? issue.compactMap { $0 }.joined(separator: ", ") : nil),
      ("ISSN", matter.issn.isEmpty ? nil : matter.issn.joined(separator: ", ")),
      ("ISBN", matter.isbn.isEmpty ? nil : matter.isbn.joined(separator: ", ")),
      ("publisher", matter.publisher),
    ]
    for (name, fact) in facts { if let fact { line("  \(style.dim(name)) \(fact)") } }
    for person in matter.editors { line("  \(style.dim(person.role)) \(person.name)") }
    if !matter.board.isEmpty {
      line("  \(style.dim("board")) \(matter.board.map(\.name).joined(separator: ", "))")
    }
    for price in matter.prices { line("  \(style.dim("price")) \(price.who): \(price.amount)") }
    for person in matter.contributors {
      let post = [person.position, person.institution].compactMap { $0 }.joined(separator: ", ")
      line("  \(style.dim("contributor")) \(person.name)" + (post.isEmpty ? "" : ", \(post)"))
    }
    for abstract in matter.abstracts {
      let names = abstract.authors.joined(separator: ", ")
      line(
        "  \(style.dim("abstract")) "
          + [abstract.title, names].filter { !$0.isEmpty }.joined(separator: ", "))
    }
  }

  private mutating func headings() {
    for block in document.blocks where block.kind == .heading {
      let indent = String(repeating: "  ", count: max(1, block.level))
      let title = document.text(block.range)
      line(
        indent + style.bold(title) + "  "
          + style.cyan("p. " + document.pageLabel(ofReading: block.range.lowerBound)))
    }
  }

  private mutating func notes() {
    guard !document.notes.isEmpty else { return }
    let linked = document.notes.reduce(0) { $0 + ($1.anchor == nil ? 0 : 1) }
    line(
      "  \(counted(document.notes.count, "note")), \(linked) with \(document.notes.count == 1 ? "its" : "their") call"
    )
    for note in document.notes {
      let words = document.text(note.text).split(separator: " ").prefix(9).joined(separator: " ")
      let call = note.anchor.map { anchor in
        let place = document.place(ofReading: anchor.range.lowerBound)
        return style.dim("line \(place.line) after “\(anchor.wordBefore)\(anchor.between)”")
      }
      line("    \(style.green(note.mark)) \(words)  " + (call ?? style.yellow("no call found")))
    }
  }
}
