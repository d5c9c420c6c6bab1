import EmendModel
import EmendText

/// Undoes what encodings and markup left in the text: mojibake, HTML entities, soft hyphens inside words,
/// private-use characters.
struct EncodingStep: Step {
  var needsEnglish: Bool { false }
  private static let mostRounds = 3

  func run(_ draft: inout Draft, _ session: inout Session) {
    // What went through a wrong encoding twice is undone twice.
    for _ in 0..<Self.mostRounds where draft.holdsBeyondASCII {
      let edits = Mojibake.edits(draft.text)
      if edits.isEmpty { break }
      draft.apply(edits)
    }
    if draft.bytes.contains(0x26) {
      draft.apply(Entities.edits(draft.text, names: session.knowledge.damage.entities))
    }
    guard draft.holdsBeyondASCII else { return }
    draft.apply(SoftHyphens.edits(draft.text))
    draft.apply(PrivateUse.edits(draft.text, readings: session.knowledge.damage.privateUse))
    session.hasLigatureCodes = LigatureCode.count(draft.text) >= 5
  }
}

extension LigatureCode {
  /// How many ligature code points a text holds.
  static func count(_ text: [UInt8]) -> Int {
    var count = 0
    text.withUnsafeBufferPointer { bytes in
      var at = ByteScan.first(0xEF, in: bytes, from: 0)
      while at + 2 < bytes.count {
        if bytes[at + 1] == 0xAC, bytes[at + 2] >= 0x80, bytes[at + 2] <= 0x86 { count += 1 }
        at = ByteScan.first(0xEF, in: bytes, from: at + 1)
      }
    }
    return count
  }
}
