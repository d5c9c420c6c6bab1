import EmendText

/// The decoded markup of a file, in which the places of the text it holds are found again.
struct SourceText {
  /// As decoded.
  let bytes: [UInt8]
  /// As the parser sees it.
  let masked: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    masked = MarkupParser.masked(bytes)
  }

  /// Where some text that ends near `position` stands, when its bytes stand there as they are. The parser
  /// may have looked one character ahead, or be one behind.
  func place(of text: UnsafeBufferPointer<UInt8>, endingAt position: Int) -> Range<Int>? {
    if let exact = place(of: text, endingExactlyAt: position) { return exact }
    // "&amp;" stands for "&", but is not the same bytes.
    if text.count <= 4, position > 0, position <= masked.count, masked[position - 1] == 0x3B,
      !reference(endingAt: position).isEmpty
    {
      return nil
    }
    for shift in [1, 2, 3, 4, -1, -2, -3, -4] {
      if let near = place(of: text, endingExactlyAt: position + shift) { return near }
    }
    return nil
  }

  private func place(of text: UnsafeBufferPointer<UInt8>, endingExactlyAt position: Int) -> Range<Int>? {
    let start = position - text.count
    guard start >= 0, position <= masked.count else { return nil }
    return masked[start..<position].elementsEqual(text) ? start..<position : nil
  }

  /// The character reference that ends at `position` ("&amp;"); an empty range where none does.
  func reference(endingAt position: Int) -> Range<Int> {
    let end = min(max(0, position), masked.count)
    var start = end
    while start > 0, end - start < 32 {
      start -= 1
      if masked[start] == 0x26 { return start..<end }
    }
    return end..<end
  }

  /// Where the value of an attribute stands in the tag that ends at `position`.
  func value(of attribute: String, inTagEndingAt position: Int) -> Range<Int>? {
    let end = min(position, masked.count)
    guard var at = masked[..<end].lastIndex(of: 0x3C) else { return nil }
    func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
    while at < end, !isSpace(masked[at]) { at += 1 }
    while at < end {
      while at < end, isSpace(masked[at]) { at += 1 }
      let name = masked[at..<end].prefix { $0 != 0x3D && !isSpace($0) }
      at = name.endIndex
      while at < end, isSpace(masked[at]) || masked[at] == 0x3D { at += 1 }
      guard at < end, masked[at] == 0x22 || masked[at] == 0x27 else { return nil }
      let quote = masked[at]
      let start = at + 1
      guard let close = masked[start..<end].firstIndex(of: quote) else { return nil }
      if name.elementsEqual(attribute.utf8) { return start..<close }
      at = close + 1
    }
    return nil
  }
}

/// A piece of text with the place it was read from.
struct Piece {
  var bytes: [UInt8]
  /// In the decoded source.
  var source: Range<Int>
  /// Whether the source holds the very bytes.
  var isExact: Bool

  /// The text of a place in the source, as it stands there.
  init(_ source: SourceText, at place: Range<Int>) {
    (bytes, self.source, isExact) = (Array(source.bytes[place]), place, true)
  }

  init(_ text: String, source: Range<Int>) {
    (bytes, self.source, isExact) = (Array(text.utf8), source, false)
  }

  init(bytes: [UInt8], source: Range<Int>) {
    (self.bytes, self.source, isExact) = (bytes, source, false)
  }

  /// A value that an attribute gives as `text`: exact where no reference or line end was resolved in it.
  init(_ text: String, attribute: String, in source: SourceText, tagEndingAt position: Int) {
    guard let place = source.value(of: attribute, inTagEndingAt: position) else {
      self.init(text, source: min(position, source.bytes.count)..<min(position, source.bytes.count))
      return
    }
    if source.masked[place].elementsEqual(text.utf8) {
      self.init(source, at: place)
    } else {
      self.init(text, source: place)
    }
  }

  subscript(range: Range<Int>) -> Piece {
    var part = self
    part.bytes = Array(bytes[range])
    if isExact {
      part.source = (source.lowerBound + range.lowerBound)..<(source.lowerBound + range.upperBound)
    }
    return part
  }
}
