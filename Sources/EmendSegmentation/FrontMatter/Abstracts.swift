import EmendModel

/// Abstracts: those of a journal issue, each under its title, and the one of an article or a thesis.
enum Abstracts {
  /// Paragraphs below "Abstract" that are still the abstract.
  static let mostParagraphs = 8

  static func read(_ galley: inout Galley, _ text: FrontMatterText, _ matter: inout FrontMatterDraft) {
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
