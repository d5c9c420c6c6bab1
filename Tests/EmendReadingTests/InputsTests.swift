import EmendModel
import EmendReading
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct InputsTests {
  @Test func theStandardInputIsListedOnce() throws {
    #expect(try Inputs(paths: ["-", "-"]).documents.map(\.name) == ["-"])
  }

  @Test func aFolderOfDocuments() throws {
    let folder = TemporaryFolder()
    for name in [
      "essay 10.txt", "essay 9.md", ".DS_Store", "._x.txt", "Thumbs.db", "cover.png", "b/essay 9.txt",
    ] {
      folder.write(name, "Some words\n")
    }
    let inputs = try Inputs(paths: [folder.path])
    #expect(inputs.documents.map(\.id) == ["essay 9", "essay 9-2", "essay 10"])
    #expect(inputs.documents[0].name.hasSuffix("b/essay 9.txt"))
    #expect(inputs.hidden == 3 && inputs.ignored.map { $0.split(separator: "/").last } == ["cover.png"])
  }

  @Test func numberedPagesAreOneVolume() throws {
    let folder = TemporaryFolder()
    for page in [1, 2, 10, 12] { folder.write("vol/page \(page).txt", "text of \(page)") }
    let documents = try Reading.documents(at: [folder.path])
    #expect(documents.map(\.id) == ["vol"])
    let scan = try documents[0].scan()
    checkInvariants(scan)
    #expect(scan.source.format == .pageFolder && scan.pages.count == 12)
    #expect(
      scan.pageTexts.filter { !$0.isEmpty } == [["text of 1"], ["text of 2"], ["text of 10"], ["text of 12"]])
    #expect(
      scan.pages.count { $0.evidence == .gap } == 8 && scan.warningCodes == ["missing-page", "missing-page"])
    #expect(scan.lines.map(\.number) == [1, 2, 3, 4] && scan.pages[9].name == "page 10.txt")
    // Offsets run through the files one after another.
    #expect(scan.place(at: scan.lines[1].range.lowerBound).source == 9)
  }

  @Test func yearsAreNoPages() throws {
    let folder = TemporaryFolder()
    for year in [1901, 1902, 1905] { folder.write("essay-\(year).txt", "text") }
    #expect(try Reading.documents(at: [folder.path]).count == 3)
    let one = try Reading.documents(at: [folder.path], options: .init(folders: .volume))
    #expect(try one.map { try $0.scan().pages.count } == [3])
  }

  /// Numbers padded with zeros are pages or documents by what the name says, else by how the texts end.
  @Test(arguments: [
    ("chapter-001", "A word and then", 3), ("doc_0001", "Ends with a stop.", 3),
    ("volume-001", "cut off in the", 3),
    ("mdp39015-001", "cut off in the", 1), ("mdp39015-001", "Ends with a stop.", 3),
    ("mdp39015-001", "one\u{C}two in", 3),
    ("p001", "Ends with a stop.", 1), ("set-001", "Ends with a stop.", 1),
  ])
  func paddedNumbers(_ name: String, _ text: String, _ documents: Int) throws {
    let folder = TemporaryFolder()
    for number in 1...3 { folder.write("set/\(name.dropLast(1))\(number).txt", text + "\n") }
    #expect(try Reading.documents(at: [folder.path + "/set"]).count == documents)
  }

  @Test func emptyPagesStay() throws {
    let folder = TemporaryFolder()
    for (page, text) in ["a\n", "", "b\n"].enumerated() { folder.write("0000\(page + 1).txt", text) }
    let scan = try Reading.documents(at: [folder.path])[0].scan()
    #expect(scan.pageTexts == [["a"], [], ["b"]] && scan.origin == nil && scan.witness == "a\nb\n")
  }

  @Test func collidingIds() throws {
    let folder = TemporaryFolder()
    let paths = ["a/x.txt", "b/x.txt", "c/X.txt", "c/x-2.txt"].map { folder.write($0, "t") }
    #expect(try Reading.documents(at: paths).map(\.id) == ["x", "x-3", "X-4", "x-2"])
    #expect(try Reading.documents(at: [paths[0], paths[0]]).count == 1)
  }

  @Test func failuresAreDocuments() throws {
    let folder = TemporaryFolder()
    let good = folder.write("good.txt", "t")
    let documents = try Reading.documents(at: [good, folder.path + "/none.txt"])
    #expect(documents.count == 2)
    #expect(try documents[0].scan().witness == "t")
    #expect(code { _ = try documents[1].scan() } == .notFound)
    let empty = TemporaryFolder()
    #expect(code { _ = try Reading.documents(at: [empty.path]) } == .noDocuments)
  }

  @Test func otherXMLIsNoDocument() throws {
    let folder = TemporaryFolder()
    let record = folder.write("record.xml", "<?xml version=\"1.0\"?><record><x/></record>")
    folder.write("text.txt", "t")
    let inputs = try Inputs(paths: [folder.path])
    #expect(inputs.documents.map(\.id) == ["text"] && inputs.ignored == [record])
    #expect(code { _ = try Reading.documents(at: [record])[0].scan() } == .unknownFormat)
  }

  @Test func limits() throws {
    let folder = TemporaryFolder()
    let path = folder.write("big.txt", String(repeating: "words\n", count: 100))
    var options = Reading.Options()
    options.limits.documentBytes = 500
    #expect(code { _ = try Reading.documents(at: [path], options: options)[0].scan() } == .tooLarge)
  }

  @Test func linksDoNotLoop() throws {
    let folder = TemporaryFolder()
    folder.write("a/x.txt", "t")
    symlink(folder.path, folder.path + "/a/back")
    #expect(try Reading.documents(at: [folder.path]).map(\.id) == ["x"])
  }

  @Test func fileNamesAreSafe() throws {
    let folder = TemporaryFolder()
    let path = folder.write("a: b?.txt", "t")
    let document = try Reading.documents(at: [path])[0]
    #expect(document.id == "a: b?" && document.fileName.hasPrefix("a_ b_-"))
  }

  @Test(.enabled(if: Samples.arePresent, "needs the shared samples"))
  func sampleFolders() throws {
    let documents = try Reading.documents(at: [Samples.folder + "/structure-docs"])
    #expect(
      documents.map(\.id).sorted() == [
        "01_foreign_relations", "03_montresor_family", "06_hawaiian_entomological_issue",
        "10_htrc_running_heads_vol1",
        "11_gbs", "11_problem_of_pacific_pages", "12_alto",
      ])
    let volume = try #require(documents.first { $0.id == "11_gbs" }).scan()
    checkInvariants(volume)
    #expect(
      volume.source.format == .mets
        && volume.pages.map(\.name) == ["00000010.html", "00000070.html", "00000268.html"])
    let text = try read(Samples.bytes("structure-docs/11_problem_of_pacific_pages.txt"))
    #expect(volume.wordTexts == text.wordTexts)
    let newspaper = try #require(documents.first { $0.id == "12_alto" }).scan()
    checkInvariants(newspaper)
    #expect(newspaper.pages.count == 4 && newspaper.pages.count { $0.evidence == .gap } == 3)
    #expect(newspaper.metadata["title"] == "The Statesman." && newspaper.metadata["date"] == "1824-02-17")
  }
}

@Suite struct METSTests {
  static func mets(_ files: [String], order: [Int]) -> String {
    let locations = files.enumerated().map {
      "<mets:file ID=\"F\($0)\" MIMETYPE=\"text/plain\"><mets:FLocat xlink:href=\"\($1)\"/></mets:file>"
    }
    let pages = order.enumerated().map {
      "<mets:div TYPE=\"page\" ORDER=\"\($0 + 1)\"><mets:fptr FILEID=\"F\($1)\"/></mets:div>"
    }
    return """
      <mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" OBJID="id.1"><mets:fileSec><mets:fileGrp USE="ocr">\(locations.joined())</mets:fileGrp></mets:fileSec>
      <mets:structMap TYPE="physical"><mets:div TYPE="volume">\(pages.joined())</mets:div></mets:structMap></mets:mets>
      """
  }

  /// The folders that a METS file names hold its pages, and no documents beside it.
  @Test(arguments: ["alto/1.xml", "file://./alto/1.xml"])
  func foldersOfPages(_ href: String) throws {
    let folder = TemporaryFolder()
    folder.write("v/mets.xml", Self.mets([href], order: [0]))
    folder.write("v/alto/1.xml", ALTOTests.document("<TextLine><String CONTENT=\"Cables\"/></TextLine>"))
    folder.write("v/other/letter.txt", "A letter.\n")
    let documents = try Reading.documents(at: [folder.path + "/v"])
    let texts = try documents.map { try $0.scan().wordTexts }
    #expect(texts == [["Cables", "17"], ["A", "letter."]])
  }

  @Test func orderAndAbsentFiles() throws {
    let folder = TemporaryFolder()
    folder.write("v/a.txt", "first")
    folder.write("v/b.txt", "second")
    folder.write(
      "v/m.mets.xml", Self.mets(["b.txt", "a.txt", "gone.txt", "../../etc/passwd.txt"], order: [1, 2, 0, 3]))
    let documents = try Reading.documents(at: [folder.path])
    #expect(documents.map(\.id) == ["v"])
    let scan = try documents[0].scan()
    checkInvariants(scan)
    #expect(scan.pageTexts == [["first"], [], ["second"]] && scan.pages[1].evidence == .gap)
    #expect(
      scan.warningCodes.sorted() == ["missing-page", "unsafe-path"] && scan.metadata["mets-id"] == "id.1")
  }

  @Test func nothingThere() throws {
    let folder = TemporaryFolder()
    let path = folder.write("m.xml", Self.mets(["gone.txt"], order: [0]))
    #expect(code { _ = try Reading.documents(at: [path])[0].scan() } == .notFound)
    #expect(code { _ = try read("<mets/>", name: "m.xml") } != nil)
  }
}
