import EmendModel

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
    let places = find(text, map)
    guard !places.isEmpty else { return }
    let (before, after) = places.reduce((0, 0)) { sum, place in
      (
        sum.0 + (place.left != nil && place.right == nil ? 1 : 0),
        sum.1 + (place.right != nil && place.left == nil ? 1 : 0)
      )
    }
    let vocabulary = draft.vocabulary
    var edits: [Edit] = []
    for place in places {
      let takesLeft = place.left != nil && (place.right == nil || before > after)
      guard let composed = takesLeft ? place.left : after > before || place.left == nil ? place.right : nil
      else { continue }
      let range = takesLeft ? (place.at - 1)..<place.end : place.at..<(place.end + 1)
      let word =
        Form(text[place.word.lowerBound..<range.lowerBound]) + composed
        + Form(text[range.upperBound..<place.word.upperBound])
      let isKnown = session.knowledge.english.level(word) >= .plausible || vocabulary.count(word) > 0
      edits.append(
        Edit(
          range: range, reading: composed, kind: .companion, rule: "font-accent",
          confidence: isKnown ? 0.992 : 0.9,
          evidence: isKnown
            ? "an accent of the damaged font, set on its letter: “\(word.text)”"
            : "an accent of the damaged font; “\(word.text)” is in no list"))
    }
    draft.apply(edits)
  }

  private struct Place {
    var at: Int
    var end: Int
    var word: Range<Int>
    /// The letters with the accent, if they can bear it.
    var left: Form?
    var right: Form?
  }

  private func find(_ text: [UInt8], _ map: DamageMap) -> [Place] {
    var places: [Place] = []
    var at = 0
    while at < text.count {
      guard text[at] >= 0xC2, let accent = Self.accents[Glyph.scalar(text, at)] else {
        at += text[at] < 0xC2 ? 1 : min(text.count - at, Glyph.width(text[at]))
        continue
      }
      let end = min(text.count, at + Glyph.width(text[at]))
      defer { at = end }
      guard at > 0, end < text.count, isLetter(text[at - 1]), isLetter(text[end]),
        map.readings(of: Form(text[at..<end])).isEmpty
      else { continue }
      let left = compose(text[at - 1], accent)
      let right = compose(text[end], accent)
      if left == nil && right == nil { continue }
      var (start, stop) = (at, end)
      while start > 0, at - start < 40, isLetter(text[start - 1]) { start -= 1 }
      while stop < text.count, stop - end < 40, isLetter(text[stop]) { stop += 1 }
      places.append(Place(at: at, end: end, word: start..<stop, left: left, right: right))
    }
    return places
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
