import EmendModel

/// How alike two descriptions of works are, tolerant of the damage that scans leave.
struct WorkSimilarity {
  /// What a description says of a work, folded for comparison.
  struct Description {
    /// Family names of authors, or of editors where there are no authors.
    var families: [String]
    /// Year with its letter.
    var year: String
    /// Words of the title of three letters and more.
    var title: [String]
    var doi: String

    init(_ reference: Reference) {
      let people = reference.authors.isEmpty ? reference.editors : reference.authors
      self.init(
        families: people.map(\.family), year: reference.first(.date),
        title: reference.first(.title) ?? reference.first(.containerTitle),
        doi: reference.fields.first { $0.label == .doi }.map { $0.normal ?? $0.text })
    }

    init(families: [String], year: String?, title: String?, doi: String? = nil) {
      self.families = families.map(CitationKey.slug)
      self.year = WorkSimilarity.year(in: year ?? "")
      self.title = WorkSimilarity.words(title ?? "")
      self.doi = (doi ?? "").lowercased()
    }
  }

  /// The first words of a title: the key of a work without people.
  static func shortTitle(_ reference: Reference) -> String {
    words(reference.first(.title) ?? "").prefix(3).joined(separator: "-")
  }

  /// The first year of a date with the letter behind it: "(1996b)" → "1996b", that outside brackets before that within:
  /// "[1922] 1978" → "1978"; else the date as a slug ("forthcoming").
  static func year(in date: String) -> String {
    let bytes = Array(date.utf8)
    if let year = FieldNormal.year(bytes) { return year }
    var index = 0
    while index + 4 <= bytes.count {
      let digits = bytes[index..<(index + 4)]
      if digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
        var end = index + 4
        if end < bytes.count, bytes[end] >= 0x61, bytes[end] <= 0x7A,
          end + 1 == bytes.count || !(bytes[end + 1] >= 0x61 && bytes[end + 1] <= 0x7A)
        {
          end += 1
        }
        return String(decoding: bytes[index..<end], as: UTF8.self)
      }
      index += 1
    }
    return CitationKey.slug(date)
  }

  static func words(_ text: String) -> [String] {
    CitationKey.slug(text).split(separator: "-").filter { $0.utf8.count >= 3 }.map(String.init)
  }

  /// Whether two names are the same but for one wrong, missing or added letter in five.
  static func sameName(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    let (left, right) = (shape(a), shape(b))
    let allowed = min(left.count, right.count) / 5
    guard allowed > 0, abs(left.count - right.count) <= allowed, left.count < 64, right.count < 64 else {
      return false
    }
    return distance(left, right) <= allowed
  }

  /// A name with the pairs of letters that scanners take for one folded: "hoffrnann" → "hoffmann". Both sides
  /// are folded, so a true "rn" still equals itself.
  private static func shape(_ name: String) -> [UInt8] {
    var folded: [UInt8] = []
    for byte in name.utf8 {
      switch (folded.last, byte) {
      case (UInt8(ascii: "r"), UInt8(ascii: "n")): folded[folded.count - 1] = UInt8(ascii: "m")
      case (UInt8(ascii: "v"), UInt8(ascii: "v")): folded[folded.count - 1] = UInt8(ascii: "w")
      case (UInt8(ascii: "c"), UInt8(ascii: "l")): folded[folded.count - 1] = UInt8(ascii: "d")
      default: folded.append(byte)
      }
    }
    return folded
  }

  /// Whether two descriptions of one document are of one work. There "2009a" and "2009b" are two, however alike
  /// their titles are, unless they have the same DOI.
  static func sameWork(_ a: Description, _ b: Description) -> Bool {
    if !a.doi.isEmpty, a.doi == b.doi { return true }
    if a.year.utf8.count == 5, b.year.utf8.count == 5, a.year != b.year { return false }
    return alike(a, b)
  }

  /// Whether two descriptions, of whatever documents, are of one work: the same DOI, or the same authors and year
  /// with like titles. The letter behind a year counts only where there is no title to compare, as each list gives
  /// its own.
  static func alike(_ a: Description, _ b: Description) -> Bool {
    if !a.doi.isEmpty, a.doi == b.doi { return true }
    guard a.year.prefix(4) == b.year.prefix(4), let first = a.families.first, let second = b.families.first,
      sameName(first, second)
    else { return false }
    if a.title.isEmpty || b.title.isEmpty { return a.families == b.families && a.year == b.year }
    return likeness(a.title, b.title) >= 0.7
  }

  /// Whether a name stands in short for that of a body: its first word ("Commission" for "Commission of the European
  /// Communities") or its initials ("IACtHR" for "Inter-American Court of Human Rights").
  static func isShortName(_ short: String, of body: PersonName) -> Bool {
    guard body.given == nil else { return false }
    let words = body.family.split { $0 == " " || $0 == "-" || $0 == "," }
    guard words.count > 2, let first = words.first else { return false }
    let slug = CitationKey.slug(short)
    if slug.utf8.count > 4, slug == CitationKey.slug(String(first)), words[1].first?.isLowercase ?? false {
      return true
    }
    let capitals = short.filter(\.isUppercase)
    guard capitals.count > 2, 2 * capitals.count > short.count else { return false }
    return String(words.filter { $0.first?.isUppercase ?? false }.compactMap(\.first)) == capitals
  }

  /// Whether a description without a year names a work by an author and words of its title.
  static func isShortForm(_ short: Description, of work: Description) -> Bool {
    guard !short.title.isEmpty, short.title.count <= work.title.count, let family = short.families.first,
      work.families.contains(where: { sameName($0, family) })
    else { return false }
    return likeness(short.title, work.title) >= 0.99
  }

  /// Share of the shorter title's words that the longer one has too, misread letters allowed; 0 to 1.
  static func likeness(_ a: [String], _ b: [String]) -> Double {
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    guard !short.isEmpty else { return 0 }
    let found = short.filter { word in long.contains { $0 == word || sameName($0, word) } }.count
    return Double(found) / Double(short.count)
  }

  /// Levenshtein distance in bytes.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}
