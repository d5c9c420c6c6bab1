import EmendLexicons
import EmendModel
import EmendTagging
import Foundation
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
      (
        .spacy,
        "{\"label\":\"T\",\"pattern\":[{\"LOWER\":{\"IN\":[\"moral\",\"mild\"]}},{\"LOWER\":\"suasion\",\"OP\":\"?\"}]}\n",
        "t",
        "(moral/=|mild/=) suasion/=?"
      ),
      (
        .spacy, "{\"label\":\"T\",\"pattern\":[{\"LEMMA\":\"threaten\"},{\"TEXT\":\"NATO\"}]}\n", "t",
        "(threaten|threaten/v) =NATO"
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
    #expect(
      fault("{\"label\":\"A\",\"pattern\":[{\"IS_DIGIT\":true}]}\n", .spacy)
        == "line 1: IS_DIGIT has no counterpart in our cues")
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

  /// What lint says of a small lexicon.
  private func lint(_ yaml: String, entities: String = "") throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.path + "/emend-lint-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder + "/tags", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try yaml.write(toFile: folder + "/tags/a.yaml", atomically: true, encoding: .utf8)
    try (entities.isEmpty ? "# none\n" : entities).write(
      toFile: folder + "/tags/b.tsv", atomically: true, encoding: .utf8)
    return LexiconLint.check(LexiconFolder(base: folder)).map(\.description)
  }

  private static let head = "labels:\n  - label: a/b\n    definition: d\n    entries:\n"

  /// A kind of fault, the lexicon that has it, what lint says.
  @Test(arguments: [
    ("syntax", "labels: [", "tags/a.yaml:2: error: "),
    (
      "cue", head + "      - name: n\n        explicit:\n          - (a|b\n",
      "tags/a.yaml:7: error: cue “(a|b”"
    ),
    (
      "second cue", head + "      - name: n\n        explicit:\n          - (a|b\n          - '@no'\n",
      "tags/a.yaml:8: error: unknown class @no"
    ),
    ("label", "labels:\n  - definition: d\n", "tags/a.yaml:2: error: “label” is missing"),
    ("key", "colours: []\n", "tags/a.yaml:1: error: unknown key “colours”"),
    ("unused", "classes:\n  ships:\n    - boat\n", "tags/a.yaml:2: warning: class @ships is used nowhere"),
    ("empty", "labels:\n  - label: a/b\n    definition: d\n", "tags/a.yaml:2: warning: a/b has no entries"),
    (
      "no definition", "labels:\n  - label: a/b\n    entries:\n      - {name: n, explicit: [ship]}\n",
      "tags/a.yaml:2: warning: a/b has no definition"
    ),
    (
      "double", head + "      - name: n\n        explicit: [ship]\n        weak:\n          - ship\n",
      "tags/a.yaml:8: warning: “ship” stands at tags/a.yaml:6 as explicit already"
    ),
    (
      "shadowed",
      head + "      - name: n\n        explicit:\n          - (old|tall) ship\n          - tall ship\n",
      "tags/a.yaml:8: warning: “tall ship” is shadowed by “(old|tall) ship” at tags/a.yaml:7"
    ),
    (
      "hidden", head + "      - name: n\n        explicit: [war ship]\n        block:\n          - war\n",
      "tags/a.yaml:6: warning: “war ship” does not match its own words “war ship”: hidden by the block “war” at tags/a.yaml:8"
    ),
    (
      "never", head + "      - name: n\n        explicit:\n          - ship ^ yard\n",
      "tags/a.yaml:7: warning: “ship ^ yard” does not match its own words “ship yard”: it can never match"
    ),
    (
      "example", head + "      - name: n\n        explicit: [ship]\n        examples:\n          - A boat.\n",
      "tags/a.yaml:8: error: a/b#n is not found in “A boat.”"
    ),
    (
      "counterexample", head + "      - {name: n, explicit: [ship]}\n    counterexamples:\n      - A ship.\n",
      "tags/a.yaml:7: error: a/b is found in “A ship.”"
    ),
    ("parent", "labels:\n  - label: a/b\n    parents: [c/d]\n", "tags/a.yaml:2: error: a/b: no label c/d"),
  ])
  func lintFindsEveryKindOfFault(kind: String, yaml: String, message: String) throws {
    let findings = try lint(yaml)
    #expect(findings.contains { $0.hasPrefix(message) }, "\(kind): \(findings)")
  }

  @Test(arguments: [
    ("x\tstate\n", "tags/b.tsv:1: error: at least id, kind and name are wanted"),
    ("X Y\tstate\tName\n", "tags/b.tsv:1: error: “X Y”: an id is"),
    ("# c\nx\tnone\tName\t\t\t\t1900-1800\n", "tags/b.tsv:2: error: x: “1900-1800” is no date"),
    ("x\tnone\tName\t\t\t\t1900-\tQ7\n", "tags/b.tsv:1: error: x: “Q7” is no identifier"),
    ("x\tship\tName\n", "tags/b.tsv:1: error: x: unknown kind “ship”"),
    ("x\tnone\tName\ny\tnone\tOther\tName\n", "tags/b.tsv:2: warning: “Name” is x already (tags/b.tsv:1)"),
  ])
  func lintChecksEntities(table: String, message: String) throws {
    let findings = try lint("kinds:\n  none: {feeds: othername, label: ''}\n", entities: table)
    #expect(findings.contains { $0.hasPrefix(message) }, "\(findings)")
  }

  @Test func aFaultOfTheOverlayIsNamedWithItsFolder() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/emend-overlay-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder + "/tags", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "labels: 7\n".write(toFile: folder + "/tags/mine.yaml", atomically: true, encoding: .utf8)
    let overlaid = LexiconFolder(base: Fixture.folder.base, overlay: folder)
    #expect {
      _ = try LexiconReader.read(overlaid)
    } throws: { error in
      "\(error)".hasPrefix(folder + "/tags/mine.yaml:1")
    }
  }

  @Test func exportedDictionariesComeBackTheSame() throws {
    for (format, back) in [
      (LexiconExport.Format.quanteda, PatternDictionary.Format.quanteda), (.spacy, .spacy),
    ] {
      let text = try LexiconExport.write(Fixture.folder, as: format).text
      let dictionary = try PatternDictionary.read(text, as: back)
      let coercion = dictionary.categories.first { $0.path.hasSuffix("mechanism-coercion") }
      #expect(coercion?.cues.contains("zero/= sum/=") == true, "\(format)")
    }
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
