import EmendLexicons
import Foundation
import Testing

/// A folder with a small lexicon of its own, removed at the end.
private final class Shelf {
  let root: String
  var builds = 0
  var folder: LexiconFolder { LexiconFolder(base: root + "/Lexicons") }
  var source: String { root + "/Lexicons/list.tsv" }
  var image: String { root + "/Lexicons/.images/list.image" }
  let cache: String

  init(_ words: String = "treaty\nconvention\n") throws {
    root = NSTemporaryDirectory() + "/emend-\(UUID().uuidString)"
    cache = root + "/cache"
    try FileManager.default.createDirectory(atPath: root + "/Lexicons", withIntermediateDirectories: true)
    try words.write(toFile: source, atomically: false, encoding: .utf8)
  }

  deinit {
    chmod(root + "/Lexicons", 0o755)
    try? FileManager.default.removeItem(atPath: root)
  }

  func open(layout: UInt32 = 1, cache: String? = nil) throws -> MappedImage {
    try LexiconImage.open("list", layout: layout, sources: [source], folder: folder, cache: cache) {
      builder in
      builds += 1
      var list = WordList()
      try LexiconFile(source).forEachRow(fields: 1...1) { _ = list.insert($0[0]) }
      WordTable.add(to: &builder, name: "list", words: list)
      builder.add("numbers", [1, 2, 3] as [Double])
      builder.add("labels", ["a", "", "c"])
    }
  }

  func id(_ word: String, _ image: MappedImage) throws -> Int32 {
    let table = try WordTable(image, name: "list")
    return Array(word.utf8).withUnsafeBufferPointer { table.id($0) }
  }
}

@Suite struct LexiconImageTests {
  @Test func isBuiltOnce() throws {
    let shelf = try Shelf()
    for _ in 0..<3 {
      let image = try shelf.open()
      #expect(try shelf.id("convention", image) == 1)
      #expect(try shelf.id("protocol", image) == -1)
      #expect(try Array(image.array("numbers", of: Double.self)) == [1, 2, 3])
      #expect(try image.strings("labels") == ["a", "", "c"])
    }
    #expect(shelf.builds == 1)
  }

  @Test func sameSourcesGiveTheSameBytes() throws {
    let shelf = try Shelf()
    _ = try shelf.open()
    let first = FileManager.default.contents(atPath: shelf.image)
    try FileManager.default.removeItem(atPath: shelf.image)
    _ = try shelf.open()
    #expect(first != nil && first == FileManager.default.contents(atPath: shelf.image))
  }

  @Test func isBuiltAnewWhenASourceOrTheLayoutChanges() throws {
    let shelf = try Shelf()
    _ = try shelf.open()
    try "treaty\nconvention\nprotocol\n".write(toFile: shelf.source, atomically: false, encoding: .utf8)
    #expect(try shelf.id("protocol", shelf.open()) == 2)
    _ = try shelf.open(layout: 2)
    #expect(shelf.builds == 3)
  }

  /// One byte after the other is damaged, and the file is cut at every length.
  @Test func damageIsNoticedAndMended() throws {
    let shelf = try Shelf()
    _ = try shelf.open()
    let whole = try #require(FileManager.default.contents(atPath: shelf.image))
    let every = stride(from: 0, to: whole.count, by: 7)
    for at in every {
      var damaged = whole
      damaged[at] ^= 0x55
      try damaged.write(to: URL(fileURLWithPath: shelf.image))
      #expect(try shelf.id("convention", shelf.open()) == 1)
      #expect(FileManager.default.contents(atPath: shelf.image) == whole, "byte \(at)")
    }
    for length in every {
      try whole.prefix(length).write(to: URL(fileURLWithPath: shelf.image))
      #expect(try shelf.id("convention", shelf.open()) == 1)
    }
    #expect(shelf.builds == 1 + 2 * Array(every).count)
  }

  @Test func aFolderThatCannotBeWrittenLeavesTheCacheThenMemory() throws {
    let shelf = try Shelf()
    // A file where the folder would be stands in for a read-only one: it holds for the superuser too.
    try "".write(toFile: shelf.root + "/Lexicons/.images", atomically: false, encoding: .utf8)
    #expect(try shelf.id("treaty", shelf.open(cache: nil)) == 0)
    #expect(try shelf.id("treaty", shelf.open(cache: shelf.cache)) == 0)
    #expect(try shelf.id("treaty", shelf.open(cache: shelf.cache)) == 0)
    #expect(shelf.builds == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: shelf.cache).count == 1)
  }

  /// Each user folder has an image of its own; those of folders long gone do not pile up.
  @Test func oldImagesOfOtherFoldersGo() throws {
    let shelf = try Shelf()
    for number in 0..<9 {
      let overlay = shelf.root + "/own-\(number).tsv"
      try "treaty\n".write(toFile: overlay, atomically: false, encoding: .utf8)
      for _ in 0..<2 {
        _ = try LexiconImage.open(
          "list", layout: 1, sources: [shelf.source, overlay], folder: shelf.folder, cache: nil
        ) { builder in
          shelf.builds += 1
          builder.add("numbers", [1] as [Double])
        }
      }
    }
    #expect(shelf.builds == 9)
    _ = try shelf.open()
    let images = try FileManager.default.contentsOfDirectory(atPath: shelf.root + "/Lexicons/.images")
    #expect(images.count == 5)
    #expect(images.contains("list.image"))
  }

  @Test func wrongSectionsAreErrors() throws {
    let image = try Shelf().open()
    #expect(throws: LexiconError.self) { try image.array("nothing", of: UInt8.self) }
    #expect(throws: LexiconError.self) { try WordTable(image, name: "numbers") }
  }

  @Test func readsAnyBytesAsATable() throws {
    var random = SystemLikeGenerator(state: 7)
    for _ in 0..<200 {
      let shelf = try Shelf()
      let bytes = (0..<Int.random(in: 0..<80, using: &random)).map { _ in
        [0x09, 0x0A, 0x0D, 0x23, 0x2D, 0x2E, 0x61, 0xC3, 0xFF].randomElement(using: &random) ?? 0
      }
      try Data(bytes.map { UInt8($0) }).write(to: URL(fileURLWithPath: shelf.source))
      var lines: [Int] = []
      try LexiconFile(shelf.source).forEachRow(fields: 1...) { row in
        lines.append(row.line)
        #expect((0..<row.count).allSatisfy { !row[$0].contains(0x09) && !row[$0].contains(0x0A) })
      }
      #expect(lines == lines.sorted())
    }
  }
}

/// A small generator with a fixed seed (SplitMix64), so that a failure can be repeated.
struct SystemLikeGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
