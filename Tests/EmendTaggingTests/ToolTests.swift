import EmendModel
import EmendTagging
import Testing

@Suite struct ToolTests {
  @Test func dictionariesOfOtherToolsAreRead() throws {
    let cases: [(PatternDictionary.Format, String, String, String)] = [
      (.quanteda, "power:\n  hard:\n    - sanction*\n", "power/hard", "sanction*"),
      (.liwc, "%\n1\tthreat\n%\nwarn*\t1\n", "threat", "warn*"),
      (.wordstat, "THREAT\n\tWARNING (1)\n", "threat", "warning/="),
      (.lexicoder, "<cnode name=\"threat\">\n<pnode name=\"warning\"/>\n</cnode>", "threat", "warning/="),
      (
        .spacy, "{\"label\":\"THREAT\",\"pattern\":[{\"LOWER\":\"dire\"},{\"LOWER\":\"warning\"}]}\n",
        "threat",
        "dire/= warning/="
      ),
    ]
    for (format, text, path, cue) in cases {
      let dictionary = try PatternDictionary.read(text, as: format)
      #expect(dictionary.categories == [.init(path: path, cues: [cue])], "\(format)")
    }
  }

  @Test func faultsOfADictionaryAreNamedWithTheirLine() {
    func fault(_ text: String, _ format: PatternDictionary.Format) -> String {
      do { return "\(try PatternDictionary.read(text, as: format))" } catch { return "\(error)" }
    }
    #expect(
      fault("{\"label\":\"A\",\"pattern\":\"b\"}\nnot json\n", .spacy)
        == "line 2: no pattern of label and words")
    #expect(fault("%\n1\tthreat\n%\nwarn*\t7\n", .liwc) == "line 4: no category 7")
  }

  @Test func importedDictionariesTag() throws {
    let dictionary = try PatternDictionary.read("threat:\n  - dire warning\n", as: .quanteda)
    let yaml = dictionary.lexicon(under: "moral")
    var lexicon = try LexiconReader.read(Fixture.folder)
    try YAMLLexicon(file: "i.yaml").read(
      try LexiconReader.compose(text: yaml, shown: "i.yaml"), into: &lexicon)
    let tagger = Tagger(image: try TagImage(try TagImageBuilder.build(lexicon)))
    #expect(tagger.tag(sentence: "A dire warning came.").labels.map(\.label).contains("moral/threat"))
  }

  @Test func exportKeepsPhrasesAndCountsTheRest() throws {
    let result = try LexiconExport.write(Fixture.folder, as: .quanteda)
    #expect(result.text.contains("\"mechanism/coercion\":\n"))
    #expect(result.text.contains("  - \"coerc*\"\n"))
    #expect(result.leftOut > 0)
  }

  @Test func suggestionsAreTermsThatNoEntryCovers() throws {
    var suggestions = TermSuggestions(label: "mechanism/coercion")
    let sentences = (0..<6).map { "Coercion by harsh flotillas failed in year \($0)." }
    let others = (0..<6).map { "Gardens bloom in year \($0)." }
    let (document, tags) = try Fixture.tag(sentences.map { [$0] } + others.map { [$0] })
    suggestions.add(document, tags)
    let strongest = suggestions.strongest()
    #expect(strongest.map(\.term).contains("flotillas"))
    #expect(!strongest.map(\.term).contains("coercion"))
    #expect(!strongest.map(\.term).contains("year"))
    #expect(strongest.first { $0.term == "flotillas" }?.inside == 6)
  }

  @Test func lintNamesFileAndLine() throws {
    var lexicon = TagLexicon()
    let yaml = """
      labels:
        - label: a/b
          definition: d
          entries:
            - name: n
              explicit: [ship, ship]
              examples: [No boats here.]
      """
    try YAMLLexicon(file: "l.yaml").read(
      try LexiconReader.compose(text: yaml, shown: "l.yaml"), into: &lexicon)
    let findings = LexiconLint.check(lexicon)
    #expect(findings.contains { $0.line == 6 && $0.severity == .warning })
    #expect(findings.contains { $0.line == 7 && $0.severity == .error })
  }
}
