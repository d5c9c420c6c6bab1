/// The words of a document in small letters with their counts: what the document itself attests.
struct Vocabulary {
  private(set) var table = FormTable(capacity: 4096)
  /// Occurrences of all words.
  private(set) var total = 0

  init(_ words: Words) {
    var run = Form()
    for id in 0..<words.forms.count {
      let times = words.forms.counts[id]
      if times == 0 { continue }
      let form = words.forms[id]
      var at = 0
      func close(_ self: inout Vocabulary) {
        if run.isEmpty { return }
        while run.last == 0x27 { run.removeLast() }
        _ = self.table.intern(run.folded, times: times)
        self.total += Int(times)
        run.removeAll(keepingCapacity: true)
      }
      while at < form.count {
        let next = min(form.count, at + Glyph.width(form[at]))
        let u = Glyph.scalar(form, at)
        if Glyph.isLetter(u) {
          run.append(contentsOf: form[at..<next])
        } else if (u == 0x27 || u == 0x2019) && !run.isEmpty && run.last != 0x27 && next < form.count
          && Glyph.isLetter(Glyph.scalar(form, next))
        {
          run.append(0x27)
        } else {
          close(&self)
        }
        at = next
      }
      close(&self)
    }
  }

  /// How often a word occurs, capitals or not.
  func count(_ form: Form) -> Int { table.count(of: form.folded) }
}
