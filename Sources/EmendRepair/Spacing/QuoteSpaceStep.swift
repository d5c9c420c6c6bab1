import EmendModel

/// Drops the space inside quotation marks (`" of the house "`): a mark with white space on both sides opens
/// where none is open in its paragraph, and closes where one is.
struct QuoteSpaceStep: Step {
  private static let mark: UInt8 = 0x22

  func run(_ draft: inout Draft, _ session: inout Session) {
    draft.apply(draft.text.withUnsafeBufferPointer(edits))
  }

  private func edits(_ text: UnsafeBufferPointer<UInt8>) -> [Edit] {
    var result: [Edit] = []
    var isOpen = false
    // A mark that was taken to open counts only once its fellow closes.
    var opened: Edit?
    for at in text.indices {
      if text[at] == 0x0A, at + 1 < text.count, text[at + 1] == 0x0A {
        isOpen = false
        opened = nil
      }
      guard text[at] == Self.mark, !isInches(text, at) else { continue }
      let isLoose = isBlank(text, at - 1) && isBlank(text, at + 1)
      if !isLoose {
        // As printed: white space or a bracket before it opens.
        let opens = isBlank(text, at - 1) || at > 0 && (text[at - 1] == 0x28 || text[at - 1] == 0x5B)
        if !opens, let edit = opened { result.append(edit) }
        opened = nil
        isOpen = opens
      } else if isOpen {
        // A comma stands before marks that open as well.
        if at >= 2, text[at - 1] == 0x20, text[at - 2] != 0x2C, isLetterOrStop(text[at - 2]) {
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
