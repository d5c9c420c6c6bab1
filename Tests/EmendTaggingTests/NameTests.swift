import EmendModel
import EmendTagging
import Testing

@Suite struct NameTests {
  /// Sentence, ids of its actors.
  @Test(arguments: [
    ("The IMF lent to Honduras.", ["honduras", "imf"]),
    ("The U.S. trade bureaucracy objected.", ["us-trade-bureaucracy"]),
    ("Congressional leaders met Soviet envoys.", ["us-congress", "ussr"]),
    ("The UN Security Council met.", ["un-security-council"]),
    ("The former Soviet republics joined.", ["former-soviet-republics"]),
    ("U.S.-Japan relations improved.", ["japan", "us"]),
    ("Latin America and South America grew.", []),
    ("The North Korean delegation left.", ["north-korea"]),
    ("The American Political Science Review printed it.", []),
    ("The Cuban Missile Crisis passed.", []),
    ("She studied at the University of Japan.", []),
    ("They met in Moscow.", []),
    ("Moscow objected.", ["russia"]),
    ("They put pressure on Belgrade and coerced Ankara.", ["serbia", "turkey"]),
    ("The International Danube Fishery Commission met.", ["international-danube-fishery-commission"]),
    ("He walked down Congress Street to the Library of Congress.", []),
    ("It tells us nothing.", []),
    ("International Organization is a journal.", []),
    ("The European Union and the union of bakers met.", ["eu"]),
    ("Tumen River Area Development Programme staff came.", ["tradp"]),
    // A state and its institution are one actor, in capitals too.
    ("The Kenyan parliament met.", ["kenya-parliament"]),
    ("The Polish Senate and the Czech cabinet met.", ["czech-republic-cabinet", "poland-senate"]),
    ("In France the finance ministries objected.", ["france"]),
    ("The French finance ministries objected.", ["france-finance-ministry"]),
    // An article leads on within a name after a small word only.
    ("Neither the Commission for the Rhine nor the Bank came.", ["commission-for-the-rhine"]),
    // A capital that acts, with an adverb between or after an opening word; none that is a place.
    ("Nairobi slowly gave way.", ["kenya"]),
    ("However, Ankara refused.", ["turkey"]),
    ("In Lisbon, Ankara was discussed.", []),
    ("She was born in Paris, London bored her.", []),
    // A name of general words alone is nobody's in particular; with a state's name it is somebody's.
    ("The Supreme Court and the Board of Governors met.", []),
    ("The Bolivian Constitutional Tribunal met.", ["bolivian-constitutional-tribunal"]),
    // Heads whom only the document names, with the state that stands by the office.
    ("President Quillfeather resigned.", ["president-quillfeather"]),
    (
      "The Danish Prime Minister Jens Quillfeather resigned.",
      ["denmark", "denmark-prime-minister-quillfeather"]
    ),
    ("In Bolivia, President Quillfeather resigned.", ["bolivia", "bolivia-president-quillfeather"]),
    ("President of the college, University President Quillfeather spoke.", []),
    ("President Carlos Menem came.", ["argentina-president-menem"]),
    // The seat of the Union stands for it where the document names it, else for nobody.
    ("Brussels agreed.", []),
    ("The European Union met, and Brussels agreed.", ["eu"]),
    ("Washington cut off aid, and Kampala gave in.", ["uganda", "us"]),
    // Scholars, publishers, regions, events and treaties are no actors.
    ("Douglass North wrote on institutions.", []),
    ("North America and the North Atlantic are regions.", []),
    ("Oran Young is young.", []),
    ("It tells us little.", []),
    ("The MIT Press printed it.", []),
    ("She teaches at the University of Cameroon.", []),
    ("She teaches at the University of Southern California.", []),
    ("Canadians also add seven percent.", ["canada"]),
    ("The Council on Foreign Relations met.", []),
    ("The World Peace Foundation paid.", []),
    ("North Korea objected.", ["north-korea"]),
    ("The Uruguay Round ended.", []),
    ("The Comprehensive Test Ban Treaty failed.", []),
    ("The Maastricht Treaty changed much.", []),
    ("They signed the U.S.-Canada Free Trade Agreement.", []),
    ("The U.S.-Canada border is long.", ["canada", "us"]),
    ("Jean-Marc Blanchard and Duncan Snidal wrote chapters.", []),
    ("International Organization is published by the MIT Press.", []),
    ("The Copyright Clearance Center charges a fee.", []),
    ("Latin American politics changed.", []),
    // Persons whose family names or given names are those of states.
    ("Jordan (1998) disagrees.", []),
    ("Others follow England (1991, 12).", []),
    ("The revolt in Jordan (1970) failed.", ["jordan"]),
    ("Margaret Ireland and Dr. Holland wrote.", []),
    ("T. Jordan wrote to Chad Okpara.", []),
    ("Jordan and Chad signed.", ["chad", "jordan"]),
    ("Chad’s envoy met Jordan’s.", ["chad", "jordan"]),
    // Journals and other things that go by a nation’s name.
    ("American Ethnologist and American Naturalist are journals.", []),
    ("The Young Turks dined on French horn and Guinea fowl.", []),
    ("An American ethnologist wrote.", ["us"]),
    // An organ of an organization that is named elsewhere.
    ("The Council of the League met.", []),
    ("The Financial Committee of the League met.", ["financial-committee"]),
    ("The Council of the European Union met.", ["council-of-ministers"]),
    // Ships, and the congresses of other states.
    ("HMS Canada left port.", []),
    ("The battleship Missouri and the steamer Jordan sank.", []),
    ("Brazil’s Congress and the Colombian Congress met.", ["brazil-congress", "colombia-congress"]),
    ("Congress refused to help Brazil.", ["brazil", "us-congress"]),
    ("Brazil and the United States signed, but Congress refused.", ["brazil", "us", "us-congress"]),
    // Seats that were those of several states, by the year or by what the sentence names.
    ("In 1979 Moscow invaded Afghanistan.", ["afghanistan", "ussr"]),
    ("In 1997 Moscow objected.", ["russia"]),
    ("Moscow objected.", ["russia"]),
    ("The Soviets hesitated, and then Moscow objected.", ["ussr"]),
    ("In 1999 Belgrade gave in.", ["yugoslavia"]),
    ("In 2008 Belgrade objected.", ["serbia"]),
    // Nouns that are anybody's.
    ("The Council, the Commission, and the alliance met under the Agreement.", []),
    ("The UN’s staff and the IMF’s loans2 grew.", ["imf", "un"]),
  ])
  func actors(sentence: String, ids: [String]) throws {
    #expect(try Fixture.actors(sentence) == ids)
  }

  @Test func acronymsHoldBeforeTheirDefinition() throws {
    let (document, tags) = try Fixture.tag([
      ["The EGLC was small.", "The Eastern Grain Loan Commission (EGLC) met in spring."],
      ["The International Monetary Fund (IMF) came.", "The Fund stayed.", "IOs of other kinds did not."],
      ["Several nongovernmental organizations (NGOs) wrote."],
    ])
    #expect(tags.acronyms.map(\.short) == ["EGLC", "IMF", "NGO"])
    #expect(tags.acronyms.map(\.long).first == "Eastern Grain Loan Commission")
    #expect(tags.acronyms.map(\.entity) == ["eglc", "imf", nil])
    #expect(document.text(tags.acronyms[1].range) == "International Monetary Fund (IMF)")
    let actors = tags.sentences.map { $0.actors.map(\.id) }
    #expect(actors == [["eglc"], ["eglc"], ["imf"], ["imf"], [], []])
  }

  @Test func acronymsAreLearntInAnyCase() throws {
    let (_, tags) = try Fixture.tag([
      ["The Baltic Herring Commission (BaHeC) met.", "The BaHeC rose.", "A bahec sank."],
      ["The Inter-American Court of Human Rights (IACtHR) sat.", "The IACtHR rose."],
      ["The Northern Peat Authority, or NPA, dug.", "The NPA rested.", "They ate peas, or SOUP, in May."],
      ["Several Regional Peat Organizations (RPOs) dug.", "The RPOs rested."],
    ])
    let actors = tags.sentences.map { $0.actors.map(\.id) }
    #expect(actors[0] == ["bahec"] && actors[1] == ["bahec"] && actors[2] == [])
    #expect(actors[3] == ["iacthr"] && actors[4] == ["iacthr"])
    #expect(actors[5] == ["npa"] && actors[6] == ["npa"] && actors[7] == [])
    #expect(actors[9] == [])
  }

  /// A noun that is true of one organization of the document reaches further than one that is true of two.
  @Test func theFundIsTheOnlyOneOfTheDocument() throws {
    let sailing = Array(repeating: ["Ships sail."], count: 8)
    func actors(_ paragraphs: [[String]]) throws -> [String] {
      try Fixture.tag(paragraphs).1.sentences.last?.actors.map(\.id) ?? []
    }
    let fund = [["The International Monetary Fund lent."]]
    #expect(try actors(fund + sailing + [["The Fund rested."]]) == ["imf"])
    #expect(try actors(fund + [["The Global Fund gave."]] + sailing + [["The Fund rested."]]) == [])
    #expect(try actors(fund + [["The Baltic Herring Fund gave."]] + sailing + [["The Fund rested."]]) == [])
    #expect(
      try actors([["The European Commission met."]] + sailing + [["The Commission rested."]]) == [
        "european-commission"
      ])
    #expect(
      try actors([["The International Court of Justice met."]] + sailing + [["The Court rested."]]) == [])
    let (_, tags) = try Fixture.tag([["The League lent."]] + sailing + [["The League of Nations failed."]])
    #expect(tags.sentences[0].actors.map(\.id) == ["league-of-nations"])
    #expect(Fixture.paths(tags.sentences[0]).contains("actor/international-organization"))
  }

  @Test func aBareCongressIsThatOfTheStateNamedLast() throws {
    let (_, tags) = try Fixture.tag([
      ["The Mexican president hesitated.", "Congress did not."], ["Congress met again."],
      ["The United States lent to Mexico.", "Congress objected."], ["Mexico paid.", "Congress was content."],
    ])
    let actors = tags.sentences.map { $0.actors.map(\.id) }
    #expect(actors[1] == ["mexico-congress"] && actors[2] == ["us-congress"])
    #expect(actors[4] == ["us-congress"] && actors[6] == ["us-congress"])
  }

  @Test func theBracketMayStandInsideTheName() throws {
    let (_, tags) = try Fixture.tag([
      ["The Association of Southeast Asian Nations (ASEAN) Regional Forum met.", "ASEAN itself did not."]
    ])
    #expect(tags.sentences.map { $0.actors.map(\.id) } == [["asean-regional-forum"], ["asean"]])
  }

  @Test func headsOfGovernmentGoByTheirSurnameOnceNamed() throws {
    let (_, tags) = try Fixture.tag([
      ["Wilson wrote on bridges."],
      ["The Truman and later the Eisenhower administrations agreed.", "The President hesitated."],
      ["President Carter came.", "Carter stayed.", "Jimmy Carter 1984 is a book."],
    ])
    let actors = tags.sentences.map { $0.actors.map(\.id) }
    #expect(actors[0] == [])
    #expect(actors[1] == ["us-administration-eisenhower", "us-administration-truman"])
    #expect(actors[2] == ["us-president-eisenhower"])
    #expect(actors[3] == ["us-president-carter"])
    #expect(actors[4] == ["us-president-carter"])
    let (_, same) = try Fixture.tag([["In the Nixon administration, the President decided."]])
    #expect(same.sentences[0].actors.map(\.id) == ["us-administration-nixon", "us-president-nixon"])
  }

  @Test func citationsAreOpaque() throws {
    let text = "Trade grew (Congress 1990; Coercion and France 1995). It fell."
    let bytes = Array(text.utf8)
    let document = PlainDocument.make(paragraphs: [[bytes]])
    let start = text.utf8.firstIndex(of: UInt8(ascii: "("))!.utf16Offset(in: text)
    let end = text.utf8.firstIndex(of: UInt8(ascii: ")"))!.utf16Offset(in: text) + 1
    let citation = Citation(
      range: start..<end, text: "", raw: "", form: .parenthetical, group: 1, groupRange: start..<end,
      authors: [], year: "1990", key: "x")
    guard let tagger = Fixture.tagger else { throw FixtureError.noLexicon }
    let tags = tagger.tag(document, citations: CitationLayer(citations: [citation]))
    #expect(tags.sentences[0].actors.isEmpty)
    #expect(!Fixture.paths(tags.sentences[0]).contains("mechanism/coercion"))
  }

  @Test func aSurnameBelongsToTheHeadWhomTheDocumentNames() throws {
    let (_, american) = try Fixture.tag([
      ["President Wilson sailed.", "Wilson spoke, and the President rested."]
    ])
    #expect(
      american.sentences.map { $0.actors.map(\.id) } == [["us-president-wilson"], ["us-president-wilson"]])
    let (_, british) = try Fixture.tag([["Prime Minister Wilson stayed.", "Wilson rested."]])
    #expect(
      british.sentences.map { $0.actors.map(\.id) } == [
        ["uk-prime-minister-wilson"], ["uk-prime-minister-wilson"],
      ])
    let (_, nobody) = try Fixture.tag([["Wilson wrote a book."]])
    #expect(nobody.sentences[0].actors.isEmpty)
  }

  @Test func headsOfTheDocumentGoByTheirSurname() throws {
    let (_, tags) = try Fixture.tag([
      ["Quillfeather was young.", "President Quillfeather came.", "Then the President left."],
      ["A quillfeather is a pen."],
    ])
    let head = ["president-quillfeather"]
    #expect(tags.sentences.map { $0.actors.map(\.id) } == [head, head, head, []])
  }

  @Test func theCommissionIsThatOfTheUnion() throws {
    let (_, tags) = try Fixture.tag([
      ["The European Union grew.", "The Commission was pleased.", "A commission met."],
      ["The Danube River Commission met."], ["The Commission rose."],
    ])
    let actors = tags.sentences.map { $0.actors.map(\.id) }
    #expect(
      actors == [
        ["eu"], ["european-commission"], [], ["danube-river-commission"], ["danube-river-commission"],
      ])
    #expect(Fixture.paths(tags.sentences[1]).contains("actor/international-organization"))
  }

  @Test func aNameIsOfTheKindOfItsHead() throws {
    #expect(try Fixture.labels("The Bolivian Constitutional Tribunal met.").contains("actor/judiciary"))
    #expect(try Fixture.labels("The Supreme Court met.").contains("actor/judiciary"))
    #expect(try Fixture.labels("The American Orchid Association met.").contains("actor/interest-group"))
    #expect(
      try !Fixture.labels("The American Orchid Association met.").contains("actor/international-organization")
    )
    #expect(
      try Fixture.labels("The International Orchid Association met.").contains(
        "actor/international-organization"))
    #expect(try Fixture.labels("President Quillfeather resigned.").contains("actor/executive"))
    #expect(
      try Fixture.labels("The European Union met, and Brussels agreed.").contains("actor/executive") == false)
    #expect(try Fixture.labels("Royal Dutch Shell sued.").contains("actor/multinational-corporation"))
  }

  @Test func aCueWithinANameIsNone() throws {
    // "International and other nongovernmental organizations" begins inside a name.
    let labels = try Fixture.labels("Amnesty International and other nongovernmental organizations wrote.")
    #expect(labels.contains("actor/ngo") && !labels.contains("actor/international-organization"))
    #expect(try !Fixture.labels("The World Trade Organization met.").contains("mechanism/contracting"))
  }

  @Test func theInstitutionOfAStateIsOfItsOwnKind() throws {
    #expect(try Fixture.labels("The Kenyan parliament met.").contains("actor/legislature"))
    #expect(try !Fixture.labels("The Kenyan parliament met.").contains("actor/bureaucracy"))
    #expect(try Fixture.labels("The Kenyan treasury met.").contains("actor/bureaucracy"))
    #expect(try Fixture.labels("The Kenyan judiciary met.").contains("actor/judiciary"))
  }

  @Test func essaysUnderAHeadingThatCouldBeAListAreTagged() throws {
    guard let tagger = Fixture.tagger else { throw FixtureError.noLexicon }
    let prose = ["Coercion failed.", "Sanctions failed too."]
    let plain = PlainDocument.make(paragraphs: prose.map { [Array($0.utf8)] })
    let document = Document(
      transcript: plain.transcript, reading: plain.reading, map: plain.map, blocks: plain.blocks,
      sections: [Section(title: "The Literature", level: 1, role: .references, blocks: 0..<2)],
      sentences: plain.sentences)
    #expect(tagger.tag(document, citations: CitationLayer()).sentences.allSatisfy { !$0.labels.isEmpty })
    // A list that the citation stage has read is none of ours, nor is what it could not read there.
    let entry = Reference(raw: "", fields: [], origin: .list, range: document.blocks[0].range)
    let tags = tagger.tag(document, citations: CitationLayer(references: [entry]))
    #expect(tags.sentences.allSatisfy { $0.labels.isEmpty })
  }
}
