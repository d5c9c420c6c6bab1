import EmendModel
import Testing

@Suite struct SentenceTests {
  /// A bar stands where a sentence must end, and nowhere else.
  @Test(arguments: [
    "The cable broke.| It was mended.",
    "Dr. J. A. Fleming Jr. spoke of it.| No one listened.",
    "It cost $3.14 a word.| The U.S. government paid.",
    "They met in the U.S.| The rate was high.",
    "See Smith (1998, pp. 3–4), vol. IV, and cf. Jones 1999.| They differ.",
    "Was it laid?1| Nobody knew.2| Nobody cared.",
    "“Was it laid?” he asked.| “No.”| She left.",
    "It went on . . . for years.| It stopped. . . .| Then it began again.",
    "Smith et al. (2001) disagree.| Others do not.",
    "It was World War I. The lines were cut.",
    "Messrs. Brett and Co. bought it.| They sold it.",
    "The year was 1866.| In that year it worked.",
  ])
  func ends(_ marked: String) throws {
    let text = marked.split(separator: "|").joined()
    var wanted = marked.split(separator: "|").map { $0.drop { $0 == " " } }.map(String.init)
    if marked.hasPrefix("It was World War I.") { wanted = ["It was World War I.", "The lines were cut."] }
    let document = try Samples.document(text + "\n")
    #expect(document.sentences.map { document.text($0.range) } == wanted)
  }
}
