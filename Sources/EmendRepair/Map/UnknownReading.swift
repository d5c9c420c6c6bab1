/// A reading for a word that no list holds: the map is trusted where its sign cannot be natural.
struct UnknownReading {
  let reader: MapReader

  func reading(_ variant: MapReader.Variant) -> Form? {
    let form = variant.form
    guard let odd = variant.odd.first else { return reader.lostEnding(form) }
    let signs = Form(form[odd])
    let first = Glyph.scalar(signs, 0)
    guard let reading = reader.map.commonest(signs) else { return nil }
    let ligatures = reader.knowledge.damage.ligatures
    let mayBeUnknown = ["ti", "ft", "tt"].contains(reading.letters.text)
    guard ligatures[reading.ligature].isFamily || mayBeUnknown else { return nil }
    if first < 0x80, reader.natural.isNatural(signs) { return nil }
    if StandIn(signs: signs).isOrdinaryMark || Glyph.isDigit(first), !isWithinWord(form, variant.odd) {
      return nil
    }
    // Letters that no English word has in a row are no word: "past_perf", "AvgAnalysis".
    if first < 0x80, !isSpelt(form, variant.odd, ligatures[reading.ligature].group) { return nil }
    let left = Form(form[..<odd.lowerBound])
    let right = Form(form[odd.upperBound...])
    let english = reader.knowledge.english
    // A ligature is of small letters.
    if right.startsUpper { return nil }
    if Glyph.isUpper(first) {
      if UnknownReading.namePrefixes.contains(left) { return nil }
      if right.count > 2, english.level(signs + right) >= .plausible { return nil }
      if first < 0x80, form.startsUpper, left.count < 3 { return nil }
    }
    // A control character before a whole word is what is left of a page break.
    if first < 0x20, left.isEmpty, english.level(right) >= .plausible { return nil }
    if right.isEmpty && Glyph.isLetter(first) { return nil }
    let (scalars, _) = form.spelled
    if scalars.reduce(0, { $0 + (Glyph.isLetter($1) ? 1 : 0) }) < 3 { return nil }
    if !Glyph.isDigit(first), scalars.contains(where: Glyph.isDigit) { return nil }

    var result = form
    for range in variant.odd.reversed() {
      guard let letters = reader.map.commonest(Form(form[range]))?.letters else { return nil }
      result = result.replacing(range, with: letters)
    }
    if LigatureCode.count(form) == 1, variant.odd.count == 1,
      let swapped = LigatureCode.swapped(form, reader.knowledge)
    {
      return swapped
    }
    if let nearest = reader.nearest, form.count >= 5, english.level(result) == .unknown,
      variant.odd.contains(where: { Glyph.isLigature(Glyph.scalar(form, $0.lowerBound)) })
    {
      result = nearest.nearest(to: form) ?? result
    }
    let (read, _) = result.spelled
    guard read.allSatisfy({ Glyph.isLetter($0) || $0 == 0x27 || $0 == 0x2019 }) else { return nil }
    // Where a document's ligature signs are misread, a word that still is none is left for a person.
    if reader.map.misreadsCodes, first >= 0xFB00, Glyph.isLigature(first), english.level(result) == .unknown {
      return nil
    }
    return result
  }

  /// Whether signs that may part words stand between small letters that are no words on either side: "di.érent",
  /// not "one.two" or "e.g".
  private func isWithinWord(_ form: Form, _ odd: [Range<Int>]) -> Bool {
    guard odd.count == 1, let range = odd.first, range.lowerBound > 1, range.upperBound + 1 < form.count
    else {
      return false
    }
    let (left, right) = (Form(form[..<range.lowerBound]), Form(form[range.upperBound...]))
    guard left.isAllLetters, right.isAllLetters, right.startsLower,
      Glyph.isLower(Glyph.scalar(left, Glyph.start(left, before: left.count)))
    else { return false }
    let english = reader.knowledge.english
    return english.level(left) < .trusted && english.level(right) < .trusted
  }

  /// Whether the letters about the first sign occur in English words once it is read.
  private func isSpelt(_ form: Form, _ odd: [Range<Int>], _ target: LetterGroup) -> Bool {
    guard let range = odd.first else { return false }
    let (scalars, starts) = form.spelled
    guard let from = starts.firstIndex(of: range.lowerBound), let to = starts.firstIndex(of: range.upperBound)
    else { return false }
    return LetterModel.codes(scalars).withUnsafeBufferPointer {
      reader.knowledge.english.letters.grams.allows($0, replacing: from..<to, by: target)
    }
  }

  private static let namePrefixes: Set<Form> = Set(
    [
      "Mac", "Mc", "De", "Di", "Du", "Da", "La", "Le", "Van", "Von", "O", "O'", "O’", "Fitz", "St", "d'",
      "d’", "l'", "l’",
    ]
    .map { Form($0.utf8) })
}
