/// Normal forms of fields beside their verbatim text.
enum FieldNormal {
  /// A field without the cue words at its ends: "pp. 12–34" is "12-34".
  ///
  /// Dates give the year ("Spring 1999" → "1999"), pages ASCII hyphens and full last pages ("112–8" →
  /// "112-118"), volumes and issues their numbers, names and containers lose "edited by" and "In". Nil where
  /// nothing is to be normalised. `text` are the bytes of the reference, `cues` the classes of its words.
  static func normal(
    _ run: FieldRun, slice: Range<Int>, _ tokens: ReferenceTokens, _ cues: [Cue], _ text: [UInt8]
  ) -> String? {
    guard let label = run.label else { return nil }
    switch label {
    case .date: return year(text[slice]) ?? misreadYear(run, tokens, text)
    case .doi: return doi(text[slice])
    case .isbn: return isbn(text[slice])
    case .pages, .citedRange:
      // What stands before the first number is a cue of some kind: "pp.", "at", "especially p.".
      var bare = inner(run, tokens, cues, label)
      while let first = bare.first, tokens.number[first] == .none, bare.count > 1 { bare.removeFirst() }
      if let first = bare.first, tokens.number[first] == .none { bare = inner(run, tokens, cues, label) }
      guard let first = bare.first, let last = bare.last else { return nil }
      return pages(text[tokens.start[first]..<tokens.end[last]])
    case .volume, .issue, .containerTitle, .editor, .translator:
      let bare = inner(run, tokens, cues, label)
      guard let first = bare.first, let last = bare.last else { return nil }
      let isWhole = bare.count == run.last - run.first + 1
      if isWhole, label != .volume, label != .issue { return nil }
      let start =
        isWhole || first > run.first ? tokens.start[first] : min(slice.lowerBound, tokens.start[first])
      var end = last == run.last ? max(slice.upperBound, tokens.end[last]) : tokens.end[last]
      // "Keel, Peter B., ed."
      if last < run.last, tokens.length[last] == 1, text[end] == 0x2E { end += 1 }
      if label == .volume || label == .issue { end = tokens.end[last] }
      return String(decoding: text[start..<end], as: UTF8.self)
    default: return nil
    }
  }

  /// The words of a run without the cue words at its ends.
  private static func inner(
    _ run: FieldRun, _ tokens: ReferenceTokens, _ cues: [Cue], _ label: FieldLabel
  ) -> ClosedRange<Int>.SubSequence {
    var words = (run.first...run.last)[...]
    while let first = words.first, introduces(cues[first], label), !isInitial(first, tokens) {
      words.removeFirst()
    }
    while let last = words.last, introduces(cues[last], label), !isInitial(last, tokens) {
      words.removeLast()
    }
    return words
  }

  /// "A. Vogel" begins with an initial, "a cura di Vogel" with a cue.
  private static func isInitial(_ k: Int, _ tokens: ReferenceTokens) -> Bool {
    tokens.shape[k] == ReferenceTokens.shapeX && tokens.gaps[k + 1].marks.contains(.stop)
  }

  /// Whether words of a class may stand around a field and say nothing of its content.
  private static func introduces(_ cue: Cue, _ label: FieldLabel) -> Bool {
    switch (label, cue) {
    case (.pages, .pp), (.citedRange, .pp), (.volume, .vol), (.issue, .no), (.containerTitle, .in): true
    case (.editor, .in), (.editor, .ed), (.editor, .by), (.editor, .and): true
    case (.translator, .tr), (.translator, .by), (.translator, .and): true
    default: false
    }
  }

  /// The first number of four digits between 1400 and 2039, with the letter of a work of one year; "[1922] 1978" and
  /// "1978 [1922]" give the year outside the brackets.
  static func year<Bytes: RandomAccessCollection>(_ bytes: Bytes) -> String?
  where Bytes.Element == UInt8, Bytes.Index == Int {
    year(bytes, bracketed: false) ?? year(bytes, bracketed: true)
  }

  private static func year<Bytes: RandomAccessCollection>(_ bytes: Bytes, bracketed: Bool) -> String?
  where Bytes.Element == UInt8, Bytes.Index == Int {
    var at = bytes.startIndex
    var depth = 0
    func isSmall(_ index: Int) -> Bool {
      index < bytes.endIndex && bytes[index] >= 0x61 && bytes[index] <= 0x7A
    }
    while at < bytes.endIndex {
      guard isDigit(bytes[at]) else {
        if bytes[at] == 0x5B { depth += 1 } else if bytes[at] == 0x5D { depth -= 1 }
        at += 1
        continue
      }
      var end = at
      var value = 0
      while end < bytes.endIndex, isDigit(bytes[end]), end - at < 8 {
        value = value * 10 + Int(bytes[end] - 0x30)
        end += 1
      }
      if end - at == 4, (1400...2039).contains(value), bracketed || depth <= 0 {
        let last = isSmall(end) && !isSmall(end + 1) ? end + 1 : end
        return String(decoding: bytes[at..<last], as: UTF8.self)
      }
      at = end
    }
    return nil
  }

  /// The year that damaged words of a date stand for: "l987", "19 94".
  private static func misreadYear(_ run: FieldRun, _ tokens: ReferenceTokens, _ text: [UInt8]) -> String? {
    var digits = ""
    for k in run.first...run.last where tokens.number[k] == .year && digits.utf8.count < 4 {
      for byte in text[tokens.start[k]..<tokens.end[k]] {
        guard let digit = ReferenceTokens.digit(byte) else { return nil }
        digits += "\(digit)"
      }
    }
    return digits.utf8.count == 4 ? digits : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// "112–8" → "112-118"; "xii–xv" → "xii-xv"; "345, 350" → "345, 350".
  static func pages(_ text: ArraySlice<UInt8>) -> String? {
    var out: [UInt8] = []
    var (first, digits): ([UInt8], [UInt8]) = ([], [])
    var afterDash = false
    func flush() {
      if digits.isEmpty { return }
      if afterDash, digits.count < first.count { out += first.prefix(first.count - digits.count) }
      out += digits
      first = afterDash ? [] : digits
      afterDash = false
      digits.removeAll(keepingCapacity: true)
    }
    var at = text.startIndex
    while at < text.endIndex {
      let byte = text[at]
      let dash = dashLength(text, at)
      if isDigit(byte) {
        digits.append(byte)
        at += 1
      } else if dash > 0 {
        flush()
        while out.last == 0x20 { out.removeLast() }
        if out.last != 0x2D { out.append(0x2D) }
        afterDash = !first.isEmpty
        at += dash
      } else if byte == 0x20, out.last == 0x2D, digits.isEmpty {
        at += 1
      } else {
        flush()
        if byte != 0x20 {
          afterDash = false
          first = []
        }
        out.append(byte)
        at += 1
      }
    }
    flush()
    return String(decoding: out, as: UTF8.self)
  }

  /// Bytes of a hyphen, a dash of U+2010 to U+2015 or a minus sign; 0 where none stands.
  private static func dashLength(_ text: ArraySlice<UInt8>, _ at: Int) -> Int {
    if text[at] == 0x2D { return 1 }
    guard text[at] == 0xE2, at + 2 < text.endIndex else { return 0 }
    if text[at + 1] == 0x80, (0x90...0x95).contains(text[at + 2]) { return 3 }
    return text[at + 1] == 0x88 && text[at + 2] == 0x92 ? 3 : 0
  }

  /// "ISBN: 978-3-16-148410-0" → "978-3-16-148410-0".
  private static func isbn(_ text: ArraySlice<UInt8>) -> String? {
    guard let first = text.firstIndex(where: isDigit), first > text.startIndex else { return nil }
    return String(decoding: text[first...], as: UTF8.self)
  }

  private static func doi(_ text: ArraySlice<UInt8>) -> String? {
    for at in text.indices where text[at] == 0x31 && text[at...].starts(with: [0x31, 0x30, 0x2E]) {
      return String(decoding: text[at...], as: UTF8.self)
    }
    return nil
  }
}
