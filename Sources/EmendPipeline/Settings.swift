import EmendLexicons
import EmendModel
import EmendText
import FoundationEssentials

/// What shapes a result beside the input, as one short hash: the program's version, the lexicons, the
/// options. It stands in every stream record and decides whether a built document is still fresh.
public enum Settings {
  /// A 16-digit hexadecimal hash of the version, the size and content of every lexicon file, and the
  /// options given.
  public static func digest(lexicons: LexiconFolder, options: [String: String]) -> String {
    var bytes = Array(Version.current.utf8)
    for (key, value) in options.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
      bytes += Array("\0\(key)=\(value)".utf8)
    }
    for folder in [lexicons.base, lexicons.overlay].compactMap(\.self) {
      bytes += Array(contents(of: folder).utf8)
    }
    return String(SHA256.hex(bytes).prefix(16))
  }

  /// Names, sizes and content hashes of the editable files below a folder; images and scripts left out.
  private static func contents(of folder: String) -> String {
    guard let all = try? FileManager.default.subpathsOfDirectory(atPath: folder) else { return "" }
    var lines = ""
    for name in all.sorted() where !name.hasPrefix(".") && !name.contains("/.") {
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
      lines += "\0\(name) \(data.count) \(fnv1a(data))"
    }
    return lines
  }

  /// FNV-1a, 64 bits (Fowler, Noll, Vo): enough to notice an edit, at memory speed.
  private static func fnv1a(_ data: Data) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in data { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}
