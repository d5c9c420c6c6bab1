import ArgumentParser
import EmendModel
import EmendPipeline
import EmendReading

struct Build: AsyncParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "The main job: files or folders become a corpus folder.",
    discussion: """
      The folder holds corpus.sqlite, TEI, JSON lines, bibliographies and report.html. A second run reads only what \
      has changed; a run that was stopped is taken up where it was. One bad document is recorded and passed over. \
      Where only the lexicon of the tags has changed, the documents are tagged anew from the corpus itself.

      Examples:
        emend build chapter.txt -o corpus
        emend build scans/ letters.zip -o corpus -j 4
        emend build scans/ -o corpus --dry-run
      """)

  @Argument(help: "Files or folders.") var inputs: [String]
  @Option(name: [.customShort("o"), .long], help: "The corpus folder.") var output: String
  @Flag(help: "Read every document again, and take over a folder that is no corpus.") var force = false
  @Flag(help: "Only say what would be done.") var dryRun = false
  @Flag(help: "Bytes that are not UTF-8 make a document fail.") var strict = false
  @Option(
    help: "Decisions about emendations; emend.decisions.jsonl in the corpus folder or here when not given.")
  var decisions: String?
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let lexicons = try common.lexiconFolder()
    let decisions = try common.decisions(file: decisions, corpus: output)
    let build = try CorpusBuild(
      inputs: inputs, folder: output,
      options: CorpusBuild.Options(
        strict: strict, force: force, jobs: common.threads, decisions: decisions.bytes))
    if dryRun { return try list(build.documents) }

    Interruption.watch()
    var progress = Progress(total: build.documents.count, shown: common.showsProgress)
    let isInterrupted: @Sendable () -> Bool = { Interruption.happened }
    let summary = try await build.run(lexicons: lexicons, isInterrupted: isInterrupted) { event in
      say(event)
      progress.step()
    }
    progress.finish()
    guard let summary else { throw Failure(.noInput, "") }
    say(summary)
    if summary.failed > 0 { throw Failure(.someFailed, "") }
  }

  /// A failure always, all else with --verbose.
  private func say(_ event: CorpusBuild.Event) {
    if case .failed(let failure) = event {
      return common.log(.error, failure.message, code: failure.code)
    }
    guard common.verbose else { return }
    switch event {
    case .failed: break
    case .unchanged(let document): common.log(.info, "\(document): unchanged")
    case .taggedAnew(let document): common.log(.info, "\(document): tagged anew")
    case .read(let document, let pages, let changes, let warnings):
      common.log(
        .info,
        "\(document): \(counted(pages, "page")), \(counted(changes, "change")), \(counted(warnings.count, "warning"))"
      )
      for warning in warnings {
        common.log(.warning, "\(document): \(warning.message)", code: warning.code)
      }
    }
  }

  private func say(_ summary: CorpusBuild.Summary) {
    var parts = ["\(counted(summary.documents, "document")) in \(output)/"]
    if summary.added > 0 { parts.append("\(summary.added) read") }
    if summary.retagged > 0 { parts.append("\(summary.retagged) tagged anew") }
    if summary.unchanged > 0 { parts.append("\(summary.unchanged) unchanged") }
    if summary.removed > 0 { parts.append("\(summary.removed) removed") }
    if summary.failed > 0 { parts.append("\(summary.failed) failed") }
    if summary.warnings > 0 { parts.append(counted(summary.warnings, "warning")) }
    common.log(.info, parts.joined(separator: ", ") + "; see \(output)/report.html")
  }

  private func list(_ documents: [InputDocument]) throws {
    for document in documents { try Output.standard.write("\(document.id)\t\(document.name)\n") }
    common.log(.info, "\(counted(documents.count, "document")) would go to \(output)/")
  }
}
