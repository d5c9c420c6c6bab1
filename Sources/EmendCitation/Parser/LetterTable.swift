/// What the parser needs to know of a letter: its class, its small form, and its form without accent.
///
/// Latin letters up to U+024F stand in a table; Greek and Cyrillic follow by arithmetic; anything else
/// takes the slow way through the Unicode properties of the standard library.
struct LetterTable: Sendable {
  enum Kind: UInt8, Sendable {
    /// Not part of a word.
    case other
    case upper, lower, digit
    /// A combining mark: part of the word, but without weight of its own.
    case mark
  }

  static let shared = LetterTable()
  private static let size: UInt32 = 0x250

  private let kinds: [Kind]
  private let lowers: [UInt16]
  private let folds: [UInt16]
  /// One or two signs a letter, the first in the low byte.
  private let signs: [UInt16]

  private init() {
    var kinds = [Kind](repeating: .other, count: Int(Self.size))
    var lowers = (0..<UInt16(Self.size)).map { $0 }
    var folds = lowers
    for value in 0..<Self.size {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let properties = scalar.properties
      switch properties.generalCategory {
      case .uppercaseLetter, .titlecaseLetter: kinds[Int(value)] = .upper
      case .lowercaseLetter, .otherLetter, .modifierLetter: kinds[Int(value)] = .lower
      case .decimalNumber: kinds[Int(value)] = .digit
      default: break
      }
      let small = properties.lowercaseMapping.unicodeScalars.first?.value ?? value
      lowers[Int(value)] = UInt16(truncatingIfNeeded: small)
      // The canonical decomposition begins with the base letter.
      folds[Int(value)] = lowers[Int(value)]
    }
    for (base, accented) in Self.accents {
      for scalar in accented.unicodeScalars where scalar.value < Self.size {
        folds[Int(scalar.value)] = UInt16(base.value)
        let upper = scalar.properties.uppercaseMapping.unicodeScalars
        if let first = upper.first, upper.count == 1, first.value < Self.size {
          folds[Int(first.value)] = UInt16(base.value)
        }
      }
    }
    self.kinds = kinds
    self.lowers = lowers
    self.folds = folds
    var signs = folds
    for (sign, alike) in Self.alike {
      for scalar in alike.unicodeScalars {
        for value in 0..<Int(Self.size) where folds[value] == UInt16(scalar.value) { signs[value] = sign }
      }
    }
    self.signs = signs
  }

  /// Letters and digits that scanners take for one another, and the sign or two signs that they count as ("rn" and "m"
  /// are the same two).
  private static let alike: [(UInt16, String)] = [
    (0x63, "ce"), (0x6C, "ilt1fj"), (0x68, "hb68"), (0x6E, "nur"), (0x6E6E, "m"), (0x7676, "w"), (0x76, "vy"),
    (0x6C63, "d"), (0x6F, "o0"), (0x73, "s5"), (0x67, "gq9"), (0x7A, "z2"), (0x296C, "p"), (0x63, "("),
  ]

  /// A word's skeleton with one letter more.
  @inline(__always)
  func skeleton(_ hash: UInt64, _ scalar: UInt32) -> UInt64 {
    guard scalar < Self.size else { return mixed(hash, UInt64(scalar)) }
    let sign = signs[Int(scalar)]
    if sign > 0xFF, sign < 0x8000, scalar < 0x80 {
      return mixed(mixed(hash, UInt64(sign & 0xFF)), UInt64(sign >> 8))
    }
    return mixed(hash, UInt64(sign))
  }

  /// Base letters and their accented forms (Latin-1, Extended-A, the common ones of Extended-B).
  private static let accents: [(Unicode.Scalar, String)] = [
    ("a", "àáâãäåāăąǎǟ"), ("c", "çćĉċč"), ("d", "ďđ"), ("e", "èéêëēĕėęěȩ"), ("g", "ĝğġģǧǵ"), ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįıǐ"), ("j", "ĵǰ"), ("k", "ķǩ"), ("l", "ĺļľŀł"), ("n", "ñńņňǹ"), ("o", "òóôõöøōŏőǒǫ"),
    ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûüũūŭůűųǔ"), ("w", "ŵ"), ("y", "ýÿŷȳ"),
    ("z", "źżž"),
  ]

  @inline(__always)
  func kind(_ scalar: UInt32) -> Kind {
    scalar < Self.size ? kinds[Int(scalar)] : slowKind(scalar)
  }

  @inline(__always)
  func lower(_ scalar: UInt32) -> UInt32 {
    if scalar < Self.size { return UInt32(lowers[Int(scalar)]) }
    switch scalar {
    case 0x391...0x3A9, 0x410...0x42F: return scalar + 0x20
    case 0x400...0x40F: return scalar + 0x50
    default: return scalar
    }
  }

  @inline(__always)
  func fold(_ scalar: UInt32) -> UInt32 {
    scalar < Self.size ? UInt32(folds[Int(scalar)]) : lower(scalar)
  }

  private func slowKind(_ scalar: UInt32) -> Kind {
    switch scalar {
    case 0x300...0x36F: return .mark
    case 0x2000...0x206F, 0x3000...0x303F, 0xFF00...0xFF0F: return .other
    default: break
    }
    guard let scalar = Unicode.Scalar(scalar) else { return .other }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: return .upper
    case .lowercaseLetter, .otherLetter, .modifierLetter: return .lower
    case .decimalNumber, .otherNumber, .letterNumber: return .digit
    case .nonspacingMark, .spacingMark: return .mark
    default: return .other
    }
  }
}

/// Decodes the scalar at an offset. Ill-formed bytes count as one replacement character each.
@inline(__always)
func decodeScalar(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (scalar: UInt32, length: Int) {
  let first = UInt32(text[at])
  if first < 0x80 { return (first, 1) }
  func continuation(_ distance: Int) -> UInt32? {
    let index = at + distance
    guard index < text.count, text[index] & 0xC0 == 0x80 else { return nil }
    return UInt32(text[index] & 0x3F)
  }
  if first & 0xE0 == 0xC0, let second = continuation(1) { return ((first & 0x1F) << 6 | second, 2) }
  if first & 0xF0 == 0xE0, let second = continuation(1), let third = continuation(2) {
    return ((first & 0x0F) << 12 | second << 6 | third, 3)
  }
  if first & 0xF8 == 0xF0, let second = continuation(1), let third = continuation(2),
    let fourth = continuation(3)
  {
    return ((first & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
  }
  return (0xFFFD, 1)
}

/// Mixes a value into a hash (the multiplier is that of Fibonacci hashing).
@inline(__always)
func mixed(_ hash: UInt64, _ value: UInt64) -> UInt64 {
  let product = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
  return product ^ (product >> 29)
}

/// Spreads the bits of a finished hash, so that any of them may choose a bucket.
@inline(__always)
func finished(_ hash: UInt64) -> UInt64 {
  let product = (hash ^ (hash >> 32)) &* 0xBF58_476D_1CE4_E5B9
  return product ^ (product >> 30)
}
