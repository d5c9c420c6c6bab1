import Foundation
import Testing

private let missing = "/nowhere/at/all.txt"

/// The exit codes of the command-line contract, each with one line on standard error and nothing half
/// written.
@Suite struct ExitCodeTests {
  @Test func helpAndVersionAreOK() throws {
    #expect(try emend("--help").status == 0)
    #expect(try emend("--version").text.hasPrefix("0."))
    for verb in [
      "build", "clean", "diff", "outline", "cite", "references", "parse", "tag", "kwic", "table", "export",
      "stream", "check", "lexicon", "train", "init", "config", "explain", "manual",
    ] {
      let help = try emend(verb, "--help")
      #expect(help.status == 0 && help.text.contains("USAGE") && help.text.contains("Example"), "\(verb)")
    }
  }

  @Test(arguments: [
    ["clean", "--no-such-option"], ["no-such-verb"], ["build", "x"], ["clean", "-j", "-3", "x"],
    ["stream", "--limit", "0"], ["stream", "--limit", "9223372036854775807"],
    ["clean", "--changes", "-", "x"], ["export", "x", "--to", "bibtex", "--what", "tags"],
    ["kwic", "x", "y", "-j", "-2"], ["export", "x", "--to", "ris", "--progress", "sometimes"],
  ])
  func usageIs64(arguments: [String]) throws {
    #expect(try emend(arguments).status == 64)
  }

  /// Arguments, and what is said of them.
  @Test(arguments: [
    (["claen", "x.txt"], "there is no command \"claen\"; did you mean \"clean\"?"),
    (["frobnicate"], "there is no command \"frobnicate\"; emend --help lists those that there are"),
    (["lexicon", "lnit"], "there is no command \"lnit\"; did you mean \"lint\"?"),
  ])
  func unknownCommandsAreNamed(arguments: [String], message: String) throws {
    let run = try emend(arguments)
    #expect(run.status == 64 && run.errors == "emend: \(message)\n")
  }

  @Test func onlyNearOptionsAreProposed() throws {
    #expect(try emend("clean", "--keep-line").errors.contains("Did you mean '--keep-lines'?"))
    let far = try emend("clean", "--to", "x")
    #expect(far.status == 64 && far.errors.contains("Unknown option '--to'"))
    #expect(!far.errors.contains("Did you mean"))
  }

  /// A script may give every command the same options, also those that have no effect on a query.
  @Test(arguments: [
    ["kwic", "/nowhere", "y"], ["table", "/nowhere", "--rows", "label", "--columns", "actor"],
    ["export", "/nowhere", "--to", "ris"],
  ])
  func sharedOptionsAreTakenByAll(arguments: [String]) throws {
    let shared = [
      "-j", "2", "--progress", "never", "--color", "never", "-q", "-v", "--json-log", "--lexicons", "y",
    ]
    #expect(try emend(arguments + shared).status == 66)
  }

  /// One wording for all files that are not there.
  @Test(arguments: [
    ["clean", missing], ["outline", missing], ["cite", missing], ["tag", missing], ["diff", missing],
    ["references", missing], ["build", missing, "-o", "/nowhere/out"], ["parse", missing],
    ["check", missing], ["lexicon", "import", "--from", "liwc", missing],
    ["table", "agreement", missing, missing], ["train", "references", missing],
    ["train", "finder", missing], ["train", "headings", missing], ["clean", "--decisions", missing, "-"],
    ["build", "-", "-o", "/nowhere/out", "--decisions", missing],
  ])
  func aMissingInputIs66(arguments: [String]) throws {
    let run = try emend(arguments)
    #expect(run.status == 66)
    #expect(run.output.isEmpty)
    #expect(run.errors == "emend: \(missing): no such file or folder (check the path) [not-found]\n")
  }

  @Test(arguments: [
    ["check", "a.citations.jsonl", "--input", "a.txt"], ["check", "a.tags.jsonl", "--input", "a.txt"],
    ["check", "passages.jsonl"], ["check", "references.jsonl"], ["train", "references", "references.jsonl"],
    ["train", "headings", "lines.jsonl"], ["table", "agreement", "a.tags.jsonl", "a.tags.jsonl"],
  ])
  func aBadLineOfDataIs65AndNamed(arguments: [String]) throws {
    let scratch = try Scratch()
    try scratch.write("a.txt", "A line of text.\n")
    try scratch.write(
      "a.citations.jsonl",
      #"{"line": 1, "text": "x", "form": "note", "group": "g", "authors": [], "locator": "", "prefix": "", "#
        + #""key": "x"}"# + "\nbroken\n")
    try scratch.write(
      "a.tags.jsonl",
      #"{"id": "1", "line": 1, "line_end": 1, "first_words": "A line", "mechanisms": [], "roles": [], "#
        + #""structure": [], "actors": []}"# + "\nbroken\n")
    try scratch.write("passages.jsonl", #"{"ocr": "a", "truth": "a"}"# + "\nbroken\n")
    try scratch.write("references.jsonl", #"{"raw": "a", "fields": []}"# + "\n{\"raw\"\n")
    try scratch.write("lines.jsonl", #"{"id": "a", "lines": ["x"], "labels": ["text"]}"# + "\nbroken\n")
    let run = try emend(arguments, in: scratch.url)
    #expect(run.status == 65, "\(run.errors)")
    #expect(run.errors.contains(".jsonl:2: "), "\(run.errors)")
  }

  @Test func emptyDataIs65() throws {
    let scratch = try Scratch()
    let data = try scratch.write("a.jsonl", "")
    for arguments in [["train", "references"], ["train", "finder"], ["check"]] {
      let run = try emend(arguments + [data.path])
      #expect(run.status == 65 && run.errors.contains("a.jsonl"), "\(run.errors)")
    }
    #expect(try emend("train", "references", data.path).errors == "emend: \(data.path): is empty\n")
  }

  @Test func aModelThatCannotBeWrittenIs73BeforeTheTraining() throws {
    let scratch = try Scratch()
    let data = try scratch.write("a.jsonl", #"{"raw": "a", "fields": []}"# + "\n")
    for verb in ["references", "finder"] {
      let run = try emend("train", verb, data.path, "-o", "/nowhere/at/all.crf")
      #expect(run.status == 73)
      #expect(run.errors.contains("/nowhere/at/all.crf"))
    }
  }

  /// Settings are looked at before anything else, by every command that has any.
  @Test(arguments: [
    ["clean", "x"], ["build", "x", "-o", "y"], ["kwic", "x", "y"], ["export", "x", "--to", "ris"],
    ["table", "x", "--rows", "label", "--columns", "actor"], ["table", "network", "x"], ["stream"],
    ["table", "dispersion", "x", "--label", "y"], ["table", "keyness", "x", "--label", "y"],
    ["table", "agreement", "x", "y"], ["parse", "x"], ["check", "x"], ["config", "show"], ["diff", "x"],
    ["lexicon", "lint"], ["train", "headings", "x"],
  ])
  func aBadConfigurationIs65(arguments: [String]) throws {
    let file = try emend(arguments + ["--config", "/nowhere/emend.yaml"])
    #expect(file.status == 65)
    #expect(file.errors == "emend: /nowhere/emend.yaml: no such file or folder (check the path)\n")
    let variable = try emend(arguments, environment: ["EMEND_JOBS": "many"])
    #expect(variable.status == 65)
    #expect(variable.errors.contains("EMEND_JOBS"))
  }

  @Test func aPictureNamedTextIs66() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      "plate.txt",
      Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + (0..<2_000).map { UInt8($0 % 251) }))
    let run = try emend("clean", file.path)
    #expect(run.status == 66)
    #expect(run.errors.contains("plate.txt"))
    #expect(run.output.isEmpty)
  }

  @Test func anEmptyFileIsNoError() throws {
    let scratch = try Scratch()
    let run = try emend("clean", try scratch.write("empty.txt", "").path)
    #expect(run.status == 0)
    #expect(run.text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty)
  }

  @Test func aMissingLexiconFolderIs65() throws {
    let run = try emend("clean", "--lexicons", "/nowhere", input: Data("text".utf8))
    #expect(run.status == 65)
    #expect(run.errors.contains("/nowhere"))
  }

  @Test func anOutputThatCannotBeMadeIs73() throws {
    let scratch = try Scratch()
    let file = try scratch.write("a.txt", "A line of text.\n")
    #expect(try emend("clean", "-o", "/proc/nowhere", file.path).status == 73)
    #expect(try emend("build", file.path, "-o", "/proc/nowhere").status == 73)
    let corpus = try SmallCorpus.scratch.get() / "corpus"
    let text = try emend("export", corpus.path, "--to", "text", "-o", file.path)
    #expect(text.status == 73 && text.errors.contains("\(file.path) is a file"))
  }

  @Test func anOutputFolderWithinTheInputIsRefused() throws {
    let scratch = try Scratch()
    try scratch.write("scans/a.txt", "A line of text.\n")
    let run = try emend("build", (scratch / "scans").path, "-o", (scratch / "scans/out").path)
    #expect(run.status == 64)
    #expect(!FileManager.default.fileExists(atPath: (scratch / "scans/out").path))
  }

  @Test func oneBadDocumentDoesNotStopABatch() throws {
    let scratch = try Scratch()
    try scratch.write("scans/a.txt", "The first document stands here.\n")
    try scratch.write("scans/b.txt", Data([0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 0, count: 900)))
    try scratch.write("scans/c.txt", "The third document stands here.\n")
    let run = try emend("clean", "-o", (scratch / "out").path, (scratch / "scans").path)
    #expect(run.status == 1)
    #expect(run.errors.contains("b.txt"))
    #expect(
      try String(contentsOf: scratch / "out/a.txt", encoding: .utf8) == "The first document stands here.\n")
    #expect(
      try String(contentsOf: scratch / "out/c.txt", encoding: .utf8) == "The third document stands here.\n")
  }
}
