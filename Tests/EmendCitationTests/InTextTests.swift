import EmendModel
import Testing

/// In-text citations of author and year. Every text stands in a document that cites by author and year
/// elsewhere, since a lone name and year mean less.
@Suite struct InTextTests {
  /// Makes the document one that cites by author and year.
  private static let company = "Others disagree (Lindqvist and Okafor 1987, 12; Tanaka et al. 1991)."

  private func citations(_ text: String) throws -> [String] {
    try Fixture.read([text, Self.company]).citations
      .filter { $0.groupRange.lowerBound < text.utf8.count }.map(Fixture.brief)
  }

  @Test(arguments: [
    ("The cable changed prices (Hoffmann 1989).", ["parenthetical: Hoffmann | 1989"]),
    (
      "The cable changed prices (Hoffmann l989, 44; Quist 19g4a).",
      ["parenthetical: Hoffmann | 1989 | 44", "parenthetical: Quist | 1994a"]
    ),
    ("The cable changed all lOOO prices, and l989 was its year.", []),
    (
      "Prices fell (Hoffmann 1989; Ferrer and Quist 1994, 33–35; Ngata 2001).",
      [
        "parenthetical: Hoffmann | 1989", "parenthetical: Ferrer + Quist | 1994 | 33-35",
        "parenthetical: Ngata | 2001",
      ]
    ),
    (
      "Prices fell (Hoffmann, 1989: 44; Ferrer & Quist, 1994).",
      ["parenthetical: Hoffmann | 1989 | 44", "parenthetical: Ferrer + Quist | 1994"]
    ),
    (
      "It was cheap (see also Hoffmann 1989a, 1989b, chap. 4).",
      ["parenthetical: Hoffmann | 1989a < see also", "parenthetical: Hoffmann | 1989b | chap. 4"]
    ),
    (
      "It was cheap (cf. Abbott, Brandt, and Clarke 1990).",
      ["parenthetical: Abbott + Brandt + Clarke | 1990 < cf."]
    ),
    ("It was cheap (Mearns 1994–95).", ["parenthetical: Mearns | 1994-95"]),
    ("It was cheap (van der Velde 2003, p. 7).", ["parenthetical: van der Velde | 2003 | 7"]),
    ("It was cheap (O’Rourke and McAfee forthcoming).", ["parenthetical: O’Rourke + McAfee | forthcoming"]),
    (
      "It was cheap (Hoffmann n.d.; Quist in press).",
      ["parenthetical: Hoffmann | n.d.", "parenthetical: Quist | in press"]
    ),
    ("It was cheap (World Bank 1993).", ["parenthetical: World Bank | 1993"]),
    ("It was cheap (Ministry of Transport 1931, 5).", ["parenthetical: Ministry of Transport | 1931 | 5"]),
    ("It was cheap (Müller-Armack et al., 1960).", ["parenthetical: Müller-Armack et al. | 1960"]),
    (
      "It was cheap (Offringa et al. 2010, 2012a,b).",
      [
        "parenthetical: Offringa et al. | 2010", "parenthetical: Offringa et al. | 2012a",
        "parenthetical: Offringa et al. | 2012b",
      ]
    ),
    (
      "It was cheap (Prior 1985;Tiller 1986).",
      ["parenthetical: Prior | 1985", "parenthetical: Tiller | 1986"]
    ),
    ("Standage’s (1998) history is lively.", ["narrative: Standage | 1998"]),
    ("Thomas Standage’s (1998, 14) history is lively.", ["narrative: Thomas Standage | 1998 | 14"]),
    ("As Thomas Hughes (1983, 79–81) argues, systems grow.", ["narrative: Thomas Hughes | 1983 | 79-81"]),
    (
      "Andrew Reed and James Ellis Jr. (1996) agree.",
      ["narrative: Andrew Reed + James Ellis Jr. | 1996"]
    ),
    (
      "However, Hoffmann (1989, 1992) found nothing.",
      ["narrative: Hoffmann | 1989", "narrative: Hoffmann | 1992"]
    ),
    ("This is de Vaucouleurs’ (1977) law.", ["narrative: de Vaucouleurs | 1977"]),
    ("Hoffmann et al. (2004) measured it.", ["narrative: Hoffmann et al. | 2004"]),
    ("Stephen D. Kraft (1991) puts it well.", ["narrative: Stephen D. Kraft | 1991"]),
    ("According to the OECD (1999: 14), rates fell.", ["narrative: OECD | 1999 | 14"]),
    ("It was cheap (Hoffmann 2001: xi-xiv, 7).", ["parenthetical: Hoffmann | 2001 | xi-xiv, 7"]),
    ("It was cheap (Hoffmann 2001, 12--14).", ["parenthetical: Hoffmann | 2001 | 12-14"]),
    ("It was cheap (Hoffmann 2001, passim).", ["parenthetical: Hoffmann | 2001 | passim"]),
    ("Hobart ([1651] 1968, ch. 13) is cheap.", ["narrative: Hobart | [1651] 1968 | ch. 13"]),
    ("Rates fell (see Chapter 4).", ["cross-reference:  | - < see"]),
    ("Chapter 4 tells of rates.", []),
  ])
  func authorAndYear(_ text: String, _ expected: [String]) throws {
    #expect(try citations(text) == expected)
  }

  @Test(arguments: [
    "The union was founded in 1865 and met again (1868).",
    "The Treaty of Berne (1874) made one postal territory.",
    "The International Telegraph Union (ITU) grew.",
    "After the war (1914–18) the lines were rebuilt.",
    "Rates fell (in 1992) and rose (since 1980).",
    "The Summer 1992 issue and the (Fall 1990) one are missing.",
    "Samuel Morse (1791–1872) painted before.",
    "See the annual report (London, 1926).",
    "It appeared in print (Ithaca: Cornell University Press, 1984).",
    "The Montreal Protocol (1987) and the Versailles settlement (Versailles 1919) differ.",
    "In the 1970s the service (such as the Basel office) ended.",
    "Call (617) 253-2889 or write to Box 1994.",
  ])
  func lookAlikes(_ text: String) throws {
    #expect(try citations(text).isEmpty)
  }

  @Test func notesHaveBareCitations() throws {
    let layer = try Fixture.read([
      Self.company,
      "^1. See also Drexler 1998 and Underhill 1998, 18–19.",
      "^2. Kohler 1993 is a notable exception.",
      "^3. On the distinction, see Young 1980, Kraft 1983, and Keller 1989.As used here, the word is wide.",
    ])
    let notes = layer.citations.filter { $0.form == .note }
    #expect(
      notes.map(Fixture.brief) == [
        "note: Drexler | 1998 < See also", "note: Underhill | 1998 | 18-19", "note: Kohler | 1993",
        "note: Young | 1980 < see", "note: Kraft | 1983", "note: Keller | 1989",
      ])
    #expect(notes.map(\.noteMark) == ["1", "1", "2", "3", "3", "3"])
    #expect(Set(notes.map(\.group)).count == 3)
  }

  @Test func pagesAloneBelongToTheWorkNamedBefore() throws {
    let layer = try Fixture.read([
      "Robert Pyne’s (1988) article is rich. Pyne says little of reverses; these remain unclear (446–47, 454–56).",
      Self.company,
    ])
    let pages = try #require(layer.citations.first { $0.form == .pageOnly })
    #expect(pages.key == "pyne-1988")
    #expect(pages.locator == "446-47, 454-56")
    #expect(pages.authors == [PersonName(family: "Pyne")])
    #expect(pages.authorsElided)
    #expect(pages.resolvedFrom == layer.citations[0].range)
  }

  @Test func chaptersOfTheSameVolume() throws {
    let layer = try Fixture.read([
      "Troops went ashore (see Schuster, this volume). In this volume, Jon C. Peverell and Alan Ian Johnson show why.",
      "Jon C. Peverell looks at lock-in. Peverell argues that it works.",
      "The concluding chapter by Duncan Snider and Alexander Thorne reviews them.",
    ])
    let found = layer.citations.map { "\($0.key) \($0.marker ?? "-") \($0.text)" }
    #expect(
      found == [
        "schuster-this-volume marked Schuster, this volume",
        "peverell-this-volume marked Jon C. Peverell",
        "johnson-this-volume marked Alan Ian Johnson",
        "peverell-this-volume bare Jon C. Peverell",
        "peverell-this-volume bare Peverell",
        "snider-thorne-this-volume marked Duncan Snider and Alexander Thorne",
      ])
    #expect(layer.citations[0].prefix == "see")
    #expect(layer.citations.allSatisfy { $0.thisVolume && $0.year == nil })
  }

  /// Authors with the names of countries are cited where the list has a work of theirs of that year.
  @Test func namesOfPlacesInTheList() throws {
    let layer = try Fixture.read(
      [
        "According to Jordan (1998), and to nobody else, rates fell. In Jordan (1994) they rose. The Harbour Bank (1991) says so. "
          + Self.company
      ] + ["References"]
        + [
          "Harbour Bank. 1991. The Cables and Their Rates. London: Macmillan.",
          "Jordan, Bill. 1998. The Quiet Cable. London: Macmillan.",
          "Keel, Ada. 1971. The Ratification Game. London: Macmillan.",
          "Ostrow, Helen. 1994. The Quiet Negotiators. Oxford: Clarendon Press.",
          "Palmer, Ada. 1990. The Vote of the Chambers. Oxford: Clarendon Press.",
        ])
    #expect(
      layer.citations.map(\.key).prefix(2) == ["jordan-1998", "harbour-bank-1991"],
      "\(layer.citations.map(\.key))")
  }

  @Test func worksAreDistinctByKey() throws {
    let layer = try Fixture.read([
      "One (Claus 1966; Evans, Jacobs, and Putney 1993). Two (Claus 1996). Three (Evans et al. 1993)."
    ])
    #expect(layer.works.map(\.key) == ["claus-1966", "evans-jacobs-putney-1993", "claus-1996"])
    #expect(layer.works[1].citations == [1, 3])
  }

  /// Brackets that never close, that nest, and text of signs alone give a result in near-linear time.
  @Test(arguments: [
    "(", "(Smith 1990 ", "[1, ", "(((1990", "A. ", "and ", "Smith, ", "1990 ", "’s ", "\u{2019}",
  ])
  func hostile(_ piece: String) throws {
    let text = String(repeating: piece, count: 20_000)
    let clock = ContinuousClock()
    let time = try clock.measure { _ = try Fixture.read([text]) }
    #expect(time < .seconds(5))
  }
}
