import EmendCheck
import EmendModel
import EmendRepair
import FoundationEssentials
import Testing

@Suite struct RepairTests {
  @Test(arguments: [Essay.temptations, Essay.telegraph])
  func cleanTextStays(text: String) throws {
    let transcript = try Essay.emend(text)
    #expect(transcript.emendations.filter { $0.status == .applied }.map(\.reading) == [])
    #expect(transcript.text == Array(text.utf8))
  }

  @Test(arguments: DamageMapTests.maps)
  func secondRunChangesNothing(map: DamageMapTests.Map) throws {
    let once = try Essay.emend(map.damage(Essay.telegraph))
    let twice = try Essay.emend(String(decoding: once.text, as: UTF8.self))
    #expect(twice.text == once.text)
  }

  /// Undoing all emendations gives the witness back, and none holds a line end.
  @Test(arguments: DamageMapTests.maps)
  func undoGivesTheWitness(map: DamageMapTests.Map) throws {
    let transcript = try Essay.emend(
      map.damage(Essay.telegraph) + "\nthe law.What follows ,and the rest\0.\n")
    var undone: [UInt8] = []
    var at = 0
    for emendation in transcript.emendations where emendation.status == .applied {
      #expect(!emendation.original.contains("\n") && !emendation.reading.contains("\n"))
      #expect(Array(emendation.original.utf8) == Array(transcript.scan.text[emendation.range]))
      undone += transcript.scan.text[at..<emendation.range.lowerBound]
      undone += emendation.original.utf8
      at = emendation.range.upperBound
    }
    undone += transcript.scan.text[at...]
    #expect(undone == transcript.scan.text)
    #expect(transcript.lines.count == transcript.scan.lines.count)
  }

  @Test(arguments: [
    ("It was the law.What follows is known.", "It was the law. What follows is known."),
    ("The end of the war;The peace came late.", "The end of the war; The peace came late."),
    ("See e.g.Smith at www.example.Org/The or a.Bc.", "See e.g.Smith at www.example.Org/The or a.Bc."),
    ("one , two and the offices,which met", "one, two and the offices, which met"),
    ("an approx- imate and effec-tive rule", "an approximate and effective rule"),
    ("the house ofthe people and inthe street", "the house of the people and in the street"),
    ("the s t r u c t u r e of the state", "the structure of the state"),
    ("R&amp;D costs &#8220;more&#8221;", "R&D costs “more”"),
    ("donâ€™t say cafÃ© or naÃ¯ve, itâ€™s wrong", "don’t say café or naïve, it’s wrong"),
    ("an ex\u{AD}ample of a soft hyphen", "an example of a soft hyphen"),
    ("a NUL\0 in the text", "a NUL in the text"),
    ("of\u{FB01}cial and \u{FB02}ow", "official and flow"),
    ("Is it so ? asked Anne !", "Is it so ? asked Anne !"),
    ("The cable broke . The ship came home .", "The cable broke. The ship came home."),
    ("The mast stood above ,but the crew slept", "The mast stood above, but the crew slept"),
    ("He called it \" a ship of state \" and left.", "He called it \"a ship of state\" and left."),
    ("The plank was 5 \" by 7 \" and old.", "The plank was 5 \" by 7 \" and old."),
    ("They re-ceived the govern-ments of a hotel.", "They received the governments of a hotel."),
  ])
  func sentences(damaged: String, right: String) throws {
    #expect(String(decoding: try Essay.emend(damaged).text, as: UTF8.self) == right)
  }

  /// A scan without a map: what a scanner took for something else, again and again.
  @Test func scannedText() throws {
    let text = """
      Tlie first cable was laid iu the year of tbe great exhibition, aud tlie company had not mucli hope of
      profit. Wlien the ship left tbe harbour, tlie engineers kuew that tlie wire was weak, aud that auother storm
      would break it. Tlie second ship carried tbe other half; both met iu mid-ocean, aud tlie two ends were
      joined. Nobody thouglit that it would last a month, aud tbe engineers themselves doubted it.
      """
    let read = String(decoding: try Essay.emend(text).text, as: UTF8.self)
    for word in ["lie ", "iu ", "aud", "tbe", "ucli", "kuew", "nouglit"] { #expect(!read.contains(word)) }
    let certain = [
      "The first cable was laid in the year of the great exhibition, and the company",
      "When the ship left the harbour, the engineers knew that the wire was weak, and that another storm",
      "The second ship carried the other half; both met in mid-ocean, and the two ends",
      "Nobody thought that it would last a month, and the engineers",
    ]
    let line = read.split(separator: "\n").joined(separator: " ")
    for words in certain { #expect(line.contains(words)) }
  }

  /// A misread ending is no other spelling of the word; one vowel for another is, unless the document shows that its
  /// scanner takes them for each other.
  @Test(arguments: [
    (
      "He had a letter froin the king, and a systein of signals.",
      "He had a letter from the king, and a system of signals."
    ),
    (
      "He had a letter frorn the king, and tlie queen of tlie islands wrote to tbe people.",
      "He had a letter from the king, and the queen of the islands wrote to the people."
    ),
    (
      "The delogates of five nations docided that the sharo of each was to be docreed, and agroed to it.",
      "The delegates of five nations decided that the share of each was to be decreed, and agreed to it."
    ),
    (
      "The kinge had a shippe of oake, and the winde drove it on the rocke by the sande, to the saylors’ losse.",
      "The kinge had a shippe of oake, and the winde drove it on the rocke by the sande, to the saylors’ losse."
    ),
    (
      "He wrote of the musica and the canto of the islands, la chanson formee.",
      "He wrote of the musica and the canto of the islands, la chanson formee."
    ),
  ])
  func endings(scanned: String, right: String) throws {
    #expect(String(decoding: try Essay.emend(scanned).text, as: UTF8.self) == right)
  }

  /// A letter that a scanner breaks into two strokes.
  @Test func brokenLetters() throws {
    let text = """
      The rope was ver}' heav}- and the sailors were wear}'. They had been awa}' for a year and the}- longed for
      the countr}' of their birth, but onl}' a few of them knew the wa}-. Ever}' da}' the}' asked the captain, and
      ever}- day he told them to sta}'.
      """
    let read = String(decoding: try Essay.emend(text).text, as: UTF8.self)
    #expect(!read.contains("}"))
    #expect(read.contains("very heavy and the sailors were weary. They had been away"))
  }

  /// Latin, names and numbers are not what a scanner makes of other words.
  @Test(arguments: [
    "The genus has two species, sinuatus and cylindrica, as Brundell (1923) found near the lake.",
    "The 3-year plan and the cable7 code were due on the j-axis, as Smyth and van Houten 1907 said.",
  ])
  func strangersStay(text: String) throws {
    #expect(String(decoding: try Essay.emend(text).text, as: UTF8.self) == text)
  }

  @Test func otherLanguagesAreLeft() throws {
    let german = """
      Die ersten Telegraphenlinien wurden von den Eisenbahnen gebaut, weil man die Züge melden wollte. Später kamen
      die Post und das Heer hinzu, und bald war das ganze Land mit Drähten überzogen. Die Gebühren waren hoch, aber
      die Kaufleute zahlten sie gern, denn eine schnelle Nachricht war bares Geld wert.
      """
    let transcript = try Essay.emend(german)
    #expect(transcript.language == "und")
    #expect(transcript.text == Array(german.utf8))
  }

  @Test func decisions() throws {
    let text = DamageMapTests.maps[0].damage(Essay.telegraph)
    let all = try Essay.emend(text).emendations.filter { $0.status == .applied }
    let first = try #require(all.first)
    let json = """
      {"decision":"reject","pattern":"B→fl"}

      {"decision":"reject","start":\(first.range.lowerBound),"end":\(first.range.upperBound)}
      """
    let decisions = try Decisions(jsonLines: Array(json.utf8))
    let decided = try Essay.emend(text, decisions: decisions).emendations
    #expect(decided.first { $0.range == first.range }?.status == .rejected)
    #expect(!decided.contains { $0.original == "B" && $0.status == .applied })
    #expect(throws: DecisionError(line: 2)) { try Decisions(jsonLines: Array("\n{\"decision\":1}".utf8)) }
  }

  /// Any bytes at all give a transcript.
  @Test func randomBytes() throws {
    var state: UInt64 = 42
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    let alphabet = Array("aBfi -\n.,\u{AD}\u{FB01}®é’{\0\u{0C}\r1&;#x".unicodeScalars)
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<(next() % 400) {
        text.unicodeScalars.append(alphabet[Int(next() % UInt64(alphabet.count))])
      }
      let transcript = try Essay.emend(text)
      #expect(transcript.lines.count == transcript.scan.lines.count)
    }
  }

  @Test func empty() throws {
    #expect(try Essay.emend("").emendations.isEmpty)
    #expect(try Essay.emend("\n\n\n").emendations.isEmpty)
  }

  // The gold texts are kept beside the project and may be absent.
  @Test(.enabled(if: Essay.shared != nil)) func chapter() throws {
    let shared = try #require(Essay.shared)
    func read(_ name: String) throws -> String {
      String(decoding: try #require(FileManager.default.contents(atPath: shared + "/" + name)), as: UTF8.self)
    }
    let transcript = try Essay.emend(try read("corpus/chapter.txt"))
    #expect(String(decoding: transcript.text, as: UTF8.self) == (try read("gold/chapter.repaired.txt")))
  }

  @Test func scores() {
    let report = RepairCheck.score(
      "x", ocr: "tlie cat sat on a mat", truth: "the cat sat on the mat", repaired: "the cat sit on a mat")
    #expect(report.repaired == 1)
    #expect(report.missed == 1)
    #expect(report.wronglyChanged == 1)
    #expect(report.wordErrorsBefore == 2)
    #expect(report.wordErrorsAfter == 2)
  }
}
