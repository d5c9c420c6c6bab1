/// The columns of a table of tokens: plain memory, read millions of times and written once.
struct TokenColumns {
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

  /// Room for so many tokens. Memory that no token is written to is never touched.
  init(capacity: Int) {
    start = .allocate(capacity: capacity)
    end = .allocate(capacity: capacity)
    word = .allocate(capacity: capacity)
    exact = .allocate(capacity: capacity)
    prefix = .allocate(capacity: capacity)
    flags = .allocate(capacity: capacity)
    hash = .allocate(capacity: capacity)
  }

  /// The columns from a token on.
  private init(_ all: TokenColumns, from token: Int) {
    start = all.start + token
    end = all.end + token
    word = all.word + token
    exact = all.exact + token
    prefix = all.prefix + token
    flags = all.flags + token
    hash = all.hash + token
  }

  func dropFirst(_ count: Int) -> TokenColumns { TokenColumns(self, from: count) }

  /// Takes over the tokens of other columns, which must not be read any more.
  func take(_ other: TokenColumns, count: Int) {
    start.moveInitialize(from: other.start, count: count)
    end.moveInitialize(from: other.end, count: count)
    word.moveInitialize(from: other.word, count: count)
    exact.moveInitialize(from: other.exact, count: count)
    prefix.moveInitialize(from: other.prefix, count: count)
    flags.moveInitialize(from: other.flags, count: count)
    hash.moveInitialize(from: other.hash, count: count)
  }

  func deallocate() {
    for column in [start, end, word, exact, prefix] { column.deallocate() }
    flags.deallocate()
    hash.deallocate()
  }
}

/// The tokens of a document, column by column. Token indices run through the whole document, in the order of the text;
/// between its stretches some may stand for no token, and no sentence has those.
///
/// A class, so that the many small views of a sentence share it at the cost of one reference.
final class TokenTable: @unchecked Sendable {
  /// See `TokenColumns`.
  let start: UnsafeMutablePointer<Int32>
  let end: UnsafeMutablePointer<Int32>
  let word: UnsafeMutablePointer<Int32>
  let exact: UnsafeMutablePointer<Int32>
  let prefix: UnsafeMutablePointer<Int32>
  let flags: UnsafeMutablePointer<TokenFlags>
  let hash: UnsafeMutablePointer<UInt64>
  /// Patterns that fit words of this document: from `firstChain` on, ids in `prefix` are places in this list.
  let chain: [PatternChain]
  let firstChain: Int
  private let columns: TokenColumns

  /// A table without tokens.
  convenience init() { self.init(TokenColumns(capacity: 1), [], .max) }

  private init(_ columns: TokenColumns, _ chain: [PatternChain], _ firstChain: Int) {
    (self.columns, self.chain, self.firstChain) = (columns, chain, firstChain)
    start = columns.start
    end = columns.end
    word = columns.word
    exact = columns.exact
    prefix = columns.prefix
    flags = columns.flags
    hash = columns.hash
  }

  /// Joins the tokens of builders that each took a stretch of one text, in order, and tells where those of each begin.
  /// `columns` are what the builders have shared: where all had room enough in them, nothing is moved.
  static func join(_ parts: [TokenTableBuilder], sharing columns: TokenColumns) -> (
    table: TokenTable, firsts: [Int]
  ) {
    var chain: [PatternChain] = []
    for part in parts { part.shiftChain(by: chain.count, into: &chain) }
    let firstChain = parts.map(\.firstChain).min() ?? .max
    if parts.allSatisfy(\.isShared) {
      return (TokenTable(columns, chain, firstChain), parts.map(\.first))
    }
    let joined = TokenColumns(capacity: max(1, parts.reduce(0) { $0 + $1.count }))
    var firsts: [Int] = []
    var count = 0
    for part in parts {
      joined.dropFirst(count).take(part.columns, count: part.count)
      if !part.isShared { part.columns.deallocate() }
      firsts.append(count)
      count += part.count
    }
    columns.deallocate()
    return (TokenTable(joined, chain, firstChain), firsts)
  }

  deinit { columns.deallocate() }
}

/// A pattern that fits a word, and the next one that fits it too.
struct PatternChain {
  /// Id of the pattern.
  var key: Int32
  /// What else fits: a place in the list of chains or a prefix; 0 for nothing.
  var parent: Int32
}

/// Writes the tokens of a stretch of text into columns, of which it has a part of its own; where that is too small, into
/// larger ones.
struct TokenTableBuilder {
  /// The place of its first token in the columns that it shares.
  let first: Int
  private(set) var count = 0
  private var capacity: Int
  fileprivate private(set) var columns: TokenColumns
  /// Whether it writes into its part of the shared columns still.
  fileprivate private(set) var isShared = true
  private var chain: [PatternChain] = []
  fileprivate private(set) var firstChain = Int.max
  /// What fits the words seen, by their hashes.
  private var patterns: [UInt64: Int32] = [:]
  /// What the lexicon knows of the words met last, by a part of their hashes.
  private var known = [Known](repeating: Known(hash: 0, word: 0, prefix: 0), count: 1 << 11)

  private struct Known {
    var hash: UInt64
    var word: Int32
    var prefix: Int32
  }

  /// How many tokens a stretch of text is expected to have at the most.
  static func room(for bytes: Int) -> Int { bytes / 3 + 64 }

  /// - Parameter first: the place of its first token; behind it there is room for `capacity` tokens.
  init(sharing columns: TokenColumns, from first: Int, capacity: Int) {
    self.first = first
    self.columns = columns.dropFirst(first)
    self.capacity = capacity
  }

  /// Appends the patterns of the stretch to those of the stretches before, behind which they are then found.
  fileprivate func shiftChain(by before: Int, into all: inout [PatternChain]) {
    let shift = Int32(truncatingIfNeeded: before)
    if shift > 0, !chain.isEmpty {
      for token in 0..<count where columns.prefix[token] >= firstChain { columns.prefix[token] += shift }
    }
    all += chain.map { link in
      PatternChain(key: link.key, parent: link.parent >= firstChain ? link.parent + shift : link.parent)
    }
  }

  private mutating func grow() {
    capacity = max(64, capacity * 2)
    let larger = TokenColumns(capacity: capacity)
    larger.take(columns, count: count)
    if !isShared { columns.deallocate() }
    columns = larger
    isShared = false
  }

  /// Which lists of words some tokens are on, all together, with what else tells that a rule has nothing to do with them.
  func lists(of tokens: Range<Int>, _ words: RuleWords, _ heads: HeadTable) -> RuleWords.List {
    var lists: RuleWords.List = 0
    for token in tokens {
      lists |= words.lists(of: columns.word[token])
      if columns.hash[token] == RuleWords.or { lists |= words.acronymMarks }
      if columns.flags[token].contains(.capital), heads.mayBear(columns.hash[token]) {
        lists |= words.headsOfGovernment
      }
    }
    return lists
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
    (columns.start + at).initialize(to: Int32(truncatingIfNeeded: token.start))
    (columns.end + at).initialize(to: Int32(truncatingIfNeeded: token.end))
    (columns.flags + at).initialize(to: token.flags)
    (columns.hash + at).initialize(to: token.hash)
    (columns.exact + at).initialize(to: 0)
    if let mark = token.mark {
      (columns.word + at).initialize(to: mark.rawValue)
      (columns.prefix + at).initialize(to: 0)
      return
    }
    let slot = ByteHash.slot(token.hash, mask: known.count - 1)
    if known[slot].hash != token.hash { known[slot] = lookUp(token, scanner, image) }
    (columns.word + at).initialize(to: known[slot].word)
    (columns.prefix + at).initialize(to: known[slot].prefix)
    guard token.flags.contains(.capital) || token.flags.contains(.allCapitals) else { return }
    let surface = UnsafeBufferPointer(rebasing: scanner.text[token.start..<token.end])
    columns.exact[at] = image.exacts.id(ByteHash.of(surface), surface)
  }

  private mutating func lookUp(
    _ token: TokenScanner.Token, _ scanner: TokenScanner, _ image: TagImage
  ) -> Known {
    scanner.withFolded(token) { folded in
      let word = image.words.id(token.hash, folded)
      let prefix = word != 0 ? image.wordPrefix[Int(word)] : Self.prefix(folded, image)
      return Known(
        hash: token.hash, word: word,
        prefix: image.globs.isEmpty ? prefix : patterns(token.hash, folded, prefix, image))
    }
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
