import EmendLexicons

/// Cues that cannot be compiled: all of them, where compiling stops at the first.
enum LintCues {
  static func faults(_ lexicon: TagLexicon) -> [LexiconLint.Finding] {
    let parser = CueParser(forms: lexicon.forms)
    let known = Set(
      lexicon.classes.map(\.name) + lexicon.kinds.map(\.feeds) + EntityClass.allCases.map(\.rawValue))
    var findings: [LexiconLint.Finding] = []
    func check(_ text: String, _ place: SourceLine, inClass: Bool) {
      do throws(CueError) {
        let cues = try parser.parse(text)
        for name in Set(cues.flatMap(\.classNames)).subtracting(known).sorted() {
          findings.append(LexiconLint.error(place, "unknown class @\(name) in “\(text)”"))
        }
        if inClass, cues.count > 1 {
          findings.append(LexiconLint.error(place, "“&” has no place in a class: “\(text)”"))
        }
      } catch {
        findings.append(LexiconLint.error(place, "cue “\(text)”: \(error.message)"))
      }
    }
    for each in lexicon.classes { for cue in each.cues { check(cue.cue, cue.place, inClass: true) } }
    for label in lexicon.labels {
      for entry in label.entries { check(entry.cue, entry.place, inClass: false) }
    }
    return findings
  }

  /// The lexicon without the lines that have faults.
  static func without(_ faults: [LexiconLint.Finding], _ lexicon: TagLexicon) -> TagLexicon {
    func isFaulty(_ place: SourceLine) -> Bool {
      faults.contains { $0.file == place.file && $0.line == place.line }
    }
    if faults.isEmpty { return lexicon }
    var sound = lexicon
    for index in sound.classes.indices { sound.classes[index].cues.removeAll { isFaulty($0.place) } }
    for index in sound.labels.indices { sound.labels[index].entries.removeAll { isFaulty($0.place) } }
    return sound
  }
}
