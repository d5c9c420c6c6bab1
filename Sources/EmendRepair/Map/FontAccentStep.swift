import EmendModel
import EmendText

/// Sets the accents of a damaged font on their letters ("Universit´e", "Cre¨mer"), once the font is proved damaged by
/// its ligatures.
///
/// The accent belongs to the neighbour that can bear it; where both can, to the side on which it stands in the
/// document's clear cases. Applied where the word that results is known or stands whole in the document; else
/// suggested, since such words are names mostly.
struct FontAccentStep: Step {
  func run(_ draft: inout Draft, _ session: inout Session) {
    guard let map = session.map, map.hasFamily, !map.misreadsCodes else { return }
    let text = draft.text
    let words = find(text, map)
    if words.isEmpty { return }
    // On which side of its letter an accent stands where only one neighbour can bear it.
    var (after, before) = (0, 0)
    for place in words.flatMap(\.places) {
      if place.left != nil && place.right == nil { after += 1 }
      if place.right != nil && place.left == nil { before += 1 }
    }
    let vocabulary = draft.vocabulary
    let english = session.knowledge.english
    var edits: [Edit] = []
    for word in words {
      var (reading, plain) = (Form(), Form())
      var at = word.range.lowerBound
      var changes: [(range: Range<Int>, letter: Form)] = []
      for place in word.places {
        let takesLeft = place.left != nil && (place.right == nil || after > before)
        let takesRight = place.right != nil && (place.left == nil || before > after)
        guard takesLeft || takesRight, let letter = takesLeft ? place.left : place.right else { continue }
        let range =
          takesLeft ? (place.at.lowerBound - 1)..<place.at.upperBound : place.at.lowerBound..<place.rightEnd
        if range.lowerBound < at { continue }
        reading += text[at..<range.lowerBound] + letter
        plain += text[at..<range.lowerBound]
        plain.append(takesLeft ? text[place.at.lowerBound - 1] : place.plainRight)
        changes.append((range, letter))
        at = range.upperBound
      }
      reading += text[at..<word.range.upperBound]
      plain += text[at..<word.range.upperBound]
      let isKnown =
        english.level(reading) >= .plausible || plain.startsLower && english.level(plain) == .trusted
        || vocabulary.count(reading) > 0
      for change in changes {
        edits.append(
          Edit(
            range: change.range, reading: change.letter, kind: .companion, rule: "font-accent",
            confidence: isKnown ? 0.992 : 0.9,
            evidence: isKnown
              ? "an accent of the damaged font, set on its letter: “\(reading.text)”"
              : "an accent of the damaged font; “\(reading.text)” is in no list"))
      }
    }
    draft.apply(edits)
  }

  /// A word with accents beside its letters.
  private struct Accented {
    var range: Range<Int>
    var places: [Place]
  }

  private struct Place {
    var at: Range<Int>
    /// The neighbours with the accent, if they can bear it.
    var left: Form?
    var right: Form?
    var rightEnd: Int
    /// The right neighbour without it.
    var plainRight: UInt8
  }

  private func find(_ text: [UInt8], _ map: DamageMap) -> [Accented] {
    var words: [Accented] = []
    var at = 0
    while true {
      at = text.withUnsafeBufferPointer { ByteScan.beyondASCII($0, from: at) }
      if at >= text.count { break }
      guard text[at] >= 0xC2, at > 0, isLetter(text[at - 1]), isAccent(text, at, map) else {
        at += 1
        continue
      }
      var (start, end) = (at, at)
      while start > 0, at - start < 40, isLetter(text[start - 1]) { start -= 1 }
      var places: [Place] = []
      while end < text.count, end - at < 60 {
        if isLetter(text[end]) {
          end += 1
        } else if isDotless(text, end) {
          end += 2
        } else if text[end] >= 0xC2, isAccent(text, end, map), let place = place(text, end) {
          places.append(place)
          end = place.at.upperBound
        } else {
          break
        }
      }
      if !places.isEmpty { words.append(Accented(range: start..<end, places: places)) }
      at = max(end, at + 1)
    }
    return words
  }

  private func place(_ text: [UInt8], _ at: Int) -> Place? {
    guard let accent = Self.accents[Glyph.scalar(text, at)] else { return nil }
    let end = min(text.count, at + Glyph.width(text[at]))
    let dotless = isDotless(text, end)
    let next = end < text.count ? (dotless ? 0x69 : text[end]) : 0x20
    let place = Place(
      at: at..<end, left: compose(text[at - 1], accent), right: compose(next, accent),
      rightEnd: end + (dotless ? 2 : 1), plainRight: next)
    return place.left == nil && place.right == nil ? nil : place
  }

  private func isAccent(_ text: [UInt8], _ at: Int, _ map: DamageMap) -> Bool {
    Self.accents[Glyph.scalar(text, at)] != nil
      && map.readings(of: Form(text[at..<min(text.count, at + Glyph.width(text[at]))])).isEmpty
  }

  /// ı, which fonts put under accents.
  private func isDotless(_ text: [UInt8], _ at: Int) -> Bool {
    at + 1 < text.count && text[at] == 0xC4 && text[at + 1] == 0xB1
  }

  /// Spacing accents and their combining forms (Unicode Character Database, compatibility decompositions).
  private static let accents: [UInt32: UInt32] = [
    0xA8: 0x308, 0xB4: 0x301, 0xB8: 0x327, 0x2C6: 0x302, 0x2C7: 0x30C, 0x2DA: 0x30A, 0x2DC: 0x303,
    0x2DD: 0x30B,
    0x2CB: 0x300, 0x2CA: 0x301,
  ]

  private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  /// One letter with its accent, nil when there is no such letter of Latin-1 or Latin Extended-A.
  private func compose(_ letter: UInt8, _ accent: UInt32) -> Form? {
    guard let bases = Self.composed[accent], let at = bases.base.firstIndex(of: letter) else { return nil }
    return Form(String(Character(bases.made[at])).utf8)
  }

  private static let composed: [UInt32: (base: [UInt8], made: [Unicode.Scalar])] = {
    let rows: [(UInt32, String, String)] = [
      (0x300, "AEIOUaeiou", "ÀÈÌÒÙàèìòù"), (0x301, "AEIOUYaeiouyCcNnSsZz", "ÁÉÍÓÚÝáéíóúýĆćŃńŚśŹź"),
      (0x302, "AEIOUaeiou", "ÂÊÎÔÛâêîôû"), (0x303, "ANOano", "ÃÑÕãñõ"), (0x308, "AEIOUaeiouy", "ÄËÏÖÜäëïöüÿ"),
      (0x30A, "AaUu", "ÅåŮů"), (0x30B, "OoUu", "ŐőŰű"), (0x30C, "CcSsZzRrEeNn", "ČčŠšŽžŘřĚěŇň"),
      (0x327, "CcSs", "ÇçŞş"),
    ]
    var table: [UInt32: (base: [UInt8], made: [Unicode.Scalar])] = [:]
    for (accent, base, made) in rows { table[accent] = (Array(base.utf8), Array(made.unicodeScalars)) }
    return table
  }()
}
