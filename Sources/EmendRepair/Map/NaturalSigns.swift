import EmendText

/// Which signs of a damage map also stand inside words by nature: "_" in names of variables, "." in addresses.
///
/// Of the distinct forms that hold a sign beside a letter the map should make words of nearly all. Where many
/// remain that it makes nothing of, the sign has a life of its own in the document.
struct NaturalSigns {
  private var tallies: [Form: (read: Int, unread: Int)] = [:]

  /// So many forms are enough to judge by.
  private static let sample = 1500

  init() {}

  init(_ words: Words, _ standings: [Standing], _ reader: MapReader, threads: Int) {
    let concerned = (0..<words.forms.count).filter { id in
      guard !standings[id].isPlain, words.forms.counts[id] > 0, words.forms.length(id) <= 4 * English.longest
      else { return false }
      let form = words.forms[id]
      return reader.map.signs.contains { form.find($0.signs) != nil }
    }
    let step = max(1, concerned.count / NaturalSigns.sample)
    let some = stride(from: 0, to: concerned.count, by: step).map { words.forms[concerned[$0]] }
    let areRead = SideBySide.map(some.count, threads: threads, least: NaturalSigns.fewest) { part in
      part.map { reader.variants(of: some[$0]).contains { !$0.readings.isEmpty } }
    }
    for (form, isRead) in zip(some, areRead.joined()) {
      for sign in reader.map.signs {
        // Small letters of ASCII are natural everywhere.
        guard !StandIn(signs: sign.signs).isSmallLetters, let at = form.find(sign.signs), at > 0,
          at + sign.signs.count < form.count
        else { continue }
        // Inside small letters: capitals and digits stand beside their like in any text.
        guard Glyph.isLower(Glyph.scalar(form, Glyph.start(form, before: at))),
          Glyph.isLower(Glyph.scalar(form, at + sign.signs.count))
        else { continue }
        if isRead {
          tallies[sign.signs, default: (0, 0)].read += 1
        } else {
          tallies[sign.signs, default: (0, 0)].unread += 1
        }
      }
    }
  }

  /// Fewer forms are not worth a thread.
  private static let fewest = 64

  /// Whether words that the map cannot read are no surprise with this sign.
  func isNatural(_ signs: Form) -> Bool {
    guard let tally = tallies[signs] else { return false }
    return tally.unread > 3 + tally.read / 5
  }
}
