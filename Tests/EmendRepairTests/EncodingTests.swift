import EmendModel
import Testing

/// What encodings and markup leave in a text.
@Suite struct EncodingTests {
  @Test(arguments: [
    // UTF-8 read as windows-1252, once and twice, and with its last byte lost.
    ("the queenâ€™s cafÃ© was naÃ¯ve", "the queen’s café was naïve"),
    ("the queenÃ¢â‚¬â„¢s shipâ€™s café", "the queen’s ship’s café"),
    ("a signiï¬cant proï¬t for the ofï¬ce", "a significant profit for the office"),
    // UTF-8 read as Mac Roman.
    ("don‚Äôt say ‚Äúno‚Äù to the captain", "don’t say “no” to the captain"),
    // HTML, escaped once and twice; numbers between 128 and 159 are windows-1252.
    ("R&amp;D &amp;lt;1916&amp;gt; &#8212; the king&#146;s", "R&D <1916> — the king’s"),
    ("AT&T and P&O; fish &chips;", "AT&T and P&O; fish &chips;"),
    // Signs that a narrow encoding wrote as question marks.
    ("The sailor?s ship doesn?t sail, said O'Brien.", "The sailor's ship doesn't sail, said O'Brien."),
    (
      "The unionÕs members met, and the memberÕs vote was taken.",
      "The union's members met, and the member's vote was taken."
    ),
    (
      "João and Luís met Čapek in Łódź, the Ångström and the Žižek.",
      "João and Luís met Čapek in Łódź, the Ångström and the Žižek."
    ),
    ("They speak of ?standing firms,? which is new.", "They speak of \"standing firms,\" which is new."),
    ("See pages 203-?219. Is it so? Yes. Why?", "See pages 203-219. Is it so? Yes. Why?"),
    ("(rule ?left ?right) in (set ?x)", "(rule ?left ?right) in (set ?x)"),
    ("the king\u{FFFD}s ship", "the king's ship"),
    // Marks without width, soft hyphens, controls, private use.
    ("an ex\u{AD}am\u{200B}ple\u{FEFF} of it", "an example of it"),
    ("a \u{1B}rule\u{7F} of law", "a rule of law"),
    ("in \u{F731}\u{F739}\u{F731}\u{F736}", "in 1916"),
  ])
  func isUndone(damaged: String, right: String) throws {
    let once = try Essay.emend(damaged)
    #expect(String(decoding: once.text, as: UTF8.self) == right)
    // A second run finds nothing.
    #expect(try Essay.emend(right).text == once.text)
  }

  @Test(arguments: [
    "Ångström’s “Å” and the Âme of Mâcon", "a façade, Þórr and Straße, 5 µm ± 2", "naïve — café – “no” … 3 ‰",
    "Is this ?odd or not? He ?knew.",
  ])
  func whatIsMeantStays(text: String) throws {
    #expect(String(decoding: try Essay.emend(text).text, as: UTF8.self) == text)
  }
}
