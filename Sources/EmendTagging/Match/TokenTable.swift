/// The tokens of a document, column by column. Token indices run through the whole document.
///
/// A class, so that the many small views of a sentence share it at the cost of one reference; its columns are plain
/// memory, read millions of times and written once, by `TokenTableBuilder`.
final class TokenTable: @unchecked Sendable {
  let count: Int
  /// Bytes of the reading text, without a possessive 's.
  let start: UnsafeMutablePointer<Int32>
  let end: UnsafeMutablePointer<Int32>
  /// Ids of the image: the folded word, the word as it stands, the longest prefix known; 0 for none.
  let word: UnsafeMutablePointer<Int32>
  let exact: UnsafeMutablePointer<Int32>
  let prefix: UnsafeMutablePointer<Int32>
  let flags: UnsafeMutablePointer<TokenFlags>
  /// Hashes of the folded words; 0 for marks.
  let hash: UnsafeMutablePointer<UInt64>
  /// Patterns that fit words of this document: from `firstChain` on, ids in `prefix` are places in this list.
  let chain: [PatternChain]
  let firstChain: Int

  /// Takes over the columns of a builder, which must not be used any more.
  init(_ builder: TokenTableBuilder) {
    count = builder.count
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

  /// Joins the columns of builders that each took a stretch of one text, in order, and frees theirs. Patterns of a later
  /// stretch keep their order and move behind those of the earlier.
  convenience init(joining parts: [TokenTableBuilder]) {
    var joined = parts.count == 1 ? parts[0] : TokenTableBuilder(capacity: parts.reduce(0) { $0 + $1.count })
    for part in parts where parts.count > 1 { joined.take(part) }
    self.init(joined)
  }

  deinit {
    for column in [start, end, word, exact, prefix] { column.deallocate() }
    flags.deallocate()
    hash.deallocate()
  }
}

/// A pattern that fits a word, and the next one that fits it too.
struct PatternChain {
  /// Id of the pattern.
  var key: Int32
  /// What else fits: a place in the list of chains or a prefix; 0 for nothing.
  var parent: Int32
}

/// Collects the columns of a `TokenTable`, which then owns them.
struct TokenTableBuilder {
  private(set) var count = 0
  private var capacity: Int
  fileprivate var start: UnsafeMutablePointer<Int32>
  fileprivate var end: UnsafeMutablePointer<Int32>
  fileprivate var word: UnsafeMutablePointer<Int32>
  fileprivate var exact: UnsafeMutablePointer<Int32>
  fileprivate var prefix: UnsafeMutablePointer<Int32>
  fileprivate var flags: UnsafeMutablePointer<TokenFlags>
  fileprivate var hash: UnsafeMutablePointer<UInt64>
  fileprivate var chain: [PatternChain] = []
  fileprivate var firstChain = Int.max
  /// What fits the words seen, by their hashes.
  private var patterns: [UInt64: Int32] = [:]

  init(capacity: Int) {
    self.capacity = max(16, capacity)
    start = .allocate(capacity: self.capacity)
    end = .allocate(capacity: self.capacity)
    word = .allocate(capacity: self.capacity)
    exact = .allocate(capacity: self.capacity)
    prefix = .allocate(capacity: self.capacity)
    flags = .allocate(capacity: self.capacity)
    hash = .allocate(capacity: self.capacity)
  }

  /// Appends the columns of a builder of the text that follows, which must not be used any more.
  fileprivate mutating func take(_ part: TokenTableBuilder) {
    func moved<Value>(_ column: UnsafeMutablePointer<Value>, to whole: UnsafeMutablePointer<Value>) {
      (whole + count).moveInitialize(from: column, count: part.count)
      column.deallocate()
    }
    moved(part.start, to: start)
    moved(part.end, to: end)
    moved(part.word, to: word)
    moved(part.exact, to: exact)
    moved(part.prefix, to: prefix)
    moved(part.flags, to: flags)
    moved(part.hash, to: hash)
    let before = Int32(truncatingIfNeeded: chain.count)
    if before > 0, !part.chain.isEmpty {
      for token in count..<count + part.count where prefix[token] >= part.firstChain {
        prefix[token] += before
      }
    }
    chain += part.chain.map { link in
      PatternChain(key: link.key, parent: link.parent >= part.firstChain ? link.parent + before : link.parent)
    }
    firstChain = min(firstChain, part.firstChain)
    count += part.count
  }

  private mutating func grow() {
    let larger = capacity * 2
    func moved<Value>(_ column: UnsafeMutablePointer<Value>) -> UnsafeMutablePointer<Value> {
      let copy = UnsafeMutablePointer<Value>.allocate(capacity: larger)
      copy.moveInitialize(from: column, count: count)
      column.deallocate()
      return copy
    }
    (start, end, word, exact, prefix) = (moved(start), moved(end), moved(word), moved(exact), moved(prefix))
    (flags, hash) = (moved(flags), moved(hash))
    capacity = larger
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
    if count == capacity { grow() }
    let at = count
    count += 1
    (start + at).initialize(to: Int32(truncatingIfNeeded: token.start))
    (end + at).initialize(to: Int32(truncatingIfNeeded: token.end))
    (flags + at).initialize(to: token.flags)
    (hash + at).initialize(to: token.hash)
    (exact + at).initialize(to: 0)
    if let mark = token.mark {
      (word + at).initialize(to: mark.rawValue)
      (prefix + at).initialize(to: 0)
      return
    }
    var prefixID: Int32 = 0
    let id = scanner.folded.withUnsafeBufferPointer { folded in
      let id = image.words.id(token.hash, folded)
      prefixID = id != 0 ? image.wordPrefix[Int(id)] : Self.prefix(folded, image)
      if !image.globs.isEmpty { prefixID = patterns(token.hash, folded, prefixID, image) }
      return id
    }
    (word + at).initialize(to: id)
    (prefix + at).initialize(to: prefixID)
    guard token.flags.contains(.capital) || token.flags.contains(.allCapitals) else { return }
    let surface = UnsafeBufferPointer(rebasing: scanner.text[token.start..<token.end])
    exact[at] = image.exacts.id(ByteHash.of(surface), surface)
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
