import ArgumentParser
import EmendCitation
import EmendCorpus
import EmendModel

/// The forms in which references are written.
enum ReferenceFormat: String, ExpressibleByArgument, CaseIterable {
  case jsonl, bibtex
  case cslJSON = "csl-json"
  case ris, tei, csv, text
  /// Fields between tags, one reference a line: to be corrected by hand and trained on.
  case tagged

  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// Writes references one after the other to standard output.
struct ReferenceOutput {
  private let format: ReferenceFormat
  private var bibliography: BibliographyWriter?
  private var bytes: [UInt8] = []

  init(_ format: ReferenceFormat) {
    self.format = format
    bibliography = BibliographyWriter.Format(rawValue: format.rawValue).map(BibliographyWriter.init(format:))
  }

  mutating func add(_ reference: Reference, in edition: Edition? = nil) {
    switch format {
    case .jsonl:
      var json = JSONLine()
      Records.reference(reference, in: edition, into: &json)
      bytes += json.bytes
    case .tagged:
      bytes +=
        TaggedLine.write(reference.raw, fields: reference.fields.map { ($0.label.rawValue, $0.range) }).utf8
      bytes.append(0x0A)
    case .bibtex, .cslJSON, .ris, .tei, .csv, .text: bibliography?.add(BibliographyEntry(reference))
    }
  }

  /// Hands on what has been written so far.
  mutating func drain() throws {
    if let written = bibliography?.take() { bytes += written }
    try Output.standard.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func finish() throws {
    bibliography?.finish()
    try drain()
    try Output.standard.flush()
  }
}
