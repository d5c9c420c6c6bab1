import EmendCorpus
import EmendPipeline
import EmendReading
import FoundationEssentials

/// The folder of `-o` for one file a document: made when it is missing, refused when it lies within an input or one of
/// the files would take the place of an input.
struct OutputFolder {
  let path: String

  /// - Parameter names: the files that will be written.
  init(_ path: String, besides inputs: [String], files names: [String]) throws {
    self.path = path
    let read = InputFiles(inputs)
    try read.refuse(folder: path)
    try read.refuse(files: names.map { path + "/" + $0 })
    try Self.refuseFile(path)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "cannot make the folder \(path)")
    }
  }

  /// Throws exit code 73 when a file stands where a folder is wanted.
  static func refuseFile(_ path: String) throws {
    var isFolder = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder {
      throw Failure(
        .cannotCreate, "\(path) is a file, and there is a file for each document: name a folder with -o")
    }
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try OutputFile.write(bytes, to: path + "/" + name)
  }

  /// Says which documents have another name than their file, since an earlier one has that name: "sub/a.txt →
  /// out/a-2.txt".
  func tellRenamed(_ documents: [InputDocument], ending: String, _ options: CommonOptions) {
    for document in documents where document.name != "-" {
      let parts = document.name.split(separator: "/").suffix(2)
      // A volume bears the name of its folder, which may stand before that of a file in it.
      if parts.contains(where: { $0.hasPrefix(document.fileName) }) { continue }
      options.log(.info, "\(document.name) → \(path)/\(document.fileName)\(ending)")
    }
  }
}
