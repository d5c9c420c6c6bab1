/// The distance between short names, for "did you mean".
package enum EditDistance {
  /// The name with the least distance, the first of several; nil when even that differs in more than a third of the
  /// letters given: a proposal that far off helps nobody.
  package static func nearest(to name: String, in names: [String]) -> String? {
    let best = names.map { (name: $0, distance: between(name, $0)) }.min { $0.distance < $1.distance }
    return best.flatMap { $0.distance <= name.utf8.count / 3 ? $0.name : nil }
  }

  /// Letters put in, left out or replaced, and neighbours that changed places (Damerau 1964).
  package static func between(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    var above: [Int] = []
    var row = Array(0...b.count)
    for i in a.indices {
      var next = [i + 1]
      for j in b.indices {
        var least = min(row[j + 1] + 1, next[j] + 1, row[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, above[j - 1] + 1) }
        next.append(least)
      }
      (above, row) = (row, next)
    }
    return row[b.count]
  }
}
