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
      [
        "International organizations differ.", "Ships sail.", "Such organizations are slow.",
        "No institution is fast.", "The institution of marriage is old.",
      ],
      ["Ships sail.", "Such organizations are slow."],
    ])
    #expect(labels[2].contains("actor/international-organization"))
    #expect(labels[3].contains("actor/international-organization"))
    #expect(!labels[4].contains("actor/international-organization"))
    #expect(!labels[6].contains("actor/international-organization"))
  }

  @Test func bothTypesOfStatesAreThoseSpokenOf() throws {
    let labels = try paths([
      ["Centralized states act fast.", "Decentralized states act slowly."],
      ["In both types of states, ships sail."],
    ])
    #expect(labels[2].isSuperset(of: ["structure/centralized", "structure/decentralized"]))
    let one = try paths([
      ["Centralized states act fast.", "Ships sail."], ["In both types of states, ships sail."],
    ])
    #expect(!one[2].contains("structure/centralized"))
  }

  @Test func allThreeMechanismsReachBackAsFarAsTheText() throws {
    let sailing = Array(repeating: ["Ships sail."], count: 9)
    let labels = try paths(
      [["This is contracting or coercion."]] + sailing + [["All three mechanisms are slow."]])
    #expect(labels[10].contains("mechanism/persuasion"))
    let types = try paths([["This is contracting or coercion."]] + sailing + [["These types are slow."]])
    #expect(!types[10].contains("mechanism/coercion"))
  }

  @Test func aParagraphLeavesItsTopicForTwoOthers() throws {
    let labels = try paths([
      ["Persuasion takes time.", "Students of contracting and coercion have an easier life.", "Ships sail."]
    ])
    #expect(!labels[2].contains("mechanism/persuasion"))
  }

  @Test func aMechanismThatServesAnotherIsNoTopic() throws {
    let labels = try paths([
      ["Contracting may open the door to persuasion.", "Ships sail."],
      ["Contracting differs from persuasion.", "Ships sail."],
    ])
    #expect(!labels[1].contains("mechanism/contracting") && labels[3].contains("mechanism/contracting"))
  }

  @Test func whatIsSaidOfTheTextHasNoTopic() throws {
    let labels = try paths([["Persuasion takes time.", "The data are available from the author."]])
    #expect(!labels[1].contains("mechanism/persuasion"))
  }

  @Test func aTopicTakenOverIsNotThisApproach() throws {
    let labels = try paths([
      ["Armies used military force."], ["Finally, ships sail.", "This approach is slow."],
    ])
    #expect(!labels[2].contains("mechanism/coercion"))
  }

  @Test func ofTwoMechanismsAFaintTopicRulesOutNone() throws {
    let labels = try paths([
      [
        "Armies used military force.",
        "The pact binds the president to his promise by raising the costs of reneging, and it sends troops abroad.",
      ]
    ])
    #expect(labels[1].isSuperset(of: ["mechanism/contracting", "mechanism/coercion"]))
  }

  @Test func aDoubleDenialDeniesNothing() throws {
    let labels = try paths([
      ["This does not imply that states cannot impose sanctions."], ["States cannot impose sanctions."],
    ])
    #expect(labels[0].contains("mechanism/coercion") && !labels[1].contains("mechanism/coercion"))
  }

  /// A note takes up what the sentence that calls it was about, and gives nothing to the text.
  @Test func aNoteGoesOnFromItsCaller() throws {
    guard let tagger = Fixture.tagger else { throw FixtureError.noLexicon }
    let texts = [
      "There are contracting, coercion, and persuasion.1", "Ships sail.2",
      "Attempts combine elements of each of these ideal types.",
      "Attempts combine elements of each of these types.",
    ]
    let plain = PlainDocument.make(paragraphs: texts.map { [Array($0.utf8)] })
    var blocks = plain.blocks
    for index in [2, 3] {
      blocks[index].kind = .note
      blocks[index].note = index - 2
    }
    let notes = [0, 1].map { index in
      let end = plain.sentences[index].range.upperBound
      return Note(
        mark: "\(index + 1)", block: index + 2, text: plain.sentences[index + 2].range,
        anchor: Note.Anchor(range: (end - 1)..<end, wordBefore: "", between: "."))
    }
    let document = Document(
      transcript: plain.transcript, reading: plain.reading, map: plain.map, blocks: blocks,
      sentences: plain.sentences, notes: notes)
    let labels = tagger.tag(document, citations: CitationLayer()).sentences.map { Fixture.paths($0) }
    #expect(
      labels[2].isSuperset(of: ["mechanism/contracting", "mechanism/coercion", "mechanism/persuasion"]))
    #expect(labels[1].isDisjoint(with: ["mechanism/persuasion"]))
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

  /// Sentence, label, whether it is flagged as denied.
  @Test(arguments: [
    ("Coercion was not used.", "mechanism/coercion", true),
    ("Sanctions were never imposed on Ghana.", "mechanism/coercion/sanctions", true),
    ("Rarely has coercion worked.", "mechanism/coercion", true),
    ("The envoys denied that persuasion had been tried.", "mechanism/persuasion", true),
    ("An embargo was neither threatened nor levied.", "mechanism/coercion/sanctions", true),
    ("Persuasion is out of the question.", "mechanism/persuasion", true),
    ("Trade sanctions have not yet been considered.", "mechanism/coercion/sanctions", true),
    ("The council renounced coercion.", "mechanism/coercion", true),
    // The subject is not denied by what is said of its qualities, or of another subject.
    ("Coercion was not cheap.", "mechanism/coercion", false),
    ("Sanctions were not lifted.", "mechanism/coercion/sanctions", false),
    ("Coercion is not the only way.", "mechanism/coercion", false),
    ("Coercion was tried, but persuasion was not used.", "mechanism/coercion", false),
    // Who acts is not denied with what is done.
    ("Honduras was not considered.", "actor/state", false),
    ("The ruler faces no second chamber.", "structure/centralized", false),
  ])
  func denialsAreFlagged(sentence: String, label: String, isDenied: Bool) throws {
    let hit = try Fixture.tag([[sentence]]).1.sentences[0].labels.first { $0.label == label }
    #expect(hit?.flags.contains(.negated) == isDenied, "\(hit as Any)")
  }

  @Test func aTopicThatASentenceDeniesIsFlagged() throws {
    let tags = try Fixture.tag([
      ["Coercion takes time.", "The assembly did not impose sanctions.", "It waited."]
    ]).1
    let denied = tags.sentences[1].labels.first { $0.label.hasPrefix("mechanism/coercion") }
    #expect(denied?.label == "mechanism/coercion/sanctions" && denied?.flags.contains(.negated) == true)
    #expect(tags.sentences[2].labels.first?.flags.contains(.negated) == false)
  }

  @Test func aMechanismDeniedAsTheSubjectIsNoTopic() throws {
    let labels = try paths([
      ["Persuasion was neither tried nor wanted.", "The threat of sanctions was absent."],
      ["Contracting never took place.", "Ships sail."],
    ])
    #expect(labels[1].contains("mechanism/coercion") && !labels[1].contains("mechanism/persuasion"))
    #expect(!labels[3].contains("mechanism/contracting"))
  }

  /// Sentence, label, whether it is flagged as what may be.
  @Test(arguments: [
    ("If coercion fails, they wait.", "mechanism/coercion", true),
    ("If the fleet arrived, coercion would follow.", "mechanism/coercion", true),
    ("Coercion might have worked.", "mechanism/coercion", true),
    ("If targeted states comply, coercion has worked.", "mechanism/coercion", true),
    ("They feared that coercion would follow.", "mechanism/coercion", true),
    // Habits and events of the past.
    ("Every spring the agent used coercion if the farmers resisted.", "mechanism/coercion", false),
    ("Unless the levy was paid, the bailiff resorted to coercion.", "mechanism/coercion", false),
    ("Coercion began in May, and merchants would not wait.", "mechanism/coercion", false),
    ("The owners used coercion and found that no court would hear the case.", "mechanism/coercion", false),
    ("Coercion would later become a habit.", "mechanism/coercion", false),
    ("They chose coercion that would hurt nobody.", "mechanism/coercion", false),
  ])
  func whatMayBeIsFlagged(sentence: String, label: String, isHypothetical: Bool) throws {
    let hit = try Fixture.tag([[sentence]]).1.sentences[0].labels.first { $0.label == label }
    #expect(hit?.flags.contains(.hypothetical) == isHypothetical, "\(hit as Any)")
  }

  @Test func fewSuchObstaclesAreThoseOfTheOtherKind() throws {
    let labels = try paths([
      ["Federal states have many veto points.", "Norway, by contrast, faces few such obstacles."],
      ["The climb was steep.", "The valley had few such obstacles."],
    ])
    #expect(labels[1].contains("structure/centralized") && !labels[3].contains("structure/centralized"))
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
