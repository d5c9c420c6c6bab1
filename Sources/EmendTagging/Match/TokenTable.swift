/// The tokens of a document, column by column. Token indices run through the whole document.
///
/// A class, so that the many small views of a sentence share it at the cost of one reference.
final class TokenTable: Sendable {
  /// Bytes of the reading text, without a possessive 's.
  let start: [Int32]
  let end: [Int32]
  /// Ids of the image: the folded word, the word as it stands, the longest prefix known; 0 for none.
  let word: [Int32]
  let exact: [Int32]
  let prefix: [Int32]
  let flags: [TokenFlags]
  /// Hashes of the folded words; 0 for marks.
  let hash: [UInt64]
  /// Patterns that fit words of this document: from `firstChain` on, ids in `prefix` are places in this list.
  let chain: [PatternChain]
  let firstChain: Int

  var count: Int { start.count }

  init(_ builder: TokenTableBuilder) {
    start = builder.start
    end = builder.end
    word = builder.word
    exact = builder.exact
    prefix = builder.prefix
    flags = builder.flags
    hash = builder.hash
    chain = builder.chain
    firstChain = builder.firstChain
  }
}

/// A pattern that fits a word, and the next one that fits it too.
struct PatternChain {
  /// Id of the pattern.
  var key: Int32
  /// What else fits: a place in the list of chains or a prefix; 0 for nothing.
  var parent: Int32
}

/// Collects the columns of a `TokenTable`.
struct TokenTableBuilder {
  fileprivate(set) var start: [Int32] = []
  fileprivate(set) var end: [Int32] = []
  fileprivate(set) var word: [Int32] = []
  fileprivate(set) var exact: [Int32] = []
  fileprivate(set) var prefix: [Int32] = []
  fileprivate(set) var flags: [TokenFlags] = []
  fileprivate(set) var hash: [UInt64] = []
  fileprivate(set) var chain: [PatternChain] = []
  fileprivate(set) var firstChain = Int.max
  /// What fits the words seen, by their hashes.
  private var patterns: [UInt64: Int32] = [:]

  var count: Int { start.count }

  init(capacity: Int) {
    start.reserveCapacity(capacity)
    end.reserveCapacity(capacity)
    word.reserveCapacity(capacity)
    exact.reserveCapacity(capacity)
    prefix.reserveCapacity(capacity)
    flags.reserveCapacity(capacity)
    hash.reserveCapacity(capacity)
  }

  /// Adds the tokens of a range of the text, leaving out the gaps, which stand in order.
  mutating func add(
    _ scanner: inout TokenScanner, _ range: Range<Int>, gaps: ArraySlice<Range<Int>>, image: TagImage
  ) {
    scanner.move(to: range.lowerBound)
    scanner.startSentence()
    var rest = gaps
    while scanner.at < range.upperBound {
      let limit = min(range.upperBound, max(scanner.at, rest.first?.lowerBound ?? range.upperBound))
      while let token = scanner.next(limit: limit) { append(token, &scanner, image) }
      guard let gap = rest.first else { break }
      scanner.move(to: gap.upperBound)
      rest = rest.dropFirst()
    }
  }

  private mutating func append(_ token: TokenScanner.Token, _ scanner: inout TokenScanner, _ image: TagImage)
  {
    start.append(Int32(truncatingIfNeeded: token.start))
    end.append(Int32(truncatingIfNeeded: token.end))
    flags.append(token.flags)
    hash.append(token.hash)
    if let mark = token.mark {
      word.append(mark.rawValue)
      exact.append(0)
      prefix.append(0)
      return
    }
    var prefixID: Int32 = 0
    let id = scanner.folded.withUnsafeBufferPointer { folded in
      let id = image.words.id(token.hash, folded)
      prefixID = id != 0 ? image.wordPrefix[Int(id)] : Self.prefix(folded, image)
      if !image.globs.isEmpty { prefixID = patterns(token.hash, folded, prefixID, image) }
      return id
    }
    word.append(id)
    prefix.append(prefixID)
    guard token.flags.contains(.capital) || token.flags.contains(.allCapitals) else {
      exact.append(0)
      return
    }
    let surface = UnsafeBufferPointer(rebasing: scanner.text[token.start..<token.end])
    exact.append(image.exacts.id(ByteHash.of(surface), surface))
  }

  /// The patterns that fit a word, chained before its longest prefix.
  private mutating func patterns(
    _ hash: UInt64, _ word: UnsafeBufferPointer<UInt8>, _ prefix: Int32, _ image: TagImage
  ) -> Int32 {
    if let known = patterns[hash] { return known }
    firstChain = image.prefixParent.count
    var last = prefix
    for glob in image.globs where glob.fits(word) {
      chain.append(PatternChain(key: glob.id, parent: last))
      last = Int32(truncatingIfNeeded: firstChain + chain.count - 1)
    }
    patterns[hash] = last
    return last
  }

  /// The longest prefix of the lexicon that a word begins with.
  private static func prefix(_ word: UnsafeBufferPointer<UInt8>, _ image: TagImage) -> Int32 {
    guard word.count > 1 else { return 0 }
    let bit = PrefixFilter.bit(word[0], word[1])
    guard image.prefixFilter[1 + (bit >> 5)] >> Int32(bit & 31) & 1 != 0 else { return 0 }
    let lengths = UInt32(bitPattern: image.prefixFilter[0])
    var found: Int32 = 0
    var hash = ByteHash.seed
    for length in 1...min(word.count, 31) {
      hash = ByteHash.add(hash, word[length - 1])
      if lengths >> UInt32(length) & 1 != 0 {
        let id = image.prefixes.id(hash, UnsafeBufferPointer(rebasing: word[0..<length]))
        if id != 0 { found = id }
      }
    }
    return found
  }
}
