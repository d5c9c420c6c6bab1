import EmendLexicons

/// Families of citation styles as `references/styles.tsv` describes them, read into a small grammar.
struct CitationStyles {
  indirect enum Piece {
    case text(String)
    /// One of several sequences.
    case choice([[Piece]])
    /// Another key of the family.
    case key(String)
    /// A field: "T", "p1".
    case field(String)
  }

  struct Family {
    let name: String
    let weight: Int
    /// Choices of each key.
    var rows: [String: [[Piece]]]
    /// Rows as they stand, for keys that are words (inv, ini, …).
    var words: [String: [String]]
  }

  let families: [Family]
  let common: Family
  /// Kinds of works with their weights, in the order of the file.
  let kinds: [(name: String, weight: Int)]

  /// Throws `LexiconError.bad` for a row that cannot be read.
  init(lexicons: LexiconFolder) throws {
    var families: [Family] = []
    var common = Family(name: "*", weight: 0, rows: [:], words: [:])
    var kinds: [(name: String, weight: Int)] = []
    for row in try LexiconTable.rows("references/styles.tsv", lexicons) {
      guard row.fields.count >= 3 else {
        throw LexiconError.bad(
          file: "references/styles.tsv", line: row.line, message: "three columns are wanted")
      }
      let (name, key) = (row.fields[0], row.fields[1])
      let value = String(row.fields[2].map { $0 == "_" ? " " : $0 })
      if key.hasPrefix("kind:") {
        kinds.append((String(key.dropFirst(5)), Int(value) ?? 1))
        continue
      }
      if key == "weight" {
        families.append(Family(name: name, weight: Int(value) ?? 1, rows: [:], words: [:]))
        continue
      }
      var rest = Substring(value)
      let pieces = Self.parse(&rest, nested: false)
      guard rest.isEmpty else {
        throw LexiconError.bad(file: "references/styles.tsv", line: row.line, message: "a bracket too many")
      }
      if name == "*" {
        common.rows[key, default: []].append(pieces)
        common.words[key, default: []].append(value)
      } else if families.last?.name == name {
        families[families.count - 1].rows[key, default: []].append(pieces)
        families[families.count - 1].words[key, default: []].append(value)
      } else {
        throw LexiconError.bad(
          file: "references/styles.tsv", line: row.line, message: "\(name) begins without its weight")
      }
    }
    (self.families, self.common, self.kinds) = (families, common, kinds)
  }

  /// Reads up to the end, or up to the `|` or `}` that ends a nested part.
  private static func parse(_ rest: inout Substring, nested: Bool) -> [Piece] {
    var pieces: [Piece] = []
    var text = ""
    func flush() {
      if !text.isEmpty { pieces.append(.text(text)) }
      text = ""
    }
    while let sign = rest.first {
      switch sign {
      case "\\":
        rest.removeFirst()
        if let next = rest.popFirst() { text.append(next) }
      case "{":
        flush()
        rest.removeFirst()
        var options: [[Piece]] = [parse(&rest, nested: true)]
        while rest.first == "|" {
          rest.removeFirst()
          options.append(parse(&rest, nested: true))
        }
        if rest.first == "}" { rest.removeFirst() }
        pieces.append(.choice(options))
      case "|" where nested, "}" where nested:
        flush()
        return pieces
      case "<":
        flush()
        rest.removeFirst()
        let name = rest.prefix { $0 != ">" }
        rest = rest.dropFirst(name.count + 1)
        pieces.append(.key(String(name)))
      case "%":
        flush()
        rest.removeFirst()
        guard let code = rest.popFirst() else { break }
        var name = String(code)
        if rest.first == "1" {
          rest.removeFirst()
          name += "1"
        }
        pieces.append(.field(name))
      default:
        text.append(sign)
        rest.removeFirst()
      }
    }
    flush()
    return pieces
  }
}
