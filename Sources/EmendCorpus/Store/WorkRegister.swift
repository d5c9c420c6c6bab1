import EmendModel

/// A work as one document describes it.
public struct DescribedWork: Sendable, Equatable {
  public var document: String
  /// Its key within the document.
  public var key: String
  public var authors: [PersonName]
  public var year: String?
  public var title: String?

  public init(document: String, key: String, authors: [PersonName], year: String?, title: String?) {
    (self.document, self.key) = (document, key)
    (self.authors, self.year, self.title) = (authors, year, title)
  }
}

/// Finds out which works of a corpus are one. The judgement is the caller's, who knows citations; the register
/// only spares it the pairs that cannot be one.
public struct WorkMatching: Sendable {
  /// Whether two descriptions are of one work.
  public let same: @Sendable (DescribedWork, DescribedWork) -> Bool

  public init(_ same: @escaping @Sendable (DescribedWork, DescribedWork) -> Bool) { self.same = same }

  /// The same key, and no two titles that are different words.
  public static let byKey = WorkMatching { a, b in
    a.key == b.key && (a.title == nil || b.title == nil || a.title == b.title)
  }
}

/// Gives every work its key in the corpus: the key that its first document gives it, with a number behind it
/// where another work has that key already ("fearon-1998", "fearon-1998-2").
package struct WorkRegister {
  private struct Entry {
    var key: String
    /// The description that others are compared with: the first that has a title, else the first.
    var work: DescribedWork
    /// Two works of one document are never one: the document itself says so.
    var lastDocument: String
  }

  private let matching: WorkMatching
  private var entries: [Entry] = []
  private var taken: Set<String> = []
  private var byKey: [String: [Int]] = [:]
  private var byName: [String: [Int]] = [:]
  private var byTitle: [String: [Int]] = [:]

  package init(_ matching: WorkMatching) { self.matching = matching }

  /// Enters a work; works come document by document. Gives back its key in the corpus.
  package mutating func enter(_ work: DescribedWork) -> String {
    if let found = entry(of: work) {
      entries[found].lastDocument = work.document
      if entries[found].work.title == nil, work.title != nil {
        entries[found].work = work
        index(work, as: found)
      }
      return entries[found].key
    }
    let key = free(work.key)
    taken.insert(key)
    entries.append(Entry(key: key, work: work, lastDocument: work.document))
    index(work, as: entries.count - 1)
    return key
  }

  private func entry(of work: DescribedWork) -> Int? {
    var candidates = byKey[work.key] ?? []
    if let block = Self.nameBlock(work) { candidates += byName[block] ?? [] }
    if let block = Self.titleBlock(work) { candidates += byTitle[block] ?? [] }
    return candidates.first {
      entries[$0].lastDocument != work.document && matching.same(entries[$0].work, work)
    }
  }

  private mutating func index(_ work: DescribedWork, as number: Int) {
    func add(_ number: Int, _ block: String?, _ table: inout [String: [Int]]) {
      guard let block, table[block]?.contains(number) != true else { return }
      table[block, default: []].append(number)
    }
    add(number, work.key, &byKey)
    add(number, Self.nameBlock(work), &byName)
    add(number, Self.titleBlock(work), &byTitle)
  }

  /// Year and the first two letters of the first name: of one work both, or the title's, are undamaged.
  private static func nameBlock(_ work: DescribedWork) -> String? {
    guard let year = work.year?.prefix(4), let name = work.authors.first?.family else { return nil }
    return "\(year) \(name.lowercased().prefix(2))"
  }

  /// Year and the first letters of the title.
  private static func titleBlock(_ work: DescribedWork) -> String? {
    guard let year = work.year?.prefix(4), let title = work.title else { return nil }
    return "\(year) \(title.lowercased().prefix(8))"
  }

  private func free(_ key: String) -> String {
    if !taken.contains(key) { return key }
    var number = 2
    while taken.contains("\(key)-\(number)") { number += 1 }
    return "\(key)-\(number)"
  }
}
