import EmendModel

/// Writes out the ligatures that have code points of their own, U+FB00 to U+FB06, where the damage map has
/// not read them otherwise.
struct LigatureCodeStep: Step {
  var needsEnglish: Bool { false }

  func run(_ draft: inout Draft, _ session: inout Session) {
    var edits: [Edit] = []
    let text = draft.text
    text.withUnsafeBufferPointer { bytes in
      var at = 0
      while at + 2 < bytes.count {
        if bytes[at] == 0xEF, bytes[at + 1] == 0xAC, bytes[at + 2] >= 0x80, bytes[at + 2] <= 0x86 {
          let signs = Form(bytes[at..<(at + 3)])
          edits.append(
            Edit(
              range: at..<(at + 3), reading: LigatureCode.letters(signs), kind: .ligatureCodePoint,
              rule: "ligature-code-point", confidence: 1, evidence: "a ligature code point written out"))
          at += 3
        } else {
          at += 1
        }
      }
    }
    draft.apply(edits)
  }
}
