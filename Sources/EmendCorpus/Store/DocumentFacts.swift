import EmendModel

/// Facts about a document that stand in no single place of its edition.
enum DocumentFacts {
  /// The path as given; of an absolute path its last part, as a corpus must not depend on the machine.
  static func sourceName(_ name: String) -> String {
    guard name.hasPrefix("/") else { return name }
    return name.split(separator: "/").last.map(String.init) ?? name
  }

  /// The title that came with the file, that the front matter gives, or that stands on the title block.
  static func title(_ edition: Edition) -> String? {
    let document = edition.document
    if let title = edition.scan.metadata["title"], !title.isEmpty { return title }
    if let title = document.frontMatter?.title, !title.isEmpty { return title }
    if let block = document.blocks.first(where: { $0.kind == .title }) { return document.text(block.range) }
    guard let journal = document.frontMatter?.journal else { return nil }
    let parts = [
      document.frontMatter?.volume.map { "vol. \($0)" }, document.frontMatter?.issue.map { "no. \($0)" },
      document.frontMatter?.year,
    ]
    return ([journal] + parts.compactMap(\.self)).joined(separator: ", ")
  }

  /// The first run of four digits in the date field.
  static func year(_ reference: Reference) -> Int? {
    guard let field = reference.fields.first(where: { $0.label == .date }) else { return nil }
    var digits = 0
    var value = 0
    for byte in (field.normal ?? field.text).utf8 {
      guard (0x30...0x39).contains(byte) else {
        (digits, value) = (0, 0)
        continue
      }
      (digits, value) = (digits + 1, value * 10 + Int(byte - 0x30))
      if digits == 4 { return value }
    }
    return nil
  }

  static func profile(_ profile: [DamagePattern]) -> String {
    var json = JSONLine()
    json.array {
      for pattern in profile {
        $0.object {
          $0.field("stand_in", pattern.standIn)
          $0.field("reading", pattern.reading)
          $0.field("votes", pattern.votes)
          $0.field("examples", pattern.examples)
          $0.field("applied", pattern.applied)
          $0.field("rate", pattern.rate)
          $0.field("confidence", pattern.confidence)
          // Pages from 1, where the pattern holds for a run of them only.
          if let pages = pattern.pages {
            $0.field("first_page", pages.lowerBound + 1)
            $0.field("last_page", pages.upperBound)
          }
        }
      }
    }
    return JSONText.string(json)
  }

  /// Facts that came with the file, in the order of their names, then those of the front matter.
  static func metadata(_ edition: Edition) -> String {
    var json = JSONLine()
    json.object { object in
      for (key, value) in edition.scan.metadata.sorted(by: { $0.key < $1.key }) { object.field(key, value) }
      guard let front = edition.document.frontMatter else { return }
      object.object("front_matter") {
        let single: [(String, String?)] = [
          ("journal", front.journal), ("title", front.title), ("volume", front.volume),
          ("issue", front.issue), ("season", front.season), ("year", front.year),
          ("publisher", front.publisher),
        ]
        for (key, value) in single { if let value { $0.field(key, value) } }
        if !front.issn.isEmpty { $0.field("issn", front.issn) }
        if !front.isbn.isEmpty { $0.field("isbn", front.isbn) }
      }
    }
    return JSONText.string(json)
  }
}

/// How many changes of each sort a document has.
struct EmendationTally {
  /// Applied changes other than joins.
  var repairs = 0
  var suggestions = 0
  /// Words joined or kept apart at line ends, and joins over page starts.
  var joins = 0

  init(_ document: Document) {
    for change in document.transcript.emendations {
      switch change.status {
      case .applied: repairs += 1
      case .suggested: suggestions += 1
      case .rejected: break
      }
    }
    joins = document.joins.count { !$0.isPlainLineEnd }
  }
}

extension Emendation {
  /// A line end inside a paragraph, read as a space: no fault of the source, and far the commonest change.
  var isPlainLineEnd: Bool {
    kind == .reflow && reading == " " && (original == "\n" || original == "\r\n")
  }
}
