/// Signs by which a line of a reference list is known.
enum ReferenceSigns {
  private static let words: Set<String> = [
    "vol", "pp", "no", "ed", "eds", "press", "university", "journal", "proc", "trans", "review", "publish",
    "london", "york", "cambridge", "oxford", "paper", "ibid", "pp.", "doi", "http", "https",
  ]

  /// Year, initial, publisher or journal word, page range, volume with issue: at most one each.
  static func count(_ text: [UInt8], _ line: Line) -> Int {
    var signs = 0
    if line.flags.contains(.hasYear) { signs += 1 }
    if line.flags.contains(.hasInitial) { signs += 1 }
    if line.flags.contains(.hasURL) { signs += 1 }
    var word = false
    var pages = false
    var issue = false
    for token in Glyphs.tokens(text, line.range, limit: 40) {
      if !word, token.count <= 12, words.contains(Glyphs.key(text, token)) { word = true }
      if pages && issue { continue }
      var index = token.lowerBound + 1
      while index + 1 < token.upperBound {
        let byte = text[index]
        if Glyphs.isDigit(UInt32(text[index - 1])) {
          let after = text[index + 1]
          if byte == 0x2D
            || (byte == 0xE2 && index + 3 < token.upperBound && Glyphs.isDigit(UInt32(text[index + 3])))
          {
            pages = pages || byte == 0xE2 || Glyphs.isDigit(UInt32(after))
          }
          if byte == 0x28 || byte == 0x3A, Glyphs.isDigit(UInt32(after)) { issue = true }
        }
        index += 1
      }
    }
    return signs + (word ? 1 : 0) + (pages ? 1 : 0) + (issue ? 1 : 0)
  }
}

/// Takes back zones that do not look like lists of references, and the tails of those that do.
struct ReferenceZones: SegmentationStep {
  /// Signs a line on average below which a zone is no list.
  static let leastSigns = 0.55
  static let tailWindow = 14
  static let leastTailSigns = 0.3

  func apply(to galley: inout Galley) {
    var zones: [[Int]] = []
    for index in galley.lines.indices where galley.lines[index].kind == .reference {
      if let last = zones.last?.last, galley.lines[index].page - galley.lines[last].page <= 1,
        index - last < 60
      {
        zones[zones.count - 1].append(index)
      } else {
        zones.append([index])
      }
    }
    for zone in zones {
      let signs = zone.map { ReferenceSigns.count(galley.text, galley.lines[$0]) }
      if Double(signs.reduce(0, +)) < Self.leastSigns * Double(zone.count) {
        for index in zone { galley.lines[index].kind = .body }
        continue
      }
      var end = zone.count
      while end > Self.tailWindow,
        Double(signs[(end - Self.tailWindow)..<end].reduce(0, +)) < Self.leastTailSigns
          * Double(Self.tailWindow)
      {
        end -= Self.tailWindow / 2
      }
      for index in zone[end...] { galley.lines[index].kind = .body }
    }
  }
}
