import EmendLexicons
import EmendModel
import EmendPipeline
import EmendReading
import Foundation

/// The documents of `Corpus/`, damaged and true.
enum SampleCorpus {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static let emender = Result { try Emender(lexicons: LexiconFolder(base: root + "/Lexicons")) }

  static func scan(_ name: String, _ folder: String) throws -> Scan {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(root)/Corpus/\(folder)/\(name)"))
    return try Reading.scan(bytes: [UInt8](data), name: name)
  }

  /// What `truth/counts.tsv` says of a document.
  struct Counts {
    var pages, notes, citations, references: Int
  }

  static func counts(_ name: String) throws -> Counts? {
    let table = try String(contentsOfFile: root + "/Corpus/truth/counts.tsv", encoding: .utf8)
    for row in table.split(separator: "\n") {
      let fields = row.split(separator: "\t")
      let numbers = fields.dropFirst().compactMap { Int($0) }
      if name.hasPrefix(fields[0] + "."), numbers.count == 4 {
        return Counts(pages: numbers[0], notes: numbers[1], citations: numbers[2], references: numbers[3])
      }
    }
    return nil
  }

  /// The keys of `truth/citations.tsv`, in the order of the text.
  static func citedKeys(_ name: String) throws -> [String] {
    let table = try String(contentsOfFile: root + "/Corpus/truth/citations.tsv", encoding: .utf8)
    var keys: [String] = []
    for row in table.split(separator: "\n") {
      let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
      if fields.count == 3, name.hasPrefix(fields[0] + ".") { keys.append(String(fields[1])) }
    }
    return keys
  }

  /// How a repair did, in words.
  struct RepairScore {
    var damaged = 0
    var repaired = 0
    var harmed: [String] = []
    var missed: [String] = []
    var share: Double { damaged == 0 ? 1 : Double(repaired) / Double(damaged) }
  }

  /// Compares three versions of each line by words: a true word that the scan lacks is damaged, and repaired
  /// when the reading has it; one that the scan has and the reading lacks was harmed.
  static func score(truth: [String], scan: [String], reading: [String]) -> RepairScore {
    var score = RepairScore()
    for ((truth, scan), reading) in zip(zip(truth, scan), reading) {
      let words = truth.split(separator: " ")
      let before = matched(words, in: scan.split(separator: " "))
      let after = matched(words, in: reading.split(separator: " "))
      for (index, word) in words.enumerated() {
        switch (before[index], after[index]) {
        case (false, true):
          score.damaged += 1
          score.repaired += 1
        case (false, false):
          score.damaged += 1
          score.missed.append(String(word))
        case (true, false): score.harmed.append(String(word))
        case (true, true): break
        }
      }
    }
    return score
  }

  /// Which words stand in the other line too, in the same order (longest common subsequence).
  private static func matched(_ words: [Substring], in other: [Substring]) -> [Bool] {
    var lengths = [[Int]](repeating: [Int](repeating: 0, count: other.count + 1), count: words.count + 1)
    for i in words.indices.reversed() {
      for j in other.indices.reversed() {
        lengths[i][j] =
          words[i] == other[j] ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
      }
    }
    var result = [Bool](repeating: false, count: words.count)
    var (i, j) = (0, 0)
    while i < words.count, j < other.count {
      if words[i] == other[j] {
        result[i] = true
        (i, j) = (i + 1, j + 1)
      } else if lengths[i + 1][j] >= lengths[i][j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return result
  }
}
