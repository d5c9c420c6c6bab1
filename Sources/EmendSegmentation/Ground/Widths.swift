/// How often each width occurs: tells the width of the full lines without sorting all lines.
struct Widths {
  /// Lines of text are narrower, as a rule.
  private static let usual = 256

  private(set) var count = 0
  private var counts = [Int32](repeating: 0, count: usual)
  private var wide: [Int] = []

  mutating func insert(_ width: Int) {
    count += 1
    if width < Self.usual { counts[width] += 1 } else { wide.append(width) }
  }

  /// The width that so many tenths of the lines stay below or reach; nil where there are none.
  func reached(by tenths: Int) -> Int? {
    guard count > 0 else { return nil }
    let rank = count * tenths / 10
    if rank >= count - wide.count { return wide.sorted()[rank - (count - wide.count)] }
    var below = 0
    for width in counts.indices {
      below += Int(counts[width])
      if below > rank { return width }
    }
    return nil
  }
}
