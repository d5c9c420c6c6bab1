import EmendModel
import EmendTagging
import Testing

/// What a sentence takes over from those before it.
@Suite struct ContextTests {
  private func paths(_ paragraphs: [[String]]) throws -> [Set<String>] {
    try Fixture.tag(paragraphs).1.sentences.map { Fixture.paths($0) }
  }

  @Test func theTopicOfAParagraphIsImplicitInWhatFollows() throws {
    let (_, tags) = try Fixture.tag([
      ["Persuasion takes time.", "It works slowly.", "Contracting works fast."], ["Ships sail."],
    ])
    #expect(tags.sentences[1].labels.map(\.label).contains("mechanism/persuasion"))
    #expect(tags.sentences[1].labels.first { $0.label == "mechanism/persuasion" }?.implicit == true)
    #expect(!Fixture.paths(tags.sentences[2]).contains("mechanism/persuasion"))
    #expect(!Fixture.paths(tags.sentences[3]).contains("mechanism/contracting"))
  }

  @Test func theseMechanismsAreThoseNamedTogether() throws {
    let labels = try paths([
      ["There are contracting, coercion, and persuasion.", "These three mechanisms differ."]
    ])
    #expect(
      labels[1].isSuperset(of: ["mechanism/contracting", "mechanism/coercion", "mechanism/persuasion"]))
  }

  @Test func allThreeAreThreeAlsoWhereTwoWereNamedLast() throws {
    let labels = try paths([["This is contracting or coercion.", "All three mechanisms are slow."]])
    #expect(
      labels[1].isSuperset(of: ["mechanism/contracting", "mechanism/coercion", "mechanism/persuasion"]))
  }

  @Test func cuesOfSeveralMechanismsStandSideBySide() throws {
    let labels = try paths([
      // A list, and an event of two parts.
      ["They use inducement, punishment, and argument."],
      ["The bank compensated the losers, and the army invaded the port."],
      // One cue within the other is no second mechanism.
      ["Regimes reduce uncertainty and monitor and enforce agreements."],
    ])
    #expect(
      labels[0].isSuperset(of: ["mechanism/contracting", "mechanism/coercion", "mechanism/persuasion"]))
    #expect(labels[1].isSuperset(of: ["mechanism/contracting", "mechanism/coercion"]))
    #expect(labels[2].contains("mechanism/contracting") && !labels[2].contains("mechanism/coercion"))
  }

  @Test func suchOrganizationsReachBackWithinTheParagraph() throws {
    let labels = try paths([
      ["International organizations differ.", "Ships sail.", "Such organizations are slow."],
      ["Ships sail.", "Such organizations are slow."],
    ])
    #expect(labels[2].contains("actor/international-organization"))
    #expect(!labels[4].contains("actor/international-organization"))
  }

  @Test func whatIsDeniedIsNoTopic() throws {
    let labels = try paths([["No one was persuaded of anything.", "Time is short."]])
    #expect(!labels[1].contains("mechanism/persuasion"))
  }

  @Test func aConditionIsNoDenial() throws {
    let labels = try paths([["No loan would be made unless the government cut its budget."]])
    #expect(labels[0].contains("mechanism/coercion"))
  }

  @Test func enumerationsAreFlagged() throws {
    let (_, tags) = try Fixture.tag([["There are contracting, coercion, and persuasion."]])
    #expect(
      tags.sentences[0].labels.filter { $0.label.hasPrefix("mechanism/") }.allSatisfy {
        $0.flags.contains(.enumeration)
      })
  }

  @Test func aDeniedMechanismIsNotGivenByItsCues() throws {
    let labels = try paths([["They act without the threat of sanctions."], ["They never impose sanctions."]])
    #expect(!labels[0].contains("mechanism/coercion"))
    #expect(!labels[1].contains("mechanism/coercion"))
  }

  @Test func aBareInitiatorTakesTheKindOfItsParagraph() throws {
    let labels = try paths([
      ["Domestic initiators go first.", "The initiator then waits."], ["An initiator waits."],
    ])
    #expect(labels[1].contains("role/initiator/domestic"))
    #expect(!labels[2].contains("role/initiator/domestic") && labels[2].contains("role/initiator"))
  }

  @Test func theInstitutionIsTheOneNamedBefore() throws {
    let labels = try paths([
      [
        "An international organization was founded.", "The organization grew.",
        "Domestic institutions shrank.",
      ]
    ])
    #expect(labels[1].contains("actor/international-organization"))
    #expect(!labels[2].contains("actor/international-organization"))
  }

  @Test func flagsSayInWhichCircumstances() throws {
    let (_, tags) = try Fixture.tag([
      ["If coercion fails, they wait."], ["For example, coercion fails."],
      ["He wrote of “mere coercion” then."],
    ])
    func flags(_ index: Int) -> [LabelHit.Flag] {
      tags.sentences[index].labels.first { $0.label.hasPrefix("mechanism/coercion") }?.flags ?? []
    }
    #expect(flags(0).contains(.hypothetical))
    #expect(flags(1).contains(.example))
    #expect(flags(2).contains(.quoted))
    let (_, notes) = try Fixture.tag([["Coercion fails."]], kind: .note)
    #expect(notes.sentences[0].labels.first?.flags.contains(.inNote) == true)
  }
}
