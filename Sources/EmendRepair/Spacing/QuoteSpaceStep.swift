import EmendModel
import EmendText

/// Drops the space inside quotation marks (`" of the house "`): a mark with white space on both sides opens
/// where none is open in its paragraph, and closes where one is.
struct QuoteSpaceStep: Step {
  private static let mark: UInt8 = 0x22

  func run(_ draft: inout Draft, _ session: inout Session) {
    guard draft.bytes.contains(Self.mark) else { return }
    var found = draft.text.withUnsafeBufferPointer(edits)
    // Quotations of a long text that stand loose once or twice are its author's, or ellipses and code.
    if Double(found.count) < Self.fewest * Double(draft.words.count) {
      for index in found.indices { found[index].confidence = Self.unproved }
    }
    draft.apply(found)
  }

  /// Loose marks in each word of a text that sets them so, at least.
  private static let fewest = 0.0003
  /// The posterior of a change in a text that does not set its marks loose.
  private static let unproved = 0.9

  private func edits(_ text: UnsafeBufferPointer<UInt8>) -> [Edit] {
    var result: [Edit] = []
    var isOpen = false
    // A mark that was taken to open counts only once its fellow closes.
    var opened: Edit?
    // Signs of code stand before on the line.
    var isCode = false
    for at in text.indices {
      if text[at] == 0x0A, at + 1 < text.count, text[at + 1] == 0x0A {
        isOpen = false
        opened = nil
      }
      guard text[at] == Self.mark, !isCode, !isInches(text, at) else {
        // Quotations do not hold the signs of code.
        if text[at] == 0x0A {
          isCode = false
        } else if Self.code.contains(text[at]) {
          isCode = true
          isOpen = false
          opened = nil
        }
        continue
      }
      let isLoose = isBlank(text, at - 1) && isBlank(text, at + 1)
      if !isLoose {
        // As printed: white space or a bracket before it opens.
        let opens = isBlank(text, at - 1) || at > 0 && (text[at - 1] == 0x28 || text[at - 1] == 0x5B)
        if !opens, let edit = opened { result.append(edit) }
        opened = nil
        isOpen = opens
      } else if isOpen {
        // A comma stands before marks that open as well.
        if at >= 2, text[at - 1] == 0x20, text[at - 2] != 0x2C, isLetterOrStop(text[at - 2]), !joins(text, at)
        {
          result.append(edit((at - 1)..<at))
        }
        if let edit = opened { result.append(edit) }
        opened = nil
        isOpen = false
      } else {
        isOpen = true
        let isSpace = at + 2 < text.count && text[at + 1] == 0x20 && isLetterOrStop(text[at + 2])
        opened = isSpace && text[at + 2] | 0x20 >= 0x61 ? edit((at + 1)..<(at + 2)) : nil
      }
    }
    return result
  }

  /// Whether a full stop stands loose behind a mark, as in code that joins strings: "tag " . name.
  private func joins(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    at + 2 < text.count && text[at + 1] == 0x20 && text[at + 2] == 0x2E
  }

  private static let code = ByteSet([0x3D, 0x24, 0x5C, 0x3C, 0x3E, 0x7B, 0x7C])

  /// Whether a loose mark behind a number measures it.
  private func isInches(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    at >= 2 && text[at - 1] == 0x20 && text[at - 2] >= 0x30 && text[at - 2] <= 0x39
  }

  private func isBlank(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    at < 0 || at >= text.count || text[at] <= 0x20
  }

  /// A letter, or a stop that quotations end in; no digit, whose mark may stand for inches.
  private func isLetterOrStop(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x80 || byte == 0x2C || byte == 0x2E || byte == 0x3F
      || byte == 0x21
  }

  private func edit(_ range: Range<Int>) -> Edit {
    Edit(
      range: range, reading: [], kind: .extraSpace, rule: "quote-space", confidence: 0.993,
      evidence: "a space inside quotation marks")
  }
}
