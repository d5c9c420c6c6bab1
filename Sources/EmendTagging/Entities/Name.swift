/// A name found in a sentence.
struct Name {
  /// Token indices.
  var range: Range<Int>
  /// Handle of the entity in `DocumentEntities`.
  var entity: Int
  /// Whether a seat of government stands for its state here.
  var isSeat = false
  /// The entry or rule that found it.
  var source: String
}

/// The entities of a document: those of the lexicon by their index, then those that the document makes.
struct DocumentEntities {
  let image: TagImage
  /// Kind index by its name, for the kinds that rules speak of.
  let kinds: EntityKinds
  private(set) var made: [(id: String, name: String, kind: Int)] = []
  private var madeIndex: [String: Int] = [:]
  private var lexiconIndex: [String: Int] = [:]
  /// Forms that the document itself brings (acronyms, full names of its own), by the hash of their first word.
  private(set) var forms: [UInt64: [Form]] = [:]

  struct Form {
    var hashes: [UInt64]
    var entity: Int
    /// Acronyms must stand in capitals, or as the document has them ("IACtHR").
    var isAcronym: Bool
    /// The letters of an acronym.
    var letters: [UInt8] = []
  }

  init(image: TagImage) {
    self.image = image
    kinds = EntityKinds(image: image)
  }

  func id(_ entity: Int) -> String {
    entity < image.entityCount ? image.entityID(entity) : made[entity - image.entityCount].id
  }
  func name(_ entity: Int) -> String {
    entity < image.entityCount ? image.entityName(entity) : made[entity - image.entityCount].name
  }
  func kind(_ entity: Int) -> Int {
    entity < image.entityCount ? image.entityKind(entity) : made[entity - image.entityCount].kind
  }
  func isInLexicon(_ entity: Int) -> Bool { entity < image.entityCount }

  /// The handle of an id, made anew when neither the lexicon nor the document has it.
  mutating func entity(id: String, name: String, kind: Int) -> Int {
    if let known = find(id) { return known }
    let handle = image.entityCount + made.count
    made.append((id, name, kind))
    madeIndex[id] = handle
    return handle
  }

  /// The handle of an id of the lexicon or the document.
  mutating func find(_ id: String) -> Int? {
    if let known = madeIndex[id] { return known }
    if lexiconIndex.isEmpty {
      for entity in 0..<image.entityCount { lexiconIndex[image.entityID(entity)] = entity }
    }
    return lexiconIndex[id]
  }

  mutating func add(form hashes: [UInt64], entity: Int, isAcronym: Bool, letters: [UInt8] = []) {
    guard let first = hashes.first else { return }
    if forms[first, default: []].contains(where: { $0.hashes == hashes }) { return }
    forms[first, default: []].append(
      Form(hashes: hashes, entity: entity, isAcronym: isAcronym, letters: letters))
  }
}

/// The kinds of entities that rules speak of.
struct EntityKinds {
  let state, io, organization, executive, administration, president, subnational, none: Int
  let legislature, judiciary, institution, bureaucracy, interestGroup: Int

  init(image: TagImage) {
    state = image.kind("state")
    io = image.kind("io")
    organization = image.kind("organization")
    executive = image.kind("executive")
    administration = image.kind("administration")
    president = image.kind("president")
    subnational = image.kind("subnational")
    none = image.kind("none")
    legislature = image.kind("legislature")
    judiciary = image.kind("judiciary")
    institution = image.kind("institution")
    bureaucracy = image.kind("bureaucracy")
    interestGroup = image.kind("interest-group")
  }
}

/// What a name rule sees of a sentence.
struct NameView {
  let sentence: Range<Int>
  let tokens: TokenTable
  let text: UnsafeBufferPointer<UInt8>
  let words: RuleWords

  func has(_ position: Int, _ flag: TokenFlags) -> Bool {
    sentence.contains(position) && tokens.flags[position].contains(flag)
  }
  func isCapital(_ position: Int) -> Bool { has(position, .capital) }
  func isMark(_ position: Int, _ mark: TokenMark) -> Bool {
    sentence.contains(position) && tokens.word[position] == mark.rawValue
  }
  /// Whether a token stands in these letters.
  func stands(_ letters: [UInt8], at position: Int) -> Bool {
    let bytes = Int(tokens.start[position])..<Int(tokens.end[position])
    return text[bytes].elementsEqual(letters)
  }
  /// Whether the token is one of a list of words.
  func isIn(_ position: Int, _ list: RuleWords.List) -> Bool {
    sentence.contains(position) && words.holds(tokens.word[position], list)
  }
  /// The years that the sentence names: its numbers of four digits from 1000 to 2099.
  var years: some Sequence<Int32> {
    sentence.lazy.compactMap { position -> Int32? in
      guard has(position, .number), tokens.end[position] - tokens.start[position] == 4 else { return nil }
      var year: Int32 = 0
      for at in Int(tokens.start[position])..<Int(tokens.end[position]) {
        guard text[at] >= 0x30, text[at] <= 0x39 else { return nil }
        year = year * 10 + Int32(text[at] - 0x30)
      }
      return (1000...2099).contains(year) ? year : nil
    }
  }
  /// The text of tokens, from the first byte of the first to the last byte of the last.
  func surface(_ range: Range<Int>) -> String {
    guard let last = range.last else { return "" }
    let bytes = Int(tokens.start[range.lowerBound])..<Int(tokens.end[last])
    return String(decoding: UnsafeBufferPointer(rebasing: text[bytes]), as: UTF8.self)
  }
}

/// One rule over the names of a sentence.
protocol NameRule {
  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView)
}

/// The lists of words that rules ask for. They are the lexicon's (`words:`); each is one bit of a mask per word.
final class RuleWords: Sendable {
  typealias List = UInt64

  let organizationHeads: List = 1 << 0
  let internationalMarks: List = 1 << 1
  let notOrganizations: List = 1 << 2
  let nameJoints: List = 1 << 3
  let swallowingHeads: List = 1 << 4
  let regionPrefixes: List = 1 << 5
  let institutionsOf: List = 1 << 6
  let stateInstitutions: List = 1 << 7
  let placePrepositions: List = 1 << 8
  let agentCues: List = 1 << 9
  let agentVerbs: List = 1 << 10
  let givenNameStates: List = 1 << 11
  let leadingWords: List = 1 << 12
  let aliasBreaks: List = 1 << 13
  let treatyHeads: List = 1 << 14
  let administrations: List = 1 << 15
  let officeTitles: List = 1 << 16
  let nameTails: List = 1 << 17
  let legislatures: List = 1 << 18
  let judiciaries: List = 1 << 19
  let executives: List = 1 << 20
  let armedForces: List = 1 << 21
  let courtHeads: List = 1 << 22
  let chamberHeads: List = 1 << 23
  let officeHeads: List = 1 << 24
  let associationHeads: List = 1 << 25
  let bareInstitutions: List = 1 << 26
  let nameParticles: List = 1 << 27
  let shipWords: List = 1 << 28
  let givenNames: List = 1 << 29
  let farAliases: List = 1 << 30
  let modals: List = 1 << 31
  let presentModals: List = 1 << 32
  let conditions: List = 1 << 33
  let clauseJoints: List = 1 << 34
  let clauseTurns: List = 1 << 35
  let relatives: List = 1 << 36
  let reportingVerbs: List = 1 << 37
  let subjectOpeners: List = 1 << 38
  let leadsToNoun: List = 1 << 39
  let pastForms: List = 1 << 40
  let givenStates: List = 1 << 41

  /// Not lists of the lexicon but of the rules: what acronyms are defined behind (an opening bracket, "or"), the first
  /// words of the names of the lexicon, and capitals that may be the surname of a head of government.
  let acronymMarks: List = 1 << 61
  let nameStarts: List = 1 << 62
  let headsOfGovernment: List = 1 << 63

  /// In the order of their bits.
  private static let names = [
    "organization-heads", "international-marks", "not-organizations", "name-joints", "swallowing-heads",
    "region-prefixes", "institutions-of", "state-institutions", "place-prepositions", "agent-cues",
    "agent-verbs", "states-that-are-names", "leading-words", "alias-breaks", "treaty-heads",
    "administrations", "office-titles", "name-tails", "legislatures", "judiciaries", "executives",
    "armed-forces", "court-heads", "chamber-heads", "office-heads", "association-heads", "bare-institutions",
    "name-particles", "ship-words", "given-names", "far-aliases", "modals", "present-modals", "conditions",
    "clause-joints", "clause-turns", "relatives", "reporting-verbs", "subject-openers", "leads-to-noun",
    "past-forms", "states-that-are-given-names",
  ]

  /// An organ that is called by its bare noun where its organization was named: "the Commission" of the European Union.
  struct Organ {
    /// Places in the entity table.
    var owner: Int
    var organ: Int
    /// Hash of the noun.
    var noun: UInt64
  }
  /// From the list `organs`, items such as "eu Commission european-commission".
  let organs: [Organ]

  /// By word id.
  private let masks: [List]

  init(image: TagImage) {
    var masks = [List](repeating: 0, count: image.wordPrefix.count)
    for (bit, name) in Self.names.enumerated() {
      for word in image.wordList(name) {
        let id = Int(image.word(word.lowercased()))
        if masks.indices.contains(id), id > 0 { masks[id] |= 1 << List(bit) }
      }
    }
    for id in masks.indices where id < image.trieRoots.count && image.trieRoots[id] != 0 {
      masks[id] |= nameStarts
    }
    let bracket = Int(TokenMark.open.rawValue)
    if masks.indices.contains(bracket) { masks[bracket] |= acronymMarks }
    self.masks = masks
    organs = Self.organs(image)
  }

  private static func organs(_ image: TagImage) -> [Organ] {
    let items = image.wordList("organs").map { $0.split(separator: " ").map(String.init) }.filter {
      $0.count == 3
    }
    let asked = Set(items.flatMap { [$0[0], $0[2]] })
    var places: [String: Int] = [:]
    for entity in 0..<image.entityCount where asked.contains(image.entityID(entity)) {
      places[image.entityID(entity)] = entity
    }
    return items.compactMap { item in
      guard let owner = places[item[0]], let organ = places[item[2]] else { return nil }
      return Organ(owner: owner, organ: organ, noun: hash(item[1].lowercased()))
    }
  }

  @inline(__always)
  func holds(_ word: Int32, _ list: List) -> Bool { masks[Int(word)] & list != 0 }
  /// The lists that a word is on.
  @inline(__always)
  func lists(of word: Int32) -> List { masks[Int(word)] }

  /// Whether no list holds the word.
  func isUnlisted(_ word: Int32) -> Bool { masks[Int(word)] == 0 }

  static func hash(_ word: String) -> UInt64 { ByteHash.of(Array(word.utf8)) }
  static let the = hash("the")
  static let and = hash("and")
  static let or = hash("or")
  static let alliance = hash("alliance")
  static let president = hash("president")
  static let prime = hash("prime")
  static let minister = hash("minister")
  static let chancellor = hash("chancellor")
  static let premier = hash("premier")
  static let of = hash("of")
  static let `in` = hash("in")
}

/// Ids from names.
enum Slug {
  /// `make("Economic Community of West African States")` is `economic-community-of-west-african-states`.
  static func make(_ name: String) -> String {
    var out: [UInt8] = []
    var gap = false
    for scalar in name.unicodeScalars {
      let letter = base(scalar)
      if letter == 0 {
        // An apostrophe closes up: "d’Ivoire" is "divoire".
        if scalar != "’" && scalar != "'" && scalar != "." { gap = true }
        continue
      }
      if gap, !out.isEmpty { out.append(0x2D) }
      gap = false
      out.append(letter)
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The plain letter under a scalar, 0 when there is none. Letters of the Latin-1 block lose their accents.
  private static func base(_ scalar: Unicode.Scalar) -> UInt8 {
    switch scalar.value {
    case 0x30...0x39, 0x61...0x7A: return UInt8(scalar.value)
    case 0x41...0x5A: return UInt8(scalar.value + 0x20)
    case 0xC0...0xFF:
      let row = Array("aaaaaaaceeeeiiiidnooooo_ouuuuypsaaaaaaaceeeeiiiidnooooo_ouuuuypy".utf8)
      let letter = row[Int(scalar.value - 0xC0)]
      return letter == 0x5F ? 0 : letter
    default: return 0
    }
  }
}
