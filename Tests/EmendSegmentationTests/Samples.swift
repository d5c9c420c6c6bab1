import EmendLexicons
import EmendModel
import EmendReading
import EmendSegmentation
import FoundationEssentials

/// What the tests share: one segmenter, and texts taken through reading and segmentation without repair.
enum Samples {
  static let segmenter: Segmenter = {
    do { return try Segmenter(lexicons: LexiconFolder(base: root + "/Lexicons")) } catch {
      fatalError("\(error)")
    }
  }()

  /// The checkout.
  static let root: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// Real documents with gold, which are not part of the project; tests that read them are skipped where
  /// they are absent.
  static let shared = root + "/../shared"
  static var hasShared: Bool {
    FileManager.default.fileExists(atPath: shared + "/gold/chapter.structure.json")
  }

  static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

  static func document(_ text: String, name: String = "sample.txt") throws -> Document {
    segmenter.segment(Transcript(scan: try Reading.scan(bytes: Array(text.utf8), name: name)))
  }

  /// Kinds and texts of the blocks: "heading: Of Cables".
  static func blocks(_ document: Document) -> [String] {
    document.blocks.map { "\($0.kind.rawValue): \(document.text($0.range))" }
  }

  /// A page of running text that ends in the middle of a sentence, under a head and over a number.
  static func page(head: String?, foot: String?, lines: Int = 24, seed: Int = 0) -> String {
    let words = [
      "the", "cable", "was", "laid", "between", "the", "islands", "and", "its", "owners", "asked", "for", "a",
      "higher", "price", "than", "the", "offices", "had", "agreed", "to", "pay", "when", "the", "first",
      "line",
      "was", "opened", "by", "their", "agents",
    ]
    var body = head.map { $0 + "\n\n" } ?? ""
    for line in 0..<lines {
      let start = (line * 7 + seed * 3) % words.count
      body += (0..<11).map { words[(start + $0) % words.count] }.joined(separator: " ") + "\n"
    }
    return body + (foot.map { "\n" + $0 + "\n" } ?? "")
  }
}
