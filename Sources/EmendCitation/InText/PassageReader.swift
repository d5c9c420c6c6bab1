import EmendModel

/// Reads the citations of one block: the ordered, visible list of what is tried at each token.
struct PassageReader {
  let bytes: UnsafeBufferPointer<UInt8>
  let cues: CitationCues
  let tokens: [CitationToken]
  let block: Int
  let isNote: Bool
  /// The drafts so far, in text order.
  var drafts: [CitationDraft] = []
  /// Brackets that may hold reference numbers.
  var numerics: [NumericDraft] = []
  /// Laws, cases and archives.
  var sources: [SourceDraft] = []
  /// Tokens before this one belong to earlier citations.
  var floor = 0

  init(
    bytes: UnsafeBufferPointer<UInt8>, cues: CitationCues, tokens: [CitationToken], block: Int, isNote: Bool
  ) {
    self.bytes = bytes
    self.cues = cues
    self.tokens = tokens
    self.block = block
    self.isNote = isNote
  }

  mutating func read() {
    var index = 0
    while index < tokens.count {
      switch tokens[index].kind {
      case .open, .squareOpen:
        index = readBracket(at: index)
      case .year:
        index = readBare(at: index)
      case .superscript:
        if let draft = superscript(at: index) { numerics.append(draft) }
        index += 1
      case .word:
        // "ref. 14": all words that call numbers begin with an "r", which saves hashing every word.
        if bytes[tokens[index].start] | 0x20 == 0x72, let draft = namedNumbers(at: index) {
          numerics.append(draft)
        }
        index += 1
      case .number:
        if !isNote, let draft = gluedNumbers(at: index),
          draft.group.lowerBound >= (numerics.last?.group.upperBound ?? 0)
        {
          numerics.append(draft)
        }
        index += 1
      default:
        index += 1
      }
    }
    closeRuns()
    readSources()
  }

  // MARK: - Looking at tokens

  func kind(_ index: Int) -> CitationToken.Kind? {
    tokens.indices.contains(index) ? tokens[index].kind : nil
  }

  func classes(_ index: Int) -> WordClass {
    guard tokens.indices.contains(index), tokens[index].kind == .word else { return [] }
    let range = tokens[index].range
    let found = cues.classes(bytes, range)
    // "Jean-Marc" is a given name because "Jean" is.
    if found.isEmpty, tokens[index].has(.capital), let hyphen = bytes[range].firstIndex(of: 0x2D) {
      return cues.classes(bytes, range.lowerBound..<hyphen).intersection(.given)
    }
    return found
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// A whole number, or nil for words, decimals and numbers of more than nine digits.
  func value(_ index: Int) -> Int? {
    guard tokens.indices.contains(index), tokens[index].range.count <= 9 else { return nil }
    var value = 0
    let isDamaged = tokens[index].has(.damaged)
    for offset in tokens[index].range {
      let byte = bytes[offset]
      if tokens[index].has(.letter), offset == tokens[index].end - 1 { return value }
      guard isDamaged || (byte >= 0x30 && byte <= 0x39), let digit = cues.digits.digit(byte) else {
        return nil
      }
      value = value * 10 + digit
    }
    return value
  }

  /// A year as it should be read: "l998a" is "1998a".
  func yearText(_ index: Int) -> String {
    let token = tokens[index]
    guard token.has(.damaged), let value = value(index) else { return text(token.range) }
    return String(value) + (token.has(.letter) ? text((token.end - 1)..<token.end) : "")
  }

  /// The index behind a phrase that starts at a token; stops and commas between its words are passed over.
  func phrase(_ set: PhraseSet, startingAt index: Int, limit: Int) -> Int? {
    guard index < limit, let phrases = set.byFirst[hash(index)] else { return nil }
    next: for phrase in phrases {
      var at = index + 1
      for word in phrase.dropFirst() {
        while at < limit, tokens[at].kind == .stop || tokens[at].kind == .comma { at += 1 }
        guard at < limit, hash(at) == word else { continue next }
        at += 1
      }
      return at
    }
    return nil
  }

  /// The index of the first token of a phrase that ends before `end`; stops and commas are passed over.
  func phrase(_ set: PhraseSet, endingBefore end: Int, floor: Int) -> Int? {
    var last = end - 1
    while last >= floor, tokens[last].kind == .stop || tokens[last].kind == .comma { last -= 1 }
    guard last >= floor, let phrases = set.byLast[hash(last)] else { return nil }
    next: for phrase in phrases {
      var at = last
      for (rank, word) in phrase.reversed().enumerated() {
        if rank > 0 {
          at -= 1
          while at >= floor, tokens[at].kind == .stop || tokens[at].kind == .comma { at -= 1 }
        }
        guard at >= floor, hash(at) == word else { continue next }
      }
      return at
    }
    return nil
  }

  /// The hash of a word's small form; of an initial without its stop; of "&" as such; 0 for other tokens.
  func hash(_ index: Int) -> UInt64 {
    guard tokens.indices.contains(index) else { return 0 }
    let token = tokens[index]
    switch token.kind {
    case .word, .ampersand: return Letters.foldedHash(bytes, token.range)
    case .initial: return Letters.foldedHash(bytes, token.start..<(token.end - 1))
    default: return 0
    }
  }

  /// Whether a token begins a sentence: first of the block, or after a stop, question mark or note mark.
  func startsSentence(_ index: Int) -> Bool {
    guard index > 0 else { return true }
    switch tokens[index - 1].kind {
    case .stop, .question, .superscript: return true
    case .colon: return true
    case .number: return tokens[index - 1].has(.glued) || index == 1
    case .quoteOpen, .quoteClose: return index == 1 || kind(index - 2) == .stop
    default: return false
    }
  }
}
