/// Levenshtein's distance between short names, for "did you mean".
package enum EditDistance {
  /// The name with the least distance, the first of several; nil when even that differs in more than a third of the
  /// letters given: a proposal that far off helps nobody.
  package static func nearest(to name: String, in names: [String]) -> String? {
    let best = names.map { (name: $0, distance: between(name, $0)) }.min { $0.distance < $1.distance }
    return best.flatMap { $0.distance <= name.utf8.count / 3 ? $0.name : nil }
  }

  package static func between(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}
