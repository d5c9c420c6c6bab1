import EmendModel

/// Undoes what encodings and markup left in the text: mojibake, HTML entities, soft hyphens inside words,
/// private-use characters.
struct EncodingStep: Step {
  var needsEnglish: Bool { false }
  private static let mostRounds = 3

  func run(_ draft: inout Draft, _ session: inout Session) {
    // What went through a wrong encoding twice is undone twice.
    for _ in 0..<Self.mostRounds {
      let edits = Mojibake.edits(draft.text)
      if edits.isEmpty { break }
      draft.apply(edits)
    }
    draft.apply(Entities.edits(draft.text, names: session.knowledge.damage.entities))
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
      for at in 0..<max(0, bytes.count - 2)
      where bytes[at] == 0xEF && bytes[at + 1] == 0xAC && bytes[at + 2] >= 0x80 && bytes[at + 2] <= 0x86 {
        count += 1
      }
    }
    return count
  }
}
