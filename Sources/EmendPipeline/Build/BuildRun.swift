import EmendCorpus
import EmendTagging
import FoundationEssentials

/// A build under way: takes the documents one by one. The corpus folder is made with the first document that can be
/// read, so that nothing is left behind when none can.
struct BuildRun {
  let folder: String
  let settings: BuildSettings
  let tagger: Tagger
  let codebook: Codebook
  /// The ids of all inputs; a document that is none of them leaves the corpus.
  let documents: Set<String>
  /// Threads for tagging anew, which is done a document at a time.
  let threads: Int
  private var summary = CorpusBuild.Summary()
  private var waiting: [CorpusWriter.Failure] = []
  private var writer: CorpusWriter?
  private var retagging: Retagging?

  init(folder: String, settings: BuildSettings, tagger: Tagger, documents: Set<String>, threads: Int) {
    self.folder = folder
    self.settings = settings
    self.tagger = tagger
    codebook = Codebook(tagger.definitions)
    self.documents = documents
    self.threads = threads
  }

  /// The stamps of the inputs that a corpus from an earlier build has; opens that corpus.
  mutating func stamps() throws -> [String: String] {
    let files = CorpusFolder(folder)
    guard CorpusFolder.exists(files.database) || CorpusFolder.exists(files.unfinishedDatabase) else {
      return [:]
    }
    let writer = try open()
    var stamps: [String: String] = [:]
    for document in documents { stamps[document] = writer.stamp(of: document) }
    return stamps
  }

  /// Stores what came of a document; nil for one that was not begun.
  mutating func take(_ step: BuildStep) throws -> CorpusBuild.Event? {
    switch step {
    case .made(let document, let stamp, let event):
      try open().add(document, stamp: stamp)
      return event
    case .tagAnew(let document, let stamp):
      try tagAnew(document, stamp)
      return .taggedAnew(document: document)
    case .unchanged(let document):
      summary.unchanged += 1
      return .unchanged(document: document)
    case .failed(let failure):
      summary.failed += 1
      if let writer { try writer.fail(failure) } else { waiting.append(failure) }
      return .failed(failure)
    case .interrupted: return nil
    }
  }

  /// Completes the corpus; nil when not one document could be read and there was no corpus before.
  func finish() throws -> CorpusBuild.Summary? {
    try retagging?.close()
    guard let written = try writer?.finish() else { return nil }
    var summary = summary
    summary.documents = written.documents
    summary.added = written.added
    summary.removed = written.removed
    summary.warnings = written.warnings
    return summary
  }

  /// Tags a stored document anew from its own text.
  private mutating func tagAnew(_ document: String, _ stamp: String) throws {
    let retagging = try self.retagging ?? Retagging(folder: folder)
    self.retagging = retagging
    guard let text = try retagging.text(of: document) else { return }
    let tags = tagger.tag(text.document, citations: text.citations, threads: threads)
    try retagging.replaceTags(of: text, by: tags, stamp: stamp, codebook: codebook)
    summary.retagged += 1
  }

  private mutating func open() throws -> CorpusWriter {
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
