/// The order in which a person counts: "page 2" before "page 10".
public enum NaturalOrder {
  /// Whether `a` comes before `b`: runs of ASCII digits compare as numbers, other bytes as they are with
  /// capitals taken as small; names equal in all this compare by their bytes, so that the order is total.
  ///
  /// ```swift
  /// ["p10", "p9", "P1"].sorted(by: NaturalOrder.precedes)  // ["P1", "p9", "p10"]
  /// ```
  public static func precedes(_ a: String, _ b: String) -> Bool {
    let (first, second) = (Array(a.utf8), Array(b.utf8))
    let folded = compare(LatinCase.folded(first[...]), LatinCase.folded(second[...]))
    return folded == 0 ? first.lexicographicallyPrecedes(second) : folded < 0
  }

  private static func compare(_ a: [UInt8], _ b: [UInt8]) -> Int {
    func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    func run(_ bytes: [UInt8], from start: Int) -> (digits: ArraySlice<UInt8>, end: Int) {
      var end = start
      while end < bytes.count, isDigit(bytes[end]) { end += 1 }
      return (bytes[start..<end].drop { $0 == 0x30 }, end)
    }
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      if isDigit(a[i]), isDigit(b[j]) {
        let (x, xEnd) = run(a, from: i)
        let (y, yEnd) = run(b, from: j)
        if x.count != y.count { return x.count < y.count ? -1 : 1 }
        if x.lexicographicallyPrecedes(y) { return -1 }
        if y.lexicographicallyPrecedes(x) { return 1 }
        (i, j) = (xEnd, yEnd)
      } else {
        if a[i] != b[j] { return a[i] < b[j] ? -1 : 1 }
        i += 1
        j += 1
      }
    }
    return (a.count - i) - (b.count - j)
  }
}
