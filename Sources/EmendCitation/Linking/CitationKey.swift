import EmendModel

/// Keys of works: family names and year in lower case, joined by hyphens.
///
/// ```swift
/// CitationKey.make(["Everard", "Jansen", "Hollis"], year: "1993")   // "everard-jansen-hollis-1993"
/// CitationKey.make(["de la Peña"], year: "n.d.")                    // "de-la-pena-nd"
/// ```
///
/// Accents fold to their base letters, so that a damaged and an undamaged spelling share a key.
enum CitationKey {
  static func make(_ families: [String], year: String?) -> String {
    var parts = families.map(slug)
    if let year { parts.append(slug(edition(year))) }
    return parts.filter { !$0.isEmpty }.joined(separator: "-")
  }

  /// The year of the edition at hand: "1978" of "[1922] 1978" and of "1978 [1922]".
  private static func edition(_ year: String) -> String {
    year.utf8.contains(0x5B) ? FieldNormal.year(Array(year.utf8)) ?? year : year
  }

  /// The family names that a key is made of: long lists of authors make none that anyone can read.
  static func families(_ people: [PersonName]) -> [String] {
    people.count > 3 ? [people[0].family, "et al"] : people.map(\.family)
  }

  /// A word or phrase in small letters and hyphens; apostrophes and stops vanish.
  static func slug(_ text: String) -> String {
    var result = ""
    var pending = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x27, 0x2E, 0x2018, 0x2019, 0x5B, 0x5D: continue
      case 0x30...0x39: break
      case let value where Letters.isLetter(value): break
      default:
        pending = !result.isEmpty
        continue
      }
      if pending {
        result += "-"
        pending = false
      }
      if let base = Letters.base(scalar.value) {
        result += "\(base)"
      } else if let lower = Unicode.Scalar(Letters.lower(scalar.value)) {
        result.unicodeScalars.append(lower)
      }
    }
    return result
  }
}
