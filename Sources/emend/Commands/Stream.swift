import ArgumentParser
import EmendModel
import EmendPipeline

struct Stream: AsyncParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "stream",
    abstract: "Filters JSON records: one line in, one line out, in the same order.",
    discussion: """
      Reads {"id", "text"} or {"id", "pages": [...]} a line and writes the whole result as one line; members that it \
      does not know pass through. An error is a record with status "error", never a missing line, so that \
      lines in = lines out = ok + error. For Spark's RDD.pipe, GNU parallel and Slurm.

      Example:
        emend stream < volumes.jsonl > results.jsonl
        emend stream --only text,citations < volumes.jsonl
      """)

  @Option(
    help: "Only these parts, parted by commas: text, outline, citations, references, tags, emendations.")
  var only: String?
  @Option(help: "Largest record in megabytes; a larger one gets an error record.") var limit: Int = 256
  @Flag(help: "Exit code 1 when any record is an error record.") var failOnError = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if !(1...Self.largestLimit).contains(limit) {
      throw ValidationError("--limit takes 1 to \(Self.largestLimit) megabytes, not \(limit).")
    }
    _ = try parts()
  }

  /// A terabyte; no count of bytes overflows below it.
  private static let largestLimit = 1 << 20

  func run() async throws {
    let folder = try common.lexiconFolder()
    let filter = StreamFilter(
      emender: try Emender(lexicons: folder), parts: try parts(), limit: limit << 20,
      settings: Settings.digest(lexicons: folder, options: ["only": only ?? ""]))
    var errors = 0
    var lines = 0
    // One thread unless asked for more: an engine starts one filter per core.
    try await InOrder.run(NumberedLines(limit: limit << 20), jobs: max(1, common.jobs ?? 1)) { line in
      filter.answer(line.bytes, number: line.number)
    } take: { answer in
      lines += 1
      if answer.isError { errors += 1 }
      try Output.standard.write(answer.bytes)
      try Output.standard.flush()
    }
    if common.verbose {
      common.log(
        .info, "\(counted(lines, "record")), \(lines - errors) ok, \(counted(errors, "error"))")
    }
    if failOnError && errors > 0 { throw Failure(.someFailed, "\(errors) of \(lines) records failed") }
  }

  private func parts() throws -> Set<StreamFilter.Part> {
    var parts: Set<StreamFilter.Part> = []
    for name in (only ?? "").split(separator: ",") {
      guard let part = StreamFilter.Part(rawValue: String(name)) else {
        throw ValidationError(
          "--only does not know \"\(name)\"; it takes "
            + StreamFilter.Part.allCases.map(\.rawValue).joined(separator: ", ") + ".")
      }
      parts.insert(part)
    }
    return parts
  }
}

/// The lines of standard input, numbered from 1, read as they come; blank lines at the very end are no
/// records, a blank line between records is one (and answered by an error record).
struct NumberedLines: Sequence, IteratorProtocol {
  struct Line: Sendable {
    let number: Int
    let bytes: [UInt8]
  }

  /// A line longer than this is cut there; it is answered by an error record, not kept in memory.
  let limit: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var number = 0
  private var blank = 0
  private var pending: Line?
  private var atEnd = false

  init(limit: Int) { self.limit = limit }

  mutating func next() -> Line? {
    if blank > 0, pending != nil {
      blank -= 1
      number += 1
      return Line(number: number, bytes: [])
    }
    if let line = pending {
      pending = nil
      number += 1
      return Line(number: number, bytes: line.bytes)
    }
    while let bytes = nextLine() {
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
        blank += 1
        continue
      }
      if blank == 0 {
        number += 1
        return Line(number: number, bytes: bytes)
      }
      pending = Line(number: 0, bytes: bytes)
      return next()
    }
    return nil
  }

  private mutating func nextLine() -> [UInt8]? {
    var scanned = start
    while true {
      if let end = buffer[scanned...].firstIndex(of: 0x0A) {
        let line = Array(buffer[start..<end])
        start = end + 1
        return line
      }
      scanned = buffer.count
      if atEnd {
        defer { start = buffer.count }
        return start < buffer.count ? Array(buffer[start...]) : nil
      }
      if start > 0 {
        buffer.removeSubrange(0..<start)
        scanned -= start
        start = 0
      }
      guard let more = FileDescriptor.read(0, atMost: 1 << 20), !more.isEmpty else {
        atEnd = true
        continue
      }
      if buffer.count <= limit || more.contains(0x0A) { buffer += more }
    }
  }
}
