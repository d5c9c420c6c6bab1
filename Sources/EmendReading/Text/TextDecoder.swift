import EmendModel
import EmendText

/// Bytes to UTF-8: byte order marks, UTF-16 and UTF-32, UTF-8 itself, then the encodings of one or more
/// bytes that ICU and `SingleByteGuess` recognise, by the file or, in a mixed file, by the line.
struct TextDecoder {
  /// The file named in errors.
  var file: String
  var strict: Bool

  func decode(_ bytes: [UInt8]) throws -> DecodedText {
    if let (name, mark) = Self.byteOrderMark(bytes) {
      if name != "UTF-8" { return convert(bytes, name, confidence: 1, skipping: mark) }
      return try decodeUTF8(Array(bytes[mark...])).shifted(by: mark)
    }
    if let name = Self.wideWithoutMark(bytes) { return convert(bytes, name, confidence: 0.9, skipping: 0) }
    return try decodeUTF8(bytes)
  }

  private static func byteOrderMark(_ bytes: [UInt8]) -> (String, Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return ("UTF-8", 3) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]), bytes.count % 4 == 0 { return ("UTF-32LE", 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return ("UTF-32BE", 4) }
    if bytes.starts(with: [0xFF, 0xFE]) { return ("UTF-16LE", 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return ("UTF-16BE", 2) }
    return nil
  }

  /// UTF-16 or UTF-32 without a mark, by the places at which the zero bytes of Latin text stand.
  static func wideWithoutMark(_ bytes: [UInt8]) -> String? {
    let sample = bytes.prefix(8192)
    guard sample.count >= 8 else { return nil }
    var zeros = [0, 0, 0, 0]
    for (index, byte) in sample.enumerated() where byte == 0 { zeros[index & 3] += 1 }
    let quarter = Double(sample.count / 4)
    let share = zeros.map { Double($0) / quarter }
    if share[1] > 0.9, share[2] > 0.9, share[3] > 0.9, share[0] < 0.1 { return "UTF-32LE" }
    if share[0] > 0.9, share[1] > 0.9, share[2] > 0.9, share[3] < 0.1 { return "UTF-32BE" }
    if share[1] > 0.4, share[3] > 0.4, share[0] < 0.05, share[2] < 0.05 { return "UTF-16LE" }
    if share[0] > 0.4, share[2] > 0.4, share[1] < 0.05, share[3] < 0.05 { return "UTF-16BE" }
    return nil
  }

  // MARK: UTF-8

  private func decodeUTF8(_ bytes: [UInt8]) throws -> DecodedText {
    let survey = UTF8Survey(bytes)
    if survey.invalid == 0 && survey.surrogates == 0 && survey.noncharacters == 0 {
      return DecodedText(text: bytes, survey: survey)
    }
    guard let first = survey.firstInvalid else { return replacingNoncharacters(bytes) }
    if strict {
      throw ReadingError(
        .invalidUTF8, file: file, offset: first, message: "the text is not valid UTF-8",
        remedy: "convert it, or leave --strict off to have its encoding detected")
    }
    return Self.isMixed(bytes) ? decodeMixed(bytes, first: first) : decodeSingleEncoding(bytes, first: first)
  }

  /// Whether lines of good UTF-8 stand beside lines that are none: at least one to ten. Single pairs of
  /// Latin-1 signs look like UTF-8 by chance ("d’état" in MacRoman).
  private static func isMixed(_ bytes: [UInt8]) -> Bool {
    var (good, bad) = (0, 0)
    bytes.withUnsafeBufferPointer { text in
      var start = 0
      while start < text.count {
        var end = start
        var isHigh = false
        while end < text.count, text[end] != 0x0A {
          isHigh = isHigh || text[end] >= 0x80
          end += 1
        }
        if isHigh {
          let line = UnsafeBufferPointer(rebasing: text[start..<end])
          if UTF8Scalar.firstInvalid(line) == nil { good += 1 } else { bad += 1 }
        }
        start = end + 1
      }
    }
    return good * 10 > bad
  }

  /// Surrogate pairs become the character they stand for; single surrogates and noncharacters, which no
  /// text for interchange may hold, become U+FFFD.
  private func replacingNoncharacters(_ bytes: [UInt8]) -> DecodedText {
    var edits: [DecodedText.Edit] = []
    var replaced = 0
    bytes.withUnsafeBufferPointer { text in
      var at = 0
      while at < text.count {
        if text[at] < 0xED {
          at += 1
        } else if let high = UTF8Survey.surrogate(text, at: at) {
          var edit = DecodedText.Edit(range: at..<(at + 3))
          if high < 0xDC00, let low = UTF8Survey.surrogate(text, at: at + 3), low >= 0xDC00 {
            edit.range = at..<(at + 6)
            UTF8Scalar.append(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00), to: &edit.bytes)
          } else {
            UTF8Scalar.append(0xFFFD, to: &edit.bytes)
            replaced += 1
          }
          edits.append(edit)
          at = edit.range.upperBound
        } else if let scalar = UTF8Scalar.decode(text, at: at) {
          if UTF8Scalar.isNoncharacter(scalar.value) {
            edits.append(DecodedText.Edit(range: at..<(at + scalar.length), bytes: [0xEF, 0xBF, 0xBD]))
            replaced += 1
          }
          at += scalar.length
        } else {
          at += 1
        }
      }
    }
    var decoded = DecodedText(text: bytes).replacing(edits)
    if replaced > 0 {
      decoded.warnings.append(
        Warning(
          code: "noncharacter", stage: "reading",
          message:
            "\(counted(replaced, "surrogate or noncharacter", "surrogates or noncharacters")) read as U+FFFD",
          offset: edits.first?.range.lowerBound))
    }
    return decoded
  }

  // MARK: Other encodings

  private func decodeSingleEncoding(_ bytes: [UInt8], first: Int) -> DecodedText {
    let guess = Self.guess(Self.sample(of: bytes))
    var decoded = convert(bytes, guess.name, confidence: guess.confidence, skipping: 0)
    let percent = Int((guess.confidence * 100).rounded())
    decoded.warnings.insert(
      Warning(
        code: "encoding", stage: "reading",
        message: "not UTF-8; read as \(decoded.encoding) (confidence \(percent) %)", offset: first),
      at: 0)
    return decoded
  }

  /// Up to 64 KiB of the lines that hold bytes beyond ASCII.
  private static func sample(of bytes: [UInt8], where wanted: (ArraySlice<UInt8>) -> Bool = { _ in true })
    -> [UInt8]
  {
    var sample: [UInt8] = []
    var start = 0
    while start < bytes.count, sample.count < 1 << 16 {
      let end = min(bytes[start...].firstIndex(of: 0x0A) ?? bytes.count, start + 1 << 16)
      let line = bytes[start..<end]
      if line.contains(where: { $0 >= 0x80 }), wanted(line) {
        sample.append(contentsOf: line)
        sample.append(0x0A)
      }
      start = max(end, start + 1)
      if start < bytes.count, bytes[end] == 0x0A { start = end + 1 }
    }
    return sample
  }

  /// The likeliest encoding of bytes that are not UTF-8.
  private static func guess(_ sample: [UInt8]) -> (name: String, confidence: Double) {
    let high = Double(sample.reduce(0) { $0 + ($1 >= 0x80 ? 1 : 0) }) / Double(max(1, sample.count))
    var others: [String] = []
    if let icu = Charset.detect(sample) {
      switch icu.name {
      case "Shift_JIS", "EUC-JP", "EUC-KR", "Big5", "GB18030", "ISO-2022-JP", "ISO-2022-KR", "ISO-2022-CN":
        if icu.confidence >= 0.5, high > 0.3 { return icu }
      case "ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-8-I", "windows-1251",
        "windows-1253", "windows-1255", "windows-1256", "KOI8-R":
        if icu.confidence >= 0.3, high > 0.3 { return icu }
      case "ISO-8859-2", "windows-1250", "ISO-8859-9", "windows-1254":
        if icu.confidence >= 0.5 { others.append(icu.name) }
      default: break
      }
    }
    guard let guess = SingleByteGuess(sample: sample, others: others) else { return ("ISO-8859-1", 0.3) }
    // Both read the same where 0x80–0x9F do not occur; the narrower name is the true one then.
    let isLatin1 = guess.charset.name == "windows-1252" && !sample.contains { (0x80..<0xA0).contains($0) }
    return (isLatin1 ? "ISO-8859-1" : guess.charset.name, guess.confidence)
  }

  private func convert(_ bytes: [UInt8], _ name: String, confidence: Double, skipping mark: Int)
    -> DecodedText
  {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    var builder = OffsetMap.Builder()
    builder.replace(0..<mark, by: 0)
    var replaced = 0
    var firstReplaced: Int?
    // Latin-1 is read as windows-1252, as every browser does: 0x80–0x9F are quotes and dashes, not controls.
    let converter = name == "ISO-8859-1" ? "windows-1252" : name
    Charset(converter)?.forEachScalar(in: mark == 0 ? bytes : Array(bytes[mark...])) { value, range in
      let source = (range.lowerBound + mark)..<(range.upperBound + mark)
      let isBad = value == 0xFFFD || UTF8Scalar.isNoncharacter(value)
      if isBad {
        replaced += 1
        firstReplaced = firstReplaced ?? source.lowerBound
      }
      let start = text.count
      UTF8Scalar.append(isBad ? 0xFFFD : value, to: &text)
      if value < 0x80, source.count == 1 {
        builder.copy(source)
      } else {
        builder.replace(source, by: text.count - start)
      }
    }
    var decoded = DecodedText(text: text, origin: builder.map, encoding: name, confidence: confidence)
    if replaced > 0 {
      decoded.warnings.append(
        Warning(
          code: "undecodable", stage: "reading",
          message: "\(counted(replaced, "character")) that \(name) does not have read as U+FFFD",
          offset: firstReplaced))
    }
    return decoded
  }

  /// A file of lines in different encodings: what is UTF-8 stays; other bytes are read by the encoding that
  /// fits the lines with such bytes best. A character cut off in a line of good UTF-8 becomes U+FFFD.
  private func decodeMixed(_ bytes: [UInt8], first: Int) -> DecodedText {
    let badLines = Self.sample(of: bytes) { line in
      Array(line).withUnsafeBufferPointer { UTF8Scalar.firstInvalid($0) } != nil
    }
    let guess = Self.guess(badLines)
    let table =
      (Charset(guess.name == "ISO-8859-1" ? "windows-1252" : guess.name) ?? Charset("windows-1252"))?
      .upperHalf()
    var edits: [DecodedText.Edit] = []
    var lines = 0
    bytes.withUnsafeBufferPointer { text in
      var at = 0
      while let bad = UTF8Scalar.firstInvalid(text, from: at) {
        var start = bad
        while start > at, text[start - 1] != 0x0A { start -= 1 }
        var end = bad
        while end < text.count, text[end] != 0x0A { end += 1 }
        edits += Self.mendLine(text, start..<end, table: table)
        lines += 1
        at = end
      }
    }
    var decoded = DecodedText(text: bytes).replacing(edits)
    // What was well-formed may still hold noncharacters; they are rare enough here to leave to a second pass.
    let second = replacingNoncharacters(decoded.text)
    if let map = second.origin {
      decoded.origin = decoded.origin.map { OffsetMap.composed($0, map) } ?? map
      decoded.text = second.text
    }
    decoded.confidence = guess.confidence
    decoded.warnings = second.warnings
    decoded.warnings.insert(
      Warning(
        code: "mixed-encoding", stage: "reading",
        message:
          "\(counted(lines, "line")) \(lines == 1 ? "is" : "are") not UTF-8; the other bytes read as \(guess.name)",
        offset: first),
      at: 0)
    return decoded
  }

  private static func mendLine(
    _ text: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, table: [UInt32]?
  ) -> [DecodedText.Edit] {
    var edits: [DecodedText.Edit] = []
    let isUTF8 = mostlyUTF8(text, line)
    var at = line.lowerBound
    while at < line.upperBound {
      if text[at] < 0x80 {
        at += 1
      } else if isUTF8, let scalar = UTF8Scalar.decode(text, at: at) {
        at += scalar.length
      } else {
        // In a line of UTF-8, a lead byte with the continuation bytes after it is a character cut short.
        let isCut = isUTF8 && text[at] >= 0xC2
        let end = isCut ? cutEnd(text, at, line) : at + 1
        let value = table?[Int(text[at] - 0x80)] ?? 0xFFFD
        var edit = DecodedText.Edit(range: at..<end)
        UTF8Scalar.append(isCut || UTF8Scalar.isNoncharacter(value) ? 0xFFFD : value, to: &edit.bytes)
        edits.append(edit)
        at = end
      }
    }
    return edits
  }

  private static func cutEnd(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ line: Range<Int>) -> Int {
    var end = at + 1
    while end < line.upperBound, end < at + 3, text[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  /// Whether a line has as many good characters beyond ASCII as bad ones.
  private static func mostlyUTF8(_ text: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Bool {
    var (good, bad) = (0, 0)
    var at = line.lowerBound
    while at < line.upperBound {
      if text[at] < 0x80 {
        at += 1
      } else if let scalar = UTF8Scalar.decode(text, at: at) {
        good += 1
        at += scalar.length
      } else {
        bad += 1
        at = text[at] >= 0xC2 ? cutEnd(text, at, line) : at + 1
      }
    }
    return good > 0 && good >= bad
  }
}
