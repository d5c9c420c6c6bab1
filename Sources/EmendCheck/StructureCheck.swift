import EmendModel
import FoundationEssentials

/// Scores a document's structure against gold, and prints what it counted.
///
/// ```swift
/// let check = try StructureCheck(document, gold: json, reading: text)
/// print(check.table)
/// // headings                 6 of 6      P 1.000 R 1.000 F1 1.000
/// ```
public struct StructureCheck: Sendable {
  /// One thing that was counted.
  public struct Row: Sendable, Equatable {
    public var name: String
    public var counts: Counts
    /// What was wrong or missed, a few of them.
    public var faults: [String]
    public init(_ name: String, _ counts: Counts, faults: [String] = []) {
      (self.name, self.counts, self.faults) = (name, counts, faults)
    }
  }

  public private(set) var rows: [Row] = []

  /// Scores against a gold file of one of three kinds, told by its fields: a text with paragraphs, notes and
  /// sentences; a journal's front matter; a volume of pages. `reading` is the gold reading text of the first.
  ///
  /// - Throws: `DecodingError` when the gold is none of these.
  public init(_ document: Document, gold: [UInt8], reading: [UInt8] = []) throws {
    let data = Data(gold)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    if let text = try? decoder.decode(StructureGold.Text.self, from: data) {
      rows = StructureTextCheck(document, text, reading: reading).rows
    } else if let matter = try? decoder.decode(StructureGold.FrontMatter.self, from: data) {
      rows = StructureFrontMatterCheck(document, matter).rows
    } else {
      rows = StructureVolumeCheck(document, try decoder.decode(StructureGold.Volume.self, from: data)).rows
    }
  }

  /// Scores against one label a source line (`title`, `meta`, `ref`, `text`, `blank`).
  public init(_ document: Document, labels: [String]) {
    rows = StructureLabelsCheck(document, labels: labels).rows
  }

  public func row(_ name: String) -> Row? { rows.first { $0.name == name } }

  /// The rows as a table, faults below the row that has them.
  public var table: String {
    rows.map { row in
      let name = row.name + String(repeating: " ", count: max(1, 26 - row.name.count))
      let total = "\(row.counts.right) of \(row.counts.right + row.counts.missed)"
      let padded = total + String(repeating: " ", count: max(1, 14 - total.count))
      let rates =
        "P \(Self.rate(row.counts.precision)) R \(Self.rate(row.counts.recall)) F1 \(Self.rate(row.counts.f1))"
      return ([name + padded + rates] + row.faults.prefix(12).map { "    " + $0 }).joined(separator: "\n")
    }.joined(separator: "\n") + "\n"
  }

  /// Three decimals, rounded down, so that 1.000 means all.
  static func rate(_ value: Double) -> String {
    let thousandths = Int(value * 1000)
    let rest = String(thousandths % 1000 + 1000).dropFirst()
    return "\(thousandths / 1000).\(rest)"
  }
}

/// The gold files as far as they are read.
enum StructureGold {
  struct Heading: Decodable {
    var text: String
    var level: Int?
    var line: Int
  }

  struct Text: Decodable {
    struct Paragraph: Decodable {
      var kind: String
      var readingLine: Int
      var sentenceStarts: [Int]
    }
    struct Note: Decodable {
      struct Anchor: Decodable {
        var line: Int
        var byteCol: Int
      }
      var number: Int
      var text: String
      var anchor: Anchor
    }
    var headings: [Heading]
    var paragraphs: [Paragraph]
    var notes: [Note]
  }

  struct FrontMatter: Decodable {
    struct Named: Decodable {
      var title: String?
      var value: String?
      var name: String?
    }
    struct Person: Decodable {
      var name: String
      var role: String
    }
    struct Price: Decodable {
      var who: String
      var usd: Double?
      var percent: Double?
    }
    struct Subscriptions: Decodable {
      var prices: [Price]
      var surcharges: [Price]
    }
    struct Section: Decodable {
      var text: String
      var line: Int
    }
    struct Entry: Decodable {
      var title: String
      var authors: [String]
      var firstPage: Int
      var rubric: String
    }
    struct Contributor: Decodable {
      var name: String
      var position: String?
      var department: String?
      var institution: String?
      var city: String?
      var region: String?
      var also: String?
    }
    struct Abstract: Decodable {
      var title: String
      var author: String
      var text: String
    }
    var journal: Named
    var issn: Named
    var volume: Int
    var issueNumber: Int
    var season: String
    var year: Int
    var publisher: Named
    var editors: [Person]
    var editorialBoard: [Person]
    var subscriptions: Subscriptions
    var sections: [Section]
    var tableOfContents: [Entry]
    var contributors: [Contributor]
    var abstracts: [Abstract]
  }

  /// A volume of pages. `running_heads` holds texts, alone or in lists, under any keys.
  struct Volume: Decodable {
    enum Texts: Decodable {
      case texts([String])
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
          self = .texts([text])
        } else {
          self = .texts(try container.decode([String].self))
        }
      }
      var values: [String] { if case .texts(let texts) = self { texts } else { [] } }
    }
    struct Note: Decodable {
      var begins: String
      var anchor: String
    }
    /// What the gold does not hold is not scored.
    var headings: [String]?
    var headingsAreASelection: Bool?
    var runningHeads: [String: Texts]?
    var headersByPage: [String]?
    var footersByPage: [String]?
    var printedPageOfFilePage: [String: String]?
    /// Parts of words cut at line ends, both parts counted.
    var hyphenatedPartsLinesWithSubsType: Int?
    var document: String
    var firstFilePage: Int?
    var signatureMarks: [String: String]?
    var signatureLines: [String: String]?
    var noteList: [Note]?
  }
}
