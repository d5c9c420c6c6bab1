import EmendModel
import EmendTagging
import Testing

@Suite struct CueTests {
  /// Cue, sentence, whether it matches.
  @Test(arguments: [
    ("impose/v ~3 sanction", "They imposed very heavy trade sanctions.", true),
    ("impose/v ~2 sanction", "They imposed very heavy trade sanctions.", false),
    ("impose/v ~3 sanction", "They imposed; sanctions came.", false),
    ("(internal|domestic) + initiator", "Internal and external initiators met.", true),
    ("(internal|domestic) + initiator", "Internal, external, and other initiators met.", true),
    ("=IO", "The IOs met.", true),
    ("=IO", "The ios met.", false),
    ("=Fund", "The fund met.", false),
    ("coerc*", "A coercive act.", true),
    ("two level game", "Two-level games are old.", true),
    ("program", "Many programmes ran.", true),
    ("socializ*", "They are socialised.", true),
    ("agency", "The agencies met.", true),
    ("agency/=", "The agencies met.", false),
    ("^ these", "These ships sail.", true),
    ("^ these", "All these ships sail.", false),
    ("ship & sail/v", "Sailing is what ships do.", true),
    ("ship & anchor", "Sailing is what ships do.", false),
    ("heavy? ship", "Ships sail.", true),
    ("(big|very heavy) ship", "A very heavy ship sails.", true),
    ("cost .. reneging", "The cost to them of reneging rose.", true),
    ("(sail|row)/v", "They rowed.", true),
    // Stars inside a word.
    ("organi*ation", "Two organisations met.", false),
    ("organi*ation", "The organisation met.", true),
    ("organi*ation*", "Two organizations met.", true),
    ("*lateral", "A trilateral plan failed.", true),
    ("*lateral", "The lateral line is long.", true),
    ("in*ent*", "Incentives work.", true),
    ("in*ent*", "An index works.", false),
    ("w*m*n", "Women sailed.", true),
    // The possessive: asked for, or left open.
    ("member's vote", "Each member’s vote counts.", true),
    ("member's vote", "A member vote was held.", false),
    ("member vote", "Each member's vote counts.", true),
    ("=Fund's", "The Fund's staff came.", true),
    ("=Fund's", "The Fund came.", false),
    // Through a hyphen, a dash, a line end; never over a semicolon.
    ("policy initiator", "A policy–initiator came.", true),
    ("long sea voyage", "A long sea\nvoyage began.", true),
    ("sea .. voyage", "The sea; a voyage.", false),
    ("sea ~40 voyage", "The sea is wide and every voyage on it is long.", true),
    // Spelling of either side of the ocean.
    ("behavior", "Their behaviour changed.", true),
    ("labor law", "Labour laws changed.", true),
    // Inflection by default, of nouns; of verbs when asked for.
    ("ally", "The allies met.", true),
    ("commit/v", "They committed troops.", true),
    ("commit", "They committed troops.", false),
  ])
  func matches(cue: String, sentence: String, expected: Bool) throws {
    #expect(try Self.tagger(cue).tag(sentence: sentence).labels.isEmpty == !expected)
  }

  @Test(arguments: ["(a|b", "~99 x", "~3", "x &", "+", "?", "a $ b", "@nobody x", "*", "*a"])
  func faultyCuesAreRefusedWithFileAndLine(cue: String) throws {
    #expect {
      _ = try Self.tagger(cue)
    } throws: { error in
      "\(error)".hasPrefix("test.yaml:")
    }
  }

  @Test func verbFormsFollowTheRules() {
    var forms = WordForms()
    forms.irregularVerbs["bind"] = ["binds", "bound", "binding"]
    #expect(forms.verb("ally") == ["ally", "allies", "allied", "allying"])
    #expect(forms.verb("use") == ["use", "uses", "used", "using"])
    #expect(Set(forms.verb("commit")).isSuperset(of: ["commits", "committed", "committing"]))
    #expect(forms.verb("bind") == ["bind", "binds", "bound", "binding"])
    #expect(forms.noun("hypothesis").count == 2)
  }

  /// A tagger whose only label has one explicit cue.
  static func tagger(_ cue: String) throws -> Tagger {
    var lexicon = try LexiconReader.read(Fixture.folder)
    lexicon.labels = []
    lexicon.entities = []
    lexicon.classes.removeAll { $0.cues.contains { $0.cue.contains("@") } }
    let yaml = """
      labels:
        - label: x/y
          entries:
            - {name: n, explicit: ["\(cue)"]}
      """
    try YAMLLexicon(file: "test.yaml").read(
      try LexiconReader.compose(text: yaml, shown: "test.yaml"), into: &lexicon)
    return Tagger(image: try TagImage(try TagImageBuilder.build(lexicon)))
  }

  /// A label of the test with its groups of entries, in one sentence.
  private func labels(_ entries: String, _ paragraphs: [[String]], kind: Block.Kind = .paragraph) throws
    -> [[LabelHit]]
  {
    var lexicon = try LexiconReader.read(Fixture.folder)
    (lexicon.labels, lexicon.entities) = ([], [])
    lexicon.classes.removeAll { $0.cues.contains { $0.cue.contains("@") } }
    let yaml = "labels:\n  - label: x/y\n    entries:\n" + entries
    try YAMLLexicon(file: "test.yaml").read(
      try LexiconReader.compose(text: yaml, shown: "test.yaml"), into: &lexicon)
    let tagger = Tagger(image: try TagImage(try TagImageBuilder.build(lexicon)))
    let document = PlainDocument.make(paragraphs: paragraphs.map { $0.map { Array($0.utf8) } }, kind: kind)
    return tagger.tag(document, citations: CitationLayer()).sentences.map(\.labels)
  }

  @Test func weakCuesCountTogetherAndStrongOnesAlone() throws {
    let entries = """
            - {name: s, implicit: [storm]}
            - {name: w, weak: [wave, wind, rain]}
            - {name: h, weak: [hail], weight: 0.45}

      """
    let found = try labels(
      entries,
      [
        ["A storm came."], ["A wave came."], ["Wave and wind came."], ["Wave, wind, and rain came."],
        ["Hail and rain came."],
      ])
    // 0.6 alone; 1 − 0.72² = 0.48 is not enough, 1 − 0.72³ = 0.63 is, and so is 1 − 0.55 × 0.72 = 0.6.
    #expect(found.map { $0.isEmpty } == [false, true, true, false, false])
    #expect(found[0].first?.score == 0.6)
    #expect(found[3].first?.implicit == true)
  }

  @Test func blocksHideWhatTheyTouchAndNothingElse() throws {
    let entries = """
            - {name: s, explicit: [force]}
            - {name: b, block: [labor force, in/= force]}

      """
    let found = try labels(
      entries,
      [["The labor force grew."], ["The law is in force."], ["The labor force met force."], ["Force won."]])
    #expect(found.map { $0.isEmpty } == [true, true, false, false])
    #expect(found[2].first?.evidence.count == 1)
  }

  @Test func scopeIsAPartOfTheDocument() throws {
    let entries = """
            - {name: s, explicit: [storm], scope: [body]}
            - {name: n, explicit: [wave], scope: [notes, headings]}

      """
    #expect(try labels(entries, [["A storm and a wave."]])[0].first?.evidence.map(\.entry) == ["x/y#s.1"])
    #expect(
      try labels(entries, [["A storm and a wave."]], kind: .note)[0].first?.evidence.map(\.entry) == [
        "x/y#n.1"
      ])
    #expect(
      try labels(entries, [["A storm and a wave."]], kind: .heading)[0].first?.evidence.map(\.entry)
        == ["x/y#n.1"])
    #expect(try labels(entries, [["A storm and a wave."]], kind: .blockQuote)[0].isEmpty)
  }

  @Test func theLongestMatchOfALabelIsItsEvidence() throws {
    let entries = """
            - {name: s, explicit: [trade sanction, sanction, (heavy)? trade sanction]}

      """
    let found = try labels(entries, [["Heavy trade sanctions came."]])
    #expect(found[0].first?.evidence.count == 1)
    #expect(found[0].first?.evidence.first?.range == 0..<21)
  }
}
