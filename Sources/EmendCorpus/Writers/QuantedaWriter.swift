/// One passage a line with its document variables, as `readtext::readtext(file, text_field = "text",
/// docid_field = "doc_id")` and `quanteda::corpus()` take it.
struct QuantedaWriter {
  let writer: CSVWriter
  init(raw: Bool) { writer = CSVWriter(raw: raw) }

  var head: [UInt8] {
    writer.line(
      ["doc_id", "text", "document", "passage", "page", "section", "kind", "labels", "actors"].map {
        .text($0)
      })
  }

  func rows(_ document: StoredDocument) -> [UInt8] {
    var labels: [Int: Set<String>] = [:]
    var actors: [Int: Set<String>] = [:]
    for sentence in document.sentences {
      labels[sentence.block, default: []].formUnion(sentence.labels)
      actors[sentence.block, default: []].formUnion(sentence.actors)
    }
    var bytes: [UInt8] = []
    for block in document.blocks {
      bytes += writer.line([
        .text("\(document.name)-p\(ordinal(block.number))"),
        .text(String(decoding: block.text, as: UTF8.self)),
        .text(document.name), .number(String(block.number)), .text(block.pageLabel), .text(block.section),
        .text(block.kind.rawValue), .text((labels[block.number] ?? []).sorted().joined(separator: "; ")),
        .text((actors[block.number] ?? []).sorted().joined(separator: "; ")),
      ])
    }
    return bytes
  }
}
