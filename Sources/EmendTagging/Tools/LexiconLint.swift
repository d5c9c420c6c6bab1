import EmendLexicons

/// Checks a lexicon: that it can be read, that every entry can match and is not hidden, that nothing is double, and
/// that its examples hold.
public struct LexiconLint: Sendable {
  /// One fault, at a line of a file of the lexicon folder.
  public struct Finding: Sendable, Equatable, CustomStringConvertible {
    public enum Severity: String, Sendable { case error, warning }
    public var file: String
    public var line: Int
    public var severity: Severity
    public var message: String

    /// `tags/roles.yaml:12: error: unknown class @xyz`
    public var description: String { "\(file):\(line): \(severity.rawValue): \(message)" }
  }

  /// All faults, in the order of files and lines; a lexicon that cannot be read gives the one that stops the reading.
  public static func check(_ folder: LexiconFolder) -> [Finding] {
    do {
      let lexicon = try LexiconReader.read(folder)
      return check(lexicon)
    } catch let error as LexiconError {
      return [finding(error)]
    } catch {
      return [Finding(file: "tags", line: 0, severity: .error, message: "\(error)")]
    }
  }

  package static func check(_ lexicon: TagLexicon) -> [Finding] {
    var findings = duplicates(lexicon) + unused(lexicon) + collisions(lexicon) + undefined(lexicon)
    do {
      let image = try TagImage(try TagImageBuilder.build(lexicon))
      let tagger = Tagger(image: image)
      findings += neverMatching(lexicon, tagger) + examples(lexicon, tagger)
    } catch let error as LexiconError {
      findings.append(finding(error))
    } catch {
      findings.append(Finding(file: "tags", line: 0, severity: .error, message: "\(error)"))
    }
    return findings.sorted { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) }
  }

  private static func finding(_ error: LexiconError) -> Finding {
    if case .bad(let file, let line, let message) = error {
      return Finding(file: file, line: line, severity: .error, message: message)
    }
    return Finding(file: "tags", line: 0, severity: .error, message: "\(error)")
  }

  private static func warning(_ place: SourceLine, _ message: String) -> Finding {
    Finding(file: place.file, line: place.line, severity: .warning, message: message)
  }

  private static func error(_ place: SourceLine, _ message: String) -> Finding {
    Finding(file: place.file, line: place.line, severity: .error, message: message)
  }

  /// The same cue twice in a label.
  private static func duplicates(_ lexicon: TagLexicon) -> [Finding] {
    var findings: [Finding] = []
    for label in lexicon.labels {
      var seen: [String: LexiconEntry] = [:]
      for entry in label.entries {
        if let first = seen[entry.cue] {
          let other = first.tier == entry.tier ? "" : " as \(first.tier.name)"
          findings.append(
            warning(
              entry.place, "“\(entry.cue)” stands at \(first.place.file):\(first.place.line)\(other) already")
          )
        } else {
          seen[entry.cue] = entry
        }
      }
    }
    return findings
  }

  /// Classes that no cue and no rule names.
  private static func unused(_ lexicon: TagLexicon) -> [Finding] {
    var named = Set(Field.classNames)
    func note(_ cue: String) {
      for piece in cue.split(whereSeparator: { " ()|?".contains($0) }) where piece.hasPrefix("@") {
        named.insert(String(piece.dropFirst()))
      }
    }
    for each in lexicon.classes { for cue in each.cues { note(cue.cue) } }
    for label in lexicon.labels { for entry in label.entries { note(entry.cue) } }
    return lexicon.classes.filter { !named.contains($0.name) }
      .map { warning($0.place, "class @\($0.name) is used nowhere") }
  }

  /// Labels without a definition; parents that are no labels.
  private static func undefined(_ lexicon: TagLexicon) -> [Finding] {
    let paths = Set(lexicon.labels.map(\.path))
    var findings: [Finding] = []
    for label in lexicon.labels {
      if label.definition.isEmpty { findings.append(warning(label.place, "\(label.path) has no definition")) }
      for parent in label.parents where !paths.contains(parent) {
        findings.append(error(label.place, "\(label.path): no label \(parent)"))
      }
    }
    return findings
  }

  /// Forms of names that two entities claim.
  private static func collisions(_ lexicon: TagLexicon) -> [Finding] {
    var owner: [String: LexiconEntity] = [:]
    var findings: [Finding] = []
    for entity in lexicon.entities {
      for form in [entity.name] + entity.forms + entity.seats {
        if let other = owner[form], other.id != entity.id {
          findings.append(
            warning(
              entity.place, "“\(form)” is \(other.id) already (\(other.place.file):\(other.place.line))"))
        } else if let other = owner[form], other.place != entity.place {
          findings.append(warning(entity.place, "\(entity.id) stands at line \(other.place.line) already"))
        }
        owner[form] = entity
      }
    }
    return findings
  }

  /// Entries that their own shortest example does not bring out: they can never match, or a block hides them.
  private static func neverMatching(_ lexicon: TagLexicon, _ tagger: Tagger) -> [Finding] {
    var findings: [Finding] = []
    let samples = CueSamples(lexicon: lexicon)
    for label in lexicon.labels {
      for entry in label.entries where entry.tier != .block {
        guard let sample = samples.sample(entry.cue) else { continue }
        if !tagger.entries(in: sample).contains(entry.id) {
          findings.append(
            warning(
              entry.place, "“\(entry.cue)” does not match its own words “\(sample)”: hidden by a block?"))
        }
      }
    }
    return findings
  }

  /// Examples that do not bring their label or group, counterexamples that do.
  package static func examples(_ lexicon: TagLexicon, _ tagger: Tagger) -> [Finding] {
    var findings: [Finding] = []
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
        error(example.place, "\(what) is \(isFound ? "" : "not ")found in “\(example.text)”"))
    }
    return findings
  }
}
