import CLibXML2
import EmendCorpus
import EmendModel
import FoundationEssentials
import Testing

@Suite struct TEITests {
  /// The schema lies outside the package; without it the tests of validity are skipped.
  static let schema: String? = {
    let path =
      #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
      + "/../shared/schema/tei_all.rng"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  func tei(_ edition: Edition) -> String { String(decoding: CorpusDocument(edition).tei, as: UTF8.self) }

  @Test(arguments: [
    // A repair keeps both readings, its probability and its rule.
    """
    signi<choice><sic>A</sic><corr cert="0.999" resp="#emend" ana="#rule.damage-map">fi</corr></choice>cant
    """,
    // A word over a line end; the hyphen dropped.
    "threat<lb n=\"3\" break=\"no\" rend=\"hyphen\"/>ened",
    // A page start inside a sentence, with its running head.
    "The <pb n=\"14\" xml:id=\"page.2\"/><fw type=\"header\">14 THE WIRES</fw><lb n=\"5\"/>signi",
    // A sentence with its labels.
    """
    <seg type="sentence" xml:id="s.3" ana="#label.mechanism.coercion #label.role.initiator.external #entity.uk">
    """,
    "(<ref type=\"citation\" subtype=\"parenthetical\" target=\"#work.1\">Headrick 1991</ref>, 12).",
    "<ref type=\"note-mark\" xml:id=\"anchor.1\" target=\"#note.1\">1</ref></seg>",
    "<note xml:id=\"note.1\" n=\"1\" place=\"bottom\" target=\"#anchor.1\"><p>1. <seg",
    "See &lt;Headrick&gt; &amp; others.",
    "<biblStruct xml:id=\"work.1\" n=\"headrick-1991\"><monogr><author><persName><forename>Daniel</forename>",
    "<category xml:id=\"label.mechanism\"><catDesc>mechanism</catDesc><category xml:id=\"label.mechanism.coercion\">",
    "<item xml:id=\"rule.damage-map\">damage-map: 1 applied, 0 suggested</item>",
    "<span target=\"#s.3\" ana=\"#label.mechanism.coercion\" cert=\"0.9\">threatened</span>",
  ]) func says(_ expected: String) {
    #expect(tei(Essay.edition()).contains(expected.trimmingCharacters(in: .newlines)))
  }

  @Test func theTextWithoutMarkupIsTheReadingText() throws {
    let edition = Essay.edition()
    let text = try XMLText(CorpusDocument(edition).tei, of: "text", without: ["sic", "fw"]).text
    func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" } }
    #expect(words(text) == words(String(decoding: edition.document.reading, as: UTF8.self)))
  }

  @Test(.enabled(if: TEITests.schema != nil, "the schema is kept outside the package"))
  func isValid() throws {
    // Compiling the schema takes about ten seconds, so that all documents stand in one test.
    let schema = try RelaxNG(try #require(TEITests.schema))
    for edition in [Essay.edition(), Essay.empty, Essay.odd] {
      #expect(schema.complaints(about: CorpusDocument(edition).tei) == [], "\(edition.id)")
    }
  }
}
