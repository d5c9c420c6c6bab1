import EmendLexicons

/// What only trying shows: entries that never match or never count, examples that fail.
enum LintMatches {
  /// Entries that words made for them do not bring out: a block hides them, or they can never match.
  static func never(_ lexicon: TagLexicon, _ tagger: Tagger) -> [LexiconLint.Finding] {
    var findings: [LexiconLint.Finding] = []
    let samples = CueSamples(lexicon: lexicon)
    for label in lexicon.labels {
      let blocks = label.entries.filter { $0.tier == .block }
      for entry in label.entries where entry.tier != .block {
        guard let sample = samples.sample(entry.cue) else { continue }
        let found = Set(tagger.entries(in: sample))
        if found.contains(entry.id) { continue }
        let block = blocks.first { found.contains($0.id) }
        let reason = block.map { "hidden by the block “\($0.cue)” at \($0.place.file):\($0.place.line)" }
        findings.append(
          LexiconLint.warning(
            entry.place,
            "“\(entry.cue)” does not match its own words “\(sample)”: \(reason ?? "it can never match")"))
      }
    }
    return findings
  }

  /// Entries of fixed phrases that count nowhere, since wherever they stand another one of the label that covers them
  /// proves more, or as much and stands before them.
  static func shadowed(_ lexicon: TagLexicon, _ tagger: Tagger) -> [LexiconLint.Finding] {
    let parser = CueParser(forms: lexicon.forms)
    var findings: [LexiconLint.Finding] = []
    for label in lexicon.labels {
      let entries = Dictionary(label.entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      let order = Dictionary(
        label.entries.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first }
      )
      for entry in label.entries where entry.tier != .block {
        guard let cues = try? parser.parse(entry.cue), cues.count == 1, let cue = cues.first,
          let phrases = PhraseList.phrases(cue), !phrases.contains(where: { $0.isEmpty || $0.contains("*") })
        else { continue }
        var other: LexiconEntry?
        let isShadowed = phrases.allSatisfy { phrase in
          let hits = tagger.hits(in: phrase, label: label.path)
          guard let own = hits.first(where: { $0.entry == entry.id }) else { return true }
          let cover = hits.first {
            $0.entry != entry.id && $0.range.lowerBound <= own.range.lowerBound
              && own.range.upperBound <= $0.range.upperBound
              && ($0.weight, order[own.entry] ?? 0) > (own.weight, order[$0.entry] ?? 0)
          }
          other = cover.flatMap { entries[$0.entry] } ?? other
          return cover != nil
        }
        guard isShadowed, let other else { continue }
        findings.append(
          LexiconLint.warning(
            entry.place,
            "“\(entry.cue)” is shadowed by “\(other.cue)” at \(other.place.file):\(other.place.line)"))
      }
    }
    return findings
  }

  /// Examples that do not bring their label or group, counterexamples that do.
  static func examples(_ lexicon: TagLexicon, _ tagger: Tagger) -> [LexiconLint.Finding] {
    var findings: [LexiconLint.Finding] = []
    for example in lexicon.examples {
      let isFound: Bool
      if example.entries.isEmpty {
        let labels = tagger.tag(sentence: example.text).labels.map(\.label)
        isFound = labels.contains { $0 == example.label || $0.hasPrefix(example.label + "/") }
      } else {
        isFound = !Set(tagger.entries(in: example.text)).isDisjoint(with: example.entries)
      }
      if isFound == example.expected { continue }
      let what =
        example.entries.first.flatMap { $0.split(separator: ".").first.map(String.init) } ?? example.label
      findings.append(
        LexiconLint.error(example.place, "\(what) is \(isFound ? "" : "not ")found in “\(example.text)”"))
    }
    return findings
  }
}
