import FoundationEssentials
import Yams

/// Dictionaries of other tools: categories, each with its patterns, in the order of the file.
public struct PatternDictionary: Sendable, Equatable {
  public struct Category: Sendable, Equatable {
    /// Slashes part a category from its parents.
    public var path: String
    /// In our cue language.
    public var cues: [String]
    public init(path: String, cues: [String]) { (self.path, self.cues) = (path, cues) }
  }
  public var categories: [Category]
  public init(categories: [Category]) { self.categories = categories }

  /// The file formats that can be read.
  public enum Format: String, Sendable, CaseIterable {
    /// quanteda dictionaries in YAML: nested keys, lists of glob patterns.
    case quanteda
    /// LIWC `.dic`: numbered categories between two `%`, then words with numbers.
    case liwc
    /// WordStat `.cat`: indented categories in capitals, words with a weight in brackets.
    case wordstat
    /// Lexicoder `.lcd`: XML with `cnode` and `pnode`.
    case lexicoder
    /// spaCy entity ruler patterns, one JSON object a line.
    case spacy
  }

  /// Reads a dictionary. Throws `DictionaryError` with the line.
  public static func read(_ text: String, as format: Format) throws -> PatternDictionary {
    switch format {
    case .quanteda: try QuantedaReader.read(text)
    case .liwc: try LIWCReader.read(text)
    case .wordstat: try WordStatReader.read(text)
    case .lexicoder: try LexicoderReader.read(text)
    case .spacy: try SpacyReader.read(text)
    }
  }

  /// A file of our lexicon: each category a label with one group of explicit entries.
  public func lexicon(under parent: String) -> String {
    var out = "labels:\n"
    for category in categories {
      out += "  - label: \(YAMLText.scalar(parent.isEmpty ? category.path : parent + "/" + category.path))\n"
      out += "    definition: \(YAMLText.scalar("Imported: \(category.path)."))\n"
      out += "    entries:\n      - name: imported\n        explicit:\n"
      for cue in category.cues { out += "          - \(YAMLText.scalar(cue))\n" }
    }
    return out
  }

  mutating func add(_ cue: String, to path: String) {
    if let known = categories.firstIndex(where: { $0.path == path }) {
      if !categories[known].cues.contains(cue) { categories[known].cues.append(cue) }
    } else {
      categories.append(Category(path: path, cues: [cue]))
    }
  }
}

public struct DictionaryError: Error, Sendable, Equatable, CustomStringConvertible {
  public var line: Int
  public var message: String

  package init(line: Int, message: String) { (self.line, self.message) = (line, message) }

  public var description: String { line > 0 ? "line \(line): \(message)" : message }
}

/// Turns foreign patterns into cues: words as written, a final star as prefix; signs of our language drop out.
enum ForeignPattern {
  static func cue(_ pattern: String) -> String? {
    let words = pattern.lowercased().split(whereSeparator: { " _\t".contains($0) }).compactMap {
      word -> String? in
      let isPrefix = word.hasSuffix("*")
      let letters = word.filter { $0.isLetter || $0.isNumber || "’'-".contains($0) }
      if letters.isEmpty { return nil }
      return isPrefix ? letters + "*" : letters + "/="
    }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}

enum QuantedaReader {
  static func read(_ text: String) throws -> PatternDictionary {
    let root: Node
    do { root = try Yams.compose(yaml: text) ?? Node.mapping(Node.Mapping([])) } catch {
      throw DictionaryError(line: 0, message: "no YAML: \(error)")
    }
    var dictionary = PatternDictionary(categories: [])
    func walk(_ node: Node, _ path: String) throws {
      if let mapping = node.mapping {
        for (key, value) in mapping {
          guard let name = key.scalar?.string else { continue }
          let slug = Slug.make(name)
          try walk(value, path.isEmpty ? slug : path + "/" + slug)
        }
      } else if let list = node.sequence {
        for item in list { try walk(item, path) }
      } else if let pattern = node.scalar?.string {
        guard !path.isEmpty else {
          throw DictionaryError(line: node.mark?.line ?? 0, message: "a pattern without key")
        }
        if let cue = ForeignPattern.cue(pattern) { dictionary.add(cue, to: path) }
      }
    }
    try walk(root, "")
    return dictionary
  }
}

enum LIWCReader {
  static func read(_ text: String) throws -> PatternDictionary {
    var names: [String: String] = [:]
    var dictionary = PatternDictionary(categories: [])
    var percents = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let cells = line.split(whereSeparator: { " \t\r".contains($0) }).map(String.init)
      guard let first = cells.first else { continue }
      if first == "%" {
        percents += 1
      } else if percents == 1 {
        guard cells.count > 1 else {
          throw DictionaryError(line: index + 1, message: "a category needs a name")
        }
        names[first] = Slug.make(cells[1])
      } else if percents == 2 {
        for number in cells.dropFirst() {
          guard let name = names[number] else {
            throw DictionaryError(line: index + 1, message: "no category \(number)")
          }
          if let cue = ForeignPattern.cue(first) { dictionary.add(cue, to: name) }
        }
      } else {
        throw DictionaryError(line: index + 1, message: "“%” must come first")
      }
    }
    return dictionary
  }
}

enum WordStatReader {
  static func read(_ text: String) throws -> PatternDictionary {
    var dictionary = PatternDictionary(categories: [])
    var stack: [(indent: Int, name: String)] = []
    for line in text.split(separator: "\n") {
      let indent = line.prefix { $0 == "\t" || $0 == " " }.count
      let body = line.dropFirst(indent).split(separator: "\r").first.map(String.init) ?? ""
      if body.isEmpty { continue }
      // "WORD (1)" is a pattern, a line without a weight a category.
      if let open = body.lastIndex(of: "("), body.hasSuffix(")") {
        let path = stack.filter { $0.indent < indent }.map(\.name).joined(separator: "/")
        if let cue = ForeignPattern.cue(String(body[..<open])), !path.isEmpty {
          dictionary.add(cue, to: path)
        }
      } else {
        stack.removeAll { $0.indent >= indent }
        stack.append((indent, Slug.make(body)))
      }
    }
    return dictionary
  }
}

enum LexicoderReader {
  /// Reads the two elements by their `name` attributes; an `.lcd` file holds nothing else of use.
  static func read(_ text: String) throws -> PatternDictionary {
    var dictionary = PatternDictionary(categories: [])
    var path: [String] = []
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      for piece in line.split(separator: "<") {
        if piece.hasPrefix("cnode") {
          guard let name = attribute("name", piece) else {
            throw DictionaryError(line: number, message: "a cnode without name")
          }
          path.append(Slug.make(name))
          if piece.contains("/>") { path.removeLast() }
        } else if piece.hasPrefix("/cnode") {
          if !path.isEmpty { path.removeLast() }
        } else if piece.hasPrefix("pnode") {
          guard let name = attribute("name", piece) else {
            throw DictionaryError(line: number, message: "a pnode without name")
          }
          if let cue = ForeignPattern.cue(name), !path.isEmpty {
            dictionary.add(cue, to: path.joined(separator: "/"))
          }
        }
      }
    }
    return dictionary
  }

  private static func attribute(_ name: String, _ element: Substring) -> String? {
    let parts = element.split(separator: "\"", omittingEmptySubsequences: false)
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      let key = parts[index].split(separator: "=").first?.split(separator: " ").last
      if key.map(String.init) == name { return String(parts[index + 1]) }
    }
    return nil
  }
}

/// Writing YAML by hand.
enum YAMLText {
  /// A double-quoted scalar.
  static func scalar(_ text: String) -> String {
    var out = "\""
    for character in text {
      if character == "\"" || character == "\\" { out.append("\\") }
      out.append(character)
    }
    return out + "\""
  }
}
