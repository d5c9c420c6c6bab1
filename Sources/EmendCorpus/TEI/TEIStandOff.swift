import EmendModel

/// `standOff`: the works cited, the entities named, and the words that speak for labels and entities.
struct TEIStandOff {
  let edition: Edition
  let ids: TEIIdentifiers
  let xml: XMLWriter

  func write() {
    let hasTags = edition.tags.sentences.contains { !$0.labels.isEmpty || !$0.actors.isEmpty }
    guard hasTags || !edition.citations.works.isEmpty || !ids.entities.isEmpty else { return }
    xml.element("standOff") {
      works()
      entities()
      labels()
      actors()
    }
    xml.line()
  }

  private func works() {
    let works = edition.citations.works
    guard !works.isEmpty else { return }
    xml.element("listBibl") {
      for (index, work) in works.enumerated() {
        let reference = work.reference.flatMap {
          edition.citations.references.indices.contains($0) ? edition.citations.references[$0] : nil
        }
        xml.element("biblStruct", [("xml:id", ids.work(index)), ("n", work.key)]) {
          TEIBibliography(work: work, reference: reference, xml: xml).write()
        }
        xml.line()
      }
    }
    xml.line()
  }

  func entities() {
    guard !ids.entities.isEmpty else { return }
    let known = Dictionary(edition.tags.entities.map { ($0.id, $0) }) { first, _ in first }
    xml.element("listOrg", [("type", "entities")]) {
      for (name, id) in ids.entities.sorted(by: { $0.key < $1.key }) {
        let kind = known[name]?.kind.split(separator: "/").last.map(String.init)
        xml.element("org", [("xml:id", id), ("n", name), ("type", kind.map(TEIStandOff.token))]) {
          xml.element("orgName", text: known[name]?.name ?? name)
        }
        xml.line()
      }
    }
    xml.line()
  }

  func labels() {
    guard edition.tags.sentences.contains(where: { !$0.labels.isEmpty }) else { return }
    xml.element("spanGrp", [("type", "labels")]) {
      for tags in edition.tags.sentences {
        for hit in tags.labels {
          guard let label = ids.label(hit.label) else { continue }
          spans(hit.evidence, of: tags.sentence, ana: label, cert: hit.score, implicit: hit.implicit)
        }
      }
    }
    xml.line()
  }

  func actors() {
    guard edition.tags.sentences.contains(where: { !$0.actors.isEmpty }) else { return }
    xml.element("spanGrp", [("type", "actors")]) {
      for tags in edition.tags.sentences {
        for hit in tags.actors {
          guard let entity = ids.entities[hit.id] else { continue }
          spans(hit.evidence, of: tags.sentence, ana: entity, cert: nil, implicit: false)
        }
      }
    }
    xml.line()
  }

  private func spans(_ evidence: [Evidence], of sentence: Int, ana: String, cert: Double?, implicit: Bool) {
    let attributes: [(String, String?)] = [
      ("target", "#" + ids.sentence(sentence)), ("ana", "#" + ana), ("cert", cert.map(TEIStandOff.certainty)),
      ("subtype", implicit ? "implicit" : nil),
    ]
    if evidence.isEmpty { xml.empty("span", attributes) }
    for item in evidence { xml.element("span", attributes, text: edition.document.text(item.range)) }
    xml.line()
  }

  /// A probability in the form of `teidata.probability`: "0.9991".
  static func certainty(_ value: Double) -> String {
    var json = JSONLine()
    json.value(max(0, min(1, value)))
    return JSONText.string(json)
  }

  /// A word fit for an enumerated attribute: spaces and signs become hyphens.
  static func token(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.isAlphabetic ? $0 : "-" }))
  }
}

/// The content of a `biblStruct`.
struct TEIBibliography {
  let work: Work
  let reference: Reference?
  let xml: XMLWriter

  func write() {
    let container = reference?.first(.containerTitle)
    let title = reference?.first(.title) ?? work.title ?? ""
    let isPart = container != nil
    let authors = reference.map { $0.authors.isEmpty ? work.authors : $0.authors } ?? work.authors
    if isPart {
      xml.element("analytic") {
        names("author", authors)
        xml.element("title", [("level", "a")], text: title)
      }
    }
    xml.element("monogr") {
      if !isPart { names("author", authors) }
      names("editor", reference?.editors ?? [])
      xml.element("title", [("level", level(isPart))], text: container ?? title)
      for (label, type) in [(Reference.Label.isbn, "ISBN")] {
        for text in texts(label) { xml.element("idno", [("type", type)], text: text) }
      }
      for text in texts(.edition) { xml.element("edition", text: text) }
      xml.element("imprint") {
        for text in texts(.location) { xml.element("pubPlace", text: text) }
        for text in texts(.publisher) { xml.element("publisher", text: text) }
        for (label, unit) in [(Reference.Label.volume, "volume"), (.issue, "issue"), (.pages, "page")] {
          for text in texts(label) { xml.element("biblScope", [("unit", unit)], text: text) }
        }
        date()
      }
    }
    if let series = reference?.first(.collectionTitle) {
      xml.element("series") { xml.element("title", [("level", "s")], text: series) }
    }
    for text in texts(.note) { xml.element("note", text: text) }
    for text in texts(.doi) { xml.element("idno", [("type", "DOI")], text: text) }
    for text in texts(.url) { xml.element("idno", [("type", "URL")], text: text) }
  }

  private func level(_ isPart: Bool) -> String {
    isPart && reference?.type.hasPrefix("article") == true ? "j" : "m"
  }

  private func texts(_ label: Reference.Label) -> [String] {
    reference?.fields.filter { $0.label == label }.map(\.text) ?? []
  }

  private func date() {
    let text = reference?.first(.date) ?? work.year ?? ""
    let digits = text.utf8.prefix(4)
    let isYear = digits.count == 4 && digits.allSatisfy { (0x30...0x39).contains($0) }
    xml.element("date", [("when", isYear ? String(text.prefix(4)) : nil)], text: text)
  }

  private func names(_ element: String, _ names: [PersonName]) {
    for name in names {
      xml.element(element) {
        xml.element("persName") {
          if let given = name.given { xml.element("forename", text: given) }
          xml.element("surname", text: name.family)
          if let suffix = name.suffix { xml.element("genName", text: suffix) }
        }
      }
    }
  }
}
