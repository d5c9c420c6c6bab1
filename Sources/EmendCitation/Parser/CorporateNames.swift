/// Which words of a list of names are the name of a body.
extension NameList {
  /// Whether words are the name of a body: "Ministry of Finance", "Human Rights Watch", "U.S. Congress".
  static func isBody(_ words: ArraySlice<Word>, _ bodies: BodyWords) -> Bool {
    guard words.count > 1 else { return false }
    var (parts, isOne) = (0, false)
    for index in words.indices {
      let word = words[index]
      let classes = bodies[word.key]
      if word.isInitials {
        guard index == words.startIndex, classes.contains(.country), !word.commaAfter else { return false }
      } else if word.isUpper {
        // "Bank, Dov" is a person.
        if index == words.startIndex, word.commaAfter { continue }
        if !classes.isDisjoint(with: [.body, .kind]) { isOne = true }
        if !classes.isDisjoint(with: [.part, .realm]) { parts += 1 }
      } else if classes.contains(.inner), index > words.startIndex, words[index - 1].isUpper,
        !words[index - 1].commaAfter, index + 1 < words.endIndex
      {
        // "Doctors without Borders", "Friends of the Earth".
        isOne = isOne || words[(index + 1)...].contains(where: \.isUpper)
      }
    }
    return isOne || parts > 1
  }

  /// Whether a group of words with its commas is one body: "Ministry of Finance, Planning Division", "England, Bank of".
  static func isWhollyBody(_ words: [Word], _ bodies: BodyWords) -> Bool {
    guard words.count > 1, let last = words.last else { return false }
    let parts = commaParts(words)
    let isNamed = words.indices.contains { index in
      words[index].isUpper && !(index == 0 && words[0].commaAfter)
        && !bodies[words[index].key].isDisjoint(with: [.body, .kind])
    }
    guard isNamed || parts.contains(where: { isBody($0, bodies) }) else { return false }
    let hasPersonsInitials = words.indices.contains { index in
      words[index].isInitials && !(index == 0 && bodies[words[0].key].contains(.country))
    }
    if hasPersonsInitials { return false }
    return parts.count < 3 || parts.prefix(2).contains { isBody($0, bodies) }
      || bodies[last.key].contains(.inner)
  }

  /// Joins what "and" has cut within the name of one body: "Organization for Economic Co-operation and Development", "Food
  /// and Agriculture Organization".
  static func merged(_ groups: [Group], _ bodies: BodyWords) -> [Group] {
    var found: [Group] = []
    for group in groups {
      guard ["and", "&", "und", "et", "y", "e"].contains(group.joint), let last = found.last,
        belongs(group.words, to: last.words, bodies)
      else {
        found.append(group)
        continue
      }
      found[found.count - 1].words.append(
        Word(
          text: group.joint, key: group.joint, commaAfter: false, isInitials: false, isUpper: false,
          hasSmall: true))
      found[found.count - 1].words += group.words
    }
    return found
  }

  /// Whether words behind "and" go on with the name of the body before it.
  private static func belongs(_ words: [Word], to before: [Word], _ bodies: BodyWords) -> Bool {
    guard let first = words.first, let end = before.last, words.count <= 5,
      !words.contains(where: { $0.isInitials || $0.commaAfter })
    else { return false }
    let names = words.indices.filter { words[$0].isUpper && bodies[words[$0].key].contains(.body) }
    let commas = before.count(where: \.commaAfter)
    if isBody(before[...], bodies) || commaParts(before).last.map({ isBody($0, bodies) }) ?? false {
      // "Committee on Banking, Housing, and Urban Affairs", but not "Bank of Elba, and John Keel".
      let isRun = before.contains { !$0.isUpper && $0.hasSmall }
      return isRun && names.isEmpty && !(end.commaAfter && commas == 1)
    }
    guard first.isUpper, commas == 0, names.contains(where: { $0 > 0 }),
      bodies[first.key].isDisjoint(with: [.kind, .realm])
    else { return false }
    let bare = before.drop { $0.isInitials && bodies[$0.key].contains(.country) }
    guard let only = bare.first else { return false }
    // "OECD and Trade Board" are two.
    return only.isUpper && only.hasSmall && (bare.count == 1 || bare.count < before.count)
  }

  /// The words between commas.
  static func commaParts(_ words: [Word]) -> [ArraySlice<Word>] {
    var parts: [ArraySlice<Word>] = []
    var from = 0
    for index in words.indices where words[index].commaAfter || index == words.count - 1 {
      parts.append(words[from...index])
      from = index + 1
    }
    return parts
  }
}
