import EmendModel

/// PAGE XML 2013 to 2019 (and older, without boxes): regions in the reading order of the file, lines as transcribed, word confidences and
/// boxes.
///
/// Schema: https://github.com/PRImA-Research-Lab/PAGE-XML. A "¬" at the end of a line, by which transcribers
/// mark a cut word, is read as a hyphen.
struct PAGEReader {
  var options: Reading.Options

  func scan(_ bytes: [UInt8], id: String, name: String) throws -> Scan {
    let decoded = try TextDecoder(file: name, strict: options.strict).decode(bytes)
    let handler = PAGEHandler(SourceText(decoded.text))
    let outcome = MarkupParser.parse(handler.source.masked, isHTML: false, handler: handler)
    var (builder, warnings) = handler.assembled()
    var scan = builder.finish(decoded, id: id, name: name, format: .page, byteCount: bytes.count)
    scan.metadata = handler.metadata
    scan.warnings += warnings
    try outcome.judge(&scan, format: "PAGE")
    return scan
  }
}

private final class PAGEHandler: MarkupHandler {
  let source: SourceText
  var metadata: [String: String] = [:]

  /// The text of a region, line or word; of several readings the one with the lowest index.
  private struct Reading {
    var pieces: [Piece] = []
    var index = Int.max
    var confidence: Float?
    var isEmpty: Bool { pieces.allSatisfy { $0.bytes.allSatisfy { $0 <= 0x20 } } }
  }
  private struct Word {
    var reading = Reading()
    var box: Scan.Box?
    var isBold = false
    var isItalic = false
  }
  private struct Line {
    var reading = Reading()
    var words: [Word] = []
    var box: Scan.Box?
    var fontSize: Double?
  }
  private struct Region {
    var id: String
    var type: String
    var reading = Reading()
    var lines: [Line] = []
  }
  private struct Page {
    var name: String
    var size: Scan.Box?
    var regions: [Region] = []
    /// Region ids in reading order, with the index that an indexed reference carries.
    var order: [String] = []
    var hasOrder = false
  }
  private enum Level {
    case region(Int)
    case line, word, glyph
  }

  private var pages: [Page] = []
  private var levels: [Level] = []
  private var line: Line?
  private var word: Word?
  private var candidate: Reading?
  private var isUnicode = false
  private var groups: [(isOrdered: Bool, members: [(index: Int, ids: [String])])] = []
  private var groupIndices: [Int] = []
  private var collects: String?
  private var collected = ""

  init(_ source: SourceText) { self.source = source }

  func start(_ name: String, _ attributes: MarkupAttributes, at position: Int) {
    switch name {
    case "Page":
      let width = attributes.integer("imageWidth") ?? 0
      let height = attributes.integer("imageHeight") ?? 0
      pages.append(
        Page(
          name: attributes["imageFilename"].map(Path.last) ?? "",
          size: width > 0 && height > 0 ? Scan.Box(x: 0, y: 0, width: width, height: height) : nil))
    case "ReadingOrder": if let page = pages.indices.last { pages[page].hasOrder = true }
    case "OrderedGroup", "UnorderedGroup", "OrderedGroupIndexed", "UnorderedGroupIndexed":
      groupIndices.append(attributes.integer("index") ?? groups.last?.members.count ?? 0)
      groups.append((name.hasPrefix("Ordered"), []))
    case "RegionRefIndexed", "RegionRef":
      guard let reference = attributes["regionRef"], !groups.isEmpty else { return }
      let index = attributes.integer("index") ?? groups[groups.count - 1].members.count
      groups[groups.count - 1].members.append((index, [reference]))
    case "TextRegion":
      if pages.isEmpty { pages.append(Page(name: "")) }
      let region = Region(id: attributes["id"] ?? "", type: attributes["type"] ?? "")
      pages[pages.count - 1].regions.append(region)
      levels.append(.region(pages[pages.count - 1].regions.count - 1))
    case "TextLine":
      line = Line()
      levels.append(.line)
    case "Word":
      word = Word()
      levels.append(.word)
    case "Glyph": levels.append(.glyph)
    case "Coords": setBox(attributes["points"].flatMap(Self.box(points:)))
    case "TextStyle": setStyle(attributes)
    case "TextEquiv":
      let confidence = attributes["conf"].flatMap(Float.init).flatMap {
        $0.isFinite ? min(1, max(0, $0)) : nil
      }
      candidate = Reading(index: attributes.integer("index") ?? 0, confidence: confidence)
    case "Unicode": isUnicode = candidate != nil
    case "Creator":
      collects = name
      collected = ""
    default: break
    }
  }

  func end(_ name: String) {
    switch name {
    case "OrderedGroup", "UnorderedGroup", "OrderedGroupIndexed", "UnorderedGroupIndexed":
      guard let group = groups.popLast(), let index = groupIndices.popLast() else { return }
      let members =
        group.isOrdered
        ? group.members.enumerated().sorted {
          ($0.element.index, $0.offset) < ($1.element.index, $1.offset)
        }.map(\.element) : group.members
      let ids = members.flatMap(\.ids)
      if groups.isEmpty {
        if let page = pages.indices.last { pages[page].order += ids }
      } else {
        groups[groups.count - 1].members.append((index, ids))
      }
    case "TextRegion": _ = levels.popLast()
    case "TextLine":
      _ = levels.popLast()
      if let line { withRegion { $0.lines.append(line) } }
      line = nil
    case "Word":
      _ = levels.popLast()
      if let word { line?.words.append(word) }
      word = nil
    case "Glyph": _ = levels.popLast()
    case "Unicode": isUnicode = false
    case "TextEquiv":
      if let candidate { accept(candidate) }
      candidate = nil
    case "Creator":
      if !collected.isEmpty { metadata["creator"] = collected }
      collects = nil
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int) {
    if collects != nil, collected.utf8.count < 1024 { collected += String(decoding: bytes, as: UTF8.self) }
    guard isUnicode else { return }
    candidate?.pieces.append(
      source.place(of: bytes, endingAt: position).map { Piece(source, at: $0) }
        ?? Piece(bytes: Array(bytes), source: source.reference(endingAt: position)))
  }

  // MARK: Filling in

  private func accept(_ candidate: Reading) {
    func better(than old: Reading) -> Bool { old.pieces.isEmpty || candidate.index < old.index }
    switch levels.last {
    case .region: withRegion { if better(than: $0.reading) { $0.reading = candidate } }
    case .line: if let old = line?.reading, better(than: old) { line?.reading = candidate }
    case .word: if let old = word?.reading, better(than: old) { word?.reading = candidate }
    case .glyph, nil: break
    }
  }

  private func withRegion(_ change: (inout Region) -> Void) {
    guard let page = pages.indices.last else { return }
    for level in levels.reversed() {
      if case .region(let index) = level, pages[page].regions.indices.contains(index) {
        change(&pages[page].regions[index])
        return
      }
    }
    // A line outside any region gets one.
    pages[page].regions.append(Region(id: "", type: ""))
    change(&pages[page].regions[pages[page].regions.count - 1])
  }

  private func setBox(_ box: Scan.Box?) {
    switch levels.last {
    case .line: line?.box = box
    case .word: word?.box = box
    default: break
    }
  }

  private func setStyle(_ attributes: MarkupAttributes) {
    switch levels.last {
    case .line:
      line?.fontSize = attributes["fontSize"].flatMap(Double.init).flatMap {
        $0.isFinite && $0 > 0 ? $0 : nil
      }
    case .word:
      word?.isBold = attributes["bold"] == "true"
      word?.isItalic = attributes["italic"] == "true"
    default: break
    }
  }

  private static func box(points: String) -> Scan.Box? {
    var (left, top, right, bottom) = (Int.max, Int.max, Int.min, Int.min)
    for point in points.split(separator: " ") {
      let parts = point.split(separator: ",").compactMap { Double($0) }.filter { abs($0) < 1e9 }
      guard parts.count == 2 else { continue }
      let (x, y) = (Int(parts[0]), Int(parts[1]))
      (left, top, right, bottom) = (min(left, x), min(top, y), max(right, x), max(bottom, y))
    }
    return right > left && bottom > top
      ? Scan.Box(x: left, y: top, width: right - left, height: bottom - top) : nil
  }

  // MARK: Assembly

  func assembled() -> (WitnessBuilder, [Warning]) {
    // A file that breaks off leaves a line open.
    if line != nil { end("TextLine") }
    var builder = WitnessBuilder()
    var warnings: [Warning] = []
    var zone = 0
    for page in pages {
      builder.startPage(name: page.name, size: page.size)
      for index in order(of: page, &warnings) {
        add(page.regions[index], zone: zone, to: &builder)
        zone += 1
      }
    }
    return (builder, warnings)
  }

  /// Indices of the regions: first those that the reading order names, then the others as they stand. An
  /// order that names absent regions, or one twice, keeps what is sound of it.
  private func order(of page: Page, _ warnings: inout [Warning]) -> [Int] {
    let byId = Dictionary(
      page.regions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var result: [Int] = []
    var placed: Set<Int> = []
    var faults = 0
    for id in page.order {
      if let index = byId[id], placed.insert(index).inserted {
        result.append(index)
      } else if byId[id] != nil {
        faults += 1
      }
    }
    let absent = page.order.count { byId[$0] == nil }
    // References to images, tables and the like are no fault as long as text regions are among them.
    if faults > 0 || (absent > 0 && result.isEmpty)
      || (page.hasOrder && page.order.isEmpty && !page.regions.isEmpty)
    {
      warnings.append(
        Warning(
          code: "reading-order", stage: "reading",
          message:
            "the reading order is broken: \(absent) absent regions, \(faults) named twice; the rest as it stands"
        ))
    }
    return result + page.regions.indices.filter { !placed.contains($0) }
  }

  private func add(_ region: Region, zone: Int, to builder: inout WitnessBuilder) {
    var isFirst = true
    func layout(_ line: Line?) -> Scan.Layout {
      defer { isFirst = false }
      return Scan.Layout(
        heading: region.type == "heading" ? 2 : nil, zone: zone, startsParagraph: isFirst ? true : nil,
        box: line?.box, fontSize: line?.fontSize)
    }
    for line in region.lines {
      let tokens = Self.tokens(of: line.reading)
      if !tokens.isEmpty {
        builder.startLine(layout(line))
        add(tokens, words: line.words, to: &builder)
      } else if line.words.contains(where: { !$0.reading.isEmpty }) {
        builder.startLine(layout(line))
        for word in line.words {
          for token in Self.tokens(of: word.reading) { append(token.pieces, word, to: &builder) }
        }
      }
      builder.endLine()
    }
    if region.lines.allSatisfy({ $0.reading.isEmpty && $0.words.isEmpty }), !region.reading.isEmpty {
      for tokens in Self.lines(of: region.reading) where !tokens.isEmpty {
        builder.startLine(layout(nil))
        add(tokens, words: [], to: &builder)
        builder.endLine()
      }
    }
  }

  /// Appends the words of a line; where the file also gives them singly, with what it says of each.
  private func add(_ tokens: [Token], words: [Word], to builder: inout WitnessBuilder) {
    let told = words.filter { !$0.reading.isEmpty }
    let areSame =
      told.count == tokens.count
      && zip(told, tokens).allSatisfy {
        $0.reading.pieces.flatMap(\.bytes).filter { $0 > 0x20 } == $1.pieces.flatMap(\.bytes)
      }
    for (index, token) in tokens.enumerated() {
      var pieces = token.pieces
      if index == tokens.count - 1 { Self.readNotSign(&pieces) }
      append(pieces, areSame ? told[index] : nil, to: &builder)
    }
  }

  private func append(_ pieces: [Piece], _ word: Word?, to builder: inout WitnessBuilder) {
    var whole: Range<Int>?
    for (index, piece) in pieces.enumerated() {
      let range = builder.append(piece, spaced: index == 0)
      whole = (whole?.lowerBound ?? range.lowerBound)..<range.upperBound
    }
    guard let word, let whole else { return }
    builder.addWord(whole, confidence: word.reading.confidence, box: word.box)
    if word.isItalic { builder.addEmphasis(whole, .italic) }
    if word.isBold { builder.addEmphasis(whole, .bold) }
  }

  /// "con¬" at a line end is "con-".
  private static func readNotSign(_ pieces: inout [Piece]) {
    guard let last = pieces.last, last.bytes.suffix(2).elementsEqual([0xC2, 0xAC]) else { return }
    let count = last.bytes.count
    let place = last.isExact ? (last.source.upperBound - 2)..<last.source.upperBound : last.source
    pieces[pieces.count - 1] = last[0..<(count - 2)]
    pieces.append(Piece("-", source: last.isExact ? place : place.upperBound..<place.upperBound))
  }

  private struct Token { var pieces: [Piece] }

  private static func tokens(of reading: Reading) -> [Token] { lines(of: reading).flatMap { $0 } }

  /// The words of a reading, by its lines.
  private static func lines(of reading: Reading) -> [[Token]] {
    var lines: [[Token]] = [[]]
    var isOpen = false
    for piece in reading.pieces {
      var at = 0
      while at < piece.bytes.count {
        if piece.bytes[at] <= 0x20, piece.bytes[at] == 0x20 || (0x09...0x0D).contains(piece.bytes[at]) {
          if piece.bytes[at] == 0x0A { lines.append([]) }
          isOpen = false
          at += 1
          continue
        }
        let start = at
        while at < piece.bytes.count, piece.bytes[at] != 0x20, piece.bytes[at] != 0x0A,
          piece.bytes[at] != 0x09, piece.bytes[at] != 0x0D
        { at += 1 }
        let part = piece[start..<at]
        if isOpen, let last = lines[lines.count - 1].indices.last {
          lines[lines.count - 1][last].pieces.append(part)
        } else {
          lines[lines.count - 1].append(Token(pieces: [part]))
        }
        isOpen = true
      }
    }
    return lines
  }
}
