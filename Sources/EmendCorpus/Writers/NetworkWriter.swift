import EmendModel

extension ActorNetwork {
  /// GraphML 1.0 (Brandes and others 2002), as Gephi, igraph and NetworkX read it.
  public func graphML() -> [UInt8] {
    let xml = XMLWriter()
    func data(_ key: String, _ value: String) { xml.element("data", [("key", key)], text: value) }
    xml.element("graphml", [("xmlns", "http://graphml.graphdrawing.org/xmlns")]) {
      xml.line()
      for (id, place, type) in [
        ("name", "node", "string"), ("kind", "node", "string"), ("count", "node", "int"),
        ("weight", "edge", "int"), ("jaccard", "edge", "double"), ("association", "edge", "double"),
      ] {
        xml.empty("key", [("id", id), ("for", place), ("attr.name", id), ("attr.type", type)])
        xml.line()
      }
      xml.element("graph", [("id", "actors"), ("edgedefault", "undirected")]) {
        xml.line()
        for node in nodes {
          xml.element("node", [("id", node.id)]) {
            data("name", node.name)
            data("kind", node.kind)
            data("count", "\(node.count)")
          }
          xml.line()
        }
        for edge in edges {
          xml.element("edge", [("source", edge.first), ("target", edge.second)]) {
            data("weight", "\(edge.count)")
            data("jaccard", Decimals.json(edge.jaccard))
            data("association", Decimals.json(edge.association))
          }
          xml.line()
        }
      }
      xml.line()
    }
    return xml.finish()
  }

  /// One line a tie: source, target, weight, jaccard, association, with the names.
  public func csv(raw: Bool = false) -> [UInt8] {
    let writer = CSVWriter(raw: raw)
    let names = Dictionary(nodes.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let head = ["source", "target", "weight", "jaccard", "association", "source_name", "target_name"]
    var bytes = writer.line(head.map { .text($0) })
    for edge in edges {
      bytes += writer.line([
        .text(edge.first), .text(edge.second), .number("\(edge.count)"),
        .number(Decimals.json(edge.jaccard)), .number(Decimals.json(edge.association)),
        .text(names[edge.first] ?? ""), .text(names[edge.second] ?? ""),
      ])
    }
    return bytes
  }
}
