import Foundation
import Testing

/// What goes to standard output and standard error, and in which words.
@Suite struct OutputTests {
  // MARK: clean

  @Test func changesGoToStandardOutputWhenTheTextsGoToAFolder() throws {
    let scratch = try Scratch()
    try scratch.write(
      "a.txt", "The o\u{FB03}cial met the con\u{FB02}ict of o\u{FB03}ces in the \u{FB01}rst year.\n")
    let run = try emend("clean", "a.txt", "-o", "out", "--changes", "-", in: scratch.url)
    #expect(run.status == 0)
    #expect(!run.lines.isEmpty && run.lines.allSatisfy { $0.hasPrefix(#"{"document":"a","#) })
    #expect(!FileManager.default.fileExists(atPath: (scratch / "-").path))
  }

  @Test func standardInputIsReadOnce() throws {
    let text = Data("One sentence of a text.\n".utf8)
    #expect(try emend("clean", "-", "-", input: text).output == emend("clean", input: text).output)
  }

  @Test func otherNamesAreTold() throws {
    let scratch = try Scratch()
    for name in ["scans/a.txt", "scans/b.txt", "scans/sub/a.txt"] { try scratch.write(name, "A text.\n") }
    let run = try emend("clean", "scans", "-o", "out", in: scratch.url)
    #expect(run.errors == "scans/sub/a.txt → out/a-2.txt\n")
    #expect(try emend("clean", "scans", "-o", "out", "-q", in: scratch.url).errors.isEmpty)
    let brat = try emend("tag", "scans", "--to", "brat", "-o", "brat", in: scratch.url)
    #expect(brat.errors == "scans/sub/a.txt → brat/a-2.ann\n")
  }

  @Test func verboseSaysALineForEachDocument() throws {
    let scratch = try Scratch()
    try scratch.write("a.txt", "First page.\n\u{0C}Second page.\n")
    let run = try emend("clean", "-v", "a.txt", in: scratch.url)
    #expect(run.errors == "a.txt: text, UTF-8, 2 pages\n")
  }

  // MARK: check

  @Test(arguments: ["One line here.\n\u{0C}Two line here.\n", "One line here.\u{0C}Two line here.\n"])
  func formFeedsAreNoErrors(text: String) throws {
    let scratch = try Scratch()
    try scratch.write("a.txt", text)
    try scratch.write("truth/a.txt", text)
    let run = try emend("check", "--input", "a.txt", "truth/a.txt", in: scratch.url)
    #expect(run.status == 0 && run.text.contains("character errors  0.00 % → 0.00 %"), "\(run.text)")
  }

  // MARK: build

  @Test func buildCountsWarningsAndSpeaksInSentences() throws {
    let scratch = try Scratch()
    try scratch.write("scans/a.txt", "The union met in 1865.\n")
    try scratch.write("scans/b.txt", "At last\u{FFFF} it met again.\n")
    let first = try emend("build", "-v", "scans", "-o", "out", in: scratch.url)
    #expect(
      first.errors == """
        a: 1 page, 0 changes, 0 warnings
        b: 1 page, 0 changes, 1 warning
        emend: warning: b: 1 surrogate or noncharacter read as U+FFFD [noncharacter]
        2 documents in out/, 2 read, 1 warning; see out/report.html

        """)
    let second = try emend("build", "scans", "-o", "out", in: scratch.url)
    #expect(second.errors == "2 documents in out/, 2 unchanged, 1 warning; see out/report.html\n")
    let one = try emend("build", "scans/a.txt", "-o", "one", in: scratch.url)
    #expect(one.errors == "1 document in one/, 1 read; see one/report.html\n")
    let dry = try emend("build", "scans/a.txt", "-o", "two", "--dry-run", in: scratch.url)
    #expect(dry.errors == "1 document would go to two/\n")
    #expect(dry.text == "a\tscans/a.txt\n")
  }

  // MARK: outline, diff

  @Test func kindsAreCountedInTheRightNumber() throws {
    let one = try emend("outline", input: Data("The union met in the year of the war.\n".utf8))
    #expect(one.text.contains("  1 paragraph; 1 sentence\n"))
    let two = try emend(
      "outline", input: Data("The union met in the year of war.\n\nIt met again in the year of peace.\n".utf8)
    )
    #expect(two.text.contains("  2 paragraphs; 2 sentences\n"))
  }

  @Test func diffNamesPageLineAndColumn() throws {
    let scan = packageRoot.appending(path: "Corpus/scans/postal-union.txt").path
    let diff = try emend("diff", scan).text
    let printed = #/^[ ?] p\. 4[5-9], [0-9]+:[0-9]+ /#.anchorsMatchLineEndings()
    #expect(diff.matches(of: printed).count > 20)
    #expect(diff.firstMatch(of: #/^[ ?] [0-9]+:[0-9]+/#.anchorsMatchLineEndings()) == nil)
  }

  // MARK: export

  @Test func teiOfSeveralDocumentsNeedsAFolder() throws {
    let scratch = try SmallCorpus.scratch.get()
    let several = try emend("export", "corpus", "--to", "tei", in: scratch.url)
    #expect(several.status == 64 && several.output.isEmpty && several.errors.contains("folder with -o"))
    let one = try emend("export", "corpus", "--to", "tei", "--where", "document=first", in: scratch.url)
    #expect(one.status == 0 && one.text.components(separatedBy: "<?xml").count == 2)
  }

  @Test func aHyphenIsStandardOutput() throws {
    let scratch = try SmallCorpus.scratch.get()
    for format in ["text", "bibtex"] {
      let plain = try emend("export", "corpus", "--to", format, in: scratch.url)
      #expect(!plain.output.isEmpty)
      #expect(
        try emend("export", "corpus", "--to", format, "-o", "-", in: scratch.url).output == plain.output)
    }
    #expect(!FileManager.default.fileExists(atPath: (scratch / "-").path))
  }

  // MARK: check

  @Test func gold() throws {
    let scratch = try Scratch()
    try scratch.write("a.txt", "The o\u{FB03}ce was open.\n")
    try scratch.write("a.gold.tsv", "o\u{FB03}ce\toffice\t1\n")
    let damage = try emend("check", "a.gold.tsv", in: scratch.url)
    #expect(damage.status == 0 && damage.text.hasPrefix("a.gold.tsv: damaged words\n"))
    #expect(damage.text.contains("1 repaired, 0 missed"))
    for table in ["counts", "citations"] {
      let run = try emend("check", packageRoot.appending(path: "Corpus/truth/\(table).tsv").path)
      #expect(run.status == 65 && run.output.isEmpty)
      #expect(run.errors.contains("no list of damaged forms"))
    }
  }

  // MARK: did you mean

  @Test(
    arguments: [
      (["explain", "fire"], nil), (["explain", "unmached-notes"], "unmatched-notes"),
      (["lexicon", "suggest", "nosuch", "-"], nil),
      (["lexicon", "suggest", "mechanism/coercin", "-"], "mechanism/coercion"),
      (["lexicon", "suggest", "coercion", "-"], "mechanism/coercion"),
    ] as [([String], String?)])
  func aProposalIsNear(arguments: [String], near: String?) throws {
    let run = try emend(arguments)
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains("there is no"))
    #expect(run.errors.contains("did you mean") == (near != nil))
    if let near { #expect(run.errors.contains("\"\(near)\"")) }
  }
}
