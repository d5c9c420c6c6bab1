import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keeps images of the editable files: built at first use, opened without parsing ever after.
public enum LexiconImage {
  /// Opens the image of some files, building it first when there is none or when a file has changed.
  ///
  /// It is kept in `.images/` of our lexicon folder, else in the user's cache folder (`XDG_CACHE_HOME/emend`
  /// or `~/.cache/emend`), else in memory only. An image is stale when the size or the time of a source
  /// differs from what it recorded, or when `layout` differs; a damaged one is built anew. Of the images of other
  /// folders the newest stay.
  ///
  /// - Parameters:
  ///   - name: name of the image file, such as "english".
  ///   - layout: number of the building code's output format; raise it when that changes.
  ///   - sources: the paths of all files that `build` reads, missing ones included.
  ///   - cache: the user's cache folder; nil for none.
  ///   - build: reads the files; its errors are passed on.
  public static func open(
    _ name: String, layout: UInt32, sources: [String], folder: LexiconFolder,
    cache: String? = LexiconImage.userCache, build: (inout ImageBuilder) throws -> Void
  ) throws -> MappedImage {
    let stamps = sources.map { FileStamp(of: $0) }
    let places = places(name, sources: sources, layout: layout, folder: folder, cache: cache)
    for place in places {
      if let image = MappedImage(path: place, layout: layout, stamps: stamps) { return image }
    }
    var builder = ImageBuilder()
    try build(&builder)
    let bytes = builder.image(layout: layout, stamps: stamps)
    for place in places where keep(bytes, to: place, stamps: stamps) {
      OldImages.remove(besides: place, named: name)
      if let image = MappedImage(path: place, layout: layout, stamps: stamps) { return image }
    }
    guard let image = MappedImage(bytes: bytes, layout: layout, stamps: stamps) else {
      throw LexiconError.bad(file: name, line: 0, message: "the image just built is not valid")
    }
    return image
  }

  /// `XDG_CACHE_HOME/emend`, else `~/.cache/emend`; nil when the environment names no home.
  public static var userCache: String? {
    let environment = ProcessInfo.processInfo.environment
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/emend" }
    if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.cache/emend" }
    return nil
  }

  /// Where the image may lie, the preferred place first.
  ///
  /// Names carry a hash of the source paths wherever images of several lexicon folders could meet.
  private static func places(
    _ name: String, sources: [String], layout: UInt32, folder: LexiconFolder, cache: String?
  ) -> [String] {
    let key = Array((sources.joined(separator: "\n") + "\n\(layout)").utf8)
      .withUnsafeBufferPointer { ByteHash.hash($0) }
    let keyed = name + "-" + String(key, radix: 16) + ".image"
    let ours = sources.allSatisfy { $0.hasPrefix(folder.base + "/") }
    return [folder.base + "/.images/" + (ours ? name + ".image" : keyed)]
      + (cache.map { [$0 + "/" + keyed] } ?? [])
  }

  /// Writes beside the goal and renames, so that no reader ever sees half an image.
  private static func keep(_ bytes: [UInt8], to path: String, stamps: [FileStamp]) -> Bool {
    guard let slash = path.lastIndex(of: "/") else { return false }
    try? FileManager.default.createDirectory(
      atPath: String(path[..<slash]), withIntermediateDirectories: true)
    var template = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return false }
    var written = 0
    let complete = bytes.withUnsafeBytes { buffer in
      while written < buffer.count, let base = buffer.baseAddress {
        let count = write(descriptor, base + written, buffer.count - written)
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
    fchmod(descriptor, 0o644)
    // The seal: see `MappedImage.init`.
    if let newest = MappedImage.newest(stamps) {
      let time = timespec(tv_sec: .init(newest.seconds), tv_nsec: .init(newest.nanoseconds))
      let times = [time, time]
      futimens(descriptor, times)
    }
    let closed = close(descriptor) == 0
    if complete, closed, rename(template, path) == 0 { return true }
    unlink(template)
    return false
  }
}
