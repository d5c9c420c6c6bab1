#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Size and time of last change of a file: what tells that an image is out of date.
struct FileStamp: Equatable {
  /// Hash of the path, so that a changed list of files is noticed too.
  var path: UInt64
  /// -1 when there is no such file.
  var size: Int64
  var seconds: Int64
  var nanoseconds: Int64

  init(path: UInt64, size: Int64, seconds: Int64, nanoseconds: Int64) {
    (self.path, self.size, self.seconds, self.nanoseconds) = (path, size, seconds, nanoseconds)
  }

  init(of path: String) {
    let hash = Array(path.utf8).withUnsafeBufferPointer { ByteHash.hash($0) }
    var status = stat()
    guard stat(path, &status) == 0 else {
      self.init(path: hash, size: -1, seconds: 0, nanoseconds: 0)
      return
    }
    self.init(path: hash, status: status)
  }

  init(path: UInt64, status: stat) {
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    self.init(
      path: path, size: Int64(status.st_size), seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
  }
}
