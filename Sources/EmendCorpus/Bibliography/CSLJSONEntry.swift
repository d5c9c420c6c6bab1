import EmendModel

/// An item of CSL-JSON (citation-style-language/schema, csl-data.json), as Zotero, pandoc and citeproc read it.
struct CSLJSONEntry {
  let entry: BibliographyEntry
  let key: String

  func write(first: Bool, into bytes: inout [UInt8]) {
    var json = JSONLine()
    json.object {
      $0.field("id", key)
      $0.field("type", Self.type(entry.type))
      names("author", entry.authors, others: entry.hasOtherAuthors, &$0)
      names("editor", entry.editors, &$0)
      names("translator", entry.translators, &$0)
      issued(&$0)
      for (name, value) in [
        ("title", entry.title), ("container-title", entry.containerTitle),
        ("collection-title", entry.collectionTitle), ("volume", entry.volume), ("issue", entry.issue),
        ("page", entry.pages), ("edition", entry.edition), ("publisher", entry.publisher),
        ("publisher-place", entry.place), ("genre", entry.genre), ("DOI", entry.doi), ("URL", entry.url),
        ("ISBN", entry.isbn), ("note", entry.notes.isEmpty ? nil : entry.notes.joined(separator: "; ")),
      ] {
        if let value, !value.isEmpty { $0.field(name, value) }
      }
    }
    bytes += (first ? "\n" : ",\n").utf8
    bytes += json.bytes
  }

  /// Types of CSL 1.0.2; any other is a document.
  private static func type(_ type: String) -> String { types.contains(type) ? type : "document" }

  private static let types: Set<String> = [
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia",
    "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map",
    "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book",
    "software",
    "song", "speech", "standard", "thesis", "treaty", "webpage",
  ]

  /// - Parameter others: whether "et al." follows; pandoc reads and writes it as a name of that one word.
  private func names(_ key: String, _ names: [PersonName], others: Bool = false, _ json: inout JSONLine) {
    guard !names.isEmpty else { return }
    json.array(key) {
      for name in names {
        $0.object {
          if name.isBody {
            $0.field("literal", name.family)
          } else {
            $0.field("family", name.family)
            if let given = name.given { $0.field("given", given) }
            if let suffix = name.suffix { $0.field("suffix", suffix) }
          }
        }
      }
      if others { $0.object { $0.field("literal", "others") } }
    }
  }

  private func issued(_ json: inout JSONLine) {
    guard entry.date != nil || !entry.years.isEmpty else { return }
    json.object("issued") {
      if entry.years.isEmpty {
        $0.field("literal", entry.date)
      } else {
        $0.array("date-parts") {
          for year in entry.years {
            $0.array { for part in [year, entry.month, entry.day] { if let part { $0.value(part) } } }
          }
        }
      }
    }
  }
}
