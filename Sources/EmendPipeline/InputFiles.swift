import EmendCorpus
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files and folders that a run reads, so that nothing it writes takes the place of one of them, whatever path or
/// link leads there.
///
/// ```swift
/// let inputs = InputFiles(["scans", "letters.txt"])
/// try inputs.refuse(folder: "scans/out")        // throws: it lies within "scans"
/// try inputs.refuse(files: ["./letters.txt"])   // throws: it is an input
/// ```
public struct InputFiles: Sendable {
  private let paths: [String]

  /// Takes paths of files and folders; "-", the standard input, is left out.
  public init(_ paths: [String]) { self.paths = paths.filter { $0 != "-" } }

  /// Throws `CorpusError.badRequest` when an output folder is an input or lies within one.
  public func refuse(folder path: String) throws {
    let target = Self.absolute(path)
    for input in paths {
      let source = Self.absolute(input)
      if target == source || target.hasPrefix(source + "/") {
        throw CorpusError.badRequest(
          "the output \(path) lies within the input \(input); name another with -o")
      }
    }
  }

  /// Throws `CorpusError.badRequest` when one of these outputs is there already and is an input, or a file below an
  /// input folder.
  public func refuse(files: some Sequence<String>) throws {
    let there = files.compactMap { file in Identity(file).map { (file, $0) } }
    if there.isEmpty { return }
    let inputs = identities()
    for (file, identity) in there {
      guard let input = inputs[identity] else { continue }
      throw CorpusError.badRequest("\(file) would take the place of the input \(input); name another output")
    }
  }

  /// A path without links, "." and "..", whether or not its last parts exist yet.
  public static func absolute(_ path: String) -> String {
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

  /// The inputs and all that lies below them, with a path that leads to each.
  private func identities() -> [Identity: String] {
    var found: [Identity: String] = [:]
    var open = Array(paths.reversed())
    while let path = open.popLast() {
      guard let identity = Identity(path), found.updateValue(path, forKey: identity) == nil else { continue }
      // What is no folder has no contents.
      let names = identity.isFolder ? (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] : []
      open += names.sorted(by: >).map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
    }
    return found
  }

  /// Device and number of a file: the same for all paths and links that lead to it.
  private struct Identity: Hashable {
    let device: UInt64
    let number: UInt64
    let isFolder: Bool

    /// Nil when nothing stands at the path.
    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      device = UInt64(truncatingIfNeeded: status.st_dev)
      number = UInt64(truncatingIfNeeded: status.st_ino)
      isFolder = status.st_mode & S_IFMT == S_IFDIR
    }
  }
}
