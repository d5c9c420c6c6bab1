import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Images that other lexicon folders have left behind: each of them is as large as all the words of English.
enum OldImages {
  /// So many images of one name stay: those of folders that somebody may come back to.
  static let kept = 4

  /// Removes all but the newest images of a name beside the one just written. Whoever has one of them mapped keeps it.
  static func remove(besides path: String, named name: String) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let folder = String(path[...slash])
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let images = names.filter { file in
      file.hasPrefix(name + "-") && file.hasSuffix(".image")
        && file.dropFirst(name.count + 1).dropLast(".image".count).allSatisfy(\.isHexDigit)
    }
    guard images.count > kept else { return }
    let byAge = images.map { (path: folder + $0, made: made(folder + $0)) }.sorted {
      ($0.made.0, $0.made.1, $0.path) > ($1.made.0, $1.made.1, $1.path)
    }
    for image in byAge.dropFirst(kept) where image.path != path { unlink(image.path) }
  }

  /// When the file came to its name. (Its time of writing is the seal of `MappedImage`.)
  private static func made(_ path: String) -> (Int, Int) {
    var status = stat()
    guard stat(path, &status) == 0 else { return (0, 0) }
    #if canImport(Darwin)
      return (status.st_ctimespec.tv_sec, status.st_ctimespec.tv_nsec)
    #else
      return (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
    #endif
  }
}
