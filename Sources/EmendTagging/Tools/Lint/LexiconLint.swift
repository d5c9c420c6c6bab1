import EmendLexicons

/// Checks a lexicon: that it can be read, that every entry can match and is not hidden, that nothing is double, and
/// that its examples hold. The checks are the list in `check(_:)`, one function each.
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

  /// All faults, in the order of files and lines. A file that cannot be read gives one and is passed over.
  public static func check(_ folder: LexiconFolder) -> [Finding] {
    let (lexicon, faults) = LexiconReader.readable(folder)
    return sorted(faults.map(finding) + check(lexicon))
  }

  package static func check(_ lexicon: TagLexicon) -> [Finding] {
    let faults = LintCues.faults(lexicon)
    var findings =
      faults + LintEntries.duplicates(lexicon) + LintEntries.unused(lexicon) + LintEntries.undefined(lexicon)
      + LintEntities.collisions(lexicon) + LintEntities.facts(lexicon)
    // What cannot be compiled has been named; the rest is compiled and tried.
    let sound = LintCues.without(faults, lexicon)
    do {
      let tagger = Tagger(image: try TagImage(try TagImageBuilder.build(sound)))
      findings += LintMatches.never(sound, tagger) + LintMatches.shadowed(sound, tagger)
      findings += LintMatches.examples(sound, tagger)
    } catch let error as LexiconError {
      findings.append(finding(error))
    } catch {
      findings.append(Finding(file: "tags", line: 0, severity: .error, message: "\(error)"))
    }
    return sorted(findings)
  }

  private static func sorted(_ findings: [Finding]) -> [Finding] {
    var seen: Set<String> = []
    return findings.filter { seen.insert($0.description).inserted }
      .sorted { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) }
  }

  private static func finding(_ error: LexiconError) -> Finding {
    if case .bad(let file, let line, let message) = error {
      return Finding(file: file, line: line, severity: .error, message: message)
    }
    return Finding(file: "tags", line: 0, severity: .error, message: "\(error)")
  }

  static func warning(_ place: SourceLine, _ message: String) -> Finding {
    Finding(file: place.file, line: place.line, severity: .warning, message: message)
  }

  static func error(_ place: SourceLine, _ message: String) -> Finding {
    Finding(file: place.file, line: place.line, severity: .error, message: message)
  }
}
