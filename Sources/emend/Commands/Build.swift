import ArgumentParser
import EmendCorpus
import EmendLexicons
import EmendModel
import EmendPipeline
import EmendReading
import EmendTagging
import FoundationEssentials
import Synchronization

struct Build: AsyncParsableCommand {
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
    try checkOutput()
    let documents = try Documents.list(inputs, Reading.Options(strict: strict))
    if dryRun { return try list(documents) }

    let decisions = try common.decisions(file: decisions, corpus: output)
    let settings = BuildSettings(
      lexicons: lexicons,
      options: [
        "strict": strict ? "1" : "", "decisions": String(decoding: decisions.bytes, as: UTF8.self),
      ])
    let emender = try Emender(lexicons: lexicons, decisions: decisions.all)
    let codebook = Codebook(emender.tagger.definitions)
    var run = BuildRun(
      folder: output, settings: settings, tagger: emender.tagger, documents: Set(documents.map(\.id)))
    let known: [String: String] =
      force
      ? [:]
      : try run.openIfBuilt().map { writer in
        Dictionary(
          uniqueKeysWithValues: documents.compactMap { document in
            writer.stamp(of: document.id).map { (document.id, $0) }
          })
      } ?? [:]

    Interruption.watch()
    var progress = Progress(total: documents.count, shown: common.showsProgress)
    try await InOrder.run(documents, jobs: min(common.threads, max(1, documents.count))) { document in
      Interruption.happened
        ? .interrupted : BuildStep(document, emender, codebook, settings, known[document.id])
    } take: { step in
      if case .failed(let failure) = step { common.log(.error, failure.message, code: failure.code) }
      try run.take(step)
      progress.step()
    }
    progress.finish()
    if Interruption.happened {
      throw Failure(.interrupted, "stopped; run the same command again to go on from here")
    }
    try finish(run)
  }

  private func finish(_ run: BuildRun) throws {
    guard let summary = try run.finish() else { throw Failure(.noInput, "") }
    var parts = ["\(summary.documents) documents in \(output)/"]
    if summary.added > 0 { parts.append("\(summary.added) read") }
    if run.retagged > 0 { parts.append("\(run.retagged) tagged anew") }
    if run.unchanged > 0 { parts.append("\(run.unchanged) unchanged") }
    if summary.removed > 0 { parts.append("\(summary.removed) removed") }
    if run.failed > 0 { parts.append("\(run.failed) failed") }
    common.log(.info, parts.joined(separator: ", ") + "; see \(output)/report.html")
    if run.failed > 0 { throw Failure(.someFailed, "") }
  }

  /// Refuses a folder within an input, and a filled folder that is no corpus.
  private func checkOutput() throws {
    try OutputFolder.refuse(output, within: inputs)
    let manager = FileManager.default
    var isFolder = false
    guard manager.fileExists(atPath: output, isDirectory: &isFolder) else { return }
    if !isFolder { throw Failure(.cannotCreate, "\(output) is a file; name a folder with -o") }
    let names = (try? manager.contentsOfDirectory(atPath: output)) ?? []
    let isCorpus = names.contains { $0.hasPrefix("corpus.sqlite") }
    if !names.isEmpty && !isCorpus && !force {
      throw Failure(
        .cannotCreate, "\(output) holds files that are no corpus; name another folder, or give --force")
    }
  }

  private func list(_ documents: [InputDocument]) throws {
    for document in documents { try Output.standard.write("\(document.id)\t\(document.name)\n") }
    common.log(.info, "\(documents.count) documents would go to \(output)/")
  }
}

/// What shapes a build beside its inputs: two hashes, since a change of the tags' lexicon asks for new tags only.
struct BuildSettings: Sendable {
  let text: String
  let tags: String

  init(lexicons: LexiconFolder, options: [String: String]) {
    text = Settings.digest(lexicons: lexicons, options: options, of: .allButTags)
    tags = Settings.digest(lexicons: lexicons, options: [:], of: .tags)
  }

  var all: String { text + ":" + tags }

  /// Whether two stamps of a document differ in the hash of the tags alone.
  static func differInTagsOnly(_ one: String, _ other: String) -> Bool {
    let (one, other) = (one.split(separator: ":"), other.split(separator: ":"))
    return one.count == 3 && other.count == 3 && one[0] == other[0] && one[1] == other[1]
      && one[2] != other[2]
  }
}

/// What became of one document.
enum BuildStep: Sendable {
  case made(CorpusDocument, stamp: String)
  /// Nothing but the lexicon of the tags has changed.
  case tagAnew(document: String, stamp: String)
  case unchanged
  case failed(CorpusWriter.Failure)
  case interrupted

  /// Reads a document and takes it through all stages, unless the corpus has it under the same stamp: the
  /// hash of its bytes and of everything else that shapes the result.
  init(
    _ document: InputDocument, _ emender: Emender, _ codebook: Codebook, _ settings: BuildSettings,
    _ known: String?
  ) {
    do {
      let scan = try document.scan()
      let stamp = scan.source.digest + ":" + settings.all
      if stamp == known {
        self = .unchanged
      } else if let known, BuildSettings.differInTagsOnly(known, stamp) {
        self = .tagAnew(document: document.id, stamp: stamp)
      } else {
        self = .made(CorpusDocument(emender.edition(of: scan), codebook: codebook), stamp: stamp)
      }
    } catch {
      let reading = error as? ReadingError
      self = .failed(
        CorpusWriter.Failure(
          document: document.id, source: document.name, code: reading?.code.rawValue ?? "internal",
          stage: "reading", message: reading?.description ?? "\(document.name): \(error)",
          offset: reading?.offset))
    }
  }
}

/// A build under way. The corpus folder is made with the first document that can be read, so that nothing
/// is left behind when none can.
struct BuildRun {
  let folder: String
  let settings: BuildSettings
  let tagger: Tagger
  let codebook: Codebook
  let documents: Set<String>
  private(set) var unchanged = 0
  private(set) var retagged = 0
  private(set) var failed = 0
  private var waiting: [CorpusWriter.Failure] = []
  private var writer: CorpusWriter?
  private var retagging: Retagging?

  init(folder: String, settings: BuildSettings, tagger: Tagger, documents: Set<String>) {
    self.folder = folder
    self.settings = settings
    self.tagger = tagger
    codebook = Codebook(tagger.definitions)
    self.documents = documents
  }

  /// Opens the corpus when there is one from an earlier build.
  mutating func openIfBuilt() throws -> CorpusWriter? {
    let manager = FileManager.default
    guard
      ["corpus.sqlite", "corpus.sqlite.part"].contains(where: {
        manager.fileExists(atPath: folder + "/" + $0)
      })
    else { return nil }
    return try open()
  }

  mutating func take(_ step: BuildStep) throws {
    switch step {
    case .made(let document, let stamp): try open().add(document, stamp: stamp)
    case .tagAnew(let document, let stamp): try tagAnew(document, stamp)
    case .unchanged: unchanged += 1
    case .interrupted: break
    case .failed(let failure):
      failed += 1
      if let writer { try writer.fail(failure) } else { waiting.append(failure) }
    }
  }

  /// Completes the corpus; nil when not one document could be read and there was no corpus before.
  func finish() throws -> CorpusWriter.Summary? {
    try retagging?.close()
    return try writer?.finish()
  }

  /// Tags a stored document anew from its own text.
  private mutating func tagAnew(_ document: String, _ stamp: String) throws {
    let retagging = try self.retagging ?? Retagging(folder: folder)
    self.retagging = retagging
    guard let text = try retagging.text(of: document) else { return }
    let tags = tagger.tag(text.document, citations: text.citations)
    try retagging.replaceTags(of: text, by: tags, stamp: stamp, codebook: codebook)
    retagged += 1
  }

  @discardableResult private mutating func open() throws -> CorpusWriter {
    if let writer { return writer }
    let writer = try CorpusWriter(
      folder: folder, settings: ["settings": settings.all], codebook: codebook, works: .byEvidence)
    try writer.retain(documents)
    for failure in waiting { try writer.fail(failure) }
    waiting = []
    self.writer = writer
    return writer
  }
}
