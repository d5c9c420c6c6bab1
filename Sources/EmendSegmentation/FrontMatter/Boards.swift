import EmendModel

/// Editors and editorial boards, officers of a society: names with roles.
enum Boards {
  static func read(_ galley: inout Galley, _ text: FrontMatterText, _ matter: inout FrontMatterDraft) {
    var inBoard = false
    // "ASSOCIATE EDITORS" over the names.
    var heading: String?
    // Whether the names below it have affiliations.
    var isAmongPeers = false
    for index in galley.blocks.indices.prefix(FrontMatterReader.reach) {
      let block = galley.blocks[index]
      if block.kind == .heading {
        inBoard = block.lines.contains { boardSigns.isFound(in: galley.text, galley.lines[$0].range) }
        heading = inBoard ? editors(text.text(block)) : nil
        isAmongPeers = inBoard && hasPeers(galley, text, below: index)
        continue
      }
      guard [.masthead, .paragraph, .listItem, .title, .table].contains(block.kind) else { continue }
      var role: String?
      var found = false
      for line in block.lines {
        if galley.lines[line].range.count > 120 { break }
        if inBoard || block.kind == .masthead, isRole(text.line(line)) {
          inBoard = true
          heading = editors(text.line(line))
          role = nil
          found = true
          continue
        }
        guard inBoard || role != nil || editorSigns.isFound(in: galley.text, galley.lines[line].range)
        else { continue }
        // Two names side by side stand in columns.
        for content in inBoard ? text.cells(line) : [text.line(line)] {
          if let (named, people) = editor(content) {
            role = named
            for name in people {
              matter.facts.editors.append(
                FrontMatter.Person(name: name, role: named, line: text.number(line)))
            }
            found = true
          } else if let role, Names.isName(content, text.knowledge) {
            // "Review editors: A. Smith" with the second one on the next line.
            matter.facts.editors.append(
              FrontMatter.Person(name: content, role: role, line: text.number(line)))
          } else if inBoard,
            let named = member(content, text.knowledge, isAmongPeers: isAmongPeers)
          {
            let role = named.role == "member" ? heading ?? named.role : named.role
            let person = FrontMatter.Person(name: named.name, role: role, line: text.number(line))
            if heading != nil || named.role.lowercased().contains("editor") {
              matter.facts.editors.append(person)
            } else {
              matter.facts.board.append(person)
            }
            found = true
          } else {
            role = nil
            // A sentence ends the list of names.
            if galley.lines[line].functionWords >= 2, galley.lines[line].words >= 6 { inBoard = false }
          }
        }
      }
      if found { galley.blocks[index].kind = .masthead } else if block.kind == .paragraph { inBoard = false }
    }
  }

  /// What a heading says of a board, and a line of an editor.
  private static let boardSigns = SignSet(
    ["board", "editor", "officers", "committee", "council"], foldsCase: true)
  private static let editorSigns = SignSet(["editor", "chair:", "chair :"], foldsCase: true)

  /// Lines below a heading with a known affiliation from which on any affiliation is believed there.
  private static let leastPeers = 2

  private static func hasPeers(_ galley: Galley, _ text: FrontMatterText, below heading: Int) -> Bool {
    var found = 0
    for block in galley.blocks[(heading + 1)...].prefix(while: { $0.kind != .heading }).prefix(80) {
      for line in block.lines where galley.lines[line].range.count <= 120 {
        if affiliation(text.line(line), text.knowledge) == .known { found += 1 }
        if found >= leastPeers { return true }
      }
    }
    return false
  }
  private static let people: Set<String> = [
    "editor", "editors", "assistant", "assistants", "manager", "managers",
  ]
  private static let bodies: Set<String> = ["board", "committee", "council"]

  /// "Review Editor", "EDITORIAL ASSISTANTS", "International Advisory Board": a line that says what those below it are.
  private static func isRole(_ line: String) -> Bool {
    let words = line.lowercased().split(separator: " ")
    guard let last = words.last.map(String.init), words.count <= 4,
      people.contains(last) || (words.count > 1 && bodies.contains(last)),
      words.allSatisfy({ $0.allSatisfy { $0.isLetter || $0 == "-" } })
    else { return false }
    return words.count > 1 || last.hasPrefix("editor")
  }

  /// "Associate editor" of "ASSOCIATE EDITORS"; nil for boards.
  private static func editors(_ heading: String) -> String? {
    let words = heading.lowercased().split(separator: " ")
    guard let last = words.last.map(String.init), people.contains(last), words.count <= 4,
      !words.contains(where: { ["board", "committee", "council", "of"].contains($0) })
    else { return nil }
    let single = last.hasSuffix("s") ? String(last.dropLast()) : last
    let role = (words.dropLast().map(String.init) + [single]).joined(separator: " ")
    return role.prefix(1).uppercased() + role.dropFirst()
  }

  /// "Managing editor: Candyce Kornblum Anger" with the role in the singular.
  private static func editor(_ line: String) -> (String, [String])? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    var role = String(line[..<colon])
    let words = role.split(separator: " ")
    guard words.count <= 4, let last = words.last?.lowercased(), last.hasPrefix("editor") || last == "chair"
    else {
      return nil
    }
    if last == "editors" { role = String(role.dropLast()) }
    let people = Names.list(String(line[line.index(after: colon)...].drop { $0 == " " }))
    return people.isEmpty ? nil : (role, people)
  }

  /// "Ruth H. Barlow", "John Marcus Reeve, Chairperson", "PRESIDENT C. E. PEMBERTON".
  ///
  /// - Parameter isAmongPeers: whether the names around it have affiliations.
  private static func member(
    _ line: String, _ knowledge: StructureKnowledge, isAmongPeers: Bool
  ) -> (name: String, role: String)? {
    if endsInStop(line) { return nil }
    let parts = line.split(separator: ",", maxSplits: 1)
    if parts.count == 2 {
      let role = String(parts[1].drop { $0 == " " })
      if Names.isName(parts[0], knowledge), isPost(role, knowledge) { return (String(parts[0]), role) }
      // "Anna D. Castellani, University of Tunis".
      let affiliation = affiliation(line, knowledge)
      if affiliation == .known || (affiliation == .likely && isAmongPeers) {
        return (String(parts[0]), "member")
      }
    }
    let words = line.split(separator: " ")
    // A role before the name, in capitals or before dots.
    for count in [3, 2, 1] where words.count > count + 1 {
      let role = words.prefix(count).joined(separator: " ")
      let name = words.dropFirst(count).drop { $0.allSatisfy { ".…·".contains($0) } }.joined(separator: " ")
      let first = String(role.split(separator: " ").first ?? "")
      if isPost(first, knowledge), count == 1 || !role.contains("."), Names.isName(name, knowledge),
        count == 1 || role.lowercased().contains(" of ")
      {
        return (name, role)
      }
    }
    return Names.isName(line, knowledge) ? (line, "member") : nil
  }

  private enum Affiliation { case known, likely }

  /// What stands behind a name: an institution, or what may be one by its capitals.
  private static func affiliation(_ line: String, _ knowledge: StructureKnowledge) -> Affiliation? {
    let parts = line.split(separator: ",", maxSplits: 1)
    guard parts.count == 2, Names.isName(parts[0], knowledge) else { return nil }
    let place = parts[1].drop { $0 == " " }
    if isPlace(String(place), knowledge) { return .known }
    let words = place.split(separator: " ")
    let isTitled = words.allSatisfy { $0.first?.isUppercase ?? false || $0.count <= 3 }
    return (1...8).contains(words.count) && isTitled && !place.contains(where: \.isNumber)
      && !isPlace(String(parts[0]), knowledge) ? .likely : nil
  }

  /// "Current Contents.": a sentence ends there, unless the stop is an initial's or an abbreviation's.
  private static func endsInStop(_ line: String) -> Bool {
    guard line.hasSuffix("."), let word = line.split(separator: " ").last else { return false }
    return word.count > 4 && !word.dropLast().contains(".")
  }

  private static func isPlace(_ text: String, _ knowledge: StructureKnowledge) -> Bool {
    let units = (knowledge.frontMatter["unit"] ?? []) + (knowledge.frontMatter["institution"] ?? [])
    return text.split { !$0.isLetter }.contains { units.contains($0.lowercased()) }
  }

  private static func isPost(_ text: String, _ knowledge: StructureKnowledge) -> Bool {
    let posts = knowledge.frontMatter["post"] ?? []
    return text.split(separator: " ").contains { posts.contains($0.lowercased()) }
  }
}
