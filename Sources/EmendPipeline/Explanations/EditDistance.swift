/// Levenshtein's distance between short names, for "did you mean".
enum EditDistance {
  /// The name with the least distance; the first of several.
  static func nearest(to name: String, in names: [String]) -> String? {
    names.min { between($0, name) < between($1, name) }
  }

  static func between(_ a: String, _ b: String) -> Int {
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
