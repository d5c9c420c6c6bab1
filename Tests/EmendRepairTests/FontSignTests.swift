import EmendModel
import EmendRepair
import Testing

/// Dashes, quotation marks and accents of a damaged font, which are mended only beside its ligatures.
@Suite struct FontSignTests {
  /// Sentences of our own: as a broken font gives them, as they should read.
  static let quotes = """
    The unionÕs rules were the statesÕ rules, and a clerkÕs hand wrote them. It wasnÕt enough, and the firmsÕ
    envoys didnÕt sign. The ministerÕs note spoke of Òcommon wiresÓ and of Òpublic linesÓ; the clerk, of
    Òprivate hopesÓ and Òlost mailÓ. TheyÕll never agree, the bankÕs agent wrote.
    """
  static let mended = """
    The union’s rules were the states’ rules, and a clerk’s hand wrote them. It wasn’t enough, and the firms’
    envoys didn’t sign. The minister’s note spoke of “common wires” and of “public lines”; the clerk, of
    “private hopes” and “lost mail”. They’ll never agree, the bank’s agent wrote.
    """

  private func emend(_ text: String, _ map: DamageMapTests.Map?) throws -> Transcript {
    try Essay.emend((map?.damage(Essay.telegraph) ?? Essay.telegraph) + "\n\n" + text + "\n")
  }

  @Test func quotationMarksOfADamagedFont() throws {
    let transcript = try emend(Self.quotes, DamageMapTests.maps[2])
    #expect(String(decoding: transcript.text, as: UTF8.self).hasSuffix("\n\n" + Self.mended + "\n"))
    #expect(transcript.emendations.contains { $0.rule == "font-quote" && $0.kind == .companion })
  }

  @Test func accents() throws {
    let text =
      "He drank in a caf´e and wrote a r´esum´e; a na¨ıve clich´e, said Cre¨mer of Universit´e Street."
    let transcript = try emend(text, DamageMapTests.maps[1])
    let read = String(decoding: transcript.text, as: UTF8.self)
    #expect(read.contains("in a café and wrote a résumé"))
    #expect(transcript.emendations.contains { $0.rule == "font-accent" && $0.status == .suggested })
    #expect(String(decoding: try emend(text, nil).text, as: UTF8.self).contains("caf´e"))
  }
}
