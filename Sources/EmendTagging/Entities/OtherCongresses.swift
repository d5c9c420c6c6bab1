/// "Congress" after another state with a congress in its paragraph, the United States not having been named of late, is
/// that state's:
/// "The Brazilian president hesitated. Congress did not."
struct OtherCongresses {
  /// Ids by the id of the state; empty where the id is made.
  private let bodies: [String: String]
  private let american: Int?

  init(_ entities: inout DocumentEntities) {
    var bodies: [String: String] = [:]
    for item in entities.image.wordList("states-with-a-congress") {
      let parts = item.split(separator: " ").map(String.init)
      if let state = parts.first { bodies[state] = parts.count > 1 ? parts[1] : "" }
    }
    self.bodies = bodies
    american = bodies.isEmpty ? nil : entities.find("us-congress")
  }

  /// Paragraphs within which the United States must not have been named.
  static let reach = 3

  /// Looks at one sentence, by its index.
  func apply(_ readings: inout [SentenceReading], _ index: Int, _ entities: inout DocumentEntities) {
    guard let american, let own = readings[index].names.first(where: { isBare($0, american) }) else { return }
    var state: String?
    var (at, paragraphs) = (index, 0)
    while at >= 0 {
      if at < index, readings[at].block != readings[at + 1].block { paragraphs += 1 }
      if paragraphs >= Self.reach { break }
      for name in readings[at].names.reversed() where name.entity != american {
        let id = entities.id(name.entity)
        if id == "us" || id.hasPrefix("us-") { return }
        let isBefore = at < index || name.range.lowerBound < own.range.lowerBound
        if state == nil, paragraphs == 0, isBefore, bodies[id] != nil { state = id }
      }
      at -= 1
    }
    guard let state, let body = bodies[state] else { return }
    let entity = entities.entity(
      id: body.isEmpty ? state + "-congress" : body, name: "Congress", kind: entities.kinds.legislature)
    for place in readings[index].names.indices where isBare(readings[index].names[place], american) {
      readings[index].names[place].entity = entity
      readings[index].names[place].source = "rule:other-congress"
    }
  }

  /// "Congress" alone or "congressional".
  private func isBare(_ name: Name, _ american: Int) -> Bool {
    name.entity == american && name.range.count == 1
  }
}
