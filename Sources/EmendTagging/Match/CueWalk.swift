/// Which way a cue is walked from its anchor. Positions stand between tokens; bit k of a mask is the position k tokens
/// away from the origin.
protocol CueDirection {
  /// The position k tokens away.
  static func position(_ origin: Int, _ bit: Int) -> Int
  /// The token between a position and the next one.
  static func token(at position: Int) -> Int
  /// How far a position is away; negative when it lies on the other side.
  static func distance(_ origin: Int, _ position: Int) -> Int
  /// The near and the far end of a span.
  static func ends(_ span: Range<Int>) -> (near: Int, far: Int)
  /// Parts of a sequence, in the order in which they are met.
  static func part(_ index: Int, of count: Int) -> Int
  static var isAhead: Bool { get }
}

enum Ahead: CueDirection {
  @inline(__always) static func position(_ origin: Int, _ bit: Int) -> Int { origin + bit }
  @inline(__always) static func token(at position: Int) -> Int { position }
  @inline(__always) static func distance(_ origin: Int, _ position: Int) -> Int { position - origin }
  @inline(__always) static func ends(_ span: Range<Int>) -> (near: Int, far: Int) {
    (span.lowerBound, span.upperBound)
  }
  @inline(__always) static func part(_ index: Int, of count: Int) -> Int { index }
  @inline(__always) static var isAhead: Bool { true }
}

enum Back: CueDirection {
  @inline(__always) static func position(_ origin: Int, _ bit: Int) -> Int { origin - bit }
  @inline(__always) static func token(at position: Int) -> Int { position - 1 }
  @inline(__always) static func distance(_ origin: Int, _ position: Int) -> Int { origin - position }
  @inline(__always) static func ends(_ span: Range<Int>) -> (near: Int, far: Int) {
    (span.upperBound, span.lowerBound)
  }
  @inline(__always) static func part(_ index: Int, of count: Int) -> Int { count - 1 - index }
  @inline(__always) static var isAhead: Bool { false }
}

/// Walking the nodes of a cue.
extension Matcher {
  /// From a set of positions to those that lie behind a match of a node, in one of the two directions.
  func reach<Direction: CueDirection>(
    _ way: Direction.Type, _ node: Int, _ mask: UInt64, _ origin: Int
  ) -> UInt64 {
    let row = node * ImageRow.node
    let (a, b) = (Int(image.nodes[row + 1]), Int(image.nodes[row + 2]))
    switch image.nodes[row] {
    case NodeKind.token.rawValue: return token(way, a, b, mask, origin)
    case NodeKind.sequence.rawValue:
      var out = mask
      for index in 0..<b where out != 0 {
        out = reach(way, Int(image.lists[a + way.part(index, of: b)]), out, origin)
      }
      return out
    case NodeKind.choice.rawValue:
      var out: UInt64 = 0
      for index in 0..<b { out |= reach(way, Int(image.lists[a + index]), mask, origin) }
      return out
    case NodeKind.optional.rawValue: return mask | reach(way, a, mask, origin)
    case NodeKind.gap.rawValue: return gap(way, a, mask, origin)
    case NodeKind.coordination.rawValue: return coordination(way, mask, origin)
    case NodeKind.start.rawValue:
      let bit = way.distance(origin, low)
      return bit >= 0 && bit < 64 ? mask & (1 << UInt64(bit)) : 0
    case NodeKind.possessive.rawValue: return possessive(way, mask, origin)
    default: return span(way, a, mask, origin)
    }
  }

  /// One token of a set.
  private func token<Direction: CueDirection>(
    _ way: Direction.Type, _ start: Int, _ count: Int, _ mask: UInt64, _ origin: Int
  ) -> UInt64 {
    var out: UInt64 = 0
    var rest = mask
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      let token = way.token(at: way.position(origin, bit))
      if bit < 63, token >= low, token < high, isIn(token, start, count) { out |= 1 << UInt64(bit + 1) }
    }
    return out
  }

  /// Up to so many words, never over a semicolon.
  private func gap<Direction: CueDirection>(
    _ way: Direction.Type, _ most: Int, _ mask: UInt64, _ origin: Int
  ) -> UInt64 {
    var out: UInt64 = 0
    var rest = mask
    while rest != 0 {
      var bit = rest.trailingZeroBitCount
      rest &= rest - 1
      out |= 1 << UInt64(bit)
      var words = 0
      while words < most, bit < 63 {
        let token = way.token(at: way.position(origin, bit))
        guard token >= low, token < high, tokens.word[token] != TokenMark.semicolon.rawValue else { break }
        if tokens.flags[token].contains(.word) { words += 1 }
        bit += 1
        out |= 1 << UInt64(bit)
      }
    }
    return out
  }

  /// The positions after a token with a possessive 's.
  private func possessive<Direction: CueDirection>(
    _ way: Direction.Type, _ mask: UInt64, _ origin: Int
  ) -> UInt64 {
    var out: UInt64 = 0
    var rest = mask
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      let token = way.position(origin, bit) - 1
      if token >= low, token < high, tokens.flags[token].contains(.possessive) { out |= 1 << UInt64(bit) }
    }
    return out
  }

  /// A span of a class.
  private func span<Direction: CueDirection>(
    _ way: Direction.Type, _ cueClass: Int, _ mask: UInt64, _ origin: Int
  ) -> UInt64 {
    var out: UInt64 = 0
    var index = heads[cueClass]
    while index >= 0 {
      let (near, far) = way.ends(spans[Int(index)].range)
      let (from, to) = (way.distance(origin, near), way.distance(origin, far))
      if from >= 0, to < 64, mask >> UInt64(from) & 1 != 0 { out |= 1 << UInt64(to) }
      index = next[Int(index)]
    }
    return out
  }

  // MARK: Coordination

  /// How far a coordination may part a modifier from its head, in tokens.
  private static var longestCoordination: Int { 12 }

  private func coordination<Direction: CueDirection>(
    _ way: Direction.Type, _ mask: UInt64, _ origin: Int
  ) -> UInt64 {
    var out: UInt64 = 0
    var rest = mask
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      let position = way.position(origin, bit)
      if way.isAhead {
        out |= headPlaces(after: position) << UInt64(bit)
        continue
      }
      // Which positions before this one can reach it?
      for back in 0...Self.longestCoordination where bit + back < 64 && position - back >= low {
        if headPlaces(after: position - back) >> UInt64(back) & 1 != 0 { out |= 1 << UInt64(bit + back) }
      }
    }
    return out
  }

  /// Where a head may stand for a modifier that ends at `position`: right there, or after "and", "or", … and one
  /// or two further words, over a list if need be ("economic, social, and political institutions"). Bit k is the
  /// position k tokens after.
  private func headPlaces(after position: Int) -> UInt64 {
    var out: UInt64 = 0
    func mark(_ place: Int) {
      let bit = place - position
      if bit < 64, place <= high { out |= 1 << UInt64(bit) }
    }
    mark(position)
    var at = position
    for _ in 0..<8 {
      guard at < high, at >= low else { break }
      if isCoordinator(at) {
        mark(at + 2)
        mark(at + 3)
        break
      }
      let word = tokens.word[at]
      if word == TokenMark.comma.rawValue || word == TokenMark.slash.rawValue {
        at += 1
        continue
      }
      if at + 1 < high,
        tokens.word[at + 1] == TokenMark.comma.rawValue || (at > position && isCoordinator(at + 1))
      {
        at += 1
        continue
      }
      break
    }
    return out
  }

  private func isCoordinator(_ position: Int) -> Bool {
    Coordinators.hashes.contains(tokens.hash[position])
  }

  // MARK: Symbols

  @inline(__always)
  private func isIn(_ position: Int, _ start: Int, _ count: Int) -> Bool {
    let word = tokens.word[position] << 2
    let exact = tokens.exact[position] << 2 | 1
    let sets = image.sets
    if count <= 8 {
      for index in start..<(start + count) {
        let symbol = sets[index]
        if symbol == word || symbol == exact && symbol != 1 { return true }
      }
    } else if contains(word, start, count) || exact != 1 && contains(exact, start, count) {
      return true
    }
    var prefix = Int(tokens.prefix[position])
    while prefix != 0 {
      let link = patternLink(prefix)
      if contains(link.key << 2 | 2, start, count) { return true }
      prefix = Int(link.parent)
    }
    return false
  }

  /// The pattern or prefix under an id of `TokenTable.prefix`, and what else fits the token.
  @inline(__always)
  func patternLink(_ id: Int) -> PatternChain {
    id < tokens.firstChain
      ? PatternChain(key: Int32(truncatingIfNeeded: id), parent: image.prefixParent[id])
      : tokens.chain[id - tokens.firstChain]
  }

  private func contains(_ symbol: Int32, _ start: Int, _ count: Int) -> Bool {
    var low = start
    var high = start + count
    while low < high {
      let middle = (low + high) / 2
      if image.sets[middle] < symbol { low = middle + 1 } else { high = middle }
    }
    return low < start + count && image.sets[low] == symbol
  }
}

/// Words that coordinate. Words of grammar, not of the field, so they stand here.
private enum Coordinators {
  static let hashes: [UInt64] = ["and", "or", "nor", "versus", "but"].map { ByteHash.of(Array($0.utf8)) }
}
