import EmendModel

/// Abstracts: those of a journal issue, each under its title, and the one of an article or a thesis.
enum Abstracts {
  /// Paragraphs below "Abstract" that are still the abstract.
  static let mostParagraphs = 8

  static func read(_ galley: inout Galley, _ text: FrontMatterText, _ matter: inout FrontMatterDraft) {
    runIn(&galley, &matter)
    let headings = galley.blocks.indices.filter { galley.blocks[$0].kind == .heading }
    for (rank, heading) in headings.enumerated() {
      guard
        galley.blocks[heading].lines.contains(where: {
          HeadingKey(galley, galley.lines[$0])?.role == .abstract
        })
      else { continue }
      let next = rank + 1 < headings.count ? headings[rank + 1] : galley.blocks.count
      let own = paragraphs(galley, heading + 1, next)
      if !own.isEmpty {
        // An abstract right below its heading.
        add(&galley, own.prefix(mostParagraphs), title: matter.facts.title ?? "", authors: [], &matter)
        continue
      }
      // One below each heading that follows, as long as by-lines stand there.
      for (title, following) in zip(
        headings[(rank + 1)...], headings[(rank + 1)...].dropFirst() + [galley.blocks.count])
      {
        guard title + 1 < following, galley.blocks[title + 1].kind == .byline else { break }
        add(
          &galley, paragraphs(galley, title + 2, following)[...], title: text.text(galley.blocks[title]),
          authors: Names.list(text.text(galley.blocks[title + 1])), &matter)
      }
    }
  }

  /// Blocks from the start among which an abstract that opens with its own name is looked for.
  static let reach = 40

  /// "ABSTRACT This article asks …", "Abstract.—The paper …": the name is split off as a heading.
  private static func runIn(_ galley: inout Galley, _ matter: inout FrontMatterDraft) {
    guard
      let index = galley.blocks.indices.prefix(reach).first(where: { index in
        let block = galley.blocks[index]
        return (block.kind == .paragraph || block.kind == .blockQuote) && block.part == nil
          && block.lines.count >= 2 && label(galley, galley.lines[block.lines[0]].range) != nil
      })
    else { return }
    let line = galley.lines[galley.blocks[index].lines[0]].range
    guard let (end, text) = label(galley, line) else { return }
    var heading = BlockDraft(
      kind: .heading, lines: [galley.blocks[index].lines[0]], part: line.lowerBound..<end)
    heading.level = 1
    galley.blocks[index].part = text..<line.upperBound
    galley.blocks[index].kind = .abstract
    galley.blocks.insert(heading, at: index)
    matter.abstracts.append((matter.facts.title ?? "", [], (index + 1)..<(index + 2)))
  }

  /// Where the name of an abstract ends that a stop, a colon or a dash follows, or that stands in capitals, and where
  /// the text begins.
  private static func label(_ galley: Galley, _ line: Range<Int>) -> (end: Int, text: Int)? {
    let text = galley.text
    var end = line.lowerBound
    while end < line.upperBound, Glyphs.isLetter(UInt32(text[end])) { end += 1 }
    let name = line.lowerBound..<end
    guard (8...9).contains(name.count), galley.knowledge.role(text, whole: name) == .abstract else {
      return nil
    }
    var start = end
    var isParted = false
    while start < line.upperBound {
      let (scalar, next) = Glyphs.scalar(text, start, line.upperBound)
      guard !Glyphs.isLetter(scalar), !Glyphs.isDigit(scalar), !Glyphs.isOpener(scalar) else { break }
      if scalar == 0x2E || scalar == 0x3A { end = next }
      if scalar != 0x20 { isParted = true }
      start = next
    }
    guard start > name.upperBound, start + 1 < line.upperBound,
      Glyphs.isUpper(Glyphs.firstLetterLike(text, start..<line.upperBound))
    else { return nil }
    // "ABSTRACT ART" is a title.
    let isLoud = text[name].allSatisfy { Glyphs.isUpper(UInt32($0)) }
    guard isParted || (isLoud && !Glyphs.isUpper(UInt32(text[start + 1]))) else { return nil }
    return (end, start)
  }

  private static func paragraphs(_ galley: Galley, _ from: Int, _ to: Int) -> [Int] {
    guard from < to else { return [] }
    return Array((from..<to).prefix { galley.blocks[$0].kind == .paragraph })
  }

  private static func add(
    _ galley: inout Galley, _ blocks: ArraySlice<Int>, title: String, authors: [String],
    _ matter: inout FrontMatterDraft
  ) {
    guard let first = blocks.first, let last = blocks.last else { return }
    for block in blocks { galley.blocks[block].kind = .abstract }
    matter.abstracts.append((title, authors, first..<(last + 1)))
  }
}
