/// Makes, for a cue, words that it must match: the first choice of everything, gaps and options left empty.
struct CueSamples {
  private let parser: CueParser
  private let classes: [String: CueClass]
  private let names: [String: String]

  init(lexicon: TagLexicon) {
    parser = CueParser(forms: lexicon.forms)
    classes = Dictionary(lexicon.classes.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
    var names: [String: String] = ["titled-head": "President Lincoln", "treaty": "Montreal Protocol"]
    let feeds = Dictionary(lexicon.kinds.map { ($0.name, $0.feeds) }, uniquingKeysWith: { a, _ in a })
    for entity in lexicon.entities {
      if let feed = feeds[entity.kind], names[feed] == nil { names[feed] = entity.name }
      if entity.kind == "state", let seat = entity.seats.first, names["capital"] == nil {
        names["capital"] = seat + "’s"
      }
    }
    self.names = names
  }

  /// Nil when the cue does not parse or names a class whose names the lexicon has none of.
  func sample(_ cue: String) -> String? {
    guard let parts = try? parser.parse(cue) else { return nil }
    var words: [String] = []
    for part in parts {
      guard let more = self.words(part, depth: 0) else { return nil }
      words += more
    }
    return words.joined(separator: " ").replacing(" ’s", with: "’s")
  }

  private func words(_ cue: Cue, depth: Int) -> [String]? {
    if depth > 12 { return nil }
    switch cue {
    case .word(let forms), .exact(let forms): return forms.first.map { [$0] } ?? []
    case .prefix(let stem): return [stem]
    case .glob(let pattern): return [pattern.filter { $0 != "*" }]
    // The mark is glued to the word before; see `sample`.
    case .possessive: return ["’s"]
    case .optional, .gap, .coordination, .start: return []
    case .choice(let options): return options.first.flatMap { words($0, depth: depth + 1) }
    case .sequence(let items):
      var all: [String] = []
      for item in items {
        guard let more = words(item, depth: depth + 1) else { return nil }
        all += more
      }
      return all
    case .cueClass(let name):
      if let first = classes[name]?.cues.first?.cue, let cue = try? parser.parse(first).first {
        return words(cue, depth: depth + 1)
      }
      return names[name].map { [$0] }
    }
  }
}
