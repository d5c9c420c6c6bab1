import EmendCorpus
import EmendModel
import EmendReading

/// The filter behind `emend stream`: one JSON record in, one out.
///
/// In: `{"id", "text"}` or `{"id", "pages": […]}` with any further members, which pass through verbatim.
/// Out: the same with `status`, `text` (the reading text), `outline`, `citations`, `references`, `tags`,
/// `emendations`, `version` and `settings`; or `status: "error"` with `error: {code, stage, message,
/// offset}`. Members stand in the order of their keys, so that the same record always has the same bytes.
public struct StreamFilter: Sendable {
  /// Which parts of the result to write; all when empty.
  public enum Part: String, Sendable, CaseIterable {
    case text, outline, citations, references, tags, emendations
  }

  public let emender: Emender
  public let parts: Set<Part>
  /// Records longer than this many bytes get an error record.
  public let limit: Int
  /// A hash of everything that shapes the result: lexicons and options.
  public let settings: String

  public init(emender: Emender, parts: Set<Part> = [], limit: Int = 256 << 20, settings: String = "") {
    self.emender = emender
    self.parts = parts.isEmpty ? Set(Part.allCases) : parts
    self.limit = limit
    self.settings = settings
  }

  /// The answer to one line: a whole line with its line feed, and whether it is an error record.
  public struct Answer: Sendable {
    public let bytes: [UInt8]
    public let isError: Bool
  }

  /// Answers a line given without its line feed. `number` is its place in the stream, from 1, and stands
  /// in for a missing id.
  public func answer(_ line: [UInt8], number: Int) -> Answer {
    var members: [(key: String, value: [UInt8])] = []
    do throws(JSONRecord.Fault) {
      if line.count > limit {
        throw JSONRecord.Fault(
          code: "record-too-large", message: "the record has \(line.count) bytes, more than \(limit)",
          offset: limit)
      }
      let line = Self.trimmed(line)
      let record = try JSONRecord(line)
      let own = Set(Part.allCases.map(\.rawValue)).union(["status", "error", "version", "settings", "pages"])
      members = record.members.filter { !own.contains($0.key) }.map { ($0.key, Array($0.value)) }
      do throws(JSONRecord.Fault) {
        try JSONRecord.checkUTF8(line)
      } catch {
        // What passes through must not make the answer one that no reader takes.
        members.removeAll { (try? JSONRecord.checkUTF8($0.value)) == nil }
        throw error
      }
      let id = try record.identifier() ?? "record-\(number)"
      if record.value("id") == nil { members.append(("id", Self.json { $0.value(id) })) }
      let scan: Scan
      if let pages = try record.strings("pages") {
        scan = try Self.reading { try Reading.scan(pages: pages, id: id) }
      } else if let text = try record.string("text") {
        scan = try Self.reading { try Reading.scan(text: text, id: id) }
      } else {
        throw JSONRecord.Fault(
          code: "missing-field", message: "the record has neither \"text\" nor \"pages\"", offset: 0)
      }
      members += results(of: emender.edition(of: scan))
      members.append(("status", Self.json { $0.value("ok") }))
    } catch {
      if !members.contains(where: { $0.key == "id" }) {
        members.append(("id", Self.json { $0.value("record-\(number)") }))
      }
      members.append(("status", Self.json { $0.value("error") }))
      members.append(
        (
          "error",
          Self.json {
            $0.object {
              $0.field("code", error.code)
              $0.field("stage", "reading")
              $0.field("message", error.message)
              $0.field("offset", error.offset)
            }
          }
        ))
      return Answer(bytes: finished(members), isError: true)
    }
    return Answer(bytes: finished(members), isError: false)
  }

  private func results(of edition: Edition) -> [(key: String, value: [UInt8])] {
    var members: [(key: String, value: [UInt8])] = []
    func add(_ part: Part, _ write: (inout JSONLine) -> Void) {
      if parts.contains(part) { members.append((part.rawValue, Self.json(write))) }
    }
    func list(_ part: Part, _ write: (inout JSONLine) -> Void) {
      add(part) { json in
        let lines = Self.json(write)
        json.array { for line in lines.split(separator: 0x0A) { $0.raw(line) } }
      }
    }
    add(.text) { $0.value(String(decoding: edition.document.reading, as: UTF8.self)) }
    add(.outline) { Records.outline(of: edition.document, into: &$0) }
    list(.citations) { Records.citations(of: edition, into: &$0) }
    list(.references) { Records.references(of: edition, into: &$0) }
    list(.tags) { Records.tags(of: edition, into: &$0) }
    list(.emendations) { Records.emendations(of: edition.document, into: &$0) }
    return members
  }

  private func finished(_ members: [(key: String, value: [UInt8])]) -> [UInt8] {
    let all =
      members + [
        ("version", Self.json { $0.value(Version.current) }), ("settings", Self.json { $0.value(settings) }),
      ]
    var json = JSONLine()
    json.object {
      for member in all.sorted(by: { $0.key < $1.key }) {
        $0.key(member.key)
        $0.raw(member.value)
      }
    }
    json.endLine()
    return json.bytes
  }

  /// Reads, with the reading stage's errors as faults of the record.
  private static func reading(_ body: () throws -> Scan) throws(JSONRecord.Fault) -> Scan {
    do {
      return try body()
    } catch let error as ReadingError {
      throw JSONRecord.Fault(code: error.code.rawValue, message: error.message, offset: error.offset ?? 0)
    } catch {
      throw JSONRecord.Fault(code: "internal", message: "\(error)", offset: 0)
    }
  }

  private static func json(_ write: (inout JSONLine) -> Void) -> [UInt8] {
    var json = JSONLine()
    write(&json)
    return json.bytes
  }

  /// A line without a byte order mark and a carriage return at its end.
  private static func trimmed(_ line: [UInt8]) -> [UInt8] {
    var part = line[...]
    if part.starts(with: [0xEF, 0xBB, 0xBF]) { part = part.dropFirst(3) }
    if part.last == 0x0D { part = part.dropLast() }
    return Array(part)
  }
}

extension JSONRecord {
  /// The id as text; a number is taken as it is written.
  func identifier() throws(Fault) -> String? {
    guard let bytes = value("id") else { return nil }
    if bytes.first == 0x22 { return try string("id") }
    if let first = bytes.first, first == 0x2D || (0x30...0x39).contains(first) {
      return String(decoding: bytes, as: UTF8.self)
    }
    throw Fault(code: "wrong-type", message: "\"id\" must be a string or a number", offset: bytes.startIndex)
  }
}
