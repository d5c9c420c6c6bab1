import EmendModel

/// A text with its line-end hyphens closed, each character with its place in the witness.
struct ClosedText {
  private(set) var scalars: [UInt32] = []
  private var offsets: [Int] = []
  private(set) var words: [Range<Int>] = []

  struct Place {
    var range: Range<Int>
    var reading: [UInt32]
  }

  init(_ witness: [UInt8]) {
    var at = 0
    for scalar in String(decoding: witness, as: UTF8.self).unicodeScalars {
      scalars.append(scalar.value)
      offsets.append(at)
      at += UTF8.width(scalar)
    }
    offsets.append(at)
    close()
    var start: Int?
    for index in 0...scalars.count {
      let isSpace = index == scalars.count || Self.isSpace(scalars[index])
      if isSpace, let from = start { words.append(from..<index) }
      if isSpace { start = nil } else { start = start ?? index }
    }
  }

  private mutating func close() {
    var (kept, places): ([UInt32], [Int]) = ([], [])
    var index = 0
    while index < scalars.count {
      if let next = Self.afterLineEndHyphen(scalars, index, last: kept.last) {
        index = next
        continue
      }
      kept.append(scalars[index])
      places.append(offsets[index])
      index += 1
    }
    places.append(offsets[scalars.count])
    (scalars, offsets) = (kept, places)
  }

  /// Where the word goes on after a hyphen at a line end; nil when there is none at the index.
  private static func afterLineEndHyphen(_ scalars: [UInt32], _ index: Int, last: UInt32?) -> Int? {
    guard isHyphen(scalars[index]), let last, isLetter(last) else { return nil }
    func isBlank(_ at: Int) -> Bool { at < scalars.count && (scalars[at] == 0x20 || scalars[at] == 0x09) }
    var next = index + 1
    while isBlank(next) { next += 1 }
    if next + 1 < scalars.count, scalars[next] == 0x0D, scalars[next + 1] == 0x0A { next += 1 }
    guard next < scalars.count, scalars[next] == 0x0A else { return nil }
    next += 1
    while isBlank(next) { next += 1 }
    guard next < scalars.count, !isSpace(scalars[next]), !startsAnew(scalars[next]) else { return nil }
    return next
  }

  /// Capitals, digits and opening marks continue no word.
  private static func startsAnew(_ u: UInt32) -> Bool {
    switch u {
    case 0x41...0x5A, 0x30...0x39, 0x28, 0x5B, 0x22, 0x201C, 0x2018, 0x2E, 0x2C, 0x3B, 0x3C, 0x23, 0x2A: true
    default: false
    }
  }

  /// What the transcript reads for a stretch, white space as one blank and line-end hyphens closed.
  func reading(_ range: Range<Int>, _ transcript: Transcript) -> [UInt32] {
    guard let last = range.last else { return [] }
    // From the first character's place to the end of the last one's, so that what was put in at the ends counts.
    // One change may reach beyond it.
    var end = offsets[last] + max(1, UTF8.width(scalars[last]))
    let inside = transcript.map.target(ofSource: end - 1)
    while end < transcript.scan.text.count, end - offsets[last] < 16,
      transcript.map.target(ofSource: end) == inside,
      transcript.map.source(ofTarget: inside) < end
    {
      end += 1
    }
    var start = offsets[range.lowerBound]
    // A control character before it may be its first letters.
    while start > 0, transcript.scan.text[start - 1] < 0x20,
      !Self.isSpaceByte(transcript.scan.text, start - 1)
    {
      start -= 1
    }
    var target = transcript.map.target(ofSource: start..<end)
    // What was put in between a space and the word belongs to the word.
    if start > 0, transcript.scan.text[start - 1] <= 0x20 {
      let space = transcript.map.target(ofSource: start - 1)
      if space < target.lowerBound, transcript.text[space] == transcript.scan.text[start - 1] {
        target = (space + 1)..<target.upperBound
      }
    }
    let bytes = transcript.text[target]
    return Self.flat(Self.closed(String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)))
  }

  private static func closed(_ scalars: [UInt32]) -> [UInt32] {
    var kept: [UInt32] = []
    var index = 0
    while index < scalars.count {
      if let next = afterLineEndHyphen(scalars, index, last: kept.last) {
        index = next
      } else {
        kept.append(scalars[index])
        index += 1
      }
    }
    return kept
  }

  /// Occurrences of some forms, the longest first, none overlapping, bounded by what is no letter. A form that
  /// starts with a space is one that lost its first letters: a space and a word, or a second space, stand before it.
  func places(of forms: [[[UInt32]]]) -> [Place] {
    var taken = [Bool](repeating: false, count: scalars.count)
    var result: [Place] = []
    let byFirst = Dictionary(grouping: scalars.indices, by: { scalars[$0] })
    for form in forms.sorted(by: {
      ($1[0].count, $0[0].map(String.init).joined()) < ($0[0].count, $1[0].map(String.init).joined())
    }) {
      let isSplinter = form[0].first == 0x20
      let bare = Array(form[0].drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed())
      guard let first = bare.first else { continue }
      for start in byFirst[first] ?? [] {
        guard let end = match(bare, at: start), isSplinter ? isLed(start) : isBounded(start),
          end == scalars.count || !Self.isLetter(scalars[end]), !taken[start..<end].contains(true)
        else { continue }
        for index in start..<end { taken[index] = true }
        result.append(Place(range: start..<end, reading: form[1]))
      }
    }
    return result.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func match(_ form: [UInt32], at start: Int) -> Int? {
    var at = start
    var index = 0
    while index < form.count {
      guard at < scalars.count else { return nil }
      if form[index] == 0x20 || form[index] == 0x0A {
        guard Self.isSpace(scalars[at]) else { return nil }
        while at < scalars.count, Self.isSpace(scalars[at]) { at += 1 }
        while index < form.count, form[index] == 0x20 || form[index] == 0x0A { index += 1 }
      } else {
        guard scalars[at] == form[index] else { return nil }
        at += 1
        index += 1
      }
    }
    return at
  }

  private func isBounded(_ start: Int) -> Bool {
    guard start > 0 else { return true }
    let (first, before) = (scalars[start], scalars[start - 1])
    if first < 0x20 { return true }
    if Self.isLetter(before) || Self.isDigit(before) { return false }
    return Self.isLetter(first) || Self.isDigit(first) || before != first
  }

  private func isLed(_ start: Int) -> Bool {
    guard start > 1, Self.isSpace(scalars[start - 1]) else { return false }
    let before = scalars[start - 2]
    if Self.isSpace(before) { return true }
    guard scalars[start - 1] == 0x20 else { return false }
    if before < 0x80, Self.isLetter(before) { return true }
    switch before {
    case 0x28, 0x201C, 0x2018, 0x22, 0x27, 0x2014, 0x2013, 0x2D, 0x2C, 0x3B, 0x3A, 0x2E, 0x29, 0x2019:
      return true
    default: return false
    }
  }

  static func flat(_ scalars: [UInt32]) -> [UInt32] {
    var out: [UInt32] = []
    for scalar in scalars where !isHyphen(scalar) || scalar == 0xAD {
      if isSpace(scalar) {
        if let last = out.last, last != 0x20 { out.append(0x20) }
      } else {
        out.append(scalar)
      }
    }
    while out.last == 0x20 { out.removeLast() }
    return out
  }

  /// Without outer punctuation, quotation marks made plain.
  static func bare(_ scalars: [UInt32]) -> [UInt32] {
    let outer = Set(" .,;:()[]{}\"'!?*<>/|—–".unicodeScalars.map(\.value))
    let plain: [UInt32] = scalars.map { u in
      switch u {
      case 0x2018, 0x2019: 0x27
      case 0x201C, 0x201D: 0x22
      default: u
      }
    }
    return Array(plain.drop { outer.contains($0) }.reversed().drop { outer.contains($0) }.reversed())
  }

  /// Letters and digits only, ligature characters written out.
  static func signs(_ scalars: [UInt32]) -> [UInt32] {
    scalars.flatMap { u -> [UInt32] in
      switch u {
      case 0xFB00: [0x66, 0x66]
      case 0xFB01: [0x66, 0x69]
      case 0xFB02: [0x66, 0x6C]
      case 0xFB03: [0x66, 0x66, 0x69]
      case 0xFB04: [0x66, 0x66, 0x6C]
      case 0xFB05, 0xFB06: [0x73, 0x74]
      default: isLetter(u) || isDigit(u) ? [u] : []
      }
    }
  }
  static func string(_ scalars: [UInt32]) -> String {
    var text = ""
    for scalar in scalars { if let scalar = Unicode.Scalar(scalar) { text.unicodeScalars.append(scalar) } }
    return text
  }

  /// Line ends, tabs and form feeds at line starts.
  private static func isSpaceByte(_ text: [UInt8], _ at: Int) -> Bool {
    switch text[at] {
    case 0x0A, 0x09: true
    case 0x0D: at + 1 < text.count && text[at + 1] == 0x0A
    case 0x0C: at == 0 || text[at - 1] == 0x0A
    default: false
    }
  }
  private static func isSpace(_ u: UInt32) -> Bool {
    u == 0x20 || u == 0x0A || u == 0x0D || u == 0x09 || u == 0xA0
  }
  private static func isHyphen(_ u: UInt32) -> Bool { u == 0x2D || u == 0xAD || u == 0x2010 || u == 0xAC }
  private static func isDigit(_ u: UInt32) -> Bool { u >= 0x30 && u <= 0x39 }
  private static func isLetter(_ u: UInt32) -> Bool {
    if u < 0x80 { return u | 0x20 >= 0x61 && u | 0x20 <= 0x7A }
    return Unicode.Scalar(u)?.properties.isAlphabetic ?? false
  }
}

extension UTF8 {
  /// Bytes of a scalar value.
  fileprivate static func width(_ scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
  }
}
