/// Damages references as scanners do, and moves the fields along: shape confusions, ligature maps, dropped
/// and inserted spaces, lost letters, stray marks.
struct ScanNoise {
  /// What stands in the text and what a scanner may read instead; each copy draws its own half of the list.
  let confusions: [(right: [UInt8], wrong: [UInt8])]
  /// Ligature maps of damaged fonts.
  let ligatures: [(right: [UInt8], wrong: [UInt8])]
  /// What was counted on scanned pages, by first byte: what stands (nothing for signs that come in), what is read, and
  /// how often.
  let measured: [UInt8: [(right: [UInt8], wrong: [UInt8], weight: Double)]]
  private static let joints: [[UInt8]] = ["- ", " - ", "-", " -"].map { Array($0.utf8) }
  private static let signs: [UInt8] = Array(",:;".utf8)
  private static let strays: [UInt8] = Array("'.,-~^*|".utf8)

  /// A line damaged.
  func damaged(_ line: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    damaged(GoldReference(id: "", source: "", raw: line, fields: [], language: ""), &random).raw
  }

  /// A damaged copy; 1 to 5 % of the characters are hit.
  func damaged(_ reference: GoldReference, _ random: inout SeededRandom) -> GoldReference {
    let rate = 0.01 + 0.04 * random.unit()
    var maps: [(right: [UInt8], wrong: [UInt8])] = []
    if random.chance(0.4) {
      for _ in 0..<2 { if let map = random.pick(ligatures) { maps.append(map) } }
    }
    // Words broken at the ends of lines and joined badly ("Re - naissance"); signs set apart ("Weber , M.").
    let joint: [UInt8]? = random.chance(0.25) ? random.pick(Self.joints) : nil
    let apart: UInt8? = random.chance(0.08) ? random.pick(Self.signs) : nil
    // Half of the copies as measured, half by shapes.
    let asMeasured = random.chance(0.5)
    var chosen = confusions.filter { _ in random.chance(0.5) }
    if chosen.isEmpty { chosen = confusions }
    let raw = reference.raw
    var out: [UInt8] = []
    var moved = [Int](repeating: 0, count: raw.count + 1)
    var at = 0
    func stands(_ pattern: [UInt8]) -> Bool {
      at + pattern.count <= raw.count && raw[at..<(at + pattern.count)].elementsEqual(pattern)
    }
    func isSmall(_ index: Int) -> Bool { index < raw.count && raw[index] >= 0x61 && raw[index] <= 0x7A }
    func take(_ length: Int, _ replacement: [UInt8]) {
      for index in at..<(at + length) { moved[index] = out.count }
      out.append(contentsOf: replacement)
      at += length
    }
    while at < raw.count {
      if let map = maps.first(where: { stands($0.right) }) {
        take(map.right.count, map.wrong)
        continue
      }
      if let joint, at > 2, isSmall(at - 2), isSmall(at - 1), isSmall(at), isSmall(at + 1),
        random.chance(0.02)
      {
        out.append(contentsOf: joint)
      }
      if let apart, raw[at] == apart, at > 0, raw[at - 1] > 0x20 { out.append(0x20) }
      // Continuation bytes stay with their letter.
      if raw[at] & 0xC0 != 0x80, random.chance(rate) {
        if asMeasured, raw[at] > 0x20, random.chance(0.8),
          let option = random.pick((measured[raw[at]] ?? []).filter { stands($0.right) }, weight: \.weight)
        {
          take(option.right.count, option.wrong)
          continue
        }
        let options = chosen.filter { stands($0.right) }
        let lot = random.unit()
        if lot < 0.6, let option = random.pick(options) {
          take(option.right.count, option.wrong)
          continue
        }
        if raw[at] == 0x20 {
          if lot < 0.5 {
            take(1, [])
            continue
          }
        } else if lot < 0.70 {
          out.append(0x20)
        } else if lot < 0.78, raw[at] < 0x80 {
          take(1, [])
          continue
        } else if lot < 0.84, let stray = random.pick(Self.strays) {
          out.append(stray)
        }
      }
      take(1, [raw[at]])
    }
    moved[raw.count] = out.count
    var copy = reference
    copy.raw = out
    copy.fields = reference.fields.compactMap { field in
      let range =
        moved[field.range.lowerBound]..<max(moved[field.range.lowerBound], moved[field.range.upperBound])
      return range.isEmpty ? nil : GoldReference.Field(label: field.label, range: range)
    }
    return copy
  }
}
