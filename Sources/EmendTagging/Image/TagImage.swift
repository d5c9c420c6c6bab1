/// A compiled lexicon, read in place from 32-bit words in memory or in a mapped file.
package final class TagImage: @unchecked Sendable {
  private let base: UnsafePointer<Int32>
  private let keepAlive: AnyObject?

  let words: ByteTable
  let exacts: ByteTable
  let prefixes: ByteTable
  let wordPrefix: UnsafeBufferPointer<Int32>
  let prefixParent: UnsafeBufferPointer<Int32>
  let prefixFilter: UnsafeBufferPointer<Int32>
  /// Patterns with stars and the ids that they share with prefixes.
  let globs: [Glob]
  let nodes: UnsafeBufferPointer<Int32>
  let lists: UnsafeBufferPointer<Int32>
  let sets: UnsafeBufferPointer<Int32>
  let programs: UnsafeBufferPointer<Int32>
  let wordTriggerStarts: UnsafeBufferPointer<Int32>
  let wordTriggers: UnsafeBufferPointer<Int32>
  let exactTriggerStarts: UnsafeBufferPointer<Int32>
  let exactTriggers: UnsafeBufferPointer<Int32>
  let prefixTriggerStarts: UnsafeBufferPointer<Int32>
  let prefixTriggers: UnsafeBufferPointer<Int32>
  let classTriggerStarts: UnsafeBufferPointer<Int32>
  let classTriggers: UnsafeBufferPointer<Int32>
  let classes: UnsafeBufferPointer<Int32>
  let entries: UnsafeBufferPointer<Int32>
  let labels: UnsafeBufferPointer<Int32>
  let trieRoots: UnsafeBufferPointer<Int32>
  let trieNodes: UnsafeBufferPointer<Int32>
  let trieEdges: UnsafeBufferPointer<Int32>
  let forms: UnsafeBufferPointer<Int32>
  let formCases: UnsafeBufferPointer<Int32>
  let entities: UnsafeBufferPointer<Int32>
  let kinds: UnsafeBufferPointer<Int32>
  let aliasWords: UnsafeBufferPointer<Int32>
  private let settingsRow: UnsafeBufferPointer<Int32>
  private let wordListRows: UnsafeBufferPointer<Int32>
  private let stringOffsets: UnsafeBufferPointer<Int32>
  private let stringBytes: UnsafeBufferPointer<UInt8>

  /// Hash of the lexicon's source files.
  package let stamp: UInt64
  package let settings: TagSettings

  /// An image from words in memory.
  package convenience init(_ image: [Int32]) throws(ImageError) {
    try self.init(owned: image, mapped: nil, keepAlive: nil)
  }

  /// An image from mapped memory, which `keepAlive` holds.
  package convenience init(mapped: UnsafeBufferPointer<Int32>, keepAlive: AnyObject) throws(ImageError) {
    try self.init(owned: [], mapped: mapped, keepAlive: keepAlive)
  }

  private init(owned: [Int32], mapped: UnsafeBufferPointer<Int32>?, keepAlive: AnyObject?) throws(ImageError)
  {
    let copy: UnsafeMutablePointer<Int32>?
    let all: UnsafeBufferPointer<Int32>
    if let mapped {
      all = mapped
      copy = nil
    } else {
      let storage = UnsafeMutablePointer<Int32>.allocate(capacity: max(owned.count, 1))
      storage.initialize(from: owned, count: owned.count)
      all = UnsafeBufferPointer(start: storage, count: owned.count)
      copy = storage
    }
    self.storage = copy
    self.keepAlive = keepAlive
    let sectionCount = ImageSection.allCases.count
    guard let base = all.baseAddress, all.count >= ImageWriter.headerCount + sectionCount * 2,
      all[0] == ImageWriter.magic, all[1] == ImageWriter.format, Int(all[4]) == all.count
    else {
      copy?.deallocate()
      throw ImageError.unreadable
    }
    for index in 0..<sectionCount {
      let start = Int(all[ImageWriter.headerCount + index * 2])
      let bytes = Int(all[ImageWriter.headerCount + index * 2 + 1])
      guard start >= 0, bytes >= 0, start + (bytes + 3) / 4 <= all.count else {
        copy?.deallocate()
        throw ImageError.unreadable
      }
    }
    self.base = base
    stamp = UInt64(UInt32(bitPattern: all[2])) | UInt64(UInt32(bitPattern: all[3])) << 32
    func section(_ section: ImageSection) -> UnsafeBufferPointer<Int32> {
      let start = Int(all[ImageWriter.headerCount + section.rawValue * 2])
      let bytes = Int(all[ImageWriter.headerCount + section.rawValue * 2 + 1])
      return UnsafeBufferPointer(start: base + start, count: bytes / 4)
    }
    func bytes(_ section: ImageSection) -> UnsafeBufferPointer<UInt8> {
      let start = Int(all[ImageWriter.headerCount + section.rawValue * 2])
      let count = Int(all[ImageWriter.headerCount + section.rawValue * 2 + 1])
      return UnsafeRawBufferPointer(start: base + start, count: count).bindMemory(to: UInt8.self)
    }
    words = ByteTable(
      slots: section(.wordSlots), ids: section(.wordIDs), offsets: section(.wordOffsets),
      bytes: bytes(.wordBytes))
    exacts = ByteTable(
      slots: section(.exactSlots), ids: section(.exactIDs), offsets: section(.exactOffsets),
      bytes: bytes(.exactBytes))
    prefixes = ByteTable(
      slots: section(.prefixSlots), ids: section(.prefixIDs), offsets: section(.prefixOffsets),
      bytes: bytes(.prefixBytes))
    wordPrefix = section(.wordPrefix)
    prefixParent = section(.prefixParent)
    prefixFilter = section(.prefixFilter)
    let globRows = section(.globs)
    let (offsets, pool) = (section(.stringOffsets), bytes(.stringBytes))
    globs = stride(from: 0, to: globRows.count - 1, by: 2).compactMap { row in
      let index = Int(globRows[row + 1])
      guard index >= 0, index + 1 < offsets.count else { return nil }
      return Glob(
        id: globRows[row],
        pattern: UnsafeBufferPointer(rebasing: pool[Int(offsets[index])..<Int(offsets[index + 1])]))
    }
    nodes = section(.nodes)
    lists = section(.lists)
    sets = section(.sets)
    programs = section(.programs)
    wordTriggerStarts = section(.wordTriggerStarts)
    wordTriggers = section(.wordTriggers)
    exactTriggerStarts = section(.exactTriggerStarts)
    exactTriggers = section(.exactTriggers)
    prefixTriggerStarts = section(.prefixTriggerStarts)
    prefixTriggers = section(.prefixTriggers)
    classTriggerStarts = section(.classTriggerStarts)
    classTriggers = section(.classTriggers)
    classes = section(.classes)
    entries = section(.entries)
    labels = section(.labels)
    trieRoots = section(.trieRoots)
    trieNodes = section(.trieNodes)
    trieEdges = section(.trieEdges)
    forms = section(.forms)
    formCases = section(.formCases)
    entities = section(.entities)
    kinds = section(.kinds)
    aliasWords = section(.aliasWords)
    settingsRow = section(.settings)
    wordListRows = section(.wordLists)
    stringOffsets = section(.stringOffsets)
    stringBytes = bytes(.stringBytes)
    var settings = TagSettings()
    if settingsRow.count >= 4 {
      settings.threshold = Double(settingsRow[0]) / 10_000
      settings.negationReach = Int(settingsRow[1])
      settings.implicitWeight = Double(settingsRow[2]) / 10_000
      settings.weakWeight = Double(settingsRow[3]) / 10_000
    }
    self.settings = settings
  }

  private let storage: UnsafeMutablePointer<Int32>?

  deinit { storage?.deallocate() }

  // MARK: Reading rows

  func string(_ index: Int32) -> String {
    let index = Int(index)
    guard index >= 0, index + 1 < stringOffsets.count else { return "" }
    let range = Int(stringOffsets[index])..<Int(stringOffsets[index + 1])
    return String(decoding: UnsafeBufferPointer(rebasing: stringBytes[range]), as: UTF8.self)
  }

  package var labelCount: Int { labels.count / ImageRow.label }
  package var classCount: Int { classes.count }
  package var entityCount: Int { entities.count / ImageRow.entity }
  package var programCount: Int { programs.count / ImageRow.program }

  package func labelPath(_ label: Int) -> String { string(labels[label * ImageRow.label]) }
  func labelParent(_ label: Int) -> Int { Int(labels[label * ImageRow.label + 1]) }
  func labelRefines(_ label: Int) -> Bool { refinement(label) != .none }
  func refinement(_ label: Int) -> Refinement {
    Refinement(rawValue: labels[label * ImageRow.label + 2]) ?? .none
  }
  func labelDefinition(_ label: Int) -> String { string(labels[label * ImageRow.label + 3]) }
  /// The index of a label, -1 when the lexicon has none of that path.
  package func label(_ path: String) -> Int { (0..<labelCount).first { labelPath($0) == path } ?? -1 }

  package func entryID(_ entry: Int) -> String { string(entries[entry * ImageRow.entry + 4]) }
  func entryLabel(_ entry: Int) -> Int { Int(entries[entry * ImageRow.entry]) }
  func entryTier(_ entry: Int) -> Tier { Tier(rawValue: entries[entry * ImageRow.entry + 1]) ?? .weak }
  func entryWeight(_ entry: Int) -> Double { Double(entries[entry * ImageRow.entry + 2]) / 10_000 }
  func entryScope(_ entry: Int) -> Scope { Scope(rawValue: entries[entry * ImageRow.entry + 3]) }

  /// The index of a class, -1 when there is none of that name.
  func cueClass(_ name: String) -> Int { (0..<classCount).first { string(classes[$0]) == name } ?? -1 }

  func entityID(_ entity: Int) -> String { string(entities[entity * ImageRow.entity]) }
  func entityName(_ entity: Int) -> String { string(entities[entity * ImageRow.entity + 1]) }
  func entityKind(_ entity: Int) -> Int { Int(entities[entity * ImageRow.entity + 2]) }
  /// The years in which it existed; nil when the lexicon gives none.
  func entityYears(_ entity: Int) -> ClosedRange<Int32>? {
    let (first, last) = (entities[entity * ImageRow.entity + 6], entities[entity * ImageRow.entity + 7])
    return first == 0 ? nil : first...max(first, last)
  }
  func entityAliases(_ entity: Int) -> UnsafeBufferPointer<Int32> {
    let start = Int(entities[entity * ImageRow.entity + 3])
    let count = Int(entities[entity * ImageRow.entity + 4])
    return UnsafeBufferPointer(rebasing: aliasWords[start..<(start + count)])
  }
  var kindCount: Int { kinds.count / ImageRow.kind }
  func kindName(_ kind: Int) -> String { string(kinds[kind * ImageRow.kind]) }
  func kindFeeds(_ kind: Int) -> Int { Int(kinds[kind * ImageRow.kind + 1]) }
  func kindLabel(_ kind: Int) -> String { string(kinds[kind * ImageRow.kind + 2]) }
  func kind(_ name: String) -> Int { (0..<kindCount).first { kindName($0) == name } ?? -1 }

  /// The words of a list of the lexicon; empty when there is none of that name.
  func wordList(_ name: String) -> [String] {
    var at = 0
    while at + 1 < wordListRows.count {
      let count = Int(wordListRows[at + 1])
      if string(wordListRows[at]) == name {
        return (0..<count).map { string(wordListRows[at + 2 + $0]) }
      }
      at += 2 + count
    }
    return []
  }

  /// The id of a word given in small letters, 0 when the lexicon does not know it.
  func word(_ text: String) -> Int32 { words.id(of: Array(text.utf8)) }
}

/// Why an image could not be used; it is then built anew from its sources.
package enum ImageError: Error, Sendable { case unreadable }
