/// Author lists, read backward from the year or bracket behind them.
///
/// "Everard, Jansen, and Hollis" · "Anna Corbel and Jonas Dale Jr." · "van der Tol et al." ·
/// "Smith, J." · "Ministry of Finance" · "OECD".
struct AuthorList {
  var names: [NameSpan] = []
  var facts: CitationFacts = []
  /// Index of the first token.
  var first = 0
}

extension PassageReader {
  /// The author list that ends at a token, or nil when what stands there cannot be one.
  /// `bracketed` lists stand inside brackets, where family names alone are the rule.
  func authors(endingAt last: Int, floor: Int, bracketed: Bool) -> AuthorList? {
    var list = AuthorList()
    var index = last
    guard index >= floor, index >= 0 else { return nil }
    if let start = phrase(cues.etAl, endingBefore: index + 1, floor: floor), start > floor {
      list.facts.insert(.etAl)
      index = start - 1
      if kind(index) == .comma { index -= 1 }
    }
    index = withoutEditorMark(index, floor)
    guard index >= floor, var name = name(endingAt: index, floor: floor, bracketed: bracketed) else {
      return nil
    }
    if tokens[index].has(.possessive) { list.facts.insert(.possessive) }
    var reversed = [name.span]
    list.facts.formUnion(name.facts)
    var connected = list.facts.contains(.etAl)
    while reversed.count < 30 {
      var before = name.first - 1
      guard before > floor else { break }
      if kind(before) == .ampersand
        || (classes(before).contains(.connective) && !tokens[before].has(.capital))
      {
        before -= 1
        if kind(before) == .comma, before > floor { before -= 1 }
        guard let earlier = self.name(endingAt: before, floor: floor, bracketed: bracketed),
          !tokens[before].has(.possessive), joinsAuthors(earlier, name, bracketed)
        else { break }
        name = earlier
        connected = true
      } else if kind(before) == .comma, connected || bracketed {
        before -= 1
        guard let earlier = self.name(endingAt: before, floor: floor, bracketed: bracketed),
          !tokens[before].has(.possessive),
          earlier.facts.isDisjoint(with: [.place, .common])
            || (bracketed && connected && !earlier.facts.contains(.place))
        else { break }
        name = earlier
      } else {
        break
      }
      list.facts.insert(.joined)
      list.facts.formUnion(name.facts.intersection([.given, .institution, .lowerCase]))
      reversed.append(name.span)
    }
    list.names = reversed.reversed()
    list.first = name.first
    mergeOrganisation(&list)
    // A town's name beside another author's, or before "et al.", is a person's.
    if !list.facts.isDisjoint(with: [.joined, .etAl, .given]) { list.facts.remove(.place) }
    if startsSentence(list.first) { list.facts.insert(.sentenceStart) }
    if list.first > 0 {
      let before = classes(list.first - 1)
      let word = tokens[list.first - 1]
      if word.kind == .word {
        let length = word.range.count
        if length == 3, Letters.foldedHash(bytes, word.range) == Letters.foldedHash("the") {
          list.facts.insert(.afterArticle)
        } else if before.contains(.stop), length <= 7, !word.has(.capital),
          Self.prepositions.contains(Letters.foldedHash(bytes, word.range))
        {
          list.facts.insert(.afterPreposition)
          // "Treaty of Berne (1874)": the name of a thing goes on.
          if list.first > 1, kind(list.first - 2) == .word, tokens[list.first - 2].has(.capital),
            classes(list.first - 2).contains(.event)
          {
            return nil
          }
        }
      }
    }
    return list
  }

  private static let prepositions: Set<UInt64> = Set(
    ["at", "since", "after", "before", "until", "during", "of"].map { Letters.foldedHash($0) })

  /// Whether "and" between two names joins two authors: not a place or an everyday word before it.
  private func joinsAuthors(_ earlier: OneName, _ later: OneName, _ bracketed: Bool) -> Bool {
    if earlier.facts.contains(.given) { return true }
    if earlier.facts.contains(.common) { return bracketed }
    return true
  }

  /// "Organisation for Economic Co-operation" and "Development" are one body.
  private func mergeOrganisation(_ list: inout AuthorList) {
    guard list.names.count == 2, list.facts.contains(.institution) else { return }
    let (first, second) = (list.names[0], list.names[1])
    guard second.given == nil, cues.isCommon(bytes, second.family), first.given == nil,
      bytes[first.family].contains(0x20)
    else { return }
    list.names = [NameSpan(family: first.family.lowerBound..<second.family.upperBound)]
    list.facts.remove(.joined)
  }

  /// Steps over "(ed.)", "(eds)", ", eds." behind the names.
  private func withoutEditorMark(_ last: Int, _ floor: Int) -> Int {
    var index = last
    let bracket = kind(index) == .close
    if bracket { index -= 1 }
    if kind(index) == .stop { index -= 1 }
    guard index > floor, kind(index) == .word,
      Self.editorMarks.contains(Letters.foldedHash(bytes, tokens[index].range))
    else { return last }
    index -= 1
    if bracket { return kind(index) == .open ? index - 1 : last }
    if kind(index) == .comma { index -= 1 }
    return index
  }

  private static let editorMarks: Set<UInt64> = Set(
    ["ed", "eds", "hg", "hrsg", "dir", "coord", "coords", "org", "orgs"].map { Letters.foldedHash($0) })

  struct OneName {
    var span: NameSpan
    var facts: CitationFacts
    var first: Int
  }

  /// One author's name that ends at a token.
  func name(endingAt last: Int, floor: Int, bracketed: Bool) -> OneName? {
    var index = last
    guard index >= floor, tokens.indices.contains(index) else { return nil }
    if tokens[index].kind == .initial || isLooseInitial(index, bracketed) {
      return invertedName(endingAt: index, floor: floor)
    }
    var suffix: Range<Int>?
    let withoutStop = kind(index) == .stop ? index - 1 : index
    if withoutStop > floor, classes(withoutStop).contains(.suffix), tokens[withoutStop].has(.capital) {
      suffix = tokens[withoutStop].start..<tokens[index].end
      index = withoutStop - 1
      if kind(index) == .comma { index -= 1 }
    }
    guard index >= floor, tokens[index].kind == .word else { return nil }
    guard tokens[index].has(.capital) || isBrokenCapital(index, floor) else {
      return lowerCaseName(at: index, bracketed: bracketed)
    }
    return capitalName(endingAt: index, floor: floor, bracketed: bracketed, suffix: suffix)
  }

  private func isLooseInitial(_ index: Int, _ bracketed: Bool) -> Bool {
    let token = tokens[index]
    return bracketed && token.kind == .word && token.has(.capital) && token.range.count <= 2
      && (token.range.count == 1 || token.has(.allCaps))
      && kind(index - 1) == .word && tokens[index - 1].has(.capital) && !tokens[index - 1].has(.allCaps)
  }

  /// "Smith, J. K." and "Smith JK".
  private func invertedName(endingAt last: Int, floor: Int) -> OneName? {
    var first = last
    while first - 1 >= floor,
      kind(first - 1) == .initial || (kind(first - 1) == .dash && tokens[first].has(.glued))
    {
      first -= 1
    }
    var index = first - 1
    if kind(index) == .comma { index -= 1 }
    guard index >= floor, kind(index) == .word, tokens[index].has(.capital), !tokens[index].has(.possessive),
      classes(index).isDisjoint(with: [.stop, .date, .event, .imprint])
    else { return nil }
    var start = index
    while start - 1 >= floor, kind(start - 1) == .word, classes(start - 1).contains(.particle) { start -= 1 }
    let family = tokens[start].start..<tokens[index].end
    let given = tokens[first].start..<tokens[last].end
    return OneName(span: NameSpan(family: family, given: given), facts: .given, first: start)
  }

  /// "Bas- tian": the second half of a name that a line end broke and the scan left broken.
  private func isBrokenCapital(_ index: Int, _ floor: Int) -> Bool {
    index - 2 >= floor && !tokens[index].has(.glued) && kind(index - 1) == .dash
      && tokens[index - 1].has(.glued)
      && kind(index - 2) == .word && tokens[index - 2].has(.capital)
  }

  /// A name without its capital ("hajli"), as some fonts leave it: a single unknown word.
  private func lowerCaseName(at index: Int, bracketed: Bool) -> OneName? {
    let token = tokens[index]
    guard token.range.count >= 3, classes(index).isDisjoint(with: WordClass.given.symmetricDifference(.all)),
      !cues.isCommon(bytes, token.range)
    else { return nil }
    if bracketed {
      let before = kind(index - 1)
      let joined = before == .word && classes(index - 1).contains(.connective)
      let follows = kind(index + 1)
      guard before == .open || before == .semicolon || before == .ampersand || before == .comma || joined,
        follows == .comma || follows == .ampersand || follows == .year || follows == .word
      else { return nil }
    }
    return OneName(span: NameSpan(family: token.range), facts: .lowerCase, first: index)
  }

  /// A run of capitalised words with particles, initials and given names.
  private func capitalName(endingAt last: Int, floor: Int, bracketed: Bool, suffix: Range<Int>?) -> OneName? {
    let lastClasses = classes(last)
    if !lastClasses.isDisjoint(with: [.date, .event, .imprint]) { return nil }
    var first = last
    var isInstitution = lastClasses.contains(.institution)
    extend: while first - 1 >= floor, last - first < 8 {
      let before = tokens[first - 1]
      switch before.kind {
      case .initial:
        first -= 1
      case .word:
        if before.has(.possessive) { break extend }
        let wordClasses = classes(first - 1)
        if !before.has(.capital) {
          if wordClasses.contains(.particle), isParticle(first - 1, wordClasses, floor) {
            first -= 1
          } else if isInstitution || bodyBefore(first - 1, floor),
            wordClasses.contains(.stop) || wordClasses.contains(.connective), first - 2 >= floor,
            kind(first - 2) == .word, tokens[first - 2].has(.capital),
            classes(first - 2).isDisjoint(with: [.stop])
          {
            // "Ministry of Finance": small words inside the name of a body.
            isInstitution = true
            first -= 2
            continue extend
          } else {
            break extend
          }
        } else {
          if !wordClasses.isDisjoint(with: [.stop, .date]), !wordClasses.contains(.given),
            !Self.capitalParticles.contains(Letters.foldedHash(bytes, before.range))
          {
            break extend
          }
          if wordClasses.contains(.event) { return nil }
          if wordClasses.contains(.imprint) { return nil }
          if wordClasses.contains(.institution) { isInstitution = true }
          first -= 1
        }
      case .dash:
        // "Iacobuzio- Donahue", "Bas- tian": a hyphen with a space that the scan put in.
        guard before.has(.glued), !tokens[first].has(.glued), first - 2 >= floor, kind(first - 2) == .word,
          tokens[first - 2].has(.capital)
        else { break extend }
        first -= 2
      default:
        break extend
      }
    }
    while first < last, classes(first).contains(.title), !classes(first).contains(.given),
      !classes(first).contains(.particle)
    {
      first += 1
    }
    return split(first: first, last: last, isInstitution: isInstitution, bracketed: bracketed, suffix: suffix)
  }

  /// Whether "of", "for", "on", "and", "the" continues backward to a word that names a body.
  private func bodyBefore(_ index: Int, _ floor: Int) -> Bool {
    guard classes(index).contains(.stop) else { return false }
    var at = index - 1
    var steps = 0
    while at >= floor, steps < 6, kind(at) == .word {
      let wordClasses = classes(at)
      if tokens[at].has(.capital) {
        if wordClasses.contains(.institution) { return true }
        if wordClasses.contains(.stop) { return false }
      } else if !wordClasses.contains(.stop) && !wordClasses.contains(.connective) {
        return false
      }
      at -= 1
      steps += 1
    }
    return false
  }

  /// Whether a small word before a capital is a particle here: not one that is an everyday word as well
  /// ("of the", "as"), unless a name stands before it or the list begins with it.
  private func isParticle(_ index: Int, _ wordClasses: WordClass, _ floor: Int) -> Bool {
    if wordClasses.contains(.stop) || wordClasses.contains(.connective) {
      guard index > floor else { return false }
      let before = tokens[index - 1]
      if before.kind == .initial { return true }
      guard before.kind == .word, before.has(.capital) || classes(index - 1).contains(.particle) else {
        return Self.safeParticles.contains(Letters.foldedHash(bytes, tokens[index].range))
      }
      return classes(index - 1).contains(.given) || classes(index - 1).contains(.particle)
        || Self.safeParticles.contains(Letters.foldedHash(bytes, tokens[index].range))
    }
    return true
  }

  /// Particles that are no English words.
  private static let safeParticles: Set<UInt64> = Set(
    ["von", "van", "de", "der", "den", "du", "des", "della", "di", "da", "del", "dos"].map {
      Letters.foldedHash($0)
    })

  /// Particles that stand with a capital as well, and are articles in their own language ("La Porta", "Du Bois").
  private static let capitalParticles: Set<UInt64> = safeParticles.union(
    ["la", "le", "les", "el", "al", "los", "las", "dal", "ben", "bin", "ibn", "ten", "ter", "st"].map {
      Letters.foldedHash($0)
    })

  /// Tells family name, given names and bodies apart within a run.
  private func split(
    first start: Int, last: Int, isInstitution: Bool, bracketed: Bool, suffix: Range<Int>?
  ) -> OneName? {
    var first = start
    var facts: CitationFacts = []
    let startsWithGiven = { (index: Int) -> Bool in
      tokens[index].kind == .initial || classes(index).contains(.given)
    }
    if isInstitution, !(startsWithGiven(first) && last - first < 3 && !classes(last).contains(.institution)) {
      facts.insert(.institution)
      let family = tokens[first].start..<tokens[last].end
      if last == first {
        if isStop(last) { return nil }
        facts.insert(.common)
      }
      return OneName(span: NameSpan(family: family, suffix: suffix), facts: facts, first: first)
    }
    // A sentence's first word or an everyday word is no given name ("Neorealist Kenneth Waltz").
    while first < last, !startsWithGiven(first), tokens[first].kind == .word, tokens[first].has(.capital),
      !classes(first).contains(.particle), !bracketed, cues.isCommon(bytes, tokens[first].range)
    {
      first += 1
    }
    // Particles belong to the family name.
    var familyFirst = last
    while familyFirst > first {
      let before = familyFirst - 1
      let isDash = tokens[before].kind == .dash
      if isDash, before > first {
        familyFirst = before - 1
        continue
      }
      guard classes(before).contains(.particle),
        !(tokens[before].has(.capital) && classes(before).contains(.given) && before > first)
      else { break }
      familyFirst = before
    }
    if familyFirst > first, !startsWithGiven(first), tokens[first].kind == .word {
      // Two unknown capitalised words: two family names inside brackets, given and family outside.
      if bracketed && last - first <= 2 { familyFirst = first }
    } else if familyFirst > first {
      facts.insert(.given)
    }
    if familyFirst == first, first == last {
      if isStop(last) { return nil }
      let token = tokens[last]
      if classes(last).contains(.place) { facts.insert(.place) }
      if token.has(.allCaps), token.range.count >= 2 { facts.insert(.acronym) }
      if token.range.count == 1 { return nil }
      if !token.has(.allCaps), cues.isCommon(bytes, token.range) { facts.insert(.common) }
    } else if familyFirst == first || !facts.contains(.given) {
      if phrase(cues.places, startingAt: first, limit: last + 1) == last + 1 { facts.insert(.place) }
    }
    if last - familyFirst > 3 { return nil }
    let family = tokens[familyFirst].start..<tokens[last].end
    let given = familyFirst > first ? tokens[first].start..<tokens[familyFirst - 1].end : nil
    return OneName(
      span: NameSpan(family: family, given: given, suffix: suffix), facts: facts, first: first)
  }

  private func isStop(_ index: Int) -> Bool {
    let wordClasses = classes(index)
    return !wordClasses.isDisjoint(with: [.stop, .life]) && !wordClasses.contains(.given)
  }
}
