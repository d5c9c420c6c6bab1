import EmendCorpus
import FoundationEssentials

/// The folder of `-o`, made when it is missing, refused when it lies within an input.
struct OutputFolder {
  let path: String

  init(_ path: String, besides inputs: [String]) throws {
    self.path = path
    try Self.refuse(path, within: inputs)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "cannot make the folder \(path)")
    }
  }

  /// Throws exit code 64 when an output is an input or lies within one.
  static func refuse(_ path: String, within inputs: [String]) throws {
    let target = absolute(path)
    for input in inputs where input != "-" {
      let source = absolute(input)
      if target == source || target.hasPrefix(source + "/") {
        throw Failure(
          .usage, "the output folder \(path) lies within the input \(input); name another with -o")
      }
    }
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try OutputFile.write(bytes, to: path + "/" + name)
  }

  /// The path without links, "." and "..", whether or not its last parts exist yet.
  static func absolute(_ path: String) -> String {
    var missing: [String] = []
    var url = URL(filePath: path).standardizedFileURL
    while !FileManager.default.fileExists(atPath: url.path), url.path.count > 1 {
      missing.insert(url.lastPathComponent, at: 0)
      url.deleteLastPathComponent()
    }
    var found = url.resolvingSymlinksInPath().path
    while found.count > 1, found.hasSuffix("/") { found.removeLast() }
    return ([found == "/" ? "" : found] + missing).joined(separator: "/")
  }
}
