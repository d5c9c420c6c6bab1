import Foundation
import Testing

/// What the program says about itself: the manual, the explanations, completions for the shells.
@Suite struct HelpTests {
  @Test func theManualHasEveryCommandAndItsOptions() throws {
    let manual = try emend("manual").text
    for verb in [
      "build", "clean", "diff", "outline", "cite", "references", "parse", "tag", "kwic", "table", "export",
      "stream", "check", "lexicon lint", "train references", "explain",
    ] {
      #expect(manual.contains(".SS emend \(verb)"), "\(verb)")
    }
    #expect(manual.contains(".B \\-o, \\-\\-output <output>") && manual.contains("EMEND_JOBS"))
    // A line that begins with a stop or an apostrophe would be taken for a request.
    let requests = [".TH", ".SH", ".SS", ".TP", ".B ", ".I ", ".PP", ".nf", ".fi"]
    for line in manual.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(requests.contains { line.hasPrefix($0) }, "\(line)")
    }
  }

  @Test func codesAreExplained() throws {
    let known = try emend("explain", "unmatched-notes")
    #expect(known.status == 0 && known.text.contains("What to do:"))
    let unknown = try emend("explain", "unmached-notes")
    #expect(unknown.status == 64 && unknown.errors.contains("unmatched-notes") && unknown.output.isEmpty)
    #expect(try emend("explain").lines.count > 40)
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completions(shell: String) throws {
    let script = try emend("--generate-completion-script", shell)
    #expect(script.status == 0 && script.text.contains("keep-lines"))
  }

  @Test func messagesAreJSONWithJSONLog() throws {
    let run = try emend("clean", "--json-log", "/nowhere/at/all.txt")
    #expect(run.status == 66)
    for line in run.errors.split(separator: "\n") {
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(record?["level"] as? String == "error" && record?["code"] as? String == "not-found")
    }
  }

  @Test func packedFilesComeOutAsTheyWentIn() throws {
    let scratch = try Scratch()
    let scan = try scratch.write(
      "a.txt", "The first ofAcial found the conAict of ofAces. An ofAcer conArmed it.\n")
    let plain = try emend("clean", scan.path, "--changes", (scratch / "plain.jsonl").path)
    #expect(try emend("clean", scan.path, "--changes", (scratch / "packed.jsonl.gz").path).text == plain.text)
    // The packed list is itself an input that can be unpacked and read: as text it has the same words.
    let packed = try Data(contentsOf: scratch / "packed.jsonl.gz")
    #expect(packed.prefix(2) == Data([0x1F, 0x8B]))
    let twice = try emend("clean", scan.path, "--changes", (scratch / "again.jsonl.gz").path)
    let again = try Data(contentsOf: scratch / "again.jsonl.gz")
    #expect(twice.status == 0 && again == packed)
    let unpack = Process()
    unpack.executableURL = URL(filePath: "/usr/bin/env")
    unpack.arguments = ["gunzip", (scratch / "packed.jsonl.gz").path]
    try unpack.run()
    unpack.waitUntilExit()
    #expect(
      try Data(contentsOf: scratch / "packed.jsonl") == Data(contentsOf: scratch / "plain.jsonl"))
  }
}
