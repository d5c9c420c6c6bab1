import EmendModel

/// Subscription prices and surcharges: who pays how much.
enum Prices {
  private static let signs = SignSet(["ubscri", "rice"])
  private static let subscriptions = SignSet(["subscription", "subscriber"], foldsCase: true)
  private static let openings = SignSet(["price"], foldsCase: true)
  private static let verbs: Set<String> = [
    "are", "is", "should", "must", "may", "also", "add", "pay", "pays", "adds", "at",
  ]

  /// Digits of the dearest price, before the point.
  private static let longestSum = 4

  static func read(_ galley: Galley, _ text: FrontMatterText, _ matter: inout FrontMatterDraft) {
    for index in galley.blocks.indices.prefix(FrontMatterReader.reach) {
      let block = galley.blocks[index]
      guard [.paragraph, .masthead, .title].contains(block.kind), let first = block.lines.first else {
        continue
      }
      guard
        block.lines.contains(where: { signs.isFound(in: galley.text, galley.lines[$0].range) }),
        mayTell(galley, block, first)
      else { continue }
      let content = text.text(block)
      guard content.utf8.count < 4000 else { continue }
      let small = content.lowercased()
      // "Price 50 cents" stands on a line of its own; a price in a sentence is part of the story.
      guard
        small.contains("subscription") || small.contains("subscriber")
          || (small.hasPrefix("price") && content.utf8.count < 120)
      else {
        continue
      }
      // What stands before the subscription is not its price.
      let clauses = clauses(content)
      let opening = clauses.firstIndex { $0.contains { mayName(subscription: $0) } } ?? 0
      for clause in clauses[opening...] {
        matter.facts.prices += prices(clause, text.knowledge, line: text.number(first))
      }
    }
  }

  /// Whether the block speaks of subscriptions, or opens with a price: asked of the bytes before a string is made.
  private static func mayTell(_ galley: Galley, _ block: BlockDraft, _ first: Int) -> Bool {
    let start = block.part?.lowerBound ?? galley.lines[first].range.lowerBound
    let opening = start..<min(galley.lines[first].range.upperBound, start + 5)
    return openings.isFound(in: galley.text, opening)
      || block.lines.contains { subscriptions.isFound(in: galley.text, galley.lines[$0].range) }
  }

  private static func mayName(subscription word: Substring) -> Bool {
    let word = word.lowercased()
    return word.contains("subscription") || word.contains("subscriber")
  }

  /// Cut at semicolons and at full stops that a space follows.
  private static func clauses(_ text: String) -> [[Substring]] {
    var out: [[Substring]] = [[]]
    for word in text.split(separator: " ") {
      var part = word
      let ends = word.last == ";" || (word.last == "." && word.count > 1)
      if ends { part = part.dropLast() }
      out[out.count - 1].append(part)
      if ends { out.append([]) }
    }
    return out.filter { !$0.isEmpty }
  }

  /// The price of a clause, and those for other regions or in other money right behind it: "institutions, £84.00 (UK and
  /// Europe), US$142.00 (North America)".
  private static func prices(
    _ words: [Substring], _ knowledge: StructureKnowledge, line: Int
  ) -> [FrontMatter.Price] {
    guard let at = words.firstIndex(where: isSum), var first = price(words, at, knowledge, line: line) else {
      return []
    }
    let payer = first.who
    var found: [FrontMatter.Price] = []
    var next = at + 1
    if let (region, end) = region(words, next) {
      first.who += " " + region
      next = end
    }
    found.append(first)
    while next < words.count, isSum(words[next]), isMoney(words[next]) {
      var more = FrontMatter.Price(who: payer, amount: plain(words[next]), line: line)
      next += 1
      if let (region, end) = region(words, next) {
        more.who += " " + region
        next = end
      }
      found.append(more)
    }
    return found
  }

  /// "(UK and Europe)" and where it ends.
  private static func region(_ words: [Substring], _ start: Int) -> (String, Int)? {
    guard start < words.count, words[start].first == "(",
      let end = words[start...].prefix(6).firstIndex(where: { $0.contains(")") })
    else { return nil }
    var text = words[start...end].joined(separator: " ")
    while let last = text.last, last != ")" { text.removeLast() }
    return text.contains(where: \.isNumber) ? nil : (text, end + 1)
  }

  private static func isSum(_ word: Substring) -> Bool { isAmount(word) || isMoney(word) }

  /// "$30", "£84.00,", "US$142.00", "€30".
  private static func isMoney(_ word: Substring) -> Bool {
    let letters = word.prefix { $0.isLetter && $0.isUppercase }
    return letters.count <= 3 && "$£€".contains(word.dropFirst(letters.count).first ?? " ")
  }

  private static func plain(_ word: Substring) -> String { String(word.filter { $0 != "," }) }

  private static func price(
    _ words: [Substring], _ at: Int, _ knowledge: StructureKnowledge, line: Int
  ) -> FrontMatter.Price? {
    var amount = plain(words[at])
    if at + 1 < words.count, !isMoney(words[at]), !amount.hasSuffix("%") {
      let unit = words[at + 1].lowercased()
      guard
        unit.hasPrefix("cent") || unit.hasPrefix("percent") || unit.hasPrefix("dollar")
          || unit.hasPrefix("shilling")
      else { return nil }
      amount += " " + words[at + 1]
    }
    // A sum of five digits is a loan, not a price.
    guard amount.contains(where: \.isNumber),
      amount.prefix(while: { $0 != "." }).count(where: \.isNumber) <= longestSum
    else { return nil }
    // The payer stands after the last "for" before the amount, or opens the clause.
    var who = Array(words[..<at])
    if let from = who.lastIndex(of: "for") { who = Array(who[(from + 1)...]) }
    // "Subscription rates: individuals $12".
    if let colon = who.dropLast().lastIndex(where: { $0.hasSuffix(":") }) { who = Array(who[(colon + 1)...]) }
    if let verb = who.firstIndex(where: { verbs.contains($0.lowercased()) }) { who = Array(who[..<verb]) }
    if let first = who.first, first == "Price" || first == "Prices" {
      who = Array(who.dropFirst().drop { $0 == "per" || $0 == "of" })
      if who.isEmpty { who = ["single", "number"] }
    }
    while let last = who.last, last.hasSuffix(",") || last.hasSuffix(":") {
      who[who.count - 1] = last.dropLast()
    }
    guard !who.isEmpty, who.count <= 8 else { return nil }
    var name = who.joined(separator: " ")
    // A sentence's capital, unless it is a name's ("Canadian subscribers").
    if let first = who.first,
      first.lowercased().hasPrefix("subscriber") || first.lowercased().hasPrefix("institution")
        || first.lowercased().hasPrefix("individual") || first.lowercased().hasPrefix("student")
    {
      name = name.prefix(1).lowercased() + name.dropFirst()
    }
    return FrontMatter.Price(who: name, amount: amount, line: line)
  }

  private static func isAmount(_ word: Substring) -> Bool {
    guard let first = word.first, first.isNumber else { return false }
    if word.hasSuffix("%") { return true }
    return word.allSatisfy { $0.isNumber || $0 == "." } && word.count <= 5
  }
}
