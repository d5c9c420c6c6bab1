/// Keywords of a paper or a thesis: "Keywords: delegation, telegraphs, tariffs", on one line or more.
enum Keywords {
  /// Blocks from the start within which they are looked for.
  static let reach = 60
  static let mostWords = 40

  static func read(_ galley: Galley, _ text: FrontMatterText, _ matter: inout FrontMatterDraft) {
    let labels = galley.knowledge.frontMatter["keywords"] ?? []
    var isNext = false
    for block in galley.blocks.prefix(reach) {
      guard let first = block.lines.first else { continue }
      let line = galley.lines[first].range
      let wanted = isNext || labels.contains { opens(galley.text, line, $0) }
      guard wanted else { continue }
      let content = text.text(block)
      if isNext {
        matter.facts.keywords = list(Substring(content))
        return
      }
      let label = labels.filter { content.lowercased().hasPrefix($0) }.max { $0.count < $1.count } ?? ""
      let rest = content.dropFirst(label.count).drop { " :.—–-*".contains($0) }
      if rest.isEmpty {
        // A heading "Keywords": the words stand below it.
        isNext = true
      } else if content.dropFirst(label.count).first.map({ " :.—–-*".contains($0) }) ?? false {
        matter.facts.keywords = list(rest)
        return
      }
    }
  }

  private static func opens(_ text: [UInt8], _ line: Range<Int>, _ label: String) -> Bool {
    line.count >= label.utf8.count
      && zip(text[line], label.utf8).allSatisfy { ($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0) == $1 }
  }

  /// Cut at semicolons where there are any, else at commas, else at dots in the middle of the line.
  private static func list(_ content: Substring) -> [String] {
    let separator: Character =
      content.contains(";") ? ";" : content.contains(",") ? "," : content.contains("·") ? "·" : "•"
    let words = content.split(separator: separator).map { part in
      var word = part.drop { $0 == " " }
      while let last = word.last, last == " " || last == "." || last == "*" { word = word.dropLast() }
      return String(word)
    }
    return words.contains { $0.utf8.count > 80 } ? [] : Array(words.filter { !$0.isEmpty }.prefix(mostWords))
  }
}
