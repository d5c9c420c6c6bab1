import EmendLexicons
import Foundation
import Testing

/// Where the knowledge is looked for, in a tree of its own.
@Suite final class LexiconFolderTests {
  let root = NSTemporaryDirectory() + "/emend-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: root + "/bin", withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func lexicons(_ path: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: "\(root)/\(path)/english", withIntermediateDirectories: true)
    return "\(root)/\(path)"
  }

  @Test func theEnvironmentComesFirst() throws {
    let named = try lexicons("named")
    _ = try lexicons("home/.local/share/emend/Lexicons")
    let folder = try LexiconFolder.locate(
      overlay: nil, environment: ["EMEND_LEXICONS": named, "HOME": root + "/home"], executable: nil)
    #expect(folder.base == named)
  }

  @Test func thenTheUsersData() throws {
    let data = try lexicons("data/emend/Lexicons")
    let home = try lexicons("home/.local/share/emend/Lexicons")
    let both = ["XDG_DATA_HOME": root + "/data", "HOME": root + "/home"]
    #expect(try LexiconFolder.locate(overlay: nil, environment: both, executable: nil).base == data)
    let one = ["HOME": root + "/home"]
    #expect(try LexiconFolder.locate(overlay: nil, environment: one, executable: nil).base == home)
  }

  @Test(arguments: [
    ("share/emend/Lexicons", "bin/../share/emend/Lexicons"), ("bin/Lexicons", "bin/Lexicons"),
    ("Lexicons", "Lexicons"),
  ])
  func thenWhereTheExecutableLies(place: String, found: String) throws {
    _ = try lexicons(place)
    let folder = try LexiconFolder.locate(overlay: nil, environment: [:], executable: root + "/bin/emend")
    #expect(folder.base == "\(root)/\(found)")
  }

  @Test func theErrorNamesThePlacesTried() {
    #expect {
      try LexiconFolder.locate(
        overlay: nil, environment: ["EMEND_LEXICONS": self.root + "/none"], executable: nil)
    } throws: { error in
      guard case LexiconError.notFound(let tried) = error else { return false }
      return tried == [self.root + "/none"] && "\(error)".contains("--lexicons")
    }
    #expect(throws: LexiconError.self) {
      try LexiconFolder.locate(overlay: self.root + "/none", environment: [:], executable: nil)
    }
  }

  @Test func theOverlayGoesBeforeFileByFile() throws {
    let base = try lexicons("base")
    let overlay = try lexicons("overlay")
    try "".write(toFile: overlay + "/english/names.tsv", atomically: false, encoding: .utf8)
    let folder = LexiconFolder(base: base, overlay: overlay)
    #expect(folder.path("english/names.tsv") == overlay + "/english/names.tsv")
    #expect(folder.path("english/words.tsv") == base + "/english/words.tsv")
  }
}
