import EmendModel

/// The contents of a journal issue: entries of two or three lines with a page number at the end of one of
/// them and the authors at the end, under rubrics.
///
/// Contents pages of books are read by `ContentsPages`.
enum IssueContents {
  /// Entries in a run before it is believed.
  static let leastEntries = 3
  static let longestLine = 160

  static func read(_ galley: inout Galley, _ text: FrontMatterText, _ matter: inout FrontMatterDraft) {
    guard galley.contents.isEmpty else { return }
    var run: [(block: Int, entry: ContentsEntry)] = []
    var rubric: BlockDraft?
    var best: [(block: Int, entry: ContentsEntry)] = []
    func close() {
      if run.count > best.count { best = run }
      run.removeAll()
    }
    for index in galley.blocks.indices.prefix(FrontMatterReader.reach) {
      let block = galley.blocks[index]
      if block.kind == .heading {
        rubric = block
        continue
      }
      if let entry = entry(galley, block, text, rubric) {
        run.append((index, entry))
      } else {
        close()
      }
    }
    close()
    guard best.count >= leastEntries else { return }
    galley.contents = best.map(\.entry)
    for found in best { galley.blocks[found.block].kind = .contents }
  }

  /// A number glued to its word or stop calls a note; that of a page stands behind a space or leaders.
  private static func standsApart(_ text: [UInt8], _ token: Range<Int>) -> Bool {
    let before = text[token.lowerBound - 1]
    return Glyphs.isSpace(before)
      || before == 0x2E && token.lowerBound >= 2 && text[token.lowerBound - 2] == 0x2E
  }

  /// Whether a block is a paragraph of sentences: one ends inside it, in running text.
  private static func isProse(_ galley: Galley, _ block: BlockDraft) -> Bool {
    let pairs = zip(block.lines, block.lines.dropFirst())
    return pairs.contains { RunningText.goesOn(galley, galley.lines[$0], galley.lines[$1]) }
      && block.lines.contains { line in
        let range = galley.lines[line].range
        let stops = galley.text[range].indices.dropLast(2).contains { index in
          galley.text[index] == 0x2E && index >= range.lowerBound + 4 && galley.text[index + 1] == 0x20
            && Glyphs.isUpper(UInt32(galley.text[index + 2]))
            && galley.text[(index - 3)..<index].allSatisfy { Glyphs.isLower(UInt32($0)) }
        }
        return stops || galley.lines[line].endsSentence
      }
  }

  private static func entry(
    _ galley: Galley, _ block: BlockDraft, _ text: FrontMatterText, _ rubric: BlockDraft?
  ) -> ContentsEntry? {
    guard [.paragraph, .masthead].contains(block.kind), let first = block.lines.first,
      let last = block.lines.last,
      block.lines.count <= 6, block.lines.allSatisfy({ galley.lines[$0].range.count <= longestLine }),
      !isProse(galley, block)
    else { return nil }
    var page: String?
    var pieces: [Range<Int>] = []
    for line in block.lines {
      var range = galley.lines[line].range
      if page == nil, let token = ContentsPages.pageToken(galley.text, galley.lines[line]),
        standsApart(galley.text, token)
      {
        page = galley.string(token)
        range = range.lowerBound..<token.lowerBound
      }
      pieces.append(range)
    }
    guard let page, let closing = pieces.last else { return nil }
    var authors: [String] = []
    if let slanted = text.emphasis(last, .italic).last,
      slanted.upperBound == galley.lines[last].range.upperBound
    {
      authors = Names.list(text.string(slanted))
      pieces[pieces.count - 1] = closing.lowerBound..<max(closing.lowerBound, slanted.lowerBound)
    } else if block.lines.count > 1 {
      let names = Names.list(text.string(closing))
      if names.allSatisfy({ Names.isName($0, text.knowledge) }) {
        authors = names
        pieces.removeLast()
      }
    }
    var title = pieces.map(text.string).filter { !$0.isEmpty }.joined(separator: " ")
    while let end = title.last, end == "." || end == " " { title.removeLast() }
    guard !title.isEmpty else { return nil }
    return ContentsEntry(
      title: title, authors: authors, page: page, rubric: rubric.map(text.text),
      lines: galley.lines[first].index...galley.lines[last].index)
  }
}
