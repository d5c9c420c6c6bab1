import EmendLexicons
import EmendModel

/// Our lexicon in the formats of other tools. They know no gaps and classes, so each cue goes out as the phrases it
/// stands for, as far as these are single words and fixed phrases; cues that need more are left out and counted.
public struct LexiconExport: Sendable {
  public enum Format: String, Sendable, CaseIterable { case quanteda, spacy }

  public struct Result: Sendable {
    public var text: String
    /// Entries that the other format cannot say.
    public var leftOut: Int
  }

  /// Throws `LexiconError.bad` when the lexicon is faulty.
  public static func write(_ folder: LexiconFolder, as format: Format) throws -> Result {
    let lexicon = try LexiconReader.read(folder)
    let parser = CueParser(forms: lexicon.forms)
    var text = ""
    var leftOut = 0
    for label in lexicon.labels.sorted(by: { $0.path < $1.path }) {
      var phrases: [String] = []
      for entry in label.entries where entry.tier == .explicit || entry.tier == .implicit {
        guard let cues = try? parser.parse(entry.cue), cues.count == 1, let cue = cues.first,
          let own = PhraseList.phrases(cue)
        else {
          leftOut += 1
          continue
        }
        phrases += own
      }
      if phrases.isEmpty { continue }
      switch format {
      case .quanteda:
        text += YAMLText.scalar(label.path) + ":\n"
        for phrase in phrases { text += "  - " + YAMLText.scalar(phrase) + "\n" }
      case .spacy:
        for phrase in phrases where !phrase.contains("*") {
          var json = JSONLine()
          json.object {
            $0.field("label", label.path)
            $0.array("pattern") {
              for word in phrase.split(separator: " ") { $0.object { $0.field("LOWER", word.lowercased()) } }
            }
          }
          json.endLine()
          text += String(decoding: json.bytes, as: UTF8.self)
        }
      }
    }
    return Result(text: text, leftOut: leftOut)
  }
}

/// The fixed phrases that a cue stands for.
enum PhraseList {
  /// More phrases than this are no list any more.
  static let most = 200

  /// Nil when the cue has gaps, classes or marks of place.
  static func phrases(_ cue: Cue) -> [String]? {
    switch cue {
    case .word(let forms), .exact(let forms): return forms
    case .prefix(let stem): return [stem + "*"]
    case .glob(let pattern): return [pattern]
    case .optional(let inner): return phrases(inner).map { [""] + $0 }
    case .coordination: return [""]
    case .choice(let options):
      var all: [String] = []
      for option in options {
        guard let own = phrases(option) else { return nil }
        all += own
      }
      return all.count > most ? nil : all
    case .sequence(let items):
      var all = [""]
      for item in items {
        guard let own = phrases(item) else { return nil }
        all = all.flatMap { start in own.map { start.isEmpty ? $0 : $0.isEmpty ? start : start + " " + $0 } }
        if all.count > most { return nil }
      }
      return all
    case .gap, .start, .cueClass, .possessive: return nil
    }
  }
}
