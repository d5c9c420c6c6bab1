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
  private static let joiners: Set<String> = ["and", "und", "et", "y", "e", "&", "with", "mit"]
  private static let particles: Set<String> = [
    "van", "von", "de", "der", "den", "du", "del", "della", "di", "da", "dos", "la", "le", "ten", "ter", "af",
    "zu",
    "vom", "zur", "dal", "do", "das", "el", "al", "bin", "ibn", "d", "st",
  ]
  private static let suffixes: Set<String> = ["jr", "sr", "ii", "iii", "iv"]
  private static let roles: Set<String> = [
    "ed", "eds", "editor", "editors", "edited", "by", "hg", "hrsg", "herausgegeben", "dir", "coord", "éd",
    "éds",
    "trans", "translated", "translator", "tr", "in", "comp", "comps", "a", "cura", "curatore", "hrsgg",
    "dirs", "übers",
  ]

  /// Words that only bodies have in their names: such a name is not turned round.
  private static let bodies: Set<String> = [
    "agency", "association", "authority", "bank", "board", "bureau", "center", "centre",
    "college", "commission", "committee", "community", "company", "confederation", "congress", "corporation",
    "council", "department", "directorate", "division", "federation", "forum", "foundation", "fund",
    "government", "group", "initiative", "institut", "institute", "institution", "international",
    "library", "ministry", "museum", "nations", "network", "office", "organisation", "organization",
    "parliament",
    "party", "programme", "program", "project", "republic", "secretariat", "senate", "service", "society",
    "states",
    "union", "university", "ministère", "ministerium", "universität", "université",
  ]

  /// Whether a group of words is the name of a body: "United Nations", "Ministry of Finance, Planning and Trade".
  private static func isBody(_ group: [Word]) -> Bool {
    guard group.count > 1, !group.contains(where: \.isInitials),
      let place = group.firstIndex(where: { bodies.contains($0.key) && $0.isUpper })
    else { return false }
    // "Bank, Dov" is a person.
    return !(place == 0 && group[0].commaAfter)
  }

  private struct Word {
    var text: String
    /// Small form without stops.
    var key: String
    var commaAfter: Bool
    var isInitials: Bool
    var isUpper: Bool
  }

  public static func split(_ text: String) -> [PersonName] {
    var groups = words(text)
    // A name list wholly in parts "Family, Given" or "Given Family"; joiners and semicolons cut it first.
    var names: [PersonName] = []
    var carriesOn = false
    groups = groups.filter { !$0.isEmpty }
    for (index, group) in groups.enumerated() {
      if isBody(group) {
        names.append(PersonName(family: body(group)))
        continue
      }
      names += persons(group, isFirst: index == 0, inverted: &carriesOn)
    }
    return names
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
  private static func words(_ text: String) -> [[Word]] {
    var groups: [[Word]] = [[]]
    var current: [UInt8] = []
    func close(comma: Bool, cut: Bool) {
      if !current.isEmpty {
        let word = String(decoding: current, as: UTF8.self)
        current.removeAll(keepingCapacity: true)
        let key = folded(word)
        if joiners.contains(key) {
          if groups[groups.count - 1].last != nil { groups.append([]) }
        } else if key == "al" || key == "alii" || key == "others" {
          // "et al.": the "et" has been taken for a joiner already.
        } else if roles.contains(key), !(key.utf8.count == 1 && word.hasSuffix(".")) {
          // An editor mark; "a" of "a cura di" but not an initial.
        } else {
          var (letters, uppers, startsUpper) = (0, 0, false)
          for scalar in word.unicodeScalars {
            let kind = LetterTable.shared.kind(scalar.value)
            guard kind == .upper || kind == .lower else { continue }
            if kind == .upper {
              uppers += 1
              if letters == 0 { startsUpper = true }
            }
            letters += 1
          }
          let isInitials =
            letters > 0 && letters == uppers && letters <= (word.utf8.contains(0x2E) ? 5 : 3)
          groups[groups.count - 1].append(
            Word(
              text: word, key: key, commaAfter: comma, isInitials: isInitials,
              isUpper: startsUpper))
        }
      }
      if comma, let last = groups[groups.count - 1].indices.last {
        groups[groups.count - 1][last].commaAfter = true
      }
      if cut, !groups[groups.count - 1].isEmpty { groups.append([]) }
    }
    for byte in text.utf8 {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: close(comma: false, cut: false)
      case 0x2C: close(comma: true, cut: false)
      case 0x3B, 0x2F: close(comma: false, cut: true)
      case 0x28, 0x29, 0x5B, 0x5D, 0x3A, 0x22: close(comma: false, cut: false)
      case 0x26:
        close(comma: false, cut: false)
        if !groups[groups.count - 1].isEmpty { groups.append([]) }
      default: current.append(byte)
      }
    }
    close(comma: false, cut: false)
    return groups
  }

  /// The name of a body with its commas.
  private static func body(_ group: [Word]) -> String {
    var text = ""
    for (index, word) in group.enumerated() {
      text += word.text
      if index + 1 < group.count { text += word.commaAfter ? ", " : " " }
    }
    return text
  }

  /// The persons of one group, which may hold several names divided by commas.
  private static func persons(_ group: [Word], isFirst: Bool, inverted: inout Bool) -> [PersonName] {
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
      let allInitials = part.allSatisfy(\.isInitials)
      if allInitials, !names.isEmpty, names[names.count - 1].given == nil {
        names[names.count - 1].given = joined(part)
        index += 1
        continue
      }
      // "Family, Given": the next part is initials, or the list has begun so and this part is a bare family name.
      let bareFamily =
        part.filter { !particles.contains($0.key) }.count == 1 && !part.contains(where: \.isInitials)
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
    while start > 1, particles.contains(words[start - 1].key), !words[start - 1].isUpper { start -= 1 }
    if start == 1, particles.contains(words[0].key), !words[0].isUpper { start = 0 }
    let given = start > 0 ? joined(Array(words[..<start])) : nil
    return PersonName(family: joined(Array(words[start...])), given: given, suffix: suffix)
  }

  private static func joined(_ words: [Word]) -> String { words.map(\.text).joined(separator: " ") }
}
