import EmendModel
import EmendTagging
import Testing

@Suite struct RollUpTests {
  private static let text = [
    ["External initiators coerce.", "Sanctions follow.", "Ships sail."],
    ["Domestic initiators favor contracting.", "Contracting, coercion, and persuasion differ."],
  ]

  @Test func labelsAreCountedWithTheirAncestorsAndWithoutEnumerations() throws {
    let (document, tags) = try Fixture.tag(Self.text)
    let rolled = RollUp(document: document, tags: tags)
    let coercion = try #require(rolled.document["mechanism/coercion"])
    #expect(coercion.first == 0)
    #expect(coercion.enumerated == 1)
    #expect(coercion.share == Double(coercion.sentences) / 5)
    #expect(rolled.dominantTopic(ofBlock: 0) == "mechanism/coercion")
    #expect(rolled.dominantTopic(ofBlock: 1) == "mechanism/contracting")
    let all = RollUp(document: document, tags: tags, enumerations: true)
    #expect(all.document["mechanism/coercion"]?.sentences == coercion.sentences + 1)
  }

  @Test func theTypologyCrossesInitiatorsAndMechanisms() throws {
    let (document, tags) = try Fixture.tag(Self.text)
    let table = Typology(document: document, tags: tags)
    #expect(table.cell("role/initiator/external", "mechanism/coercion").sentences == [0])
    #expect(table.cell("role/initiator/external", "mechanism/coercion").byParagraph.contains(1))
    #expect(table.cell("role/initiator/domestic", "mechanism/contracting").sentences == [3])
    #expect(table.cell("role/initiator", "mechanism/coercion").sentences == [])
    #expect(table.cell("no/such", "row").sentences == [])
  }
}
