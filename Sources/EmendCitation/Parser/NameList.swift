import EmendModel

/// Splits a list of names as references print them into persons.
///
/// ```swift
/// NameList.split("Everard, Paul B., Hans K. Jansen, and Rupert D. Hollis")
/// // Everard | Paul B.; Jansen | Harold K.; Hollis | Robert D.
/// NameList.split("Whitlow, S. D. & Calder, R. O.")   // Whitlow | S. D.; Calder | R. O.
/// NameList.split("Mill JS, Bentham J")                // Mill | JS; Bentham | J
/// ```
public enum NameList {
  private static let joiners: Set<String> = ["and", "und", "et", "y", "e", "with", "mit"]
  private static let particles: Set<String> = [
    "van", "von", "de", "der", "den", "du", "del", "della", "di", "da", "dos", "la", "le", "ten", "ter", "af",
    "zu", "des", "vom", "zur", "dal", "do", "das", "el", "al", "bin", "ibn", "d", "st",
  ]
  /// Particles that are printed with a capital: "Gearóid Ó Tuathail".
  private static let capitalParticles: Set<String> = ["ó", "ní", "nic", "uí", "mac"]
  private static let suffixes: Set<String> = ["jr", "sr", "ii", "iii", "iv"]
  private static let roles: Set<String> = [
    "ed", "eds", "editor", "editors", "edited", "by", "hg", "hrsg", "herausgegeben", "dir", "coord", "éd",
    "éds",
    "trans", "translated", "translator", "tr", "in", "comp", "comps", "a", "cura", "curatore", "hrsgg",
    "dirs", "übers",
  ]

  struct Word {
    var text: String
    /// Small form without stops.
    var key: String
    var commaAfter: Bool
    var isInitials: Bool
    var isUpper: Bool
    /// Whether any letter is small.
    var hasSmall: Bool
  }

  /// What stands between two joiners or semicolons.
  struct Group {
    var words: [Word] = []
    /// The joiner before it as printed ("and", "&"); empty after a semicolon and at the beginning.
    var joint = ""
  }

  public static func split(_ text: String) -> [PersonName] { split(text, bodies: .standard) }

  /// `bodies` are the words by which corporate authors are known.
  static func split(_ text: String, bodies: BodyWords) -> [PersonName] {
    let groups = merged(groups(text).filter { !$0.words.isEmpty }, bodies)
    // A name list wholly in parts "Family, Given" or "Given Family"; joiners and semicolons cut it first.
    var names: [PersonName] = []
    var carriesOn = false
    for (index, group) in groups.enumerated() {
      let words = withoutLeadIn(group.words)
      if isWhollyBody(words, bodies) {
        names.append(PersonName(family: body(words[...])))
        continue
      }
      names += persons(words, isFirst: index == 0, inverted: &carriesOn, bodies)
    }
    return names
  }

  /// "the assistance of Gail Keel": without the small words before the name.
  private static func withoutLeadIn(_ words: [Word]) -> [Word] {
    guard let last = words.firstIndex(where: { ["of", "from", "by"].contains($0.text) }), last > 0,
      last + 1 < words.count, words[last + 1].isUpper, words[...last].allSatisfy({ !$0.isUpper })
    else { return words }
    return Array(words[(last + 1)...])
  }

  /// The small form of a word without its stops.
  private static func folded(_ word: String) -> String {
    guard word.utf8.allSatisfy({ $0 < 0x80 }) else {
      return word.lowercased().split(separator: ".").joined()
    }
    var bytes: [UInt8] = []
    for byte in word.utf8 where byte != 0x2E {
      bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Words between joiners and semicolons.
  private static func groups(_ text: String) -> [Group] {
    let bytes = Array(text.utf8)
    var groups = [Group()]
    var current: [UInt8] = []
    var isBehindRole = false
    func cut(_ joint: String) {
      if groups[groups.count - 1].words.isEmpty {
        groups[groups.count - 1].joint = ""
      } else {
        groups.append(Group(joint: joint))
      }
    }
    /// `at` is where the word ends; `comma` tells whether one follows, `closes` whether any sign or the end does.
    func close(at: Int, comma: Bool, closes: Bool) {
      let last = groups.count - 1
      if !current.isEmpty {
        let word = String(decoding: current, as: UTF8.self)
        current.removeAll(keepingCapacity: true)
        let key = folded(word)
        let before = groups[last].words.last
        // "Ostrow ED," has the initials E. D.
        let isInverted =
          closes && key.utf8.count == 2 && word.utf8.allSatisfy { (0x41...0x5A).contains($0) }
          && before.map { !$0.commaAfter && $0.isUpper && !$0.isInitials && $0.hasSmall } ?? false
        // One letter joins or tells a role only where it is small and has no stop: "Ortega y Gasset", "Keel, Y."
        let isLetter = key.utf8.count == 1 && word != key
        let opensPart = before?.commaAfter ?? true
        if !isInverted, !isLetter, joiners.contains(key) {
          cut(word)
          return
        }
        if !isInverted, key == "al" || key == "alii" || key == "others" {
          // "et al.": the "et" has been taken for a joiner already.
        } else if !isInverted, roles.contains(key),
          !isLetter || (key == "a" && bytes[min(at + 1, bytes.count)...].starts(with: Array("cura".utf8))),
          !["in", "by"].contains(key) || opensPart || isBehindRole
        {
          isBehindRole = true
          if comma, let end = groups[last].words.indices.last { groups[last].words[end].commaAfter = true }
          return
        } else {
          groups[last].words.append(self.word(word, key))
        }
        isBehindRole = false
      }
      if comma, let end = groups[last].words.indices.last { groups[last].words[end].commaAfter = true }
    }
    for (at, byte) in bytes.enumerated() {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D, 0x3A, 0x22: close(at: at, comma: false, closes: false)
      case 0x28, 0x29, 0x5B, 0x5D: close(at: at, comma: false, closes: true)
      case 0x2C: close(at: at, comma: true, closes: true)
      case 0x3B, 0x2F:
        close(at: at, comma: false, closes: true)
        cut("")
      case 0x26:
        close(at: at, comma: false, closes: false)
        cut("&")
      default: current.append(byte)
      }
    }
    close(at: bytes.count, comma: false, closes: true)
    return groups
  }

  private static func word(_ text: String, _ key: String) -> Word {
    var (letters, uppers, startsUpper) = (0, 0, false)
    for scalar in text.unicodeScalars {
      let kind = LetterTable.shared.kind(scalar.value)
      guard kind == .upper || kind == .lower else { continue }
      if kind == .upper {
        uppers += 1
        if letters == 0 { startsUpper = true }
      }
      letters += 1
    }
    let isInitials =
      letters > 0 && letters == uppers && letters <= (text.utf8.contains(0x2E) ? 5 : 3)
      && !(capitalParticles.contains(key) && !text.utf8.contains(0x2E))
    return Word(
      text: text, key: key, commaAfter: false, isInitials: isInitials, isUpper: startsUpper,
      hasSmall: uppers < letters)
  }

  /// The words of a name with their commas.
  private static func body(_ words: ArraySlice<Word>) -> String {
    var text = ""
    for (offset, word) in words.enumerated() {
      text += word.text
      if offset + 1 < words.count { text += word.commaAfter ? ", " : " " }
    }
    return text
  }

  /// The persons of one group, which may hold several names divided by commas.
  private static func persons(_ group: [Word], isFirst: Bool, inverted: inout Bool, _ bodies: BodyWords)
    -> [PersonName]
  {
    var parts: [[Word]] = [[]]
    for word in group {
      parts[parts.count - 1].append(word)
      if word.commaAfter { parts.append([]) }
    }
    parts.removeAll { $0.isEmpty }
    var names: [PersonName] = []
    var index = 0
    while index < parts.count {
      let part = parts[index]
      let next = index + 1 < parts.count ? parts[index + 1] : []
      // "Jr.", "III" after a comma belong to the name before.
      if part.count == 1, suffixes.contains(part[0].key), !names.isEmpty {
        names[names.count - 1].suffix = part[0].text
        index += 1
        continue
      }
      if part.count > 1, isBody(part[...], bodies) {
        names.append(PersonName(family: body(part[...])))
        index += 1
        continue
      }
      let allInitials = part.allSatisfy(\.isInitials)
      if allInitials, !names.isEmpty, names[names.count - 1].given == nil {
        names[names.count - 1].given = joined(part)
        index += 1
        continue
      }
      // "Family, Given": the next part is initials, or the list has begun so and this part is a bare family name.
      let bareFamily =
        part.filter { !isParticle($0) }.count == 1 && !part.contains(where: \.isInitials)
      let nextIsGiven =
        !next.isEmpty
        && (next.allSatisfy { $0.isInitials || (next.count == 1 && bareFamily) }
          || (bareFamily && next.count <= 3 && next.dropFirst().allSatisfy { $0.isInitials })
          || (bareFamily && names.isEmpty && isFirst && next.count <= 3))
      if nextIsGiven, !allInitials {
        names.append(PersonName(family: joined(part), given: joined(next)))
        inverted = true
        index += 2
        continue
      }
      names.append(natural(part))
      index += 1
    }
    return names
  }

  private static func isParticle(_ word: Word) -> Bool {
    particles.contains(word.key) || capitalParticles.contains(word.key)
  }

  /// A particle as it stands before a family name: "van", "Ó".
  private static func isPrintedParticle(_ word: Word) -> Bool {
    word.isUpper ? capitalParticles.contains(word.key) && word.key != "mac" : particles.contains(word.key)
  }

  /// "Given Family", "Family AB", "Family A. B.", or one name.
  private static func natural(_ part: [Word]) -> PersonName {
    guard part.count > 1, let last = part.last else { return PersonName(family: joined(part)) }
    var words = part
    var suffix: String?
    if suffixes.contains(last.key), words.count > 2, !(last.key == "ii" && words.count < 3) {
      suffix = last.text
      words.removeLast()
    }
    if let final = words.last, final.isInitials, !(words.first?.isInitials ?? false) {
      // "Mill JS", "Geertz C."
      let split = words.lastIndex { !$0.isInitials } ?? 0
      return PersonName(
        family: joined(Array(words[...split])), given: joined(Array(words[(split + 1)...])), suffix: suffix)
    }
    var start = words.count - 1
    while start > 1, isPrintedParticle(words[start - 1]) { start -= 1 }
    if start == 1, isPrintedParticle(words[0]) { start = 0 }
    let given = start > 0 ? joined(Array(words[..<start])) : nil
    return PersonName(family: joined(Array(words[start...])), given: given, suffix: suffix)
  }

  private static func joined(_ words: [Word]) -> String { words.map(\.text).joined(separator: " ") }
}
