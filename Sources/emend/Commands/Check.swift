import ArgumentParser
import EmendCheck
import EmendCitation
import EmendLexicons
import EmendModel
import EmendPipeline
import EmendReading
import FoundationEssentials

struct Check: AsyncParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Scores outputs against gold, prints counts and rates.",
    discussion: """
      The kind of a gold file is told by its content: a truth text line for line parallel to the input (.txt), lists of \
      damaged forms (.tsv, with a .keep.tsv beside it), passages {"ocr", "truth"}, structure (.json), citations, tags \
      or references (.jsonl; references as tagged lines too). The input is looked for beside the gold, in ../corpus and \
      in ../scans, unless given.

      Examples:
        emend check gold/chapter.citations.jsonl gold/chapter.tags.jsonl
        emend check --input scans/essay.txt truth/essay.txt
        emend check passages.jsonl
      """)

  @Argument(help: "Gold files.") var gold: [String]
  @Option(help: "The scan that the gold is of.") var input: String?
  @Flag(help: "The list of damaged forms does not name every fault of the scan.") var partial = false
  @Flag(help: "Also print every difference.") var faults = false
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let folder = try common.lexiconFolder()
    let emender = try Emender(lexicons: folder)
    var failed = 0
    for path in gold {
      do {
        try await check(path, emender, folder)
      } catch {
        let failure =
          (error as? DecodingError).map { Failure(.badData, "\(path): \(GoldFile.reason($0))") }
          ?? (error as? BadGoldLine).map {
            Failure(.badData, "\(path):\($0.line): \(GoldFile.reason($0.reason))")
          }
          ?? Failure(error)
        if gold.count == 1 { throw failure }
        failed += 1
        common.log(.error, failure.message, code: failure.name)
      }
    }
    if failed > 0 { throw Failure(.someFailed, "") }
  }

  private func check(_ path: String, _ emender: Emender, _ folder: LexiconFolder) async throws {
    let file = try GoldFile(path)
    try Output.standard.write("\(path): \(file.kind.rawValue)\n")
    switch file.kind {
    case .references:
      try Output.standard.write(try references(path, ReferenceParser(lexicons: folder)))
    case .passages:
      try await passages(file, emender)
    case .structure, .citations, .tags, .damage, .truth, .reading:
      let scan = try Reading.documents(at: [input ?? file.input()])
      guard let document = scan.first else { throw Failure(.noInput, "\(path): no input found") }
      try Output.standard.write(try score(file, try document.scan(), emender) + "\n")
    }
  }

  private func score(_ gold: GoldFile, _ scan: Scan, _ emender: Emender) throws -> String {
    switch gold.kind {
    case .structure:
      return try StructureCheck(
        emender.document(of: scan), gold: gold.bytes, reading: gold.sibling(".reading.txt")
      ).table
    case .citations:
      return try CitationCheck(
        gold: gold.bytes, excluded: gold.sibling(".citations.excluded.jsonl"), document: gold.stem
      ).score(emender.edition(of: scan)).report
    case .tags:
      let score = try TagCheck(jsonl: gold.bytes).score(emender.edition(of: scan))
      return score.table + (faults ? score.differences.map { "\($0.id) \($0.what)\n" }.joined() : "")
    case .damage:
      return RepairCheck.gold(
        emender.repairer.emend(scan), gold: gold.bytes, keep: gold.sibling(".keep.tsv"), partial: partial
      ).description
    case .reading: return reading(emender.document(of: scan), gold.bytes)
    case .truth: return RepairCheck.lines(emender.repairer.emend(scan), truth: gold.bytes).description
    case .references, .passages: return ""
    }
  }

  /// Compares the reading text with a gold one, a block a line.
  private func reading(_ document: Document, _ gold: [UInt8]) -> String {
    func blocks(_ text: [UInt8]) -> [ArraySlice<UInt8>] { text.split(separator: 0x0A) }
    let (ours, theirs) = (blocks(document.reading), blocks(gold))
    var left: [ArraySlice<UInt8>: Int] = [:]
    for block in ours { left[block, default: 0] += 1 }
    var counts = Counts()
    for block in theirs {
      if let count = left[block], count > 0 {
        left[block] = count - 1
        counts.right += 1
      } else {
        counts.missed += 1
      }
    }
    counts.wrong = ours.count - counts.right
    return "blocks word for word: right \(counts.right), wrong \(counts.wrong), missed \(counts.missed)"
      + (document.reading == gold ? "; the texts are the same" : "")
  }

  private func references(_ path: String, _ parser: ReferenceParser) throws -> String {
    let gold = try GoldReader.read(path: path)
    let labels = ReferenceCheck.labels(of: gold)
    var check = ReferenceCheck()
    for reference in gold {
      check.add(reference, parser.parse(String(decoding: reference.raw, as: UTF8.self)), labels: labels)
    }
    var text = "\(counted(check.references, "reference")), field F1 / wholly right: \(check.summary)\n"
    for (label, counts) in check.fields.sorted(by: { $0.key < $1.key }) {
      text += "  \(label): F1 \(ReferenceCheck.percent(counts.f1)) of \(counts.right + counts.missed)\n"
    }
    if faults {
      for fault in check.faults {
        text +=
          "\(fault.id): \(fault.label): expected \u{201C}\(fault.expected)\u{201D}, read \u{201C}\(fault.given)\u{201D}"
          + " in: \(fault.raw)\n"
      }
    }
    return text
  }

  private func passages(_ gold: GoldFile, _ emender: Emender) async throws {
    let passages = try RepairCheck.passages(jsonLines: gold.bytes)
    var reports: [RepairReport] = []
    try await InOrder.run(passages, jobs: common.threads) { passage in
      RepairCheck.score(
        passage.set ?? "passages", ocr: passage.ocr, truth: passage.truth,
        repaired: (try? Reading.scan(text: passage.ocr, id: "passage")).map {
          String(decoding: emender.repairer.emend($0).text, as: UTF8.self)
        } ?? passage.ocr)
    } take: { report in
      if let index = reports.firstIndex(where: { $0.name == report.name }) {
        reports[index].add(report)
      } else {
        reports.append(report)
      }
    }
    for report in reports { try Output.standard.write(report.description + "\n") }
  }
}

/// A gold file with its kind, told by what stands in it.
struct GoldFile {
  enum Kind: String {
    case structure, citations, tags, references, passages
    /// Damaged forms with their readings.
    case damage = "damaged words"
    /// A text line for line parallel to the input.
    case truth = "truth text"
    /// A reading text, a block a line.
    case reading = "reading text"
  }

  let path: String
  let bytes: [UInt8]
  let kind: Kind

  init(_ path: String) throws {
    self.path = path
    bytes = try InputFile.bytes(path)
    let first = bytes.prefix { $0 != 0x0A }
    if path.hasSuffix(".jsonl") {
      let keys = Set((try? JSONRecord(Array(first)))?.members.map(\.key) ?? [])
      if keys.contains("ocr") {
        kind = .passages
      } else if keys.contains("fields") {
        kind = .references
      } else if keys.contains("mechanisms") || keys.contains("labels") {
        kind = .tags
      } else if keys.contains("group") {
        kind = .citations
      } else {
        throw Failure(.badData, "\(path):1: no gold that is known; see emend check --help")
      }
    } else if path.hasSuffix(".json") {
      kind = .structure
    } else if path.hasSuffix(".tsv") {
      if first.starts(with: "line\t".utf8) {
        throw Failure(
          .badData, "\(path):1: a table of places; give the text that it makes, or a list of forms")
      }
      guard DamageList.isOne(bytes) else {
        throw Failure(
          .badData, "\(path): no list of damaged forms (form, tab, reading); see emend check --help")
      }
      kind = .damage
    } else if Self.isTagged(bytes) {
      kind = .references
    } else {
      kind = path.hasSuffix(".reading.txt") ? .reading : .truth
    }
  }

  /// Whether the first line that is no comment is a reference whose fields stand between tags.
  private static func isTagged(_ bytes: [UInt8]) -> Bool {
    let line = bytes.split(separator: 0x0A).first { $0.first != 0x23 && $0.contains { $0 > 0x20 } }
    let reference = line.flatMap { TaggedLine.read(String(decoding: $0, as: UTF8.self)) }
    return reference?.fields.isEmpty == false
  }

  /// What a decoder missed, in one line.
  static func reason(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "no gold that is known: it has no \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      "no gold that is known: \(context.codingPath.map(\.stringValue).joined(separator: ".")) \(context.debugDescription)"
    @unknown default: "no gold that is known"
    }
  }

  /// The name up to its first full stop.
  var stem: String { String((path.split(separator: "/").last ?? "").prefix { $0 != "." }) }

  private var folder: String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// A file of the same stem beside this one; empty when there is none.
  func sibling(_ suffix: String) -> [UInt8] {
    FileManager.default.contents(atPath: "\(folder)/\(stem)\(suffix)").map { [UInt8]($0) } ?? []
  }

  /// The scan that belongs to the gold.
  func input() throws -> String {
    var tried: [String] = []
    for place in [folder, folder + "/../corpus", folder + "/../scans"] {
      for ending in [".txt", ".md", ".html", ".xml", ".zip"] {
        let candidate = "\(place)/\(stem)\(ending)"
        if candidate != path, FileManager.default.fileExists(atPath: candidate) { return candidate }
        tried.append(candidate)
      }
      let volume = "\(place)/\(stem)"
      if FileManager.default.fileExists(atPath: volume) { return volume }
    }
    throw Failure(.noInput, "\(path): its scan is not beside it; name it with --input")
  }
}
