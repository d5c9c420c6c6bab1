import EmendModel
import Testing

/// Numbers in brackets, laws and archives, and the chains of notes.
@Suite struct InTextNoteTests {
  @Test func numbersInBrackets() throws {
    let layer = try Fixture.read([
      "Cables failed often [3, 7–9]. Others disagree [1; 12, p. 34], and calix[4]arene is no cable (see [2])."
    ])
    let found = layer.citations.map { "\($0.key) \($0.text)\($0.locator.isEmpty ? "" : " @\($0.locator)")" }
    #expect(
      found == ["ref-3 3", "ref-7 7–9", "ref-8 7–9", "ref-9 7–9", "ref-1 1", "ref-12 12 @34", "ref-2 2"])
    #expect(layer.citations.allSatisfy { $0.form == .numeric })
    #expect(layer.citations[0].group == layer.citations[3].group)
  }

  @Test(arguments: [
    (
      "In Harrow v. Board of Works, 347 U.S. 483 (1954), the court held so.",
      "Harrow v. Board of Works, 347 U.S. 483 (1954)", "1954"
    ),
    (
      "So held in Marsh v. POST, Case 6/64, [1964] ECR 585, for all mail.",
      "Marsh v. POST, Case 6/64, [1964] ECR 585", "1964"
    ),
    ("The rule is in 42 U.S.C. § 1983 today.", "42 U.S.C. § 1983", nil),
    ("So BVerfGE 7, 198 decided.", "BVerfGE 7, 198", nil),
    (
      "In Harrow v. Quist, 5 U.S. (1 Cranch) 137 (1803), it was so held.",
      "Harrow v. Quist, 5 U.S. (1 Cranch) 137 (1803)", "1803"
    ),
    ("The rule of In re Harrow (1951) is old.", "In re Harrow (1951)", "1951"),
    (
      "It follows from Case 26/62, Harrow en Quist [1963] ECR 1 at least.",
      "Case 26/62, Harrow en Quist [1963] ECR 1", "1963"
    ),
    ("It was followed in [1932] A.C. 562 at once.", "[1932] A.C. 562", "1932"),
  ])
  func law(_ text: String, _ expected: String, _ year: String?) throws {
    let citations = try Fixture.read([text]).citations
    #expect(citations.map(\.form) == [.legal])
    #expect(citations.map(\.text) == [expected])
    #expect(citations.map(\.year) == [year])
  }

  @Test(arguments: [
    ("^1. The minute is in FO 371/12345.", "FO 371/12345"),
    ("^1. See RG 59, Box 23, National Archives.", "RG 59, Box 23, National Archives"),
    ("^1. Letter of 3 May, Harcourt Papers, Box 4, Folder 12.", "Harcourt Papers, Box 4, Folder 12"),
    ("^1. Stadtarchiv Lindau, Akten, no. 534, fol. 12r.", "Stadtarchiv Lindau, Akten, no. 534, fol. 12r"),
  ])
  func archives(_ text: String, _ expected: String) throws {
    let citations = try Fixture.read([text]).citations
    #expect(citations.map(\.form) == [.archival])
    #expect(citations.map(\.text) == [expected])
  }

  @Test func chainsOfNotes() throws {
    let layer = try Fixture.read([
      "^1. John Harrow, The Cable and the Crown (London: Penguin, 1990), 45; see also Mary Quist, “Rates at Sea,” Post History 12 (1985): 5–49, at 7.",
      "^2. Ibid., 46.",
      "^3. For a different view, see Harrow, Cable and Crown, 101–3.",
      "^4. John Harrow, Wires of War (Oxford: Clarendon Press, 1994), 3. Idem, The Cable and the Crown, 9.",
      "^5. Quist, op. cit., p. 12.",
      "^6. Harrow, above, n. 4, at 77.",
      "^7. Rates fell after 1900; the reasons are disputed.",
    ])
    let found = layer.citations.map { "\($0.noteMark ?? "-") \($0.key) \($0.locator)" }
    #expect(
      found == [
        "1 harrow-1990 45", "1 quist-1985 7", "2 quist-1985 46", "3 harrow-1990 101-3", "4 harrow-1994 3",
        "4 harrow-1990 9", "5 quist-1985 12", "6 harrow-1994 77",
      ])
    #expect(layer.citations[1].prefix == "see also")
    #expect(layer.citations[2].authors == [PersonName(family: "Quist")])
    #expect(layer.citations[2].resolvedFrom == layer.citations[1].range)
    #expect(layer.works.map(\.key) == ["harrow-1990", "quist-1985", "harrow-1994"])
  }

  @Test func severalWorksInOneSentenceOfANote() throws {
    let layer = try Fixture.read([
      "^1. Bernd Harrow, Cables and Crowns, ed. and trans. H. C. Quist (London: Penguin, 1990), pp. 4–5; see also "
        + "Ann Keel, Rates at Sea, 1520–1555 (Leiden: Brill, 1978), 3–9, and, for an exception, Olu Ostrow, The Quiet "
        + "Wires (New Haven, 1975), ch. 2.",
      "^2. Keel, Rates at Sea, 72; Ostrow, op. cit., p. 131.",
    ])
    let found = layer.citations.map { "\($0.noteMark ?? "-") \($0.key) \($0.locator)" }
    #expect(
      found == [
        "1 harrow-1990 4-5", "1 keel-1978 3-9", "1 ostrow-1975 ch. 2", "2 keel-1978 72", "2 ostrow-1975 131",
      ])
  }

  /// A note may break off anywhere: cut by a page, or by a scanner.
  @Test(arguments: [",", ", and", ", and idem,", ", with", ";", "; see", ", ed.", " (", ", “"])
  func noteThatBreaksOff(end: String) throws {
    let layer = try Fixture.read([
      "The council was busy.", "^1. Olu Ostrow, The Quiet Wires (New York: Harbour Press, 1983)\(end)",
    ])
    #expect(layer.citations.first?.key == "ostrow-1983")
  }

  /// What is no work that the chain knows ends it: "ibid." behind a document is not the book before it.
  @Test func ibidBehindDocuments() throws {
    let layer = try Fixture.read([
      "The council was busy.",
      "^1. Olu Ostrow, The Quiet Wires (New York: Harbour Press, 1983), 21-24.",
      "^2. Ibid., 30.",
      "^3. Harbour Record Room, Quill, Letters of the Pilots, 12/44, Keel to Ostrow, 9 May 1882.",
      "^4. Ibid., 14 May 1882.",
      "^5. I am grateful to the pilots, who showed me the letters in 1989.",
      "^6. Ostrow, Quiet Wires, 8.",
      "^7. The pilots do not say so in any of the letters that I read there in 1989.",
      "^8. Ibid., 9.",
      "^9. Public Record Office, London, F.O. 78/3541, Keel to Ostrow, 9 May 1882.",
      "^10. Ibid., 14 May 1882.",
    ])
    let found = layer.citations.map {
      "\($0.noteMark ?? "-") \($0.form.rawValue) \($0.year ?? "-") \($0.locator)"
    }
    #expect(
      found == ["1 note 1983 21-24", "2 note 1983 30", "6 note 1983 8", "8 note 1983 9"], "\(found)")
  }

  @Test func worksThatOnlyTheParserReads() throws {
    let layer = try Fixture.read([
      "The council was busy.",
      "^1. Ada Keel, Gold for the Pilots (London: Harbour Press, 2000), chap. 9, and idem, “The Origins of Pilotage in the "
        + "Harbour,” Harbour Studies 26 (1994): 589-614.",
      "^2. Ostrow, diary, 3 February 1923, as cited in Klemens von Quist, Edith Ostrow: A Life in Harbour (Princeton: Harbour "
        + "Press, 1972), 214.",
      "^3. This was afterward engraved and published, July 30, 1783, by Ostrow in the Harbour.",
    ])
    let found = layer.citations.map { "\($0.noteMark ?? "-") \($0.key) \($0.locator)" }
    #expect(found == ["1 keel-2000 chap. 9", "1 keel-1994 589-614", "2 von-quist-1972 214"], "\(found)")
  }

  @Test func casesByTheirShortNames() throws {
    let layer = try Fixture.read([
      "The council was busy.",
      "^1. Keel v. Ostrow, 523 U.S. 371 (1998).",
      "^2. See also Keel, 523 U.S. at 376.",
    ])
    #expect(layer.citations.map(\.key) == ["keel-v-ostrow-1998", "keel-v-ostrow-1998"])
    #expect(layer.citations.map(\.text).last == "Keel, 523 U.S. at 376")
    #expect(layer.references.isEmpty)
  }

  @Test func rangesOfBrackets() throws {
    let entries = (1...6).map {
      "[\($0)] P. Keel and J. Harlow, “Rates of the cable in year \($0),” J. Post Hist., vol. 1\($0), pp. 12–30, 198\($0)."
    }
    let layer = try Fixture.read(
      ["Several have studied cables [1], [3]-[5], [6]."] + ["References"] + entries)
    #expect(
      layer.citations.filter { $0.form == .numeric }.map(\.key) == [
        "ref-1", "ref-3", "ref-4", "ref-5", "ref-6",
      ])
  }

  /// Superior figures that stand on the line count only where a long numbered list says so.
  @Test func numbersOutsideBrackets() throws {
    let entries = (1...6).map {
      "\($0). Keel P, Harlow J. Rates of the cable in year \($0). J Post Hist. 198\($0);1\($0):12–30."
    }
    let layer = try Fixture.read(
      [
        "Cables often failed.1 Rates rose in all ports1,2 and fell again3–5 at 10 km2. As in ref. 6, wages "
          + "fell.4 They never rose again.6 The harbour of 1987 was full."
      ] + ["References"] + entries)
    let found = layer.citations.filter { $0.form == .numeric }.map(\.text)
    #expect(found == ["1", "1", "2", "3–5", "3–5", "3–5", "6", "4", "6"])
  }

  @Test func ibidInRunningText() throws {
    let layer = try Fixture.read([
      "Prices fell (Hoffmann and Quist 1989, 4). They rose again (ibid., 7). So did wages (Ibid.)."
    ])
    #expect(
      layer.citations.map(\.key) == ["hoffmann-quist-1989", "hoffmann-quist-1989", "hoffmann-quist-1989"])
    #expect(layer.citations.map(\.locator) == ["4", "7", ""])
  }
}
