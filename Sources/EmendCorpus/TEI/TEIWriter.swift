import EmendModel

/// An edition as a TEI P5 document (Guidelines 4.12).
///
/// The text keeps both readings: every repair is a `choice` of `sic` (what the scan has) and `corr`, with
/// its probability as `cert` and its rule as `ana`. Pages are `pb`, lines `lb` (with `break="no"` inside a
/// word), running heads and page numbers `fw`. Sentences are `seg` whose `ana` names the labels of the
/// taxonomy in the header; the words that speak for a label stand in `standOff`, like the works cited
/// (`listBibl`) and the entities named (`listOrg`). White space inside a paragraph is that of the text.
struct TEIWriter {
  let edition: Edition
  let codebook: Codebook
  let ids: TEIIdentifiers
  let xml = XMLWriter()

  init(edition: Edition, codebook: Codebook = Codebook()) {
    self.edition = edition
    self.codebook = codebook
    ids = TEIIdentifiers(edition)
  }

  func bytes() -> [UInt8] {
    xml.element("TEI", [("xmlns", "http://www.tei-c.org/ns/1.0")]) {
      xml.line()
      TEIHeader(edition: edition, codebook: codebook, ids: ids, xml: xml).write()
      TEIFacsimile(scan: edition.scan, xml: xml).write()
      TEIStandOff(edition: edition, ids: ids, xml: xml).write()
      var text = TEIText(edition: edition, ids: ids, xml: xml)
      text.write()
    }
    return xml.finish()
  }
}

/// The `xml:id`s of a TEI document. Those of labels, rules and entities are made from their names.
struct TEIIdentifiers {
  /// Label path → id, for all labels that occur and their ancestors, in the order of the paths.
  let labels: [(path: String, id: String)]
  let rules: [(rule: String, id: String)]
  let entities: [String: String]
  private let labelIDs: [String: String]
  private let ruleIDs: [String: String]

  init(_ edition: Edition) {
    var taken: Set<String> = []
    func unique(_ prefix: String, _ name: String) -> String {
      var id = prefix
      for scalar in name.unicodeScalars {
        let harmless = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        if harmless || scalar == "-" || scalar == "_" {
          id.unicodeScalars.append(scalar)
        } else {
          id.append(scalar == "/" ? "." : "_")
        }
      }
      while !taken.insert(id).inserted { id += "_" }
      return id
    }
    var paths: Set<String> = []
    for sentence in edition.tags.sentences {
      for hit in sentence.labels {
        var path = hit.label
        while paths.insert(path).inserted, let slash = path.lastIndex(of: "/") {
          path = String(path[..<slash])
        }
      }
    }
    labels = paths.sorted().map { ($0, unique("label.", $0)) }
    let changes = Records.allEmendations(of: edition.document, plainLineEnds: false)
    rules = Set(changes.map(\.rule)).sorted().map { ($0, unique("rule.", $0)) }
    var entities: [String: String] = [:]
    let named = edition.tags.sentences.flatMap { $0.actors.map(\.id) }
    for id in Set(named + edition.tags.entities.map(\.id)).sorted() { entities[id] = unique("entity.", id) }
    self.entities = entities
    labelIDs = Dictionary(labels.map { ($0.path, $0.id) }) { first, _ in first }
    ruleIDs = Dictionary(rules.map { ($0.rule, $0.id) }) { first, _ in first }
  }

  func label(_ path: String) -> String? { labelIDs[path] }
  func rule(_ rule: String) -> String? { ruleIDs[rule] }
  func page(_ index: Int) -> String { "page.\(index + 1)" }
  func surface(_ index: Int) -> String { "surface.\(index + 1)" }
  func sentence(_ index: Int) -> String { "s.\(index + 1)" }
  func note(_ index: Int) -> String { "note.\(index + 1)" }
  func anchor(_ index: Int) -> String { "anchor.\(index + 1)" }
  func work(_ index: Int) -> String { "work.\(index + 1)" }
}
