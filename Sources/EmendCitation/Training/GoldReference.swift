import FoundationEssentials

/// A reference whose fields are known: one record of a training or test set.
public struct GoldReference: Sendable {
  public struct Field: Sendable, Equatable {
    /// The label as the set writes it.
    public var label: String
    /// Bytes of `raw`.
    public var range: Range<Int>
    public init(label: String, range: Range<Int>) { (self.label, self.range) = (label, range) }
  }

  public var id: String
  /// The set it comes from: the file's name.
  public var source: String
  public var raw: [UInt8]
  /// In the order in which they stand.
  public var fields: [Field]
  /// "en", "de", …; "und" when not told.
  public var language: String

  public init(id: String, source: String, raw: [UInt8], fields: [Field], language: String = "und") {
    self.id = id
    self.source = source
    self.raw = raw
    self.fields = fields
    self.language = language
  }

  /// The text of a field.
  public func text(_ field: Field) -> String { String(decoding: raw[field.range], as: UTF8.self) }

  /// Letters and digits only, the first 120: what two copies of one reference share.
  var letters: [UInt8] {
    var key: [UInt8] = []
    for byte in raw {
      switch byte {
      case 0x30...0x39, 0x61...0x7A, 0x80...: key.append(byte)
      case 0x41...0x5A: key.append(byte | 0x20)
      default: continue
      }
      if key.count == 120 { break }
    }
    return key
  }

  /// Whether the reference belongs to the tenth that is held out; by its letters, so that it stays so.
  public var isHeldOut: Bool {
    var hash: UInt64 = 0x7E57
    for byte in letters { hash = mixed(hash, UInt64(byte)) }
    return finished(hash) % 10 == 0
  }
}

/// Reads gold: JSON Lines of `{"raw", "fields": [{"label", "text"}…]}`, or the tagged line format.
public enum GoldReader {
  private struct Record: Decodable {
    struct Field: Decodable {
      var label: String
      var text: String
      var start: Int?
      var end: Int?
    }
    var id: String?
    var raw: String?
    var fields: [Field]?
    var lang: String?
  }

  /// All references of a file; its name becomes that of the set.
  ///
  /// Throws `GoldError` with the line when a record cannot be read or is no reference. `report` is told of
  /// fields that are left out, with file and line: their label is unknown, or their text stands nowhere in the
  /// reference.
  public static func read(path: String, report: (String) -> Void = { _ in }) throws -> [GoldReference] {
    guard let file = try? MappedFile(path: path) else { throw GoldError.unreadable(path) }
    let name = String(path.split(separator: "/").last ?? "")
    let source = name.split(separator: ".").first.map(String.init) ?? name
    var references: [GoldReference] = []
    let decoder = JSONDecoder()
    var number = 0
    for line in Data(file.bytes).split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let text = line.drop { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
      guard let first = text.first, first != 0x23 else { continue }
      if first == 0x7B {
        guard let record = try? decoder.decode(Record.self, from: Data(text)), let raw = record.raw,
          let fields = record.fields
        else { throw GoldError.bad(path: path, line: number) }
        let found = reference(
          id: record.id ?? "\(source):\(number)", source: source, raw: Array(raw.utf8),
          fields: fields.map { ($0.label, $0.text) }, language: record.lang ?? "und")
        if found.fields.count < fields.count {
          report("\(path):\(number): a field's text does not stand in the reference and is left out")
        }
        references.append(found)
      } else {
        references.append(try TaggedLine.parse(Array(text), source: source, line: number, path: path))
      }
      for field in references[references.count - 1].fields where !isKnown(field.label) {
        report("\(path):\(number): label \(field.label) is unknown and left out")
      }
    }
    return references
  }

  /// Labels that mean "no field" in some sets, or are taken apart by the clean-up.
  private static let otherLabels: Set<String> = ["signal", "comment", "other", "volume-date"]

  private static func isKnown(_ label: String) -> Bool {
    FieldLabel(name: label) != nil || otherLabels.contains(label)
  }

  /// Places each field where its text next stands in the reference.
  static func reference(
    id: String, source: String, raw: [UInt8], fields: [(label: String, text: String)], language: String
  ) -> GoldReference {
    var found: [GoldReference.Field] = []
    var position = 0
    for (label, text) in fields {
      let wanted = Array(text.utf8)
      guard !wanted.isEmpty, let at = find(wanted, in: raw, from: position) ?? find(wanted, in: raw, from: 0)
      else {
        continue
      }
      position = at + wanted.count
      found.append(.init(label: label, range: at..<position))
    }
    return GoldReference(id: id, source: source, raw: raw, fields: found, language: language)
  }

  private static func find(_ needle: [UInt8], in text: [UInt8], from: Int) -> Int? {
    guard let first = needle.first, needle.count <= text.count - from else { return nil }
    var at = from
    while at + needle.count <= text.count {
      if text[at] == first, text[at..<(at + needle.count)].elementsEqual(needle) { return at }
      at += 1
    }
    return nil
  }
}

/// What can be wrong with a gold file.
public enum GoldError: Error, Sendable, CustomStringConvertible {
  case unreadable(String)
  case bad(path: String, line: Int)

  public var description: String {
    switch self {
    case .unreadable(let path): "\(path) cannot be read"
    case .bad(let path, let line):
      "\(path):\(line): neither a JSON record with raw and fields nor a tagged line"
    }
  }
}

/// The tagged line format: one reference a line with its fields between tags, to be corrected by hand and
/// trained on, like that of Cora and AnyStyle.
///
///     <author>Weber, M.</author> <date>(1922).</date> <title>Economy and Society.</title>
///
/// `&amp;`, `&lt;` and `&gt;` stand for the signs; text outside tags belongs to no field.
public enum TaggedLine {
  static func parse(_ line: [UInt8], source: String, line number: Int, path: String) throws -> GoldReference {
    var raw: [UInt8] = []
    var fields: [GoldReference.Field] = []
    var open: (label: String, start: Int)?
    var at = 0
    while at < line.count {
      switch line[at] {
      case 0x3C:
        guard let end = line[at...].firstIndex(of: 0x3E) else {
          throw GoldError.bad(path: path, line: number)
        }
        var name = String(decoding: line[(at + 1)..<end], as: UTF8.self)
        if name.hasPrefix("/") {
          name.removeFirst()
          guard let field = open, field.label == name else { throw GoldError.bad(path: path, line: number) }
          let range = trimmed(raw, field.start..<raw.count)
          if !range.isEmpty { fields.append(.init(label: name, range: range)) }
          open = nil
        } else {
          guard open == nil else { throw GoldError.bad(path: path, line: number) }
          open = (name, raw.count)
        }
        at = end + 1
      case 0x26:
        let rest = line[at...]
        if let (sign, text) = entities.first(where: { rest.starts(with: $0.1.utf8) }) {
          raw.append(sign)
          at += text.utf8.count
        } else {
          raw.append(0x26)
          at += 1
        }
      case 0x0D: at += 1
      default:
        raw.append(line[at])
        at += 1
      }
    }
    guard open == nil else { throw GoldError.bad(path: path, line: number) }
    return GoldReference(id: "\(source):\(number)", source: source, raw: raw, fields: fields)
  }

  /// Reads one tagged line; nil when its tags do not fit.
  public static func read(_ line: String) -> GoldReference? {
    try? parse(Array(line.utf8), source: "line", line: 1, path: "line")
  }

  /// One reference as a tagged line, without its line end.
  public static func write(_ raw: String, fields: [(label: String, range: Range<Int>)]) -> String {
    let bytes = Array(raw.utf8)
    var out: [UInt8] = []
    var at = 0
    func put(_ range: Range<Int>) {
      for byte in bytes[range.clamped(to: 0..<bytes.count)] {
        switch byte {
        case 0x26: out.append(contentsOf: "&amp;".utf8)
        case 0x3C: out.append(contentsOf: "&lt;".utf8)
        case 0x3E: out.append(contentsOf: "&gt;".utf8)
        default: out.append(byte)
        }
      }
    }
    for (label, range) in fields where range.lowerBound >= at {
      put(at..<range.lowerBound)
      out.append(contentsOf: "<\(label)>".utf8)
      put(range)
      out.append(contentsOf: "</\(label)>".utf8)
      at = range.upperBound
    }
    if at < bytes.count { put(at..<bytes.count) }
    return String(decoding: out, as: UTF8.self)
  }

  private static let entities: [(UInt8, String)] = [(0x26, "&amp;"), (0x3C, "&lt;"), (0x3E, "&gt;")]

  private static func trimmed(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, text[start] <= 0x20 { start += 1 }
    while end > start, text[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }
}
