import ArgumentParser
import EmendModel
import EmendPipeline
import EmendReading
import EmendRepair
import FoundationEssentials

struct Diff: AsyncParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Prints what was changed, and on what evidence.",
    discussion: """
      First the damage profile of the document: what stands in the text, what it is read as, how many distinct \
      words vote for that, which share of the letters is damaged, and on which pages. Then every change with its page, line and column, \
      and the evidence; suggestions, which are not made, are marked with a question mark.

      Examples:
        emend diff chapter.txt
        emend diff --color always chapter.txt | less -R
        emend diff --decisions emend.decisions.jsonl chapter.txt
      """)

  @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []
  @Option(help: "Decisions to apply (JSON lines).") var decisions: String?
  @Flag(help: "Only the damage profile.") var profile = false
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let emender = try common.textEmender(decisions: decisions)
    let report = DiffReport(style: Style(on: common.colored), profileOnly: profile)
    try await Documents.each(inputs, common) { scan, threads in
      report.text(emender.document(of: scan, threads: threads))
    } take: {
      try Output.standard.write($0)
    }
  }
}

/// The changes of a document as people read them.
struct DiffReport: Sendable {
  let style: Style
  let profileOnly: Bool
  /// Bytes of context on either side of a change.
  private static let context = 32

  func text(_ document: Document) -> String {
    let transcript = document.transcript
    var lines = [style.bold(transcript.scan.id)]
    for warning in transcript.warnings { lines.append(style.yellow("  " + warning.message)) }
    lines += profile(transcript)
    if !profileOnly { lines += changes(document) }
    lines.append(summary(transcript))
    return lines.joined(separator: "\n") + "\n"
  }

  private func profile(_ transcript: Transcript) -> [String] {
    if transcript.profile.isEmpty { return ["  no pattern of damaged letters found"] }
    var rows = [["stand-in", "read as", "votes", "applied", "rate", "confidence", "pages", "for example"]]
    for pattern in transcript.profile {
      rows.append([
        Self.shown(pattern.standIn), pattern.reading, String(pattern.votes), String(pattern.applied),
        Self.percent(pattern.rate), Self.percent(pattern.confidence), Self.pages(pattern.pages),
        pattern.examples.prefix(3).joined(separator: ", "),
      ])
    }
    let numeric: Set<Int> = [2, 3, 4, 5]
    let widths = (0..<7).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.enumerated().map { index, row in
      let cells = row.enumerated().map { column, cell in
        guard column < widths.count else { return cell }
        let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
        return numeric.contains(column) ? padding + cell : cell + padding
      }
      let line = "  " + cells.joined(separator: "  ")
      return index == 0 ? style.dim(line) : line
    } + [""]
  }

  /// Each change with its page, by the printed number where there is one, and its line and column in the input.
  private func changes(_ document: Document) -> [String] {
    let scan = document.scan
    let shown = document.transcript.emendations.filter { $0.status != .rejected }
    let places = shown.map { emendation in
      let place = scan.place(at: emendation.range.lowerBound)
      return "p. \(document.pageLabel(page: place.page)), \(place.line):\(place.column)"
    }
    let width = places.map(\.count).max() ?? 0
    var lines: [String] = []
    for (emendation, at) in zip(shown, places) {
      let line =
        scan.lines.isEmpty
        ? 0..<scan.text.count : scan.lines[scan.lineIndex(at: emendation.range.lowerBound)].range
      let start = boundary(scan.text, max(line.lowerBound, emendation.range.lowerBound - Self.context))
      let end = boundary(
        scan.text,
        min(max(line.upperBound, emendation.range.upperBound), emendation.range.upperBound + Self.context))
      let before = String(decoding: scan.text[start..<emendation.range.lowerBound], as: UTF8.self)
      let after = String(decoding: scan.text[emendation.range.upperBound..<end], as: UTF8.self)
      let change = marked(emendation)
      let mark = emendation.status == .applied ? " " : style.yellow("?")
      lines.append(
        "\(mark) " + style.cyan(at + String(repeating: " ", count: max(0, width - at.count))) + "  "
          + Self.visible(before) + change + Self.visible(after))
      lines.append(
        String(repeating: " ", count: width + 4)
          + style.dim("\(emendation.rule), \(Self.percent(emendation.confidence)): \(emendation.evidence)"))
    }
    return lines
  }

  /// [-old-]{+new+} as `git diff --word-diff` sets it, coloured where colour is on.
  private func marked(_ emendation: Emendation) -> String {
    let old = emendation.original.isEmpty ? "" : style.red("[-" + Self.visible(emendation.original) + "-]")
    let new = emendation.reading.isEmpty ? "" : style.green("{+" + Self.visible(emendation.reading) + "+}")
    return old + new
  }

  private func summary(_ transcript: Transcript) -> String {
    let applied = transcript.emendations.filter { $0.status == .applied }.count
    let suggested = transcript.emendations.filter { $0.status == .suggested }.count
    return style.bold("\(applied) applied, \(suggested) suggested")
  }

  /// The nearest start of a character at or before an offset.
  private func boundary(_ text: [UInt8], _ offset: Int) -> Int {
    var at = offset
    while at > 0, at < text.count, text[at] & 0xC0 == 0x80 { at -= 1 }
    return at
  }

  /// The pages of the scan over which a pattern holds, counted from 1.
  private static func pages(_ pages: Range<Int>?) -> String {
    guard let pages else { return "all" }
    return pages.count == 1 ? "\(pages.upperBound)" : "\(pages.lowerBound + 1)–\(pages.upperBound)"
  }

  private static func shown(_ standIn: String) -> String {
    standIn.isEmpty ? "(nothing)" : visible(standIn).replacing(" ", with: "␣")
  }

  /// Control characters as pictures, so that they cannot steer the terminal.
  private static func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
        result.unicodeScalars.append(picture)
      } else if scalar.value >= 0x7F && scalar.value < 0xA0 {
        result += "␡"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func percent(_ value: Double) -> String {
    let tenths = Int((value * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
