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
        people[label, default: []] += NameList.split(text)
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

  /// From the first to the last word of a run, with the stop of an abbreviation or initial at its end and
  /// the bracket that closes inside it.
  func slice(_ run: FieldRun, _ tokens: ReferenceTokens) -> Range<Int> {
    let start = tokens.start[run.first]
    var end = tokens.end[run.last]
    let next = run.last + 1 < tokens.count ? tokens.start[run.last + 1] : bytes.count
    let isName = run.label == .author || run.label == .editor || run.label == .translator
    if isName, tokens.length[run.last] == 1, end < next, bytes[end] == 0x2E { end += 1 }
    // A bracket that opened inside the field closes inside it.
    var depth = 0
    for byte in bytes[start..<end] {
      if byte == 0x28 { depth += 1 } else if byte == 0x29 { depth -= 1 }
    }
    if depth > 0, let close = bytes[end..<next].firstIndex(of: 0x29), close - end < 3 { end = close + 1 }
    return withQuotes(start..<end)
  }

  /// A quotation mark within the field takes the other of its pair in, where that stands at the field's edge:
  /// “Conquest from Barbarism”: The Danube Commission.
  private func withQuotes(_ range: Range<Int>) -> Range<Int> {
    for (open, close) in Self.quotes {
      let (opened, closed) = (count(open, in: range), count(close, in: range))
      let isOdd = open == close ? opened % 2 == 1 : opened != closed
      guard isOdd else { continue }
      let before = range.lowerBound - open.count
      if open == close || closed > opened, before >= 0, bytes[before...].starts(with: open) {
        return before..<range.upperBound
      }
      if open == close || opened > closed, bytes[range.upperBound...].starts(with: close) {
        return range.lowerBound..<(range.upperBound + close.count)
      }
    }
    return range
  }

  private static let quotes: [(open: [UInt8], close: [UInt8])] = [("“", "”"), ("\"", "\"")].map {
    (Array($0.utf8), Array($1.utf8))
  }

  private func count(_ sign: [UInt8], in range: Range<Int>) -> Int {
    guard range.count >= sign.count else { return 0 }
    return (range.lowerBound...(range.upperBound - sign.count)).count { bytes[$0...].starts(with: sign) }
  }
}
