import EmendCorpus
import EmendModel
import EmendReading

/// What became of one document on its thread; the corpus itself is not touched there.
enum BuildStep: Sendable {
  case made(CorpusDocument, stamp: String, event: CorpusBuild.Event)
  /// Nothing but the lexicon of the tags has changed.
  case tagAnew(document: String, stamp: String)
  case unchanged(document: String)
  case failed(CorpusWriter.Failure)
  case interrupted
}

/// The part of a build that is done side by side: from the bytes of a document to its rows and files.
struct BuildWork: Sendable {
  let emender: Emender
  let codebook: Codebook
  let settings: BuildSettings
  /// Stamps of the documents that the corpus has.
  let known: [String: String]
  /// Parts of one document worked on side by side.
  let threads: Int

  /// Reads a document and takes it through all stages, unless the corpus has it under the same stamp: the hash of its
  /// bytes and of everything else that shapes the result.
  func step(_ document: InputDocument) -> BuildStep {
    do {
      let scan = try document.scan()
      let stamp = scan.source.digest + ":" + settings.all
      if let known = known[document.id] {
        if stamp == known { return .unchanged(document: document.id) }
        if BuildSettings.differInTagsOnly(known, stamp) {
          return .tagAnew(document: document.id, stamp: stamp)
        }
      }
      let edition = emender.edition(of: scan, threads: threads)
      let event = CorpusBuild.Event.read(
        document: document.id, pages: edition.document.pages.count,
        changes: edition.document.transcript.emendations.count { $0.status == .applied },
        warnings: edition.warnings)
      return .made(CorpusDocument(edition, codebook: codebook), stamp: stamp, event: event)
    } catch {
      let reading = error as? ReadingError
      return .failed(
        CorpusWriter.Failure(
          document: document.id, source: document.name, code: reading?.code.rawValue ?? "internal",
          stage: "reading", message: reading?.description ?? "\(document.name): \(error)",
          offset: reading?.offset))
    }
  }
}
