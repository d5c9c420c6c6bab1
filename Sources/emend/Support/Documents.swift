import EmendModel
import EmendPipeline
import EmendReading
import FoundationEssentials

/// The documents that a command was given: files, folders, or standard input for none or "-".
enum Documents {
  /// Lists them in a stable order without reading them. Throws `Failure` with exit code 66 when a path is
  /// not there.
  static func list(_ paths: [String], _ options: Reading.Options = Reading.Options()) throws
    -> [InputDocument]
  {
    do {
      return try Reading.documents(at: paths.isEmpty ? ["-"] : paths, options: options)
    } catch let error as ReadingError {
      throw Failure(.noInput, error.description)
    }
  }

  /// Makes something of every document, on several threads, and takes the results in order. A document
  /// that cannot be read is named on standard error and passed over; at the end that is exit code 66 when
  /// it was the only one, else 1.
  ///
  /// - Parameter make: is told on how many threads it may work: fewer documents than threads leave some over.
  static func each<Result: Sendable>(
    _ paths: [String], _ options: CommonOptions,
    make: @escaping @Sendable (Scan, _ threads: Int) throws -> Result,
    take: (Result) throws -> Void
  ) async throws {
    // The digest is for corpora, which know by it what has changed.
    let documents = try list(paths, Reading.Options(digest: false))
    var failed = 0
    var progress = Progress(total: documents.count, shown: options.showsProgress)
    let jobs = max(1, min(options.threads, documents.count))
    let threads = max(1, options.threads / jobs)
    try await InOrder.run(documents, jobs: jobs) { document in
      Outcome {
        let scan = try document.scan()
        for warning in scan.warnings {
          options.log(.warning, "\(document.name): \(warning.message)", code: warning.code)
        }
        return try make(scan, threads)
      }
    } take: { outcome in
      progress.step()
      switch outcome {
      case .made(let result): try take(result)
      case .failed(let message, let code):
        failed += 1
        options.log(.error, message, code: code)
      }
    }
    progress.finish()
    if failed > 0 {
      throw Failure(
        documents.count == 1 ? .noInput : .someFailed,
        documents.count == 1 ? "" : "\(failed) of \(documents.count) documents failed")
    }
  }
}

/// A result or the reason why there is none.
enum Outcome<Value: Sendable>: Sendable {
  case made(Value)
  case failed(String, code: String)

  init(_ body: () throws -> Value) {
    do {
      self = .made(try body())
    } catch let error as ReadingError {
      self = .failed(error.description, code: error.code.rawValue)
    } catch {
      self = .failed("\(error)", code: "internal")
    }
  }
}
