/// The document's own long words with a ligature, to which a garbled word with a ligature sign is compared.
///
/// "qﬁdavit" is the nearest to "affidavit", which the document has elsewhere: the sign is read as any of the
/// five f-ligatures, ct or nothing, and up to two letters may be wrong (one in words under eight letters).
struct NearestWords {
  private let words: [(form: Form, count: Int)]
  private let fillings: [Form]

  init(_ map: DamageMap, _ vocabulary: Vocabulary, _ knowledge: Knowledge) {
    fillings = knowledge.damage.ligatures.filter(\.isFamily).map(\.letters) + [[], Form("ct".utf8)]
    var counts: [Form: Int] = [:]
    let marks = ["ff", "fi", "fl", "ct"].map { Form($0.utf8) }
    for id in 0..<vocabulary.table.count where vocabulary.table.length(id) >= 6 {
      let word = vocabulary.table[id]
      guard marks.contains(where: { word.find($0) != nil }), knowledge.english.level(word) >= .plausible
      else { continue }
      counts[word, default: 0] += Int(vocabulary.table.counts[id])
    }
    for reading in map.explained.values where reading.count >= 6 { counts[reading.folded, default: 0] += 1 }
    words = counts.map { ($0.key, $0.value) }.sorted { $0.form.lexicographicallyPrecedes($1.form) }
  }

  /// The one word that is nearest, nil when there is none or another is as near and nearly as common.
  func nearest(to form: Form) -> Form? {
    let letters = letters(form)
    let readings = Set(fillings.map { filling in fill(letters, filling) })
    var best: (distance: Int, count: Int, form: Form)?
    var rival: (distance: Int, count: Int)?
    for (word, count) in words {
      let limit = word.count >= 8 ? 2 : 1
      var distance = limit + 1
      for reading in readings where abs(reading.count - word.count) < distance {
        distance = min(distance, EditDistance.between(reading, word, limit: distance - 1))
      }
      if distance > limit { continue }
      if let old = best {
        if (distance, -count) < (old.distance, -old.count) {
          rival = (old.distance, old.count)
          best = (distance, count, word)
        } else if rival == nil || (distance, -count) < (rival?.distance ?? 9, -(rival?.count ?? 0)) {
          rival = (distance, count)
        }
      } else {
        best = (distance, count, word)
      }
    }
    guard let best else { return nil }
    if let rival, rival.distance == best.distance, rival.count * 2 > best.count { return nil }
    // "ﬁdelityto" is two words, not a misread "fidelity".
    if readings.contains(where: { $0.count >= best.form.count + 2 && $0.hasPrefix(best.form) }) { return nil }
    var word = best.form
    if form.startsUpper, word[0] >= 0x61, word[0] <= 0x7A { word[0] -= 0x20 }
    return word
  }

  /// The letters of a form in small letters, ligature signs kept.
  private func letters(_ form: Form) -> Form {
    let (scalars, starts) = form.spelled
    var out = Form()
    for (at, scalar) in scalars.enumerated() where Glyph.isLetter(scalar) {
      out.append(contentsOf: form[starts[at]..<starts[at + 1]])
    }
    return out.folded
  }

  private func fill(_ form: Form, _ filling: Form) -> Form {
    let (scalars, starts) = form.spelled
    var out = Form()
    for (at, scalar) in scalars.enumerated() {
      out.append(contentsOf: Glyph.isLigature(scalar) ? filling : Form(form[starts[at]..<starts[at + 1]]))
    }
    return out
  }
}

/// Levenshtein distance over bytes.
enum EditDistance {
  /// The distance, or `limit` + 1 when it is larger.
  static func between(_ a: Form, _ b: Form, limit: Int) -> Int {
    if limit < 0 || abs(a.count - b.count) > limit { return limit + 1 }
    var row = Array(0...b.count)
    for i in 0..<a.count {
      var diagonal = row[0]
      row[0] = i + 1
      var least = row[0]
      for j in 0..<b.count {
        let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, min(row[j], diagonal) + 1)
        least = min(least, row[j + 1])
      }
      if least > limit { return limit + 1 }
    }
    return min(row[b.count], limit + 1)
  }
}
