import EmendPipeline
import Foundation
import Testing

/// What is read is not written to, whatever path leads there.
@Suite struct InputFilesTests {
  @Test(arguments: [
    ("scans/a.txt", true), ("scans/./a.txt", true), ("link.txt", true), ("folder/a.txt", true),
    ("hard.txt", true), ("b.txt", false), ("scans/new.txt", false), ("nowhere/a.txt", false),
  ])
  func files(name: String, isInput: Bool) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let inputs = InputFiles([folder.path + "/scans", "-"])
    let path = folder.path + "/" + name
    if isInput {
      #expect(throws: (any Error).self) { try inputs.refuse(files: [folder.path + "/b.txt", path]) }
    } else {
      try inputs.refuse(files: [path])
    }
  }

  @Test(arguments: [
    ("scans", true), ("scans/out/deep", true), ("folder/out", true), ("scans-2", false), (".", false),
  ])
  func folders(name: String, isWithin: Bool) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let inputs = InputFiles([folder.path + "/scans"])
    let path = folder.path + "/" + name
    if isWithin {
      #expect(throws: (any Error).self) { try inputs.refuse(folder: path) }
    } else {
      try inputs.refuse(folder: path)
    }
  }

  /// scans/a.txt, links to the file and to the folder, and a file that is no input.
  private static func folder() throws -> URL {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appending(path: "emend-inputs-\(UUID().uuidString)")
    try manager.createDirectory(
      at: folder.appending(path: "scans"), withIntermediateDirectories: true)
    for name in ["scans/a.txt", "b.txt"] { try Data("x".utf8).write(to: folder.appending(path: name)) }
    try manager.createSymbolicLink(atPath: folder.path + "/link.txt", withDestinationPath: "scans/a.txt")
    try manager.createSymbolicLink(atPath: folder.path + "/folder", withDestinationPath: "scans")
    try manager.linkItem(atPath: folder.path + "/scans/a.txt", toPath: folder.path + "/hard.txt")
    return folder
  }
}
