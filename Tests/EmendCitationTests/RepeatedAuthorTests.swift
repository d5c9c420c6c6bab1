import EmendCitation
import EmendModel
import Testing

@Suite("Repeated authors") struct RepeatedAuthorTests {
  private func reference(_ authors: [String], origin: Reference.Origin = .list) -> Reference {
    Reference(
      raw: authors.joined(separator: ", "), fields: [], authors: authors.map { PersonName(family: $0) },
      type: "book", origin: origin)
  }

  @Test("a dash takes the people of the entry before, in its own list")
  func dashes() {
    var references = [
      reference(["Harlow", "Keel"]), reference(["———."]), reference(["Ostrow"], origin: .note),
      reference(["---", "Weaver"]), reference(["Palmer"]), reference(["__"]),
    ]
    var repeated = RepeatedAuthors()
    for index in references.indices { repeated.fill(&references[index]) }
    #expect(
      references.map { $0.authors.map(\.family) } == [
        ["Harlow", "Keel"], ["Harlow", "Keel"], ["Ostrow"], ["Harlow", "Keel", "Weaver"], ["Palmer"],
        ["Palmer"],
      ])
  }

  @Test("the key names who wrote it, not the dash")
  func keys() throws {
    let parser = try ParserTests.parser()
    var repeated = RepeatedAuthors()
    let keys = [
      "Harlow, Jane. 1984. The Theory. Boston: Beacon Press.",
      "———. 1990. Understanding. Boston: Beacon Press.",
    ].map { line in
      var reference = parser.parse(line)
      repeated.fill(&reference)
      return reference.key
    }
    #expect(keys == ["harlow-1984", "harlow-1990"])
  }

  @Test(
    "an entry that begins with its year is by the people of the entry before, where the list has them on lines of their own"
  )
  func yearsAlone() throws {
    let parser = try ParserTests.parser()
    var repeated = RepeatedAuthors()
    let keys = [
      "Harlow, Jane 1984 The Quiet Theory. Boston: Beacon Press.",
      "1992a The Loud Theory. Boston: Beacon Press.",
    ].map { line in
      var reference = parser.parse(line)
      reference.origin = .list
      repeated.fill(&reference)
      return reference.key
    }
    #expect(keys == ["harlow-1984", "harlow-1992a"])
  }

  @Test("nothing stands before the first entry")
  func first() {
    var reference = reference(["———."])
    var repeated = RepeatedAuthors()
    repeated.fill(&reference)
    #expect(reference.authors.map(\.family) == ["———."])
  }
}
