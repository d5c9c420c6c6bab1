import EmendCorpus
import EmendModel
import FoundationEssentials
import Testing

@Suite struct WritersTests {
  func corpus(_ editions: [Edition]) throws -> (Corpus, ScratchFolder) {
    let folder = ScratchFolder()
    let writer = try CorpusWriter(folder: folder.path)
    for edition in editions { try writer.add(edition: edition, stamp: "1") }
    try writer.finish()
    return (try Corpus(folder: folder.path), folder)
  }

  func text(_ corpus: Corpus, _ format: DocumentFormat) throws -> String {
    let buffer = ByteBuffer()
    try corpus.export(format, to: buffer)
    return buffer.text
  }

  @Test func textIsTheReadingText() throws {
    let (corpus, folder) = try corpus([Essay.edition()])
    defer { withExtendedLifetime(folder) {} }
    #expect(try text(corpus, .text) == String(decoding: Essay.edition().document.reading, as: UTF8.self))
  }

  @Test(arguments: [
    (DocumentFormat.markdown, "# The Wires of Empire\n\nThe cable companies did not act alone."),
    (.markdown, "(Headrick 1991, 12).[^1] The significant"),
    (.markdown, "[^1]: 1. See \\<Headrick\\> & others.\n"),
    (
      .vrt,
      "<s id=\"essay-003\" labels=\"|mechanism/coercion|role/initiator/external|\" actors=\"|uk|\">\nBritain\nthreatened\n"
    ),
    (.vrt, "See\n&lt;\nHeadrick\n&gt;\n&amp;\nothers\n.\n</s>\n</p>\n"),
    (
      .conllu,
      "# sent_id = essay-002\n# text = The cable companies did not act alone.\n# page = 13\n1\tThe\t_"
    ),
    (.conllu, "7\talone\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n8\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n"),
    (
      .quanteda,
      "doc_id,text,document,passage,page,section,kind,labels,actors\nessay-p001,The Wires of Empire,essay,1,13,"
    ),
  ])
  func says(format: DocumentFormat, expected: String) throws {
    let (corpus, folder) = try corpus([Essay.edition()])
    defer { withExtendedLifetime(folder) {} }
    #expect(try text(corpus, format).contains(expected))
  }

  @Test func bratOffsetsCountCharacters() throws {
    let (corpus, folder) = try corpus([Essay.edition()])
    let out = folder.file("brat")
    #expect(try corpus.export(.brat, toFolder: out) == 3)
    let reading = Array(folder.text("brat/essay.txt").unicodeScalars)
    let lines = folder.text("brat/essay.ann").split(separator: "\n")
    #expect(lines.count == 8)
    for line in lines where line.hasPrefix("T") {
      let fields = line.split(separator: "\t")
      let span = fields[1].split(separator: " ")
      let (start, end) = (try #require(Int(span[1])), try #require(Int(span[2])))
      #expect(String(String.UnicodeScalarView(reading[start..<end])) == String(fields[2]))
    }
  }

  /// The command for one text and the export of a corpus say the same.
  @Test func annotationsOfATextAreThoseOfTheCorpus() throws {
    let edition = Essay.edition()
    let (corpus, folder) = try corpus([edition])
    try corpus.export(.brat, toFolder: folder.file("brat"))
    let standoff = Standoff(edition)
    #expect(folder.text("brat/essay.ann") == String(decoding: standoff.annotations, as: UTF8.self))
    #expect(
      folder.text("brat/annotation.conf")
        == String(decoding: Standoff.configuration(standoff.types), as: UTF8.self))
    #expect(standoff.types.contains { $0.hasPrefix("mechanism_") })
    #expect(standoff.types.contains { $0.hasPrefix("actor_") })
  }

  @Test func theTableOfTagsIsSafeForSpreadsheets() {
    let essay = Essay.edition()
    var tags = essay.tags
    tags.lexicon = "=1+1"
    let edition = Edition(document: essay.document, citations: essay.citations, tags: tags)
    let safe = String(decoding: TagTable().rows(of: edition), as: UTF8.self)
    let raw = String(decoding: TagTable(raw: true).rows(of: edition), as: UTF8.self)
    #expect(safe.contains(",'=1+1\n") && !safe.contains(",=1+1\n"))
    #expect(raw.contains(",=1+1\n"))
    let columns = TagTable().head.split(separator: 0x2C).count
    #expect(columns == 16)
  }

  @Test func cellsThatASpreadsheetWouldRunAreGuarded() throws {
    let (corpus, folder) = try corpus([Essay.odd])
    defer { withExtendedLifetime(folder) {} }
    let (safe, raw) = (ByteBuffer(), ByteBuffer())
    try corpus.exportCSV(.passages, to: safe)
    try corpus.exportCSV(.passages, raw: true, to: raw)
    #expect(safe.text.contains(",'=cmd|' /C calc'!A0,"))
    #expect(safe.text.contains(",'@x,") && safe.text.contains(",'+1,"))
    #expect(raw.text.contains(",=cmd|' /C calc'!A0,"))
  }

  @Test func theReportEscapesAndStandsForItself() throws {
    let (_, folder) = try corpus([Essay.odd, Essay.edition(), Essay.empty])
    let report = folder.text("report.html")
    #expect(!report.contains("<script>alert"))
    #expect(!report.contains("One <b>"))
    #expect(!report.contains("http://") && !report.contains("https://") && !report.contains("src="))
    #expect(report.contains("prefers-color-scheme: dark"))
    for heading in ["What was read", "Damage and repair", "Works cited", "Labels and actors", "Outline"] {
      #expect(report.contains(">\(heading)</h2>"), "\(heading)")
    }
  }

  @Test func bibliographiesHoldTheWorksOfTheCorpus() throws {
    let (corpus, folder) = try corpus([Essay.edition(id: "a"), Essay.edition(id: "b")])
    #expect(folder.text("references.bib").contains("@book{headrick-1991,"))
    #expect(folder.text("references.ris").components("TY  -") == 1)
    #expect(folder.text("works.jsonl").components("\"key\":\"headrick-1991\"") == 1)
    #expect(
      folder.text("works.jsonl").contains("\"citations\":2,\"references\":2,\"documents\":[\"a\",\"b\"]"))
    var selection = Selection()
    selection.add(.document, "nothing*")
    let buffer = ByteBuffer()
    try corpus.bibliography(.bibtex, where: selection, to: buffer)
    #expect(!buffer.text.contains("headrick"))
  }

  @Test func conditionsPickPassages() throws {
    let (corpus, folder) = try corpus([Essay.edition(id: "a"), Essay.edition(id: "b")])
    defer { withExtendedLifetime(folder) {} }
    func count(_ records: Corpus.Records, _ conditions: [String]) throws -> Int {
      let buffer = ByteBuffer()
      try corpus.export(records, where: Selection(parsing: conditions), to: buffer)
      return buffer.text.components("\n")
    }
    #expect(try count(.passages, []) == 10)
    #expect(try count(.passages, ["document=a"]) == 5)
    #expect(try count(.passages, ["document=a", "document=b", "kind=note"]) == 2)
    #expect(try count(.passages, ["label=mechanism"]) == 2)
    #expect(try count(.sentences, ["label=mechanism"]) == 4)
    #expect(try count(.sentences, ["query=significant", "document=b"]) == 3)
    #expect(try count(.documents, ["section=Wires*"]) == 0)
    #expect(try count(.documents, ["section=*Wires*"]) == 2)
    #expect(try count(.citations, ["year=1991", "page=13"]) == 2)
  }
}

extension String {
  /// How often a text occurs.
  func components(_ text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
