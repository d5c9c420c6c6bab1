import EmendModel
import EmendText

/// Writes out the ligatures that have code points of their own, U+FB00 to U+FB06, where the damage map has
/// not read them otherwise. In a scan that misreads them what is left is only suggested.
struct LigatureCodeStep: Step {
  var needsEnglish: Bool { false }

  func run(_ draft: inout Draft, _ session: inout Session) {
    guard draft.bytes.contains(0xEF), LigatureCode.count(draft.text) > 0 else { return }
    let isDoubtful =
      session.map?.misreadsCodes ?? false
      || session.language == "en" && !(session.map?.readsCodes ?? false)
        && makesFewWords(&draft, session.knowledge.english)
    if isDoubtful { readWords(&draft, session.knowledge) }
    var edits: [Edit] = []
    let text = draft.text
    text.withUnsafeBufferPointer { bytes in
      var at = 0
      while true {
        at = ByteScan.first(0xEF, in: bytes, from: at)
        if at + 2 >= bytes.count { break }
        if bytes[at + 1] == 0xAC, bytes[at + 2] >= 0x80, bytes[at + 2] <= 0x86 {
          let signs = Form(bytes[at..<(at + 3)])
          edits.append(
            Edit(
              range: at..<(at + 3), reading: LigatureCode.letters(signs), kind: .ligatureCodePoint,
              rule: "ligature-code-point", confidence: isDoubtful ? 0.9 : 1,
              evidence: isDoubtful
                ? "a ligature code point, which this document has for other letters too"
                : "a ligature code point written out"))
          at += 3
        } else {
          at += 1
        }
      }
    }
    draft.apply(edits)
  }

  /// Whether written out most forms with ligature signs are no words: what is left of a scan that misread them,
  /// once the others have been mended.
  private func makesFewWords(_ draft: inout Draft, _ english: English) -> Bool {
    let forms = draft.words.forms
    var (good, bad) = (0, 0)
    for id in 0..<forms.count where forms.counts[id] > 0 && forms.length(id) <= English.longest {
      let form = forms[id]
      guard form.contains(0xAC), form.contains(0xEF) else { continue }
      for range in Pieces.of(form) where LigatureCode.count(Form(form[range])) > 0 {
        if english.level(LigatureCode.writtenOut(Form(form[range]))) >= .plausible {
          good += 1
        } else {
          bad += 1
        }
      }
    }
    return bad > good
  }

  /// Words of a scan that misreads ligature signs: written out where that makes a word, else read with the
  /// ligature that makes the commonest one.
  private func readWords(_ draft: inout Draft, _ knowledge: Knowledge) {
    let words = draft.words
    var edits: [Edit] = []
    for index in 0..<words.count {
      let form = words.forms[Int(words.all[index].form)]
      guard form.count <= English.longest, form.contains(0xAC), form.contains(0xEF) else { continue }
      for range in Pieces.of(form) {
        let piece = Form(form[range])
        guard LigatureCode.count(piece) == 1 else { continue }
        let out = LigatureCode.writtenOut(piece)
        guard
          let reading = knowledge.english.level(out) >= .plausible
            ? out : LigatureCode.swapped(piece, knowledge)
        else { continue }
        edits += words.edits(
          index, range, reading: reading, in: draft.text, kind: .ligatureCodePoint,
          rule: "ligature-code-point",
          confidence: 0.993, evidence: "“\(reading.text)” is a word")
      }
    }
    draft.apply(edits)
  }
}

extension LigatureCode {
  /// A form with its ligature code points written out.
  static func writtenOut(_ form: Form) -> Form {
    var result = Form()
    var at = 0
    while at < form.count {
      let next = min(form.count, at + Glyph.width(form[at]))
      let letters = LigatureCode.letters(Form(form[at..<next]))
      result += letters.isEmpty ? Form(form[at..<next]) : letters
      at = next
    }
    return result
  }

  /// The commonest trusted word that another ligature makes of a form with one ligature sign, of which a
  /// following i or l may be a part: "suﬂiciency", "oﬂice".
  static func swapped(_ form: Form, _ knowledge: Knowledge) -> Form? {
    let (scalars, starts) = form.spelled
    guard let at = scalars.firstIndex(where: Glyph.isLigature) else { return nil }
    var best: (frequency: Double, form: Form)?
    for end in (at + 1)...(at + 2) where end <= scalars.count {
      if end == at + 2, scalars[at + 1] != 0x69 && scalars[at + 1] != 0x6C { continue }
      for ligature in knowledge.damage.ligatures where ligature.isFamily {
        let reading = form.replacing(starts[at]..<starts[end], with: ligature.letters)
        let sense = knowledge.english.sense(reading)
        if sense.level == .trusted, reading.count >= 5, sense.logFrequency > best?.frequency ?? -.infinity {
          best = (sense.logFrequency, reading)
        }
      }
    }
    return best?.form
  }
}
