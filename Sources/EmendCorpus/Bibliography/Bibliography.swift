import EmendModel

/// Writes bibliographies: one entry after the other, so that a whole corpus can be streamed.
///
/// ```swift
/// var writer = BibliographyWriter(format: .bibtex)
/// for entry in entries { writer.add(entry) }
/// writer.finish()
/// writer.take()   // the bytes since the last call
/// ```
///
/// Keys are made unique by a letter ("hollis-1988", "hollis-1988a") and fit for each format.
public struct BibliographyWriter: Sendable {
  public enum Format: String, Sendable, CaseIterable {
    case bibtex
    case cslJSON = "csl-json"
    case ris
    case tei
    case csv
    /// One reference a line.
    case text
  }

  public let format: Format
  private var bytes: [UInt8] = []
  private var keys = UniqueKeys()
  private var count = 0

  public init(format: Format) { self.format = format }

  /// Appends an entry.
  public mutating func add(_ entry: BibliographyEntry) {
    if count == 0 { begin() }
    let key = keys.key(for: entry)
    switch format {
    case .bibtex: BibTeXEntry(entry: entry, key: key).write(into: &bytes)
    case .cslJSON: CSLJSONEntry(entry: entry, key: key).write(first: count == 0, into: &bytes)
    case .ris: RISEntry(entry: entry, key: key).write(into: &bytes)
    case .tei: TEIBiblStruct(entry: entry, key: key).write(into: &bytes)
    case .csv: BibliographyCSV.write(entry, key: key, into: &bytes)
    case .text: BibliographyText.write(entry, into: &bytes)
    }
    count += 1
  }

  /// Ends the bibliography; an empty one is valid in its format too.
  public mutating func finish() {
    if count == 0 { begin() }
    switch format {
    case .cslJSON: bytes += (count == 0 ? "]\n" : "\n]\n").utf8
    case .tei: bytes += ((count == 0 ? "<bibl/>\n" : "") + TEIBiblStruct.foot).utf8
    default: break
    }
  }

  /// The bytes written since the last call.
  public mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func begin() {
    switch format {
    case .cslJSON: bytes += "[".utf8
    case .tei: bytes += TEIBiblStruct.head.utf8
    case .csv: bytes += BibliographyCSV.head
    default: break
    }
  }

  /// A whole bibliography at once.
  public static func write(_ entries: [BibliographyEntry], as format: Format) -> [UInt8] {
    var writer = BibliographyWriter(format: format)
    for entry in entries { writer.add(entry) }
    writer.finish()
    return writer.take()
  }
}

/// Keys of entries in ASCII letters, digits and hyphens, each given once.
struct UniqueKeys: Sendable {
  private var used: Set<String> = []
  private var next: [String: Int] = [:]

  /// The key of an entry; a further work with the same key gets a letter, then a number.
  mutating func key(for entry: BibliographyEntry) -> String {
    var base = Self.ascii(entry.key)
    if base.isEmpty {
      base = Self.ascii(
        ([entry.authors.first?.family ?? entry.title?.split(separator: " ").first.map(String.init) ?? "work"]
          + [entry.years.first.map(String.init)].compactMap { $0 }).joined(separator: "-"))
    }
    if base.isEmpty { base = "work" }
    var key = base
    while !used.insert(key).inserted {
      let number = next[base, default: 0]
      next[base] = number + 1
      key = number < 26 ? base + String(UnicodeScalar(UInt8(0x61 + number))) : "\(base)-\(number)"
    }
    return key
  }

  static func ascii(_ key: String) -> String {
    var result = ""
    for scalar in key.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: result.unicodeScalars.append(scalar)
      case 0x41...0x5A: result.unicodeScalars.append(UnicodeScalar(UInt8(scalar.value + 0x20)))
      case 0x27, 0x2019: break
      default: if result.last != "-", !result.isEmpty { result += "-" }
      }
    }
    while result.last == "-" { result.removeLast() }
    return result
  }
}
