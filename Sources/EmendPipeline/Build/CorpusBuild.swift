import EmendCorpus
import EmendLexicons
import EmendModel
import EmendReading
import EmendRepair
import EmendTagging
import FoundationEssentials

/// The main job as one call: files and folders in, a corpus folder out.
///
/// ```swift
/// let build = try CorpusBuild(inputs: ["scans"], folder: "corpus")
/// let summary = try await build.run(lexicons: .locate()) { event in
///   if case .failed(let failure) = event { print(failure.message) }
/// }
/// print(summary?.documents ?? 0, "documents in corpus/")
/// ```
///
/// A second run reads only what has changed; a run that was stopped or killed is taken up where it was. A document that
/// cannot be read is recorded and passed over. Where only the lexicon of the tags has changed, documents are tagged anew
/// from the text that the corpus holds. The corpus is the same for any number of jobs.
public struct CorpusBuild: Sendable {
  /// How to build.
  public struct Options: Sendable {
    /// Whether bytes that are not UTF-8 make a document fail.
    public var strict: Bool
    /// Whether every document is read again, and a folder that is no corpus is taken over.
    public var force: Bool
    /// Documents read side by side.
    public var jobs: Int
    /// Decisions about emendations, as the lines of an `emend.decisions.jsonl`.
    public var decisions: [UInt8]

    public init(strict: Bool = false, force: Bool = false, jobs: Int = 1, decisions: [UInt8] = []) {
      (self.strict, self.force, self.jobs, self.decisions) = (strict, force, jobs, decisions)
    }
  }

  /// What became of one document.
  public enum Event: Sendable {
    /// It was taken through all stages: its pages, the changes made in its text, what the stages had to say.
    case read(document: String, pages: Int, changes: Int, warnings: [Warning])
    case taggedAnew(document: String)
    case unchanged(document: String)
    case failed(CorpusWriter.Failure)
  }

  /// What a build did.
  public struct Summary: Sendable, Equatable {
    /// Documents in the corpus.
    public var documents = 0
    /// Documents that were read.
    public var added = 0
    /// Documents that got new tags only.
    public var retagged = 0
    public var unchanged = 0
    /// Documents that are no input any more and have left the corpus.
    public var removed = 0
    public var failed = 0
    /// Warnings about the documents of the corpus, those of earlier runs included.
    public var warnings = 0
  }

  /// The corpus folder.
  public let folder: String
  public let options: Options
  /// The documents found, in the order in which they are taken.
  public let documents: [InputDocument]

  /// Lists the documents behind some paths, and looks whether the folder may be written to; nothing is read or written.
  ///
  /// - Throws: `ReadingError` when there is no document at all; `CorpusError.badRequest` when the folder lies within an
  ///   input or a file of the corpus would take the place of one; `CorpusError.notWritable` when the folder is a file or
  ///   holds something else than a corpus.
  public init(inputs: [String], folder: String, options: Options = Options()) throws {
    try Self.check(folder, inputs, options)
    self.folder = folder
    self.options = options
    documents = try Reading.documents(at: inputs, options: Reading.Options(strict: options.strict))
    let files = CorpusFolder(folder)
    try InputFiles(inputs).refuse(files: files.written + documents.map { files.tei($0.fileName) })
  }

  /// Builds the corpus.
  ///
  /// - Parameters:
  ///   - isInterrupted: asked before each document; after a yes the documents not yet begun are left for the next run.
  ///   - report: told of each document, in their order.
  /// - Returns: nil when not one document could be read and there was no corpus before.
  /// - Throws: `LexiconError`, `DecisionError`, `CorpusError`; `CancellationError` after an interruption.
  @discardableResult
  public func run(
    lexicons: LexiconFolder, isInterrupted: @escaping @Sendable () -> Bool = { false },
    report: (Event) -> Void = { _ in }
  ) async throws -> Summary? {
    let settings = BuildSettings(
      lexicons: lexicons,
      options: [
        "strict": options.strict ? "1" : "", "decisions": String(decoding: options.decisions, as: UTF8.self),
      ])
    let emender = try Emender(lexicons: lexicons, decisions: Decisions(jsonLines: options.decisions))
    var run = BuildRun(
      folder: folder, settings: settings, tagger: emender.tagger, documents: Set(documents.map(\.id)),
      threads: max(1, options.jobs))
    let known = options.force ? [:] : try run.stamps()
    let jobs = max(1, min(options.jobs, documents.count))
    let work = BuildWork(
      emender: emender, codebook: run.codebook, settings: settings, known: known,
      threads: max(1, options.jobs / jobs))
    try await InOrder.run(documents, jobs: jobs) { document in
      isInterrupted() ? .interrupted : work.step(document)
    } take: { step in
      if let event = try run.take(step) { report(event) }
    }
    if isInterrupted() { throw CancellationError() }
    return try run.finish()
  }

  /// Refuses a folder within an input, and a filled folder that is no corpus.
  private static func check(_ folder: String, _ inputs: [String], _ options: Options) throws {
    try InputFiles(inputs).refuse(folder: folder)
    let manager = FileManager.default
    var isFolder = false
    guard manager.fileExists(atPath: folder, isDirectory: &isFolder) else { return }
    if !isFolder { throw CorpusError.notWritable(folder, reason: "it is a file; name a folder") }
    let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
    let isCorpus = names.contains { $0.hasPrefix("corpus.sqlite") }
    if !names.isEmpty && !isCorpus && !options.force {
      throw CorpusError.notWritable(
        folder, reason: "it holds files that are no corpus; name another folder, or give --force")
    }
  }
}
