#if canImport(Glibc)
  import Glibc
#endif

/// How memory of large arrays is given back.
enum LargeArrays {
  /// Has the memory of arrays of a megabyte and more given back as soon as an array is gone.
  ///
  /// The C library of GNU raises the limit, from which on an array has pages of its own, to the size of whatever was
  /// given back last, so that the tables of one stage would lie about as holes among those of the next: a tenth of
  /// the peak (mallopt(3)).
  static func areGivenBackAtOnce() {
    #if canImport(Glibc)
      // Swift's module of the C library leaves <malloc.h> out.
      guard let symbol = dlsym(nil, "mallopt") else { return }
      let mallopt = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
      _ = mallopt(mmapThreshold, 1 << 20)
    #endif
  }

  /// M_MMAP_THRESHOLD of <malloc.h>.
  private static let mmapThreshold: Int32 = -3
}
