import FoundationEssentials

/// A folder that is gone after the test.
final class ScratchFolder {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.path + "/emend-corpus-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: file(name)) }

  func text(_ name: String) -> String { bytes(name).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  /// Every file under the folder with its bytes, the database left out.
  func snapshot() -> [String: Data] {
    var files: [String: Data] = [:]
    for name in FileManager.default.subpaths(atPath: path) ?? [] where !name.hasPrefix("corpus.sqlite") {
      files[name] = FileManager.default.contents(atPath: file(name))
    }
    return files
  }
}
