import EmendModel

/// Scores what was read from a journal's front matter, fact by fact.
struct StructureFrontMatterCheck {
  private(set) var rows: [StructureCheck.Row] = []

  init(_ document: Document, _ gold: StructureGold.FrontMatter) {
    let matter = document.frontMatter ?? FrontMatter()
    func amount(_ price: StructureGold.FrontMatter.Price) -> String {
      if let usd = price.usd { return "\(price.who): $\(Int(usd))" }
      return "\(price.who): \(Int(price.percent ?? 0))%"
    }
    rows = [
      compare(
        "masthead",
        [
          "journal \(gold.journal.title ?? "")", "issn \(gold.issn.value ?? "")", "volume \(gold.volume)",
          "issue \(gold.issueNumber)", "season \(gold.season)", "year \(gold.year)",
          "publisher \(gold.publisher.name ?? "")",
        ],
        [
          "journal \(matter.journal ?? "")", "issn \(matter.issn.first ?? "")",
          "volume \(matter.volume ?? "")",
          "issue \(matter.issue ?? "")", "season \(matter.season ?? "")", "year \(matter.year ?? "")",
          "publisher \(matter.publisher ?? "")",
        ]),
      compare(
        "editors", gold.editors.map { "\($0.role): \($0.name)" },
        matter.editors.map { "\($0.role): \($0.name)" }),
      compare(
        "board", gold.editorialBoard.map { "\($0.role): \($0.name)" },
        matter.board.map { "\($0.role): \($0.name)" }),
      compare(
        "prices", (gold.subscriptions.prices + gold.subscriptions.surcharges).map(amount),
        matter.prices.map { "\($0.who): \($0.amount)" }),
      compare(
        "headings", gold.sections.map { "\($0.line) \($0.text)" },
        document.blocks.filter { $0.kind == .heading }.map {
          "\(document.scan.lines[$0.firstLine].number) \(document.text($0.range))"
        }),
      compare(
        "contents",
        gold.tableOfContents.map {
          "\($0.rubric) | \($0.title) | \($0.authors.joined(separator: ", ")) | \($0.firstPage)"
        },
        document.contents.map {
          "\($0.rubric ?? "") | \($0.title) | \($0.authors.joined(separator: ", ")) | \($0.page ?? "")"
        }),
      compare(
        "contributors",
        gold.contributors.map {
          [$0.name, $0.position, $0.department, $0.institution, $0.city, $0.region, $0.also].map { $0 ?? "–" }
            .joined(separator: " | ")
        },
        matter.contributors.map {
          [$0.name, $0.position, $0.department, $0.institution, $0.city, $0.region, $0.also].map { $0 ?? "–" }
            .joined(separator: " | ")
        }),
      compare(
        "abstracts", gold.abstracts.map { "\($0.title) | \($0.author) | \($0.text)" },
        matter.abstracts.map { "\($0.title) | \($0.authors.joined(separator: ", ")) | \($0.text)" }),
    ]
  }

  private func compare(_ name: String, _ wanted: [String], _ given: [String]) -> StructureCheck.Row {
    var rest = given
    var counts = Counts()
    var faults: [String] = []
    for fact in wanted {
      if let index = rest.firstIndex(of: fact) {
        rest.remove(at: index)
        counts.right += 1
      } else {
        counts.missed += 1
        faults.append("missed: \(fact.prefix(200))")
      }
    }
    counts.wrong = rest.count
    return StructureCheck.Row(name, counts, faults: faults + rest.map { "wrong: \($0.prefix(200))" })
  }
}
