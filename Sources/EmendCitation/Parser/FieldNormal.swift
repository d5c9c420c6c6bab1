/// Normal forms of fields beside their verbatim text.
enum FieldNormal {
  /// Cue words that may stand around a field of each label and say nothing of its content.
  private static let cues: [FieldLabel: Set<String>] = [
    .pages: [
      "p", "pp", "pps", "page", "pages", "s", "ss", "seite", "seiten", "pag", "pagg", "pgs", "at", "pg",
    ],
    .citedRange: ["p", "pp", "page", "pages", "s", "ss", "seite", "seiten", "at"],
    .volume: ["vol", "vols", "volume", "bd", "band", "tome", "tomo", "jg", "jahrgang", "v", "t"],
    .issue: ["no", "nos", "nr", "n", "number", "heft", "h", "issue", "iss", "num", "numéro"],
    .containerTitle: ["in", "dans"],
    .editor: [
      "in", "ed", "eds", "edited", "by", "editor", "editors", "hg", "hrsg", "herausgegeben", "von", "a",
      "cura", "di",
      "dir", "and", "éd", "éds",
    ],
    .translator: ["trans", "translated", "translator", "tr", "by", "übers", "übersetzt", "von", "and"],
    .doi: ["doi", "https", "http", "dx", "org"],
  ]

  /// A field without the cue words at its ends: `normal(.pages, "pp. 12–34")` is "12-34".
  ///
  /// Dates give the year ("Spring 1999" → "1999"), pages ASCII hyphens and full last pages ("112–8" →
  /// "112-118"), volumes and issues their numbers. Nil where nothing is to be normalised.
  static func normal(_ label: FieldLabel, _ text: String) -> String? {
    switch label {
    case .date: return year(text)
    case .pages, .citedRange: return pages(text)
    case .volume, .issue:
      let bare = stripped(label, text)
      return bare.isEmpty ? nil : bare
    case .containerTitle, .editor, .translator:
      let bare = stripped(label, text)
      return bare == text || bare.isEmpty ? nil : bare
    case .doi: return doi(text)
    default: return nil
    }
  }

  /// The first number of four digits between 1400 and 2039.
  static func year(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    var at = 0
    while at < bytes.count {
      guard bytes[at] >= 0x30, bytes[at] <= 0x39 else {
        at += 1
        continue
      }
      var end = at
      var value = 0
      while end < bytes.count, bytes[end] >= 0x30, bytes[end] <= 0x39, end - at < 8 {
        value = value * 10 + Int(bytes[end] - 0x30)
        end += 1
      }
      if end - at == 4, (1400...2039).contains(value) {
        let letter = end < bytes.count && bytes[end] >= 0x61 && bytes[end] <= 0x7A
        let alone = end + 1 >= bytes.count || !(bytes[end + 1] >= 0x61 && bytes[end + 1] <= 0x7A)
        return String(decoding: bytes[at..<(letter && alone ? end + 1 : end)], as: UTF8.self)
      }
      at = end
    }
    return nil
  }

  /// "pp. 112–8" → "112-118"; "xii–xv" → "xii-xv"; "345, 350" → "345, 350".
  static func pages(_ text: String) -> String? {
    let bare = stripped(.pages, text)
    guard !bare.isEmpty else { return nil }
    var out = ""
    var digits = ""
    var first = ""
    var afterDash = false
    func isDash(_ scalar: Unicode.Scalar) -> Bool {
      scalar == "-" || (0x2010...0x2015).contains(scalar.value) || scalar.value == 0x2212
    }
    func flush() {
      if digits.isEmpty { return }
      if afterDash, digits.utf8.count < first.utf8.count {
        out += first.prefix(first.utf8.count - digits.utf8.count)
      }
      out += digits
      first = afterDash ? "" : digits
      afterDash = false
      digits = ""
    }
    for scalar in bare.unicodeScalars {
      if scalar.value >= 0x30, scalar.value <= 0x39 {
        digits.unicodeScalars.append(scalar)
      } else if isDash(scalar) {
        flush()
        while out.last == " " { out.removeLast() }
        if out.last != "-" { out += "-" }
        afterDash = !first.isEmpty
      } else if scalar == " ", out.last == "-", digits.isEmpty {
        continue
      } else {
        flush()
        if scalar != " " {
          afterDash = false
          first = ""
        }
        out.unicodeScalars.append(scalar)
      }
    }
    flush()
    return out
  }

  private static func doi(_ text: String) -> String? {
    guard let start = text.range(of: "10.") else { return nil }
    return String(text[start.lowerBound...])
  }

  /// The text without cue words and signs at its ends.
  static func stripped(_ label: FieldLabel, _ text: String) -> String {
    let cues = cues[label] ?? []
    let bytes = Array(text.utf8)
    var tokens = ReferenceTokens()
    bytes.withUnsafeBufferPointer { tokens.read($0) }
    func word(_ k: Int) -> String {
      String(decoding: bytes[tokens.start[k]..<tokens.end[k]], as: UTF8.self).lowercased()
    }
    var (first, last) = (0, tokens.count - 1)
    while first <= last, cues.contains(word(first)) { first += 1 }
    while last >= first, cues.contains(word(last)) { last -= 1 }
    guard first <= last else { return "" }
    return String(decoding: bytes[tokens.start[first]..<tokens.end[last]], as: UTF8.self)
  }
}

extension String {
  /// The first place of an ASCII string.
  fileprivate func range(of needle: String) -> Range<String.Index>? {
    let wanted = Array(needle.utf8)
    var start = utf8.startIndex
    while start < utf8.endIndex {
      if utf8[start...].starts(with: wanted) {
        return start..<utf8.index(start, offsetBy: wanted.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }
}
