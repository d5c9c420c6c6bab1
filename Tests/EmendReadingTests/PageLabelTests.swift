import EmendModel
import EmendReading
import Testing

/// The printed numbers that a METS file gives its pages.
@Suite struct PageLabelTests {
  @Test func printedNumbersOfPages() throws {
    let folder = TemporaryFolder()
    folder.write("v/a.txt", "first")
    folder.write("v/b.txt", "second")
    let files = ["a", "b"].map {
      "<file ID=\"\($0)\" MIMETYPE=\"text/plain\"><FLocat href=\"\($0).txt\"/></file>"
    }
    let pages = [("a", "xiv", 1), ("b", "1", 2)].map {
      "<div TYPE=\"page\" ORDER=\"\($2)\" ORDERLABEL=\"\($1)\"><fptr FILEID=\"\($0)\"/></div>"
    }
    folder.write(
      "v/m.mets.xml",
      """
      <mets xmlns="http://www.loc.gov/METS/"><fileSec><fileGrp USE="ocr">\(files.joined())</fileGrp></fileSec>
      <structMap TYPE="physical"><div TYPE="volume">\(pages.joined())</div></structMap></mets>
      """)
    let documents = try Reading.documents(at: [folder.path])
    #expect(documents.count == 1)
    let scan = try documents[0].scan()
    #expect(scan.pages.map(\.label) == ["xiv", "1"])
  }
}
