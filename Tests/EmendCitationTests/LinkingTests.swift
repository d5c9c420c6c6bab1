import EmendCitation
import EmendModel
import Testing

/// Citation → reference → work, on references put together by hand.
@Suite struct LinkingTests {
  private func reference(_ authors: [String], _ year: String, _ title: String, number: String? = nil)
    -> Reference
  {
    var fields: [Reference.Field] = []
    var raw = ""
    func add(_ label: Reference.Label, _ text: String) {
      let start = raw.utf8.count
      raw += text
      fields.append(Reference.Field(label: label, text: text, range: start..<raw.utf8.count))
      raw += " "
    }
    if let number { add(.citationNumber, number) }
    for author in authors { add(.author, author) }
    add(.date, year)
    add(.title, title)
    return Reference(
      raw: raw, fields: fields, authors: authors.map { PersonName(family: $0) }, type: "book", origin: .list)
  }

  private func citation(_ families: [String], _ year: String?, etAl: Bool = false, key: String) -> Citation {
    Citation(
      range: 0..<1, text: key, raw: key, form: key.hasPrefix("ref-") ? .numeric : .parenthetical, group: 1,
      groupRange: 0..<1, authors: families.map { PersonName(family: $0) }, etAl: etAl, year: year, key: key)
  }

  private func linked(_ references: [Reference], _ citations: [Citation]) -> CitationLayer {
    var layer = CitationLayer(citations: citations, references: references)
    WorkLinker.link(&layer)
    return layer
  }

  @Test func titlesWithoutYearFindTheirWork() {
    let layer = linked(
      [
        reference(["Hoffmann", "Quist"], "1989", "Cables under the Sea"), reference(["Quist"], "", "Cables"),
        reference(["Quist"], "", "Wires"),
      ], [])
    #expect(layer.references.map(\.work) == [0, 0, 1])
  }

  @Test func lettersOfTheYearKeepWorksApart() {
    let layer = linked(
      [reference(["Quist"], "2009a", "Pages and Seals"), reference(["Quist"], "2009b", "Seals")],
      [citation(["Quist"], "2009b", key: "quist-2009b")])
    #expect(layer.works.map(\.key) == ["quist-2009a", "quist-2009b"])
    #expect(layer.citations.map(\.work) == [1])
  }

  @Test func yearsInBracketsAreThoseOfTheFirstPrinting() {
    let layer = linked(
      [
        reference(["Hoffmann"], "[1922] 1978", "Cables under the Sea"),
        reference(["Quist"], "1990[1925]", "Wires"), reference(["Ferrer"], "N.d.", "Rates"),
      ],
      [
        citation(["Hoffmann"], "[1922] 1978", key: "hoffmann-1978"),
        citation(["Quist"], "1990 [1925]", key: "quist-1990"), citation(["Ferrer"], "n.d.", key: "ferrer-nd"),
      ])
    #expect(layer.works.map(\.key) == ["hoffmann-1978", "quist-1990", "ferrer-nd"])
    #expect(layer.citations.map(\.work) == [0, 1, 2])
  }

  @Test func bodiesAreCitedInShort() {
    let layer = linked(
      [
        reference(["Commission of the Harbour Towns"], "1999", "Report on Dredging"),
        reference(["Inter-Harbour Court of Human Rights"], "2001", "The Case of the Dredgers"),
        reference(["Keel"], "1999", "Rates"),
      ],
      [
        citation(["Commission"], "1999", key: "commission-1999"),
        citation(["IHCtHR"], "2001", key: "ihcthr-2001"), citation(["Harbour"], "1999", key: "harbour-1999"),
      ])
    #expect(layer.citations.map(\.work) == [0, 1, 3])
  }

  @Test func citationsFindTheirReference() {
    let layer = linked(
      [
        reference(["Hoffmann"], "1989", "Cables under the Sea"),
        reference(["Ferrer", "Quist", "Ngata", "Odd"], "1994", "Rates"),
      ],
      [
        citation(["Hoffmann"], "1989", key: "hoffmann-1989"),
        citation(["Ferrer"], "1994", etAl: true, key: "ferrer-1994"),
        citation(["Hofmann"], "1989", key: "hofmann-1989"), citation(["Nobody"], "2001", key: "nobody-2001"),
      ])
    #expect(layer.works.map(\.key) == ["hoffmann-1989", "ferrer-et-al-1994", "nobody-2001"])
    #expect(layer.citations.map(\.work) == [0, 1, 0, 2])
    #expect(layer.works[0].citations == [0, 2])
    #expect(layer.works[2].reference == nil)
    #expect(layer.warnings.map(\.code) == ["citation-unlinked"])
  }

  @Test func oneWorkInTwoListsIsMerged() {
    let layer = linked(
      [
        reference(["Hoffmann"], "1989", "Cables under the Sea: a History"),
        reference(["Hoffrnann"], "1989", "Cables undcr the Sea"),
        reference(["Hoffmann"], "1989", "Postal Unions"),
      ], [])
    #expect(layer.references.map(\.work) == [0, 0, 1])
    #expect(layer.works.map(\.key) == ["hoffmann-1989a", "hoffmann-1989b"])
  }

  @Test func lettersOfTheYearDecide() {
    let layer = linked(
      [reference(["Finch"], "1996a", "Norms"), reference(["Finch"], "1996b", "Interests")],
      [citation(["Finch"], "1996b", key: "finch-1996b"), citation(["Finch"], "1996", key: "finch-1996")])
    #expect(layer.citations[0].work == 1)
    #expect(layer.warnings.map(\.code) == ["citation-ambiguous"])
  }

  @Test func numbersOfTheList() {
    let layer = linked(
      [
        reference(["Hoffmann"], "1989", "Cables", number: "[1]"),
        reference(["Quist"], "1994", "Rates", number: "[2]"),
      ],
      [citation([], nil, key: "ref-2"), citation([], nil, key: "ref-3")])
    #expect(layer.citations[0].work == 1)
    #expect(layer.works[2].key == "ref-3")
    #expect(layer.warnings.count == 1)
  }
}
