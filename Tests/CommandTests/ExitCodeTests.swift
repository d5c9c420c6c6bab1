import Foundation
import Testing

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
  ])
  func usageIs64(arguments: [String]) throws {
    #expect(try run(arguments).status == 64)
  }

  @Test(arguments: ["clean", "outline", "cite", "tag", "diff", "references"])
  func aMissingInputIs66(verb: String) throws {
    let missing = try emend(verb, "/nowhere/at/all.txt")
    #expect(missing.status == 66)
    #expect(missing.output.isEmpty)
    #expect(missing.errors.contains("/nowhere/at/all.txt"))
    #expect(missing.errors.split(separator: "\n").count == 1)
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

  private func run(_ arguments: [String]) throws -> Run {
    switch arguments.count {
    case 1: try emend(arguments[0])
    case 2: try emend(arguments[0], arguments[1])
    default: try emend(arguments[0], arguments[1], arguments[2], arguments[3])
    }
  }
}
