import EmendModel

/// Journal, volume, number, date, ISSN, publisher, sponsors, copyright.
enum Masthead {
  /// Lines from the start within which a masthead is looked for.
  static let mostLines = 400
  /// What a line must hold to be read closer.
  private static let signs = SignSet(["ISSN", "ISBN", "ublished", "Sponsored", "opyright", "©"])
  private static let volumeSigns = SignSet(["olume ", "OLUME ", "ol.", "OL."])

  static func read(_ galley: Galley, _ text: FrontMatterText, _ matter: inout FrontMatterDraft) {
    var volumeBlock: Int?
    var read = 0
    for index in galley.blocks.indices.prefix(FrontMatterReader.reach) {
      let block = galley.blocks[index]
      for line in block.lines where read < mostLines {
        read += 1
        let range = galley.lines[line].range
        guard
          signs.isFound(in: galley.text, range)
            || (range.count < 120 && volumeSigns.isFound(in: galley.text, range))
        else { continue }
        var content = block.part == nil ? text.line(line) : text.text(block)
        // "… is published quarterly in January," goes on below.
        if content.contains("ublished "), block.part == nil, block.lines.count <= 20 {
          content = text.text(block)
        }
        if content.utf8.count > 4000 { continue }
        let bytes = Array(content.utf8)
        let speaks = signs.isFound(in: bytes, bytes.indices)
        if speaks { identifiers(content, &matter.facts) }
        if volumeBlock == nil, mayBeMasthead(block), block.kind != .paragraph || content.utf8.count < 120,
          volumeLine(content, text.knowledge, &matter.facts)
        {
          volumeBlock = index
        }
        if speaks { statements(content, text.knowledge, &matter.facts) }
        if speaks, matter.facts.copyright == nil, block.part == nil,
          let place = block.lines.firstIndex(of: line)
        {
          let below = block.lines[place...].prefix(copyrightLines).map(text.line).joined(separator: " ")
          matter.facts.copyright = copyright(in: below)
        }
      }
    }
    if let volumeBlock { journal(galley, text, above: volumeBlock, &matter.facts) }
    // A lone number or date is no front matter worth the name: the title page of a book.
    if let title = titlePage(galley, text) {
      matter.facts.title = title
      imprint(galley, text, &matter.facts)
    }
  }

  /// Publisher and year at the foot of a title page.
  private static func imprint(_ galley: Galley, _ text: FrontMatterText, _ facts: inout FrontMatter) {
    let words = text.knowledge.frontMatter["imprint"] ?? []
    for block in galley.blocks.prefix(12) where block.kind == .masthead {
      for line in block.lines {
        let hasYear = facts.year == nil && galley.lines[line].flags.contains(.hasYear)
        let mayName =
          facts.publisher == nil
          && text.knowledge.imprintSigns.isFound(in: galley.text, galley.lines[line].range)
        guard hasYear || mayName else { continue }
        let content = text.line(line)
        guard content.utf8.count < 120 else { continue }
        let small = content.lowercased()
        if mayName, words.contains(where: { small.hasSuffix($0) || small.contains($0 + ",") }) {
          facts.publisher = content
        }
        if hasYear, let last = content.split(separator: " ").last?.filter(\.isNumber), last.count == 4 {
          facts.year = last
        }
      }
    }
  }

  /// A note and an entry of a list of references give the volumes of other works.
  private static func mayBeMasthead(_ block: BlockDraft) -> Bool {
    switch block.kind {
    case .note, .reference, .table, .listItem, .index, .blockQuote, .caption, .verse: false
    case .paragraph: block.lines.count <= 3
    default: true
    }
  }

  // MARK: ISSN, ISBN

  private static func identifiers(_ line: String, _ facts: inout FrontMatter) {
    if line.contains("ISSN"), let found = number(line, after: "ISSN", digits: 8...8),
      !facts.issn.contains(found)
    {
      facts.issn.append(found)
    }
    if line.contains("ISBN"), let found = number(line, after: "ISBN", digits: 10...13),
      !facts.isbn.contains(found)
    {
      facts.isbn.append(found)
    }
  }

  private static func number(_ line: String, after label: String, digits: ClosedRange<Int>) -> String? {
    guard let place = line.firstRange(of: label) else { return nil }
    var found = ""
    var count = 0
    for character in line[place.upperBound...] {
      if character.isASCII, character.isNumber || character == "X" || character == "x" {
        found.append(character)
        count += 1
        if count == digits.upperBound { break }
      } else if count > 0, character == "-" || character == "–" || character == " " && digits.upperBound > 8 {
        found.append(character)
      } else if count > 0 {
        break
      } else if character.isLetter {
        break
      }
    }
    while let last = found.last, !last.isNumber, last != "X", last != "x" { found.removeLast() }
    return digits.contains(count) ? found : nil
  }

  // MARK: Volume, number, date

  /// "Volume 46, Number 3, Summer 1992", "Vol. IV., No. 1. June, 1919."
  private static func volumeLine(_ line: String, _ knowledge: StructureKnowledge, _ facts: inout FrontMatter)
    -> Bool
  {
    let words = line.split { " ,;:()".contains($0) }.map { word in
      String(word.drop { $0 == "." }.reversed().drop { $0 == "." }.reversed())
    }
    guard words.count <= 20,
      let volume = words.firstIndex(where: { ["volume", "vol"].contains($0.lowercased()) }),
      volume + 1 < words.count, isNumeral(words[volume + 1])
    else { return false }
    let issue = words.firstIndex { ["number", "no", "issue", "nr"].contains($0.lowercased()) }
    let year = words.last {
      $0.count == 4 && $0.allSatisfy(\.isNumber) && ($0.first == "1" || $0.first == "2")
    }
    guard issue.map({ $0 + 1 < words.count && isNumeral(words[$0 + 1]) }) ?? (year != nil) else {
      return false
    }
    facts.volume = words[volume + 1]
    facts.issue = issue.map { words[$0 + 1] }
    facts.year = year
    let seasons = Set((knowledge.frontMatter["season"] ?? []).map { $0.lowercased() })
    facts.season = words.first { seasons.contains($0.lowercased()) }
    return true
  }

  /// Whether a line says which volume and number this is, and nothing else.
  static func isVolumeLine(_ line: String, _ knowledge: StructureKnowledge) -> Bool {
    guard let first = line.lowercased().split(whereSeparator: { !$0.isLetter }).first,
      first == "volume" || first == "vol"
    else { return false }
    var facts = FrontMatter()
    return volumeLine(line, knowledge, &facts)
  }

  private static func isNumeral(_ word: String) -> Bool {
    !word.isEmpty && (word.allSatisfy(\.isNumber) || Numerals.roman(Array(word.lowercased().utf8)) != nil)
  }

  /// The heading or displayed lines above the volume line; initials when another heading is made of its
  /// capitals.
  private static func journal(
    _ galley: Galley, _ text: FrontMatterText, above block: Int, _ facts: inout FrontMatter
  ) {
    let near = galley.blocks[max(0, block - 4)..<block].last { $0.kind == .heading || $0.kind == .title }
    guard let near else { return }
    let name = text.text(near)
    facts.journal = name
    let initials = name.split(separator: " ").compactMap { $0.first?.isUppercase == true ? $0.first : nil }
    for block in galley.blocks.prefix(FrontMatterReader.reach) where block.kind == .heading {
      let heading = text.text(block)
      if heading.count >= 2, heading == String(initials) { facts.initials = heading }
    }
  }

  // MARK: Statements

  private static func statements(_ line: String, _ knowledge: StructureKnowledge, _ facts: inout FrontMatter)
  {
    if let place = line.firstRange(of: "Sponsored by "), facts.sponsors.isEmpty {
      let rest = clause(line[place.upperBound...])
      facts.sponsors = [rest.hasPrefix("the ") ? String(rest.dropFirst(4)) : rest]
    }
    if let first = line.first, first == "©" || line.hasPrefix("Copyright"), facts.copyright == nil {
      facts.copyright = line
    }
    publisher(line, knowledge, &facts)
  }

  /// Lines over which the statement of the copyright may run.
  private static let copyrightLines = 3

  /// "Copyright © 1998 by The Harbour Press" in the middle of a paragraph: the sign or the word, and a year.
  private static func copyright(in text: String) -> String? {
    guard let start = text.firstRange(of: "Copyright")?.lowerBound ?? text.firstRange(of: "©")?.lowerBound
    else { return nil }
    let statement = clause(text[start...])
    let words = statement.split(separator: " ").prefix(4)
    let hasYear = words.contains { word in
      let figures = word.filter(\.isNumber)
      return figures.count == 4 && (figures.hasPrefix("1") || figures.hasPrefix("2"))
    }
    return hasYear ? statement : nil
  }

  /// "Published quarterly by The Harbour Press"; "… is published quarterly—Winter, Spring …—by The Harbour Press,
  /// 55 Hayward Street, …".
  private static func publisher(_ line: String, _ knowledge: StructureKnowledge, _ facts: inout FrontMatter) {
    guard let verb = line.firstRange(of: "ublished ") else { return }
    let rest = line[verb.upperBound...].prefix(160)
    // The longest that fits: "bimonthly" is not monthly.
    let frequencies = (knowledge.frontMatter["frequency"] ?? []).sorted { $0.count > $1.count }
    let opening = rest.prefix(40).lowercased()
    // "is published four times a year": what a journal says of itself.
    if facts.frequency == nil, !facts.issn.isEmpty || facts.volume != nil,
      let found = frequencies.first(where: { opening.hasPrefix($0) })
    {
      facts.frequency = found
    }
    guard let by = rest.firstRange(of: "by ") ?? rest.firstRange(of: "by\u{A0}") else { return }
    let between = rest[..<by.lowerBound].lowercased()
    let frequency = frequencies.first { between.contains($0) }
    // "published, April, 1916" is no statement of a publisher, "published by" and "published quarterly by" are.
    guard frequency != nil || between.isEmpty || between.allSatisfy({ $0 == " " }) else { return }
    if let frequency { facts.frequency = facts.frequency ?? frequency }
    var statement = clause(line[by.upperBound...])
    if let (house, body) = onBehalf(statement, knowledge) {
      statement = house
      if facts.sponsors.isEmpty { facts.sponsors = [body] }
    }
    let parts = statement.split(separator: ",", maxSplits: 1)
    guard let name = parts.first, name.first?.isUppercase ?? false || name.hasPrefix("the ") else { return }
    facts.publisher = facts.publisher ?? String(name)
    if parts.count == 2, facts.publisherAddress == nil {
      facts.publisherAddress = String(parts[1].drop { $0 == " " })
    }
  }

  /// "The Harbour Press for the Society of Pilots": the house and the body it works for. A society's own name may well
  /// have "for the" in it; the name of a house comes first.
  private static func onBehalf(_ statement: String, _ knowledge: StructureKnowledge) -> (String, String)? {
    let houses = knowledge.frontMatter["imprint"] ?? []
    for joint in [" on behalf of the ", " on behalf of ", " for the "] {
      guard let place = statement.firstRange(of: joint) else { continue }
      let house = String(statement[..<place.lowerBound])
      guard joint != " for the " || houses.contains(where: { house.lowercased().hasSuffix($0) }) else {
        continue
      }
      return (house, String(statement[place.upperBound...]))
    }
    return nil
  }

  /// Up to the full stop that ends the sentence.
  private static func clause(_ text: Substring) -> String {
    var out = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      if !out.isEmpty { out += " " }
      out += word
      if word.hasSuffix("."), word.count > 4 { break }
      if word.hasSuffix(";") { break }
    }
    while let last = out.last, last == "." || last == ";" || last == "," { out.removeLast() }
    return out
  }

  // MARK: Title page of a book

  private static func titlePage(_ galley: Galley, _ text: FrontMatterText) -> String? {
    for block in galley.blocks.prefix(12) where block.kind == .heading {
      // The number of a chapter stands before its title.
      let title = block.lines.filter { galley.lines[$0].isTitle }
      if !title.isEmpty { return title.map(text.line).joined(separator: " ") }
    }
    return nil
  }
}
