/// What stands in the text in the place of a ligature.
struct StandIn: Hashable, Comparable {
  /// A letter, sign or cluster of signs; empty for a dropped ligature; with spaces for a gap ("f ").
  var signs: Form
  /// For a wide gap: which end of a word lost its ligature there.
  var edge = Edge.none

  enum Edge: Int8 {
    case none
    /// "the  rst"
    case start
    /// "cuto  for"
    case end
  }

  static func < (a: StandIn, b: StandIn) -> Bool {
    a.signs.lexicographicallyPrecedes(b.signs) || a.signs == b.signs && a.edge.rawValue < b.edge.rawValue
  }

  var hasSpace: Bool { signs.contains(0x20) }
  /// Spaces only, or nothing.
  var isBlank: Bool { signs.allSatisfy { $0 == 0x20 } }
  /// A small ASCII letter or several: damage that looks like ordinary spelling.
  var isSmallLetters: Bool {
    !signs.isEmpty && edge == .none && signs.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
  }
  /// A single sign beyond ASCII that is neither a letter nor a mark of punctuation.
  var isStrange: Bool {
    guard let first = signs.first, first >= 0xC2, Glyph.width(first) == signs.count else { return false }
    let scalar = Glyph.scalar(signs, 0)
    return !Glyph.isLetter(scalar) && !Glyph.isOrdinaryMark(scalar)
  }
  /// One of U+FB00 to U+FB06.
  var isLigatureCode: Bool {
    signs.count == 3 && Glyph.isLigature(Glyph.scalar(signs, 0))
  }
  /// A single mark of ordinary punctuation.
  var isOrdinaryMark: Bool {
    guard let first = signs.first, Glyph.width(first) == signs.count else { return false }
    return Glyph.isOrdinaryMark(Glyph.scalar(signs, 0))
  }
  var startsWithOrdinaryMark: Bool { !signs.isEmpty && Glyph.isOrdinaryMark(Glyph.scalar(signs, 0)) }

  /// For people: control characters by their code, a gap as ␣, nothing as ∅.
  var shown: String {
    if signs.isEmpty { return "∅" }
    var text = edge == .none ? "" : "…"
    for scalar in signs.text.unicodeScalars {
      switch scalar.value {
      case 0x20: text += "␣"
      case 0..<0x20, 0x7F:
        text += "U+00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16, uppercase: true)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
