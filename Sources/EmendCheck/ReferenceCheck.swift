import EmendCitation
import EmendModel

/// Scores parsed references against gold.
///
/// A field counts as right when the letters and digits of all fields of its label, cue words at the ends left
/// out, are those of the gold ("soft" matching as in GROBID's evaluation); an issue counts as part of the
/// volume, and labels that the sets use at random (genre, medium, identifier, cross-reference, pinpoint,
/// archival) do not count. A reference is wholly right when every counted field is.
public struct ReferenceCheck: Sendable {
  public private(set) var fields: [String: Counts] = [:]
  public private(set) var references = 0
  public private(set) var whole = 0
  /// Ids of references that are not wholly right, with what was expected and what was given.
  public private(set) var faults: [Fault] = []

  public struct Fault: Sendable {
    public var id: String
    public var raw: String
    public var label: String
    public var expected: String
    public var given: String
  }

  private static let ignored: Set<String> = [
    "other", "identifier", "institution", "genre", "medium", "cited-range", "signal", "cross-reference",
    "volume-date",
    "archival", "archive", "comment",
  ]

  public init() {}

  /// Labels that a gold set uses and that are counted in it.
  public static func labels(of gold: [GoldReference]) -> Set<String> {
    var labels: Set<String> = []
    for reference in gold { for field in reference.fields { labels.insert(merged(field.label)) } }
    return labels.subtracting(ignored)
  }

  private static func merged(_ label: String) -> String { label == "issue" ? "volume" : label }

  /// Counts one reference.
  public mutating func add(_ gold: GoldReference, _ given: Reference, labels: Set<String>) {
    add(gold, fields: given.fields.map { ($0.label.rawValue, $0.text) }, labels: labels)
  }

  /// Counts one reference whose fields have labels of a training set.
  public mutating func add(
    _ gold: GoldReference, fields given: [(label: String, text: String)], labels: Set<String>
  ) {
    var expected: [String: [String]] = [:]
    var found: [String: [String]] = [:]
    // A pinpoint in a reference without pages is given as its pages.
    let hasPages = gold.fields.contains { $0.label == "pages" }
    for field in gold.fields {
      let label = field.label == "cited-range" && !hasPages ? "pages" : Self.merged(field.label)
      expected[label, default: []].append(gold.text(field))
    }
    // Pinpoints, back-references and numbers of documents are given as notes.
    let inner = Set(
      gold.fields.filter { Self.ignored.contains($0.label) }.map { Self.core("pages", [gold.text($0)]) })
    for field in given where field.label != "note" || !inner.contains(Self.core("pages", [field.text])) {
      found[Self.merged(field.label), default: []].append(field.text)
    }
    references += 1
    var right = true
    for label in labels.sorted() {
      let wanted = Self.core(label, expected[label] ?? [])
      let got = Self.core(label, found[label] ?? [])
      if wanted.isEmpty && got.isEmpty { continue }
      var counts = fields[label] ?? Counts()
      if wanted == got {
        counts.right += 1
      } else {
        right = false
        if !wanted.isEmpty { counts.missed += 1 }
        if !got.isEmpty { counts.wrong += 1 }
        faults.append(
          Fault(
            id: gold.id, raw: String(decoding: gold.raw, as: UTF8.self), label: label,
            expected: (expected[label] ?? []).joined(separator: " | "),
            given: (found[label] ?? []).joined(separator: " | ")))
      }
      fields[label] = counts
    }
    if right { whole += 1 }
  }

  /// All labels together.
  public var total: Counts { fields.values.reduce(Counts(), +) }
  /// Share of references that are wholly right.
  public var wholeShare: Double { references == 0 ? 0 : Double(whole) / Double(references) }

  /// "88.1 / 61.4": field F1 and wholly right, in per cent.
  public var summary: String { "\(Self.percent(total.f1)) / \(Self.percent(wholeShare))" }

  public static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// Letters and digits of a label's fields without the cue words at their ends.
  private static func core(_ label: String, _ texts: [String]) -> String {
    var out = ""
    for text in texts {
      var words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      let cues = Self.cues[label] ?? []
      while let first = words.first, cues.contains(first) { words.removeFirst() }
      while let last = words.last, cues.contains(last) { words.removeLast() }
      if label == "volume" { words.removeAll { cues.contains($0) } }
      out += words.joined()
    }
    return out
  }

  private static let cues: [String: Set<String>] = [
    "author": ["ed", "eds", "editor", "editors", "et", "al", "hg", "hrsg", "and", "by"],
    "editor": [
      "in", "ed", "eds", "edited", "by", "editor", "editors", "hg", "hrsg", "herausgegeben", "von", "a",
      "cura", "di",
      "et", "al", "dir", "and",
    ],
    "translator": ["trans", "translated", "translator", "tr", "by", "übers"],
    "container-title": ["in", "dans"], "title": ["in"],
    "pages": [
      "p", "pp", "page", "pages", "s", "ss", "pag", "at", "seite", "seiten", "esp", "insbesondere", "bes",
    ],
    "volume": [
      "vol", "vols", "volume", "bd", "band", "no", "nr", "n", "number", "issue", "jg", "heft", "v", "tome",
    ],
    "edition": ["edition", "ed", "edn", "aufl", "auflage"], "doi": ["doi", "https", "http", "dx", "org"],
    "url": ["retrieved", "from", "url", "available", "at", "http", "https"],
    "date": ["in"], "citation-number": [],
  ]
}
