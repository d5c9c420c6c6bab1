import EmendModel
import EmendPipeline
import EmendReading

/// The documents that a command was given: files, folders, or standard input for none or "-".
enum Documents {
  /// Lists them in a stable order without reading them. Throws `ReadingError` when there is none.
  static func list(_ paths: [String]) throws -> [InputDocument] {
    // The digest is for corpora, which know by it what has changed.
    try Reading.documents(at: paths.isEmpty ? ["-"] : paths, options: Reading.Options(digest: false))
  }

  /// Makes something of every document that the paths name.
  static func each<Result: Sendable>(
    _ paths: [String], _ options: CommonOptions,
    make: @escaping @Sendable (Scan, _ threads: Int) throws -> Result,
    take: (Result) throws -> Void
  ) async throws {
    try await each(of: list(paths), options, make: make, take: take)
  }

  /// Makes something of every document, on several threads, and takes the results in order. A document
  /// that cannot be read is named on standard error and passed over; at the end that is exit code 66 when
  /// it was the only one, else 1.
  ///
  /// - Parameter make: is told on how many threads it may work: fewer documents than threads leave some over.
  static func each<Result: Sendable>(
    of documents: [InputDocument], _ options: CommonOptions,
    make: @escaping @Sendable (Scan, _ threads: Int) throws -> Result,
    take: (Result) throws -> Void
  ) async throws {
    var failures: [Failure] = []
    var progress = Progress(total: documents.count, shown: options.showsProgress)
    let jobs = max(1, min(options.threads, documents.count))
    let threads = max(1, options.threads / jobs)
    try await InOrder.run(documents, jobs: jobs) { document in
      Outcome(document, threads, make)
    } take: { outcome in
      progress.step()
      if options.verbose, let about = outcome.about { options.log(.info, about) }
      for warning in outcome.warnings {
        options.log(.warning, "\(outcome.name): \(warning.message)", code: warning.code)
      }
      switch outcome.result {
      case .success(let result): try take(result)
      case .failure(let failure):
        failures.append(failure)
        options.log(.error, failure.message, code: failure.name)
      }
    }
    progress.finish()
    if failures.isEmpty { return }
    // The message has been given.
    if documents.count == 1 { throw Failure(failures[0].code, "") }
    throw Failure(.someFailed, "\(failures.count) of \(documents.count) documents failed")
  }
}

/// What came of one document.
private struct Outcome<Value: Sendable>: Sendable {
  let name: String
  /// "scans/a.txt: text, UTF-8, 5 pages"; nil when it could not be read.
  private(set) var about: String?
  private(set) var warnings: [Warning] = []
  let result: Result<Value, Failure>

  init(_ document: InputDocument, _ threads: Int, _ make: (Scan, Int) throws -> Value) {
    name = document.name
    do {
      let scan = try document.scan()
      let pages = counted(scan.pages.count, "page")
      about = "\(document.name): \(scan.source.format.rawValue), \(scan.source.encoding), \(pages)"
      warnings = scan.warnings
      result = .success(try make(scan, threads))
    } catch {
      result = .failure(Failure(error))
    }
  }
}
