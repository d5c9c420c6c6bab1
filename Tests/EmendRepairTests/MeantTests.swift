import EmendModel
import Testing

/// What authors mean and what scanners make of it, where no document tells them apart.
@Suite struct MeantTests {
  @Test(arguments: [
    "\"Poor Miss Taylor!--I wish she were here; what a pity--that he ever thought of her, you know?--But",
    "It was eight o'clock when he wrote that \"[y]ou must not sink\", and it ha[d] no basis in fact.",
    "Of {a,an,the} the list says README.Debian; call f(foo,bar) with limit=definite,possible and no more.",
    "The three chapters of the book . . . . . . . . . . . 17",
    "The de facto standard was met by an al fresco meal on the terrace of the house.",
    "A warm-hearted woman and a tender-hearted girl were met by the good-natured man of the house.",
    "The function \\ x . f x is written so, and the sum of M1 , v is read from the first line of the table.",
    "A pespective view of the pictoresque valley was given in the syntatic part of the second book.",
    "The house was built by Theodor Holm, and he met Theodor again in the hall.",
    "The man was livin' in the hills and tryin' to find a house for his wife and his son.",
    "The tile floor of the house was laid in an arc, and the hut stood on a hill of tin and iron ore.",
  ])
  func isLeft(text: String) throws {
    #expect(String(decoding: try Essay.emend(text).text, as: UTF8.self) == text)
  }

  /// Words for which scanners take other words, beside words that they misread for none.
  @Test(arguments: [
    (
      "Tlie captain of tile ship knew aud feared that the engineers of tile company would come.",
      "The captain of the ship knew and feared that the engineers of the company would come."
    ),
    (
      "Then the king shaU teU us of his men aud of the great generaU feare that was in tlie land.",
      "Then the king shall tell us of his men and of the great generall feare that was in the land."
    ),
  ])
  func isRead(damaged: String, right: String) throws {
    #expect(String(decoding: try Essay.emend(damaged).text, as: UTF8.self) == right)
  }

  /// A ligature that was set as a space is told at the start of a line, too, and behind a bracket or hyphen.
  @Test func gapsAtTheStartOfLines() throws {
    let map = DamageMapTests.Map(
      name: "space", pairs: [("ffi", " "), ("ff", " "), ("fi", " "), ("fl", " ")])
    let lines = """

      The chairman left the ledge at the
      first alarm, and ten ships with their
      flags were lost in the
      fifth storm. It was a (first) step of a self-financing office.
      """
    let read = String(decoding: try Essay.emend(map.damage(Essay.telegraph + lines)).text, as: UTF8.self)
    #expect(read.hasSuffix(lines))
  }

  /// Surnames that lost the ligature at their end, in a document that loses them all.
  @Test func namesThatEndInALigature() throws {
    let map = DamageMapTests.Map(
      name: "dropped", pairs: [("ffi", ""), ("ff", ""), ("fi", ""), ("fl", "")])
    let right = Essay.telegraph + "\nLeydesdorff and Kirchhoff met Ricardo and Jericho (Leydesdorff 1998).\n"
    let read = String(decoding: try Essay.emend(map.damage(right)).text, as: UTF8.self)
    #expect(read.contains("Leydesdorff and Kirchhoff met Ricardo and Jericho (Leydesdorff 1998)."))
  }
}
