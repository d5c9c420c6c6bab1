import EmendModel
import EmendReading
import Testing

@Suite struct HOCRTests {
  static let page = """
    <html><head><title>not text</title></head><body>
    <div class='ocr_page' title='image "scans/0007.tif"; bbox 0 0 1000 1500; ppageno 6'>
     <div class='ocr_carea'><p class='ocr_par'>
      <span class='ocr_line' title='bbox 10 20 500 60; x_size 30'><span class='ocrx_word' title='bbox 10 20 90 60; x_wconf 91'>Treaties</span> <span class='ocrx_word' title='bbox 95 20 150 60; x_wconf 40'>&amp;</span> <span class='ocrx_word' title='bbox 160 20 200 60; x_wconf 88'>con-</span></span>
      <span class='ocr_line' title='bbox 10 70 500 110'><span class='ocrx_word' title='bbox 10 70 90 110; x_wconf 75'>ventions<em>ofold</em></span></span>
     </p><p class='ocr_par'><span class='ocr_line' title='bbox 10 120 500 150'><span class='ocrx_word'>End.</span></span></p></div></div>
    <div class='ocr_page' title='bbox 0 0 1000 1500'></div>
    </body></html>
    """

  @Test func linesWordsAndBoxes() throws {
    let scan = try read(Self.page, name: "a.html")
    checkInvariants(scan)
    #expect(scan.source.format == .hocr)
    #expect(scan.pageTexts == [["Treaties & con-", "ventionsofold", "End."], []])
    #expect(
      scan.pages[0].name == "0007.tif"
        && scan.pages[0].size == Scan.Box(x: 0, y: 0, width: 1000, height: 1500))
    #expect(scan.words.map(\.confidence) == [0.91, 0.4, 0.88, 0.75])
    #expect(scan.words[0].box == Scan.Box(x: 10, y: 20, width: 80, height: 40))
    #expect(scan.lines[0].layout.fontSize == 30 && scan.lines[0].layout.box?.width == 490)
    #expect(scan.lines[0].layout.zone == scan.lines[1].layout.zone)
    #expect(scan.lines.map { $0.layout.startsParagraph == true } == [true, false, true])
    #expect(scan.emphasis.map { String(decoding: scan.text[$0.range], as: UTF8.self) } == ["ofold"])
    // Each word leads back to its bytes in the file.
    let source = Array(Self.page.utf8)
    for word in ["Treaties", "ventions", "End."] {
      let at = try #require(scan.witness.utf8Offset(of: word))
      let range = try #require(scan.origin).source(ofTarget: at..<(at + word.utf8.count))
      #expect(String(decoding: source[range], as: UTF8.self) == word)
    }
    let sign = try #require(scan.witness.utf8Offset(of: "&"))
    let range = try #require(scan.origin).source(ofTarget: sign..<(sign + 1))
    #expect(String(decoding: source[range], as: UTF8.self) == "&amp;")
  }

  @Test(arguments: [
    // Without pages or boxes.
    ("<p class=ocr_par><span class=ocr_line>One line</span><span class=ocr_line>two", ["One line", "two"]),
    // Tag soup, bare ampersands, references to controls.
    (
      "<html><body><p>A & B &copy; <b>bold<i> both</b> &#1; end<br>next</p><p>C",
      ["A & B © bold both end", "next", "C"]
    ),
    ("<html><h1>Head</h1><pre>a\n b\n</pre>tail<script>no()</script></html>", ["Head", "a", "b", "tail"]),
    ("<html><p>poli<em>tics</em> now</p></html>", ["politics now"]),
  ])
  func tagSoup(_ html: String, _ lines: [String]) throws {
    let scan = try read(html, name: "a.html")
    #expect(scan.lineTexts == lines)
    checkInvariants(scan)
  }

  @Test func headings() throws {
    #expect(try read("<html><h2>Head</h2><p>Text</p></html>").lines.map(\.layout.heading) == [2, nil])
  }

  /// HTML, and each line with what its layout says: "¶" a new paragraph, ">" quoted, "-" an item, "|" a row, "~" a link
  /// through the site, "\\" a forced line end.
  @Test(arguments: [
    ("<p>One<p>Two<br>and more<br><br>Three", ["¶One", "¶Two\\", "and more\\", "¶Three"]),
    (
      "<nav><a href='/'>Home</a></nav><p>It said:</p><blockquote><p>So be it.</p></blockquote>And so it was.",
      ["¶~Home", "¶It said:", "¶>So be it.", "¶And so it was."]
    ),
    ("<ul><li>one<li><p>two</p><p>more</p></ul><ol><li>three</ol>", ["¶-one", "¶-two", "¶more", "¶-three"]),
    (
      "<table><caption>Ages</caption><tr><th>Name<th>Age<tr><td><p>Ann<br>Low</p><td>3</table>after",
      ["¶Ages", "¶|Name   Age", "¶|Ann Low   3", "¶after"]
    ),
    // A table that lays out a page.
    (
      "<table><tr><td><h1>Title</h1><p>Text.</p></td><td><ul><li>link</ul></td></tr></table>",
      ["¶Title", "¶Text.", "¶-link"]
    ),
    ("<div>One</div><div>Two<span> more</span></div>", ["¶One", "¶Two more"]),
    ("<pre>a line\nnext\n\nother</pre>", ["¶a line\\", "next\\", "¶other"]),
  ])
  func plainHTML(_ html: String, _ lines: [String]) throws {
    let scan = try read("<!DOCTYPE html><html><body>" + html + "</body></html>", name: "a.html")
    #expect(scan.source.format == .html)
    let found = zip(scan.lines, scan.lineTexts).map { line, text in
      let layout = line.layout
      return (layout.startsParagraph == true ? "¶" : "") + (layout.quoteDepth > 0 ? ">" : "")
        + (layout.listMark != nil ? "-" : "")
        + (layout.part == .table ? "|" : layout.part == .navigation ? "~" : "")
        + text + (layout.hardBreak ? "\\" : "")
    }
    #expect(found == lines)
    checkInvariants(scan)
  }

  /// HTML, and each note as its mark, its lines and its own mark.
  @Test(arguments: [
    (
      "<p>Said so.<sup><a href='#fn1'>1</a></sup> And<a href='#b2'>[2]</a></p><div id=fn1><p>1. See Low.<p>More.</div><p id=b2>[2] Low 1990.",
      ["1|1. See Low./More.|1. "]
    ),
    (
      "<p>So.<a href='#n1' role='doc-noteref' id='r1'>*</a><ol><li id='n1'><p>See Low. <a href='#r1' role='doc-backlink'>↩</a></p></ol>",
      ["*|See Low.|"]
    ),
    (
      "<p>A<a href='#_ftn1'>[1]</a><p><a name='_ftn1' href='#_ftnref1'>[1]</a> Word's own.<p>Text.",
      ["1|[1] Word's own.|[1] "]
    ),
    ("<p>See <a href='#s2'>2</a>.<h2 id=s2>Two</h2>", []),
  ])
  func notesOfHTML(_ html: String, _ notes: [String]) throws {
    let scan = try read("<html><body>" + html + "</body></html>", name: "a.html")
    let found = scan.notes.map { note in
      "\(note.mark)|\(scan.lineTexts[note.lines].joined(separator: "/"))|"
        + String(decoding: scan.text[note.ownMark], as: UTF8.self)
    }
    #expect(found == notes)
    #expect(scan.notes.allSatisfy { $0.call != nil })
  }

  @Test(.timeLimit(.minutes(1))) func deepNesting() {
    let html = "<html>" + String(repeating: "<div>", count: 100_000) + "x"
    #expect(code { _ = try read(html, name: "a.html") } == .tooDeep)
  }

  @Test(.enabled(if: Samples.arePresent, "needs the shared samples"))
  func sameWordsAsText() throws {
    for page in ["00000010", "00000070", "00000268"] {
      let hocr = try read(Samples.bytes("structure-docs/11_gbs/\(page).html"), name: "\(page).html")
      let text = try read(Samples.bytes("structure-docs/11_gbs/\(page).txt"))
      checkInvariants(hocr)
      #expect(hocr.wordTexts == text.wordTexts, "\(page)")
    }
  }
}

@Suite struct ALTOTests {
  static func document(
    _ lines: String, version: String = "xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\""
  ) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <alto \(version)><Styles><TextStyle ID="T1" FONTSIZE="9.5" FONTSTYLE="italics"/></Styles>
    <Layout><Page ID="P1" PHYSICAL_IMG_NR="4" WIDTH="2000" HEIGHT="3000">
    <BottomMargin><TextBlock ID="F"><TextLine><String CONTENT="17"/></TextLine></TextBlock></BottomMargin>
    <PrintSpace><TextBlock ID="B1">\(lines)</TextBlock></PrintSpace></Page></Layout></alto>
    """
  }

  @Test(arguments: [
    "", "xmlns=\"http://www.loc.gov/standards/alto/ns-v2#\"", "xmlns=\"http://schema.ccs-gmbh.com/ALTO\"",
  ])
  func versions(_ namespace: String) throws {
    let text = Self.document(
      """
      <TextLine HPOS="10" VPOS="20" WIDTH="300" HEIGHT="40" STYLEREFS="T1"><String CONTENT="Rules &amp;" WC="0.5" HPOS="1" VPOS="2" WIDTH="3" HEIGHT="4"/><SP/><String CONTENT="orders" WC="0.9"/></TextLine>
      """, version: namespace)
    let scan = try read(text, name: "a.xml")
    checkInvariants(scan)
    #expect(scan.source.format == .alto)
    #expect(scan.lineTexts == ["Rules & orders", "17"])
    #expect(scan.words.map(\.confidence) == [0.5, 0.9])
    #expect(scan.words[0].box == Scan.Box(x: 1, y: 2, width: 3, height: 4))
    #expect(scan.lines[0].layout.fontSize == 9.5 && scan.lines[0].layout.box?.height == 40)
    #expect(scan.emphasis.count == 1 && scan.pages[0].size?.width == 2000 && scan.pages[0].name == "4")
    let at = try #require(scan.witness.utf8Offset(of: "orders"))
    let range = try #require(scan.origin).source(ofTarget: at..<(at + 6))
    #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self) == "orders")
  }

  /// A cut word comes once, with one hyphen, however the file says that it is cut.
  @Test(arguments: [
    "<String CONTENT=\"ex\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"example\"/><HYP CONTENT=\"-\"/>",
    "<String CONTENT=\"ex\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"example\"/><HYP CONTENT=\"\"/>",
    "<String CONTENT=\"ex\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"example\"/><HYP/>",
    "<String CONTENT=\"ex\"/><HYP CONTENT=\"&#xAD;\"/>",
    "<String CONTENT=\"ex-\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"example\"/><HYP CONTENT=\"-\"/>",
    "<String CONTENT=\"ex\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"example\"/>",
  ])
  func hyphens(_ first: String) throws {
    let second = "<String CONTENT=\"ample\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"example\"/>"
    let scan = try read(Self.document("<TextLine>\(first)</TextLine><TextLine>\(second)</TextLine>"))
    #expect(scan.lineTexts == ["ex-", "ample", "17"])
    checkInvariants(scan)
  }

  /// Whether the hyphen belongs to the word, as the whole word says.
  @Test(arguments: [("example", "ex", "ample"), ("well-known", "well", "known")])
  func wholeWords(_ whole: String, _ first: String, _ second: String) throws {
    let scan = try read(
      Self.document(
        """
        <TextLine><String CONTENT="\(first)" SUBS_TYPE="HypPart1" SUBS_CONTENT="\(whole)"/><HYP CONTENT="-"/></TextLine>\
        <TextLine><String CONTENT="\(second)" SUBS_TYPE="HypPart2" SUBS_CONTENT="\(whole)"/></TextLine>
        """))
    #expect(scan.lines[0].layout.hyphen == (whole.contains("-") ? .hard : .soft))
    #expect(scan.lines[1].layout.hyphen == nil)
  }

  @Test func wrongEncodingLabelAndMark() throws {
    let text =
      "\u{FEFF}"
      + Self.document("<TextLine><String CONTENT=\"Zürich\"/></TextLine>")
      .replacing("encoding=\"UTF-8\"", with: "encoding=\"ISO-8859-1\"")
    #expect(try read(text, name: "a.xml").lineTexts.first == "Zürich")
  }

  @Test func latin1Bytes() throws {
    let text = Self.document("<TextLine><String CONTENT=\"Zürich\"/></TextLine>")
    let scan = try read(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }, name: "a.xml")
    #expect(scan.lineTexts.first == "Zürich" && scan.source.encoding == "ISO-8859-1")
    checkInvariants(scan)
  }

  @Test func brokenXML() throws {
    let text = Self.document("<TextLine><String CONTENT=\"kept\"/></TextLine>").dropLast(50)
    let scan = try read(String(text), name: "a.xml")
    #expect(scan.lineTexts.contains("kept") && scan.warningCodes.contains("ill-formed"))
    #expect(code { _ = try read("<alto><", name: "a.xml") } == .badXML)
  }

  @Test(.enabled(if: Samples.arePresent, "needs the shared samples"))
  func newspaperSample() throws {
    let bytes = try Samples.bytes("structure-docs/12_alto/0002647_18240217_0001.xml")
    let scan = try read(bytes, name: "0002647_18240217_0001.xml")
    checkInvariants(scan)
    // The words of the file, counted from its text with no parser.
    let source = String(decoding: bytes, as: UTF8.self)
    let strings = source.split(separator: "<String ").dropFirst().compactMap { tag -> Substring? in
      for quote in ["\"", "'"] {
        if let start = tag.firstRange(of: " CONTENT=\(quote)") {
          return tag[start.upperBound...].prefix { String($0) != quote }
        }
      }
      return nil
    }
    #expect(scan.wordTexts.count >= strings.count && scan.words.count == strings.count)
    // 71 pairs of parts, each first part with its hyphen at the line end.
    #expect(source.split(separator: "HypPart1").count - 1 == 71)
    #expect(scan.lineTexts.count { $0.hasSuffix("-") } >= 71)
  }
}

@Suite struct PAGETests {
  static func document(order: String, regions: String) -> String {
    """
    <PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata><Creator>t</Creator></Metadata>
    <Page imageFilename="p1.tif" imageWidth="100" imageHeight="200">\(order)\(regions)</Page></PcGts>
    """
  }
  static let regions = """
    <TextRegion id="b"><TextLine id="l2"><Coords points="1,2 11,2 11,8 1,8"/>
     <Word id="w1"><Coords points="1,2 5,2 5,8"/><Glyph id="g"><TextEquiv><Unicode>X</Unicode></TextEquiv></Glyph><TextEquiv conf="0.8"><Unicode>second</Unicode></TextEquiv></Word>
     <Word id="w2"><TextEquiv conf="0.3"><Unicode>re¬</Unicode></TextEquiv></Word>
     <TextEquiv index="1"><Unicode>worse</Unicode></TextEquiv><TextEquiv index="0"><Unicode>second re¬</Unicode></TextEquiv></TextLine>
     <TextLine><Word><TextEquiv><Unicode>gion</Unicode></TextEquiv></Word></TextLine></TextRegion>
    <TextRegion id="a" type="heading"><TextEquiv><Unicode>The first
    region &amp; more</Unicode></TextEquiv></TextRegion>
    """
  static let inOrder =
    "<ReadingOrder><OrderedGroup id=\"g\"><RegionRefIndexed index=\"1\" regionRef=\"b\"/><RegionRefIndexed index=\"0\" regionRef=\"a\"/></OrderedGroup></ReadingOrder>"

  @Test func readingOrderAndWords() throws {
    let scan = try read(Self.document(order: Self.inOrder, regions: Self.regions), name: "a.xml")
    checkInvariants(scan)
    #expect(scan.source.format == .page)
    #expect(scan.lineTexts == ["The first", "region & more", "second re-", "gion"])
    #expect(
      scan.lines[0].layout.heading == 2
        && scan.lines[2].layout.box == Scan.Box(x: 1, y: 2, width: 10, height: 6))
    #expect(scan.words.first?.confidence == 0.8 && scan.pages[0].name == "p1.tif")
    #expect(scan.warnings.isEmpty)
  }

  @Test(arguments: [
    ("", 0),
    (
      "<ReadingOrder><OrderedGroup><RegionRefIndexed index=\"0\" regionRef=\"zz\"/></OrderedGroup></ReadingOrder>",
      1
    ),
    (
      "<ReadingOrder><UnorderedGroup><RegionRef regionRef=\"b\"/><RegionRef regionRef=\"b\"/></UnorderedGroup></ReadingOrder>",
      1
    ),
  ])
  func brokenOrders(_ order: String, _ warnings: Int) throws {
    let scan = try read(Self.document(order: order, regions: Self.regions), name: "a.xml")
    #expect(scan.lineTexts == ["second re-", "gion", "The first", "region & more"])
    #expect(scan.warningCodes.filter { $0 == "reading-order" }.count == warnings)
  }
}

@Suite struct HostileXMLTests {
  @Test func entitiesAreNotResolved() throws {
    let folder = TemporaryFolder()
    let secret = folder.write("secret.txt", "the secret")
    let text = """
      <!DOCTYPE alto [<!ENTITY x SYSTEM "file://\(secret)"><!ENTITY y "bomb">]>
      <alto><Layout><Page><PrintSpace><TextBlock><TextLine><String CONTENT="a"/>&x;<String CONTENT="b"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>
      """
    let scan = try read(text, name: "a.xml")
    #expect(scan.source.format == .alto && !scan.witness.contains("secret"))
    checkInvariants(scan)
  }

  @Test(.timeLimit(.minutes(1))) func expansionBomb() throws {
    var text = "<!DOCTYPE alto [<!ENTITY a0 \"ha\">"
    for level in 1...30 { text += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);&a\(level - 1);\">" }
    text +=
      "]><alto><Layout><Page><PrintSpace><TextLine><String CONTENT=\"&a30;\"/><String CONTENT=\"z\"/></TextLine></PrintSpace></Page></Layout></alto>"
    do {
      #expect(try read(text, name: "a.xml").text.count < 100_000)
    } catch { #expect(error is ReadingError) }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["alto", "PcGts", "plain_text"])
  func deepNesting(_ root: String) {
    let text = "<\(root)>" + String(repeating: "<page>", count: 100_000) + "x"
    #expect(code { _ = try read(text, name: "a.xml") } == .tooDeep)
  }

  @Test(arguments: ["alto", "PcGts", "mets", "html", "plain_text"])
  func anyBytesInside(_ root: String) {
    var seed: UInt64 = 5
    let pieces = [
      "<TextLine>", "<String CONTENT=\"a&amp;b\"/>", "</TextLine>", "<page>", "&", "<", ">", "\"", "é",
      "\u{0C}", "<HYP/>", "<Unicode>x", "<TextEquiv>", "<span class='ocr_line'>", "<div class=\"ocr_page\">",
      "]]>", "<!--", "<TextRegion id='a'>", "&#0;", "\n",
    ]
    for _ in 0..<400 {
      var text = "<\(root)>"
      for _ in 0..<20 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(seed >> 40) % pieces.count]
      }
      do { checkInvariants(try read(text, name: "a.xml"), "\(text)") } catch {
        #expect(error is ReadingError)
      }
    }
  }
}

@Suite struct JSTORTests {
  @Test func pagesAndMetadata() throws {
    let folder = TemporaryFolder()
    folder.write(
      "ocr/journal-article-1.txt",
      "<plain_text><page sequence=\"1\">First page &amp; so on\nwith two lines</page><page sequence=\"2\">Second</page></plain_text>"
    )
    folder.write(
      "metadata/journal-article-1.xml",
      """
      <article><front><journal-meta><journal-title>Annals of Cables</journal-title></journal-meta><article-meta>
      <title-group><article-title>On <italic>wires</italic></article-title></title-group>
      <contrib-group><contrib><string-name><surname>Low</surname><given-names>Ann</given-names></string-name></contrib></contrib-group>
      <pub-date><year>1901</year></pub-date><volume>4</volume></article-meta></front>
      <back><ref><article-title>Other</article-title></ref></back></article>
      """)
    let documents = try Reading.documents(at: [folder.path])
    #expect(documents.map(\.id) == ["journal-article-1"])
    let scan = try documents[0].scan()
    checkInvariants(scan)
    #expect(scan.pageTexts == [["First page & so on", "with two lines"], ["Second"]])
    #expect(scan.metadata["title"] == "On wires" && scan.metadata["author"] == "Low, Ann")
    #expect(scan.metadata["journal"] == "Annals of Cables" && scan.metadata["year"] == "1901")
  }

  @Test func bareSigns() throws {
    let scan = try read("<plain_text><page sequence=\"1\">Smith & Sons < 3\nend</page></plain_text>")
    #expect(scan.witness.contains("Smith & Sons") && scan.witness.contains("end"))
  }
}

extension String {
  func utf8Offset(of part: String) -> Int? {
    firstRange(of: part).map { utf8.distance(from: utf8.startIndex, to: $0.lowerBound) }
  }
}

@Suite struct DjVuXMLTests {
  static let text = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE DjVuXML>
    <DjVuXML><HEAD></HEAD><BODY>
    <OBJECT data="file://localhost//tmp/cables.djvu" height="3412" type="image/x.djvu" usemap="cables_0001.djvu" width="2226">
    <PARAM name="PAGE" value="cables_0001.djvu"/><PARAM name="DPI" value="400"/>
    <HIDDENTEXT><PAGECOLUMN><REGION><PARAGRAPH>
    <LINE><WORD coords="10,60,90,20" x-confidence="87">Wires</WORD> <WORD coords="95,60,99,20" x-confidence="40">&amp;</WORD>
    <WORD coords="100,61,180,22,59"> ca-</WORD></LINE>
    <LINE><WORD coords="10,90,90,70">bles</WORD></LINE></PARAGRAPH></REGION></PAGECOLUMN></HIDDENTEXT></OBJECT>
    <MAP name="cables_0001.djvu"/>
    <OBJECT usemap="cables_0002.djvu" height="3412" width="2226"><HIDDENTEXT/></OBJECT>
    <OBJECT usemap="cables_0003.djvu" height="3412" width="2226"><HIDDENTEXT><PAGECOLUMN><REGION><PARAGRAPH><LINE><WORD>End</WORD></LINE></PARAGRAPH></REGION></PAGECOLUMN></HIDDENTEXT></OBJECT>
    </BODY></DjVuXML>
    """

  /// Empty pages stay; boxes are turned from left, bottom, right, top.
  @Test func pagesWordsAndBoxes() throws {
    let scan = try read(Self.text, name: "cables_djvu.xml")
    checkInvariants(scan)
    #expect(scan.source.format == .djvuXML && scan.warnings.isEmpty)
    #expect(scan.pageTexts == [["Wires & ca-", "bles"], [], ["End"]])
    #expect(scan.words.map(\.confidence) == [0.87, 0.4, nil, nil])
    #expect(scan.words.first?.box == Scan.Box(x: 10, y: 20, width: 80, height: 40))
    #expect(scan.words[2].box == Scan.Box(x: 100, y: 22, width: 80, height: 39))
    #expect(scan.pages[0].size?.height == 3412 && scan.pages[1].name == "cables_0002.djvu")
    #expect(scan.lines.map(\.layout.startsParagraph) == [true, false, true])
    let at = try #require(scan.witness.utf8Offset(of: "bles"))
    let range = try #require(scan.origin).source(ofTarget: at..<(at + 4))
    #expect(String(decoding: Array(Self.text.utf8)[range], as: UTF8.self) == "bles")
  }
}
