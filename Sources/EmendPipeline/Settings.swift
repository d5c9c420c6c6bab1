import EmendLexicons
import EmendModel
import EmendText
import FoundationEssentials

/// What shapes a result beside the input, as one short hash: the program's version, the lexicons, the
/// options. It stands in every stream record and decides whether a built document is still fresh.
public enum Settings {
  /// A part of the lexicons.
  public enum Part: Sendable {
    /// The lexicon of the tags, which shapes nothing but the tags.
    case tags
    case allButTags
    case all

    func holds(_ name: String) -> Bool {
      switch self {
      case .tags: name.hasPrefix("tags/")
      case .allButTags: !name.hasPrefix("tags/")
      case .all: true
      }
    }
  }

  /// A 16-digit hexadecimal hash of the version, the size and content of every lexicon file (of a part of them), and
  /// the options given.
  public static func digest(
    lexicons: LexiconFolder, options: [String: String], of part: Part = .all
  ) -> String {
    var bytes = Array(Version.current.utf8)
    for (key, value) in options.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
      bytes += Array("\0\(key)=\(value)".utf8)
    }
    for folder in [lexicons.base, lexicons.overlay].compactMap(\.self) {
      bytes += Array(contents(of: folder, part).utf8)
    }
    return String(SHA256.hex(bytes).prefix(16))
  }

  /// Names, sizes and content hashes of the editable files below a folder; images and scripts left out.
  private static func contents(of folder: String, _ part: Part) -> String {
    guard let all = try? FileManager.default.subpathsOfDirectory(atPath: folder) else { return "" }
    var lines = ""
    for name in all.sorted() where !name.hasPrefix(".") && !name.contains("/.") && part.holds(name) {
      guard let data = try? Data(contentsOf: URL(filePath: folder + "/" + name), options: .mappedIfSafe)
      else {
        continue
      }
      lines += "\0\(name) \(data.count) \(hash(data))"
    }
    return lines
  }

  /// FNV-1a over eight bytes at a time (Fowler, Noll, Vo, widened): enough to notice an edit, and twenty
  /// megabytes of lexicons take a few milliseconds.
  private static func hash(_ data: Data) -> UInt64 {
    data.withUnsafeBytes { bytes in
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(bytes.count)
      var at = 0
      while at + 8 <= bytes.count {
        hash =
          (hash ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
          &* 0x100_0000_01b3
        // The high half carries what the product has mixed; without it an edit of high bits could be lost.
        hash ^= hash >> 32
        at += 8
      }
      while at < bytes.count {
        hash = (hash ^ UInt64(bytes[at])) &* 0x100_0000_01b3
        at += 1
      }
      return hash
    }
  }
}
