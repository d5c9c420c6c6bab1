import EmendModel
import EmendText

/// The marks inside running Markdown: emphasis, links, images, code, escapes, note references, the few HTML
/// tags that converters leave.
///
/// Emphasis is matched as CommonMark 0.31 describes (delimiter runs, left and right flanking, the rule of
/// three); an unmatched star or underline is text.
struct MarkdownInline {
  /// Bytes to take out or replace, in order.
  private(set) var edits: [DecodedText.Edit] = []
  /// Emphasised stretches, as ranges of the Markdown.
  private(set) var emphasis: [(range: Range<Int>, kind: Scan.Emphasis.Kind)] = []
  /// The labels of "[^label]" where it calls a note or opens one, in order.
  private(set) var noteLabels: [(label: Range<Int>, opensNote: Bool)] = []

  private let text: [UInt8]
  private let noteNames: Set<String>
  private var delimiters: [Delimiter] = []

  private struct Delimiter {
    var sign: UInt8
    /// What is left of the run: openers lose bytes at the end, closers at the front.
    var range: Range<Int>
    var length: Int
    var opens: Bool
    var closes: Bool
  }

  /// Reads the content ranges of lines that form one paragraph. A label that is no number calls a note only when
  /// `notes` has one of that name.
  init(_ text: [UInt8], lines: [Range<Int>], notes: Set<String> = []) {
    self.text = text
    noteNames = notes
    for line in lines { scan(line) }
    match()
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func drop(_ range: Range<Int>) { edits.append(DecodedText.Edit(range: range)) }

  private mutating func scan(_ line: Range<Int>) {
    var at = line.lowerBound
    while at < line.upperBound {
      switch text[at] {
      case 0x5C: at = escape(at, line)
      case 0x2A, 0x5F: at = delimiterRun(at, line)
      case 0x60: at = code(at, line)
      case 0x21 where at + 1 < line.upperBound && text[at + 1] == 0x5B: at = image(at, line)
      case 0x5B: at = bracket(at, line)
      case 0x3C: at = tag(at, line)
      case 0x24: at = math(at, line)
      default: at += 1
      }
    }
  }

  // MARK: Small marks

  private mutating func escape(_ at: Int, _ line: Range<Int>) -> Int {
    guard at + 1 < line.upperBound, ByteClass.of(text[at + 1]) == .sign else { return at + 1 }
    drop(at..<(at + 1))
    return at + 2
  }

  private mutating func code(_ at: Int, _ line: Range<Int>) -> Int {
    let length = text[at..<line.upperBound].prefix { $0 == 0x60 }.count
    var close = at + length
    while close < line.upperBound {
      guard text[close] == 0x60 else {
        close += 1
        continue
      }
      let run = text[close..<line.upperBound].prefix { $0 == 0x60 }.count
      if run == length {
        drop(at..<(at + length))
        drop(close..<(close + length))
        return close + length
      }
      close += run
    }
    return at + length
  }

  private mutating func image(_ at: Int, _ line: Range<Int>) -> Int {
    guard let label = closing(0x5B, 0x5D, from: at + 1, line), label + 1 < line.upperBound,
      text[label + 1] == 0x28,
      let target = closing(0x28, 0x29, from: label + 1, line)
    else { return at + 1 }
    drop(at..<(target + 1))
    return target + 1
  }

  private mutating func bracket(_ at: Int, _ line: Range<Int>) -> Int {
    if at + 1 < line.upperBound, text[at + 1] == 0x5E { return noteReference(at, line) }
    guard let label = closing(0x5B, 0x5D, from: at, line), label + 1 < line.upperBound,
      text[label + 1] == 0x28,
      let target = closing(0x28, 0x29, from: label + 1, line), looksLikeTarget((label + 2)..<target)
    else { return at + 1 }
    drop(at..<(at + 1))
    scan((at + 1)..<label)
    drop(label..<(target + 1))
    return target + 1
  }

  /// A bracket after a bracket is also plain prose: "[sic] (see p. 3)". A target holds no bare space.
  private func looksLikeTarget(_ range: Range<Int>) -> Bool {
    guard let space = text[range].firstIndex(of: 0x20) else { return true }
    return space + 1 < range.upperBound && (text[space + 1] == 0x22 || text[space + 1] == 0x27)
  }

  /// "[^3]" in the text, "[^3]:" before the note: the label stays.
  private mutating func noteReference(_ at: Int, _ line: Range<Int>) -> Int {
    let label = Self.label(text, (at + 2)..<line.upperBound)
    let close = label.upperBound
    guard !label.isEmpty, close < line.upperBound, text[close] == 0x5D,
      text[label].allSatisfy({ $0 &- 0x30 < 10 }) || noteNames.contains(Self.name(text, label))
    else { return at + 1 }
    drop(at..<(at + 2))
    let opensNote = at == line.lowerBound && close + 1 < line.upperBound && text[close + 1] == 0x3A
    noteLabels.append((label, opensNote))
    guard opensNote else {
      drop(close..<(close + 1))
      return close + 1
    }
    let isGlued = close + 2 < line.upperBound && text[close + 2] > 0x20
    edits.append(DecodedText.Edit(range: close..<(close + 2), bytes: isGlued ? [0x20] : []))
    return close + 2
  }

  /// The label that a range begins with: no blanks and no brackets.
  static func label(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    let end = text[range].firstIndex { $0 <= 0x20 || $0 == 0x5B || $0 == 0x5D } ?? range.upperBound
    return range.lowerBound..<end
  }

  /// A label as it is compared: capitals make no difference.
  static func name(_ text: [UInt8], _ label: Range<Int>) -> String {
    String(decoding: text[label], as: UTF8.self).lowercased()
  }

  private static let tags: Set<String> = [
    "a", "b", "br", "center", "div", "em", "font", "i", "img", "p", "small", "span", "strong", "sub", "sup",
    "u",
  ]

  private mutating func tag(_ at: Int, _ line: Range<Int>) -> Int {
    if text[at..<line.upperBound].starts(with: "<!--".utf8) {
      var end = at + 4
      while end + 2 < line.upperBound, !(text[end] == 0x2D && text[end + 1] == 0x2D && text[end + 2] == 0x3E)
      { end += 1 }
      guard end + 2 < line.upperBound else { return at + 1 }
      drop(at..<(end + 3))
      return end + 3
    }
    guard let close = text[at..<min(line.upperBound, at + 512)].firstIndex(of: 0x3E) else { return at + 1 }
    let inner = text[(at + 1)..<close]
    let start = inner.first == 0x2F ? inner.startIndex + 1 : inner.startIndex
    let name = inner[start...].prefix { ByteClass.of($0) == .lower || ByteClass.of($0) == .upper }
    if Self.tags.contains(String(decoding: name, as: UTF8.self).lowercased()) {
      let after = name.endIndex < close ? text[name.endIndex] : 0x3E
      guard after == 0x3E || after == 0x20 || after == 0x2F else { return at + 1 }
      // A break parts the words beside it.
      let parts =
        name.count == 2 && name.last == 0x72 && name.first == 0x62 && at > line.lowerBound
        && text[at - 1] > 0x20 && close + 1 < line.upperBound && text[close + 1] > 0x20
      edits.append(DecodedText.Edit(range: at..<(close + 1), bytes: parts ? [0x20] : []))
      return close + 1
    }
    let isAddress = inner.starts(with: "http".utf8) && inner.contains(0x3A) && !inner.contains(0x20)
    guard isAddress else { return at + 1 }
    drop(at..<(at + 1))
    drop(close..<(close + 1))
    return close + 1
  }

  /// Mathematics stays as it stands, but for a superscript number, which is how some converters write a
  /// note reference: "$^{12}$", "${ }^{12}$".
  private mutating func math(_ at: Int, _ line: Range<Int>) -> Int {
    let window = min(line.upperBound, at + 256)
    guard at + 1 < window, text[at + 1] > 0x20, let close = text[(at + 1)..<window].firstIndex(of: 0x24),
      text[close - 1] > 0x20, close + 1 >= line.upperBound || text[close + 1] &- 0x30 >= 10
    else { return at + 1 }
    let inner = text[(at + 1)..<close]
    let digits = inner.filter { $0 &- 0x30 < 10 || $0 == 0x2A || $0 == 0x2C }
    let frame = inner.filter { !($0 &- 0x30 < 10 || $0 == 0x2A || $0 == 0x2C) && $0 != 0x20 }
    if !digits.isEmpty,
      frame.elementsEqual("^{}".utf8) || frame.elementsEqual("{}^{}".utf8) || frame.elementsEqual("^".utf8)
    {
      edits.append(DecodedText.Edit(range: at..<(close + 1), bytes: Array(digits)))
    }
    return close + 1
  }

  /// The offset of the bracket that closes the one at `from`, on the same line and within reach.
  private func closing(_ open: UInt8, _ close: UInt8, from: Int, _ line: Range<Int>) -> Int? {
    var depth = 0
    for at in from..<min(line.upperBound, from + 2048) {
      if text[at] == open { depth += 1 }
      if text[at] == close {
        depth -= 1
        if depth == 0 { return at }
      }
    }
    return nil
  }

  // MARK: Emphasis

  private mutating func delimiterRun(_ at: Int, _ line: Range<Int>) -> Int {
    let sign = text[at]
    let end = at + text[at..<line.upperBound].prefix { $0 == sign }.count
    let before = at > line.lowerBound ? kind(endingAt: at) : .space
    let after = end < line.upperBound ? kind(startingAt: end) : .space
    let left = after != .space && (after != .sign || before != .letter)
    let right = before != .space && (before != .sign || after != .letter)
    let opens = sign == 0x2A ? left : left && (!right || before == .sign)
    let closes = sign == 0x2A ? right : right && (!left || after == .sign)
    delimiters.append(Delimiter(sign: sign, range: at..<end, length: end - at, opens: opens, closes: closes))
    return end
  }

  private enum Neighbour { case space, sign, letter }

  private func kind(startingAt at: Int) -> Neighbour {
    if text[at] < 0x80 {
      switch ByteClass.of(text[at]) {
      case .space, .control: return .space
      case .sign: return .sign
      default: return .letter
      }
    }
    guard let scalar = UTF8Scalar.decode(text, at: at) else { return .letter }
    switch scalar.value {
    case 0xA0, 0x2000...0x200B, 0x3000: return .space
    case 0xA1...0xBF, 0x2010...0x206F, 0x20A0...0x20CF: return .sign
    default: return .letter
    }
  }

  private func kind(endingAt end: Int) -> Neighbour {
    var at = end - 1
    while at > 0, text[at] & 0xC0 == 0x80, end - at < 4 { at -= 1 }
    return kind(startingAt: at)
  }

  private mutating func match() {
    // For each sign and class of closer: below this index no opener fits, so it is never searched again.
    var bottoms = [Int](repeating: 0, count: 12)
    var stack: [Int] = []
    for index in delimiters.indices {
      if delimiters[index].closes {
        let closer = delimiters[index]
        let key = (closer.sign == 0x2A ? 0 : 6) + (closer.opens ? 3 : 0) + closer.length % 3
        while !delimiters[index].range.isEmpty {
          guard let place = stack.lastIndex(where: { fits(opener: delimiters[$0], closer: closer) }),
            stack[place] >= bottoms[key]
          else {
            bottoms[key] = stack.last.map { $0 + 1 } ?? bottoms[key]
            break
          }
          pair(stack[place], index)
          stack.removeSubrange((place + 1)...)
          if delimiters[stack[place]].range.isEmpty { stack.removeLast() }
        }
      }
      if delimiters[index].opens, !delimiters[index].range.isEmpty { stack.append(index) }
      // Openers that never close would make each later search longer.
      if stack.count > 64 { stack.removeFirst(32) }
    }
  }

  private func fits(opener: Delimiter, closer: Delimiter) -> Bool {
    guard opener.sign == closer.sign, opener.opens else { return false }
    let mixed = opener.closes || closer.opens
    return !mixed || (opener.length + closer.length) % 3 != 0
      || (opener.length % 3 == 0 && closer.length % 3 == 0)
  }

  private mutating func pair(_ opener: Int, _ closer: Int) {
    let (open, close) = (delimiters[opener].range, delimiters[closer].range)
    let width = open.count >= 2 && close.count >= 2 ? 2 : 1
    drop((open.upperBound - width)..<open.upperBound)
    drop(close.lowerBound..<(close.lowerBound + width))
    emphasis.append((open.upperBound..<close.lowerBound, width == 2 ? .bold : .italic))
    delimiters[opener].range = open.lowerBound..<(open.upperBound - width)
    delimiters[closer].range = (close.lowerBound + width)..<close.upperBound
  }
}
