import Foundation
import Testing

/// Nothing that is read is overwritten, and nothing of a refused run is written.
@Suite struct OverwritingTests {
  @Test(arguments: [
    ["clean", "x.txt", "-o", "."], ["clean", "./sub/../x.txt", "-o", "sub/.."],
    ["clean", "link.txt", "-o", "."], ["clean", "sub", "x.txt", "-o", "."],
    ["clean", "x.txt", "--changes", "x.txt"], ["clean", "x.txt", "--changes", "link.txt"],
    ["clean", "sub", "--changes", "sub/y.txt"], ["clean", "x.txt", "-o", "out", "--changes", "out/x.txt"],
    ["clean", "sub", "-o", "sub/out"],
    ["tag", "x.txt", "--to", "brat", "-o", "."], ["tag", "tei/x.ann", "--to", "brat", "-o", "tei"],
    ["build", "tei/x.xml", "-o", ".", "--force"], ["build", "references.bib", "-o", ".", "--force"],
    ["train", "references", "gold.txt", "-o", "gold.txt"],
    ["train", "references", "gold.txt", "--faults", "./gold.txt"],
    ["train", "finder", "gold.txt", "-o", "sub/../gold.txt"],
  ])
  func anInputIsNeverAnOutput(arguments: [String]) throws {
    let scratch = try Scratch()
    for name in ["x.txt", "sub/y.txt", "tei/x.xml", "tei/x.ann", "references.bib", "gold.txt"] {
      try scratch.write(name, "The file \(name) as it was.\n")
    }
    try scratch.link("link.txt", to: "x.txt")
    let before = try scratch.contents()
    let run = try emend(arguments, in: scratch.url)
    #expect(run.status == 64, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(try scratch.contents() == before)
  }

  @Test func whatIsNoInputMayBeReplaced() throws {
    let scratch = try Scratch()
    try scratch.write("scans/x.txt", "A line of text.\n")
    try scratch.write("out/x.txt", "of an earlier run")
    let run = try emend("clean", "scans", "-o", "out", "--changes", "changes.jsonl", in: scratch.url)
    #expect(run.status == 0)
    #expect(try String(contentsOf: scratch / "out/x.txt", encoding: .utf8) == "A line of text.\n")
  }

  @Test(arguments: [
    ["bibtex", "corpus.sqlite"], ["bibtex", "corpus.sqlite-wal"], ["bibtex", "references.bib"],
    ["csv", "report.html"], ["jsonl", "manifest.json"], ["ris", "tei/first.xml"], ["tei", "tei"],
    ["text", "tei/texts"], ["vrt", "../corpus/passages.jsonl"],
  ])
  func aCorpusIsNotExportedIntoItself(format: [String]) throws {
    let scratch = try SmallCorpus.scratch.get()
    let before = try scratch.contents()
    let run = try emend(
      "export", "corpus", "--to", format[0], "-o", "corpus/" + format[1], in: scratch.url)
    #expect(run.status == 64, "\(run.errors)")
    #expect(run.errors.contains("is a part of the corpus"))
    #expect(try scratch.contents() == before)
  }
}
