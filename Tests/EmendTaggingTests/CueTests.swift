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
  ])
  func matches(cue: String, sentence: String, expected: Bool) throws {
    #expect(try Self.tagger(cue).tag(sentence: sentence).labels.isEmpty == !expected)
  }

  @Test(arguments: ["(a|b", "~99 x", "~3", "x &", "+", "?", "a $ b", "@nobody x"])
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
}
