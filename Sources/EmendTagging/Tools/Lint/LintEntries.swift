import EmendLexicons

/// Entries, classes and labels by themselves: double, unused, without a definition.
enum LintEntries {
  /// The same cue twice in a label.
  static func duplicates(_ lexicon: TagLexicon) -> [LexiconLint.Finding] {
    var findings: [LexiconLint.Finding] = []
    for label in lexicon.labels {
      var seen: [String: LexiconEntry] = [:]
      for entry in label.entries {
        guard let first = seen[entry.cue] else {
          seen[entry.cue] = entry
          continue
        }
        let other = first.tier == entry.tier ? "" : " as \(first.tier.name)"
        findings.append(
          LexiconLint.warning(
            entry.place, "“\(entry.cue)” stands at \(first.place.file):\(first.place.line)\(other) already"))
      }
    }
    return findings
  }

  /// Classes that no cue and no rule names; labels without entries that are no parent of others.
  static func unused(_ lexicon: TagLexicon) -> [LexiconLint.Finding] {
    var named = Set(Field.classNames)
    func note(_ cue: String) {
      for piece in cue.split(whereSeparator: { " ()|?".contains($0) }) where piece.hasPrefix("@") {
        named.insert(String(piece.dropFirst()))
      }
    }
    for each in lexicon.classes { for cue in each.cues { note(cue.cue) } }
    for label in lexicon.labels { for entry in label.entries { note(entry.cue) } }
    let classes = lexicon.classes.filter { !named.contains($0.name) }
      .map { LexiconLint.warning($0.place, "class @\($0.name) is used nowhere") }
    let labels = lexicon.labels.filter { label in
      label.entries.isEmpty && !lexicon.labels.contains { $0.path.hasPrefix(label.path + "/") }
    }.map { LexiconLint.warning($0.place, "\($0.path) has no entries") }
    return classes + labels
  }

  /// Labels without a definition; parents that are no labels.
  static func undefined(_ lexicon: TagLexicon) -> [LexiconLint.Finding] {
    let paths = Set(lexicon.labels.map(\.path))
    var findings: [LexiconLint.Finding] = []
    for label in lexicon.labels {
      if label.definition.isEmpty {
        findings.append(LexiconLint.warning(label.place, "\(label.path) has no definition"))
      }
      for parent in label.parents where !paths.contains(parent) {
        findings.append(LexiconLint.error(label.place, "\(label.path): no label \(parent)"))
      }
    }
    return findings
  }
}
