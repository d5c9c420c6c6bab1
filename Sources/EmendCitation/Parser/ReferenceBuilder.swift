import EmendModel

/// Makes a `Reference` of decoded runs: verbatim slices, normal forms, names, type.
struct ReferenceBuilder {
  let raw: String
  let bytes: [UInt8]
  let parser: ReferenceParser

  func build(_ runs: [FieldRun], _ workspace: ReferenceParser.Workspace) -> Reference {
    let tokens = workspace.tokens
    let cues = workspace.features.cue
    var fields: [Reference.Field] = []
    var people: [FieldLabel: [PersonName]] = [:]
    for run in runs {
      guard let label = run.label else { continue }
      let range = slice(run, tokens)
      let text = String(decoding: bytes[range], as: UTF8.self)
      let probability = workspace.decoder.probability(parser.model, first: run.first, last: run.last)
      fields.append(
        Reference.Field(
          label: label.contractLabel, text: text, range: range, probability: probability,
          normal: FieldNormal.normal(run, slice: range, tokens, cues, bytes)))
      if label == .author || label == .editor || label == .translator {
        let names = NameList.split(text, bodies: parser.bodies)
        people[label, default: []] += names
        // "Ada Keel, ed. and trans."
        if label == .editor, (run.first...run.last).contains(where: { cues[$0] == .tr }) {
          people[.translator, default: []] += names
        }
      }
    }
    let confidence = fields.isEmpty ? 0 : fields.reduce(0) { $0 + $1.probability } / Double(fields.count)
    let named = people[.author] ?? people[.editor] ?? []
    let year = fields.first { $0.label == .date }.flatMap { $0.normal ?? $0.text }
    return Reference(
      raw: raw, fields: fields, authors: people[.author] ?? [], editors: people[.editor] ?? [],
      translators: people[.translator] ?? [], type: ReferenceType.infer(runs, tokens, cues),
      key: named.isEmpty ? "" : CitationKey.make(CitationKey.families(named), year: year),
      confidence: confidence)
  }

  /// From the first to the last word of a run, with the signs that belong to them: the stop of an abbreviation or initial
  /// and the question mark of a title at the end, the brackets whose other half stands inside.
  func slice(_ run: FieldRun, _ tokens: ReferenceTokens) -> Range<Int> {
    var start = tokens.start[run.first]
    var end = tokens.end[run.last]
    let next = run.last + 1 < tokens.count ? tokens.start[run.last + 1] : bytes.count
    if keepsStop(run, tokens, end..<next) { end += 1 }
    for (open, close) in [(UInt8(0x28), UInt8(0x29)), (0x5B, 0x5D), (0x7B, 0x7D)] {
      // A bracket that opened inside the field closes inside it, and the other way about.
      var (depth, lowest) = (0, 0)
      for byte in bytes[start..<end] {
        if byte == open { depth += 1 } else if byte == close { depth -= 1 }
        lowest = min(lowest, depth)
      }
      if lowest < 0, start > 0, bytes[start - 1] == open { start -= 1 }
      if depth > lowest, let at = bytes[end..<next].firstIndex(of: close), at - end < 3 { end = at + 1 }
    }
    if run.label == .title || run.label == .containerTitle || run.label == .collectionTitle {
      // "Do Delegates Vote?", and "… ?" as French prints it.
      var at = end
      if at + 1 < next, bytes[at] == 0x20, bytes[at + 1] == 0x3F || bytes[at + 1] == 0x21 { at += 1 }
      while at < next, bytes[at] == 0x3F || bytes[at] == 0x21 {
        at += 1
        end = at
      }
    }
    return withQuotes(start..<end)
  }

  /// Whether the stop behind a run is that of an abbreviation: "J.", "Washington, D.C.", "Mass.:", "Ph.D. diss.,".
  private func keepsStop(_ run: FieldRun, _ tokens: ReferenceTokens, _ behind: Range<Int>) -> Bool {
    guard let first = behind.first, bytes[first] == 0x2E else { return false }
    let isLetter = tokens.length[run.last] == 1 && tokens.number[run.last] != .digits1
    switch run.label {
    case .author, .editor, .translator: return tokens.length[run.last] == 1
    case .date: return isLetter && run.last > run.first
    case .location, .publisher, .genre, .containerTitle, .collectionTitle, .note:
      // A stop before another sign is no full stop.
      if behind.count > 1, [0x2C, 0x3A, 0x3B, 0x29].contains(bytes[first + 1]) { return true }
      return isLetter && tokens.startsUpper[run.last] && run.last > run.first
        && bytes[tokens.end[run.last - 1]] == 0x2E && tokens.length[run.last - 1] <= 2
    default: return false
    }
  }

  /// A quotation mark within the field takes the other of its pair in, where that stands at the field's edge:
  /// “Conquest from Barbarism”: The Danube Commission.
  private func withQuotes(_ range: Range<Int>) -> Range<Int> {
    for (open, close) in Self.quotes {
      let (opened, closed) = (count(open, in: range), count(close, in: range))
      let isOdd = open == close ? opened % 2 == 1 : opened != closed
      guard isOdd else { continue }
      let before = range.lowerBound - open.count
      // ‘Workers’ Rights’: the pair stands about the field, and what is within is an apostrophe.
      let isQuoted =
        before >= 0 && bytes[before...].starts(with: open) && bytes[range.upperBound...].starts(with: close)
      if isQuoted, open != close { return range }
      if open == close || closed > opened, before >= 0, bytes[before...].starts(with: open) {
        return before..<range.upperBound
      }
      if open == close || opened > closed, bytes[range.upperBound...].starts(with: close) {
        return range.lowerBound..<(range.upperBound + close.count)
      }
    }
    return range
  }

  private static let quotes: [(open: [UInt8], close: [UInt8])] = [
    ("“", "”"), ("\"", "\""), ("‘", "’"),
  ].map {
    (Array($0.utf8), Array($1.utf8))
  }

  /// How often a sign stands in a range, as an apostrophe within a word not counted.
  private func count(_ sign: [UInt8], in range: Range<Int>) -> Int {
    guard range.count >= sign.count else { return 0 }
    return (range.lowerBound...(range.upperBound - sign.count)).count { at in
      guard bytes[at...].starts(with: sign) else { return false }
      let next = at + sign.count
      let goesOn =
        next < bytes.count
        && (bytes[next] | 0x20 >= 0x61 && bytes[next] | 0x20 <= 0x7A || bytes[next] >= 0xC3)
      return sign != Self.apostrophe || !goesOn
    }
  }
  private static let apostrophe = Array("’".utf8)
}
