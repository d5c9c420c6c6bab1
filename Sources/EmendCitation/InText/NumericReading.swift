import EmendModel

/// A bracket or superscript of reference numbers: "[3, 7–9]", "(12)", "⁴".
struct NumericDraft {
  /// `glued` are superior figures that the scan set on the line: "work1,2". `named` stands in no bracket: "ref. 14".
  enum Shape { case square, round, superscript, glued, named }
  /// One number or range with its bytes; the locator of "[12, p. 34]".
  struct Item {
    var numbers: ClosedRange<Int>
    var range: Range<Int>
    var locator: String
  }
  var shape: Shape
  var items: [Item]
  var group: Range<Int>
  var prefix: String
  /// "[refs. 3, 4]" says what it is.
  var isNamed: Bool
  /// Whether the next sign ends a clause, as behind a citation, rather than a word, as behind "(1) first".
  var closesClause: Bool
  var block: Int
}

extension PassageReader {
  /// The largest reference number: lists longer than this are rarer than years and page numbers in brackets.
  private static let largest = 1399

  /// Reads a bracket as reference numbers.
  func numeric(open: Int, close: Int) -> NumericDraft? {
    guard close > open + 1, close - open < 120 else { return nil }
    // "calix[4]arene", "exendin-4(9–39)": part of a name.
    if tokens[open].has(.glued),
      kind(open - 1) == .word || kind(open - 1) == .number || kind(open - 1) == .close
    {
      if tokens[open].kind == .open { return nil }
      if kind(open - 1) != .close, kind(close + 1) == .word, tokens[close + 1].has(.glued) { return nil }
    }
    var at = open + 1
    var prefix = ""
    if let end = phrase(cues.prefixes, startingAt: at, limit: close) {
      var last = end
      while last < close, kind(last) == .comma || kind(last) == .stop { last += 1 }
      prefix = text(tokens[at].start..<tokens[kind(end) == .stop ? end : end - 1].end)
      at = last
    }
    var isNamed = false
    if kind(at) == .word, Self.referenceWords.contains(Letters.foldedHash(bytes, tokens[at].range)) {
      isNamed = true
      at += 1
      if kind(at) == .stop { at += 1 }
    }
    var items: [NumericDraft.Item] = []
    while at < close {
      guard kind(at) == .number, let first = value(at), first >= 1, first <= Self.largest else { return nil }
      var end = at + 1
      var last = first
      if end + 1 < close, kind(end) == .dash, kind(end + 1) == .number, let second = value(end + 1),
        second > first, second - first < 100
      {
        last = second
        end += 2
      }
      let range = tokens[at].start..<tokens[end - 1].end
      var locatorText = ""
      if first == last, end + 1 < close, kind(end) == .comma || kind(end) == .colon,
        kind(end + 1) != .number || kind(end) == .colon,
        let locator = locator(at: end, limit: close, bare: false)
      {
        locatorText = locator.text
        end = locator.end
      }
      items.append(NumericDraft.Item(numbers: first...last, range: range, locator: locatorText))
      if end == close { break }
      guard
        kind(end) == .comma || kind(end) == .semicolon || kind(end) == .ampersand
          || classes(end).contains(.connective)
      else { return nil }
      at = end + 1
      if kind(at) == .squareOpen || kind(at) == .squareClose { return nil }
    }
    guard !items.isEmpty else { return nil }
    let next = kind(close + 1)
    let closes =
      next == nil || [.stop, .comma, .semicolon, .close, .colon, .question, .quoteClose].contains(next)
      || (next == .open || next == .squareOpen)
    let isStart = open == 0 || [.stop, .comma, .colon, .semicolon].contains(kind(open - 1))
    return NumericDraft(
      shape: tokens[open].kind == .squareOpen ? .square : .round, items: items,
      group: tokens[open].start..<tokens[close].end, prefix: prefix, isNamed: isNamed,
      closesClause: closes && !(isStart && open == 0), block: block)
  }

  private static let referenceWords: Set<UInt64> = Set(
    ["ref", "refs", "reference", "references", "nr", "no", "nos", "lit"].map { Letters.foldedHash($0) })

  /// Adds a bracket to those before it: "[3]-[5]" and "[3]–[5]" are one range.
  mutating func add(_ draft: NumericDraft, open: Int) {
    if var last = numerics.last, last.shape == draft.shape, open >= 4, kind(open - 1) == .dash,
      tokens[open].has(.glued), tokens[open - 2].end == last.group.upperBound,
      let from = last.items.last, from.numbers.count == 1, from.locator.isEmpty, last.items.count == 1,
      draft.items.count == 1, draft.items[0].numbers.count == 1,
      draft.items[0].numbers.lowerBound > from.numbers.lowerBound,
      draft.items[0].numbers.lowerBound - from.numbers.lowerBound < 100
    {
      last.items = [
        NumericDraft.Item(
          numbers: from.numbers.lowerBound...draft.items[0].numbers.upperBound,
          range: from.range.lowerBound..<draft.items[0].range.upperBound, locator: draft.items[0].locator)
      ]
      last.group = last.group.lowerBound..<draft.group.upperBound
      last.closesClause = draft.closesClause
      numerics[numerics.count - 1] = last
      return
    }
    numerics.append(draft)
  }

  /// "ref. 14", "refs 15 and 16–18" in running text, at the word; the citation is the numbers.
  func namedNumbers(at index: Int) -> NumericDraft? {
    guard Self.calls.contains(hash(index)) else { return nil }
    var at = index + 1
    if kind(at) == .stop { at += 1 }
    guard let items = numbers(from: at, glued: false), let last = items.items.last else { return nil }
    return NumericDraft(
      shape: .named, items: items.items, group: tokens[index].start..<last.range.upperBound, prefix: "",
      isNamed: false, closesClause: true, block: block)
  }

  private static let calls: Set<UInt64> = Set(
    ["ref", "refs", "reference", "references"].map { Letters.foldedHash($0) })

  /// Superior figures set on the line behind a word or its stop: "gains1,2,5–7", "mice died.11".
  func gluedNumbers(at index: Int) -> NumericDraft? {
    guard index > 0, tokens[index].has(.glued) else { return nil }
    var before = index - 1
    let behindSign = [.stop, .comma, .close, .quoteClose].contains(kind(before))
    if behindSign {
      guard tokens[before].has(.glued), before > 0 else { return nil }
      before -= 1
    }
    // "km2", "CD4", "COVID19", "0.05": units, names and decimals.
    // A stop behind two letters ends a sentence ("and so.4") or an abbreviation ("No.4").
    guard kind(before) == .word || (behindSign && kind(before) == .close),
      tokens[before].range.count > (kind(index - 1) == .stop ? 1 : 2), !tokens[before].has(.allCaps),
      tokens[before].range.count > 2 || classes(before).isDisjoint(with: [.locator, .imprint, .series]),
      let found = numbers(from: index, glued: true),
      let last = found.items.last
    else { return nil }
    let next = kind(found.end)
    if next == .word || next == .number || next == .close, tokens[found.end].has(.glued) { return nil }
    return NumericDraft(
      shape: .glued, items: found.items, group: tokens[index].start..<last.range.upperBound, prefix: "",
      isNamed: false, closesClause: true, block: block)
  }

  /// Numbers and ranges with commas between them, from a token on; nil when there is none.
  private func numbers(from start: Int, glued: Bool) -> (items: [NumericDraft.Item], end: Int)? {
    var items: [NumericDraft.Item] = []
    var at = start
    var end = start
    func follows(_ index: Int) -> Bool {
      !glued || (tokens.indices.contains(index) && tokens[index].has(.glued))
    }
    while kind(at) == .number, follows(at), let first = value(at), first >= 1, first <= Self.largest {
      var last = first
      end = at + 1
      if kind(end) == .dash, kind(end + 1) == .number, follows(end), follows(end + 1),
        let second = value(end + 1), second > first, second - first < 100
      {
        last = second
        end += 2
      }
      items.append(
        NumericDraft.Item(numbers: first...last, range: tokens[at].start..<tokens[end - 1].end, locator: ""))
      if kind(end) == .comma, follows(end) {
        at = end + 1
      } else if !glued, classes(end).contains(.connective) || kind(end) == .ampersand {
        at = end + 1
      } else {
        break
      }
    }
    return items.isEmpty ? nil : (items, end)
  }

  /// A superscript as one reference number.
  func superscript(at index: Int) -> NumericDraft? {
    var number = 0
    var at = tokens[index].start
    while at < tokens[index].end {
      let (scalar, length) = Letters.scalar(bytes, at: at, end: tokens[index].end)
      let digit: Int
      switch scalar {
      case 0xB9: digit = 1
      case 0xB2: digit = 2
      case 0xB3: digit = 3
      default: digit = Int(scalar) - 0x2070
      }
      number = min(number * 10 + digit, 10_000)
      at += length
    }
    // "m²" and "10³" are powers.
    guard number >= 1, number <= Self.largest, index > 0, tokens[index].has(.glued),
      kind(index - 1) != .number,
      tokens[index - 1].range.count > 2 || kind(index - 1) != .word
    else { return nil }
    return NumericDraft(
      shape: .superscript, items: [.init(numbers: number...number, range: tokens[index].range, locator: "")],
      group: tokens[index].range, prefix: "", isNamed: false, closesClause: true, block: block)
  }
}

/// Decides whether a document cites by number, and by which kind of bracket.
struct NumericEvidence {
  private let shapes: Set<NumericDraft.Shape>
  private let listed: Int

  /// `listed` is how many entries of a numbered reference list were found; `notes` the marks of the notes.
  init(_ drafts: [NumericDraft], citesByYear: Bool, listed: Int, hasNotes: Bool) {
    var shapes: Set<NumericDraft.Shape> = []
    self.listed = listed
    for shape in [NumericDraft.Shape.square, .round, .superscript, .glued, .named] {
      let own = drafts.filter { $0.shape == shape && (shape != .glued || Self.fits($0, listed)) }
      guard !own.isEmpty else { continue }
      let numbers = Set(own.flatMap { $0.items.map(\.numbers.lowerBound) })
      let largest = numbers.max() ?? 0
      // Reference numbers begin near 1 and leave few gaps; page and item numbers do not.
      let isDense = Double(numbers.count) >= 0.3 * Double(min(largest, 200))
      let closing = own.filter(\.closesClause).count
      switch shape {
      case .square:
        if listed >= 3 || own.contains(where: \.isNamed) || own.contains(where: { $0.items.count > 1 })
          || (own.count >= 2 && (numbers.min() ?? 0) > 0 && (isDense || own.count >= 10))
        {
          shapes.insert(shape)
        }
      case .round:
        if !shapes.contains(.square),
          listed >= 3
            || (!citesByYear && own.count >= 5 && isDense && largest >= 5 && 2 * closing >= own.count)
        {
          shapes.insert(shape)
        }
      case .named: if listed >= 3 { shapes.insert(shape) }
      case .glued:
        // Many entries, many of them called, and no other way of citing.
        if listed >= 5, own.count >= 3, isDense, numbers.count * 3 >= listed, shapes.isEmpty, !citesByYear,
          !hasNotes
        {
          shapes.insert(shape)
        }
      case .superscript:
        if listed >= 3 || (!hasNotes && own.count >= 3 && isDense) { shapes.insert(shape) }
      }
    }
    self.shapes = shapes
  }

  func accepts(_ draft: NumericDraft) -> Bool {
    if draft.shape == .glued, !Self.fits(draft, listed) { return false }
    return draft.isNamed || (shapes.contains(draft.shape) && (draft.shape != .round || draft.closesClause))
  }

  /// Whether all numbers are those of entries.
  private static func fits(_ draft: NumericDraft, _ listed: Int) -> Bool {
    draft.items.allSatisfy { $0.numbers.upperBound <= listed }
  }
}
