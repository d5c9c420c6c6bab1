import FoundationEssentials

/// spaCy's patterns, one JSON object a line: a phrase, or a list of tokens with LOWER, TEXT, ORTH, NORM or LEMMA, a word
/// or a list of words (IN), and OP "?", "*" or "+". What our cues cannot say is refused with its line.
///
///     {"label": "SOFT", "pattern": [{"LOWER": {"IN": ["moral", "mild"]}}, {"LOWER": "suasion"}]}
///     → (moral/=|mild/=) suasion/=
enum SpacyReader {
  static func read(_ text: String) throws -> PatternDictionary {
    var dictionary = PatternDictionary(categories: [])
    let decoder = JSONDecoder()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { !$0.isWhitespace }) {
      let entry: Line
      do { entry = try decoder.decode(Line.self, from: Data(line.utf8)) } catch let error as NoCounterpart {
        throw DictionaryError(line: index + 1, message: "\(error.what) has no counterpart in our cues")
      } catch {
        throw DictionaryError(line: index + 1, message: "no pattern of label and words")
      }
      if let cue = entry.pattern.cue { dictionary.add(cue, to: Slug.make(entry.label)) }
    }
    return dictionary
  }

  /// Something that only spaCy can match.
  private struct NoCounterpart: Error {
    let what: String
  }

  private struct Line: Decodable {
    var label: String
    var pattern: Pattern
  }

  private enum Pattern: Decodable {
    case phrase(String)
    case tokens([Token])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let phrase = try? container.decode(String.self) {
        self = .phrase(phrase)
      } else {
        self = .tokens(try container.decode([Token].self))
      }
    }

    var cue: String? {
      switch self {
      case .phrase(let phrase): return ForeignPattern.cue(phrase)
      case .tokens(let tokens):
        let cues = tokens.compactMap(\.cue)
        return cues.isEmpty ? nil : cues.joined(separator: " ")
      }
    }
  }

  private struct Token: Decodable {
    var cue: String?

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      var isOptional = false
      for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
        switch key.stringValue.uppercased() {
        case "LOWER", "NORM":
          cue = try container.decode(Words.self, forKey: key).cue { ForeignPattern.cue($0) }
        case "TEXT", "ORTH":
          cue = try container.decode(Words.self, forKey: key).cue { word in
            word.contains { $0.isUppercase }
              ? "=" + word.filter { $0.isLetter || $0.isNumber } : ForeignPattern.cue(word)
          }
        case "LEMMA":
          cue = try container.decode(Words.self, forKey: key).cue { word in
            let letters = word.lowercased().filter(\.isLetter)
            return letters.isEmpty ? nil : "(\(letters)|\(letters)/v)"
          }
        case "OP":
          let sign = try container.decode(String.self, forKey: key)
          guard ["?", "*", "+", "1"].contains(sign) else { throw NoCounterpart(what: "OP \(sign)") }
          isOptional = sign == "?" || sign == "*"
        default: throw NoCounterpart(what: key.stringValue)
        }
      }
      if isOptional { cue = cue.map { $0 + "?" } }
    }
  }

  /// A word, or the words of an IN.
  private struct Words: Decodable {
    var words: [String]

    init(from decoder: any Decoder) throws {
      if let word = try? decoder.singleValueContainer().decode(String.self) {
        words = [word]
        return
      }
      let container = try decoder.container(keyedBy: Key.self)
      guard let key = container.allKeys.first, key.stringValue == "IN", container.allKeys.count == 1 else {
        throw NoCounterpart(what: container.allKeys.map(\.stringValue).sorted().joined(separator: ", "))
      }
      words = try container.decode([String].self, forKey: key)
    }

    func cue(_ each: (String) -> String?) -> String? {
      let cues = words.compactMap(each)
      return cues.count > 1 ? "(\(cues.joined(separator: "|")))" : cues.first
    }
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
