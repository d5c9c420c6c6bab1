/// Takes up heads of government by the bare surname ("Clinton dispatched …"), once the document has named them
/// with their office ("President Clinton", "the Clinton administration"), and reads coordinated administrations
/// ("the Truman and Eisenhower administrations"). Scholars of the same name are the citation stage's.
struct HeadsOfGovernment: NameRule {
  let table: HeadTable
  /// How often the document names each head with the office, by place in the table.
  private var named: [Int: Int] = [:]
  /// International organizations that the document names by their own name. Only then may a seat stand for one
  /// ("Brussels" for the European Union).
  private var organizations: Set<Int> = []

  init(table: HeadTable) { self.table = table }

  /// Notes whom a sentence names with an office.
  mutating func collect(_ names: [Name], _ entities: DocumentEntities, _ view: NameView) {
    for name in names {
      let kind = entities.kind(name.entity)
      if kind == entities.kinds.io, !name.isSeat { organizations.insert(name.entity) }
      guard kind == entities.kinds.president || kind == entities.kinds.administration else { continue }
      for head in table.heads(of: name.entity) { named[head, default: 0] += 1 }
    }
  }

  func apply(_ names: inout [Name], _ entities: inout DocumentEntities, _ view: NameView) {
    seats(&names, entities)
    var added: [Name] = []
    for position in view.sentence where view.isCapital(position) {
      guard let bearers = table.bearers[view.tokens.hash[position]],
        !names.contains(where: { $0.range.contains(position) })
      else { continue }
      let range = position..<(position + 1)
      if let other = coordinated(position, names, entities, view) {
        let same = bearers.first { table[$0].country == table.country(of: other) } ?? bearers[0]
        if let administration = table[same].administration {
          added.append(
            Name(range: range, entity: administration, source: "rule:coordinated-administrations"))
        }
      } else if !isPartOfName(position, view), let person = table[mostNamed(bearers)].person,
        named[mostNamed(bearers)] != nil
      {
        added.append(Name(range: range, entity: person, source: "rule:head-of-government"))
      }
    }
    if added.isEmpty { return }
    names += added
    names.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The seat of an organization stands for the organization itself, not for a government.
  private func seats(_ names: inout [Name], _ entities: DocumentEntities) {
    for index in names.indices.reversed()
    where names[index].isSeat && entities.kind(names[index].entity) == entities.kinds.io {
      if organizations.contains(names[index].entity) {
        names[index].isSeat = false
      } else {
        names.remove(at: index)
      }
    }
  }

  /// Of several heads of one surname the one whom the document names most.
  private func mostNamed(_ bearers: [Int]) -> Int {
    var best = bearers[0]
    for head in bearers where named[head] ?? 0 > named[best] ?? 0 { best = head }
    return best
  }

  /// "X and the Y administrations": the entity of Y's, within eight tokens, no stop between.
  private func coordinated(
    _ position: Int, _ names: [Name], _ entities: DocumentEntities, _ view: NameView
  ) -> Int? {
    guard let other = names.first(where: { $0.range.lowerBound > position }),
      entities.kind(other.entity) == entities.kinds.administration,
      other.range.lowerBound - position <= 8,
      view.isIn(other.range.upperBound - 1, view.words.administrations),
      (position..<other.range.lowerBound).contains(where: { view.tokens.hash[$0] == RuleWords.and })
    else { return nil }
    return other.entity
  }

  private func isPartOfName(_ position: Int, _ view: NameView) -> Bool {
    if view.has(position + 1, .number) { return true }
    let before = position - 1
    guard before > view.sentence.lowerBound else { return false }
    return view.isCapital(before) && view.tokens.hash[before] != RuleWords.president
  }
}

/// The heads of government of the lexicon by their surnames, read once.
final class HeadTable: Sendable {
  struct Head {
    /// What stands before the office in the ids: "us".
    var country: String
    var person: Int?
    var administration: Int?
  }

  private let heads: [Head]
  /// Surname, by its hash, to places in the table; never empty.
  let bearers: [UInt64: [Int]]
  private let byEntity: [Int: Int]
  /// A bit for each surname, chosen by its hash.
  private let surnames: [UInt64]

  init(image: TagImage) {
    let kinds = EntityKinds(image: image)
    var heads: [Head] = []
    var bearers: [UInt64: [Int]] = [:]
    var byEntity: [Int: Int] = [:]
    for entity in 0..<image.entityCount {
      let kind = image.entityKind(entity)
      guard kind == kinds.president || kind == kinds.administration else { continue }
      let words = FormTokens.split(image.entityName(entity))
      let isPerson = kind == kinds.president
      guard let surname = isPerson ? words.last : words.dropLast().last else { continue }
      let hash = RuleWords.hash(surname.folded)
      let country = Self.country(image.entityID(entity))
      let place: Int
      if let known = bearers[hash]?.first(where: { heads[$0].country == country }) {
        place = known
      } else {
        place = heads.count
        heads.append(Head(country: country))
        bearers[hash, default: []].append(place)
      }
      if isPerson { heads[place].person = entity } else { heads[place].administration = entity }
      byEntity[entity] = place
    }
    self.heads = heads
    self.bearers = bearers
    var surnames = [UInt64](repeating: 0, count: 64)
    for surname in bearers.keys { surnames[Int(surname >> 6 & 63)] |= 1 << (surname & 63) }
    self.surnames = surnames
    self.byEntity = byEntity
  }

  /// Whether a word, by its hash, may be the surname of one of them; no when it is not.
  @inline(__always)
  func mayBear(_ word: UInt64) -> Bool { surnames[Int(word >> 6 & 63)] >> (word & 63) & 1 != 0 }

  subscript(_ head: Int) -> Head { heads[head] }
  func heads(of entity: Int) -> [Int] { byEntity[entity].map { [$0] } ?? [] }
  func country(of entity: Int) -> String { byEntity[entity].map { heads[$0].country } ?? "" }

  /// "us" of "us-president-wilson", "south-africa" of "south-africa-administration-botha".
  private static func country(_ id: String) -> String {
    id.split(separator: "-").prefix { !offices.contains($0) }.joined(separator: "-")
  }
  private static let offices: Set<Substring> = [
    "president", "administration", "prime", "chancellor", "premier",
  ]
}
