/// Verticalised text for the IMS Open Corpus Workbench: one token a line, `<text>`, `<p>` and `<s>` around.
///
/// Encode with `cwb-encode -S text:0+id+title -S p:0+kind+page+section -S s:0+id+labels+actors`.
enum VRTWriter {
  static func bytes(_ document: StoredDocument) -> [UInt8] {
    var result = "<text id=\"\(escape(document.name))\" title=\"\(escape(document.title))\">\n"
    var next = 0
    for block in document.blocks {
      result += "<p kind=\"\(block.kind.rawValue)\" page=\"\(escape(block.pageLabel))\" "
      result += "section=\"\(escape(block.section))\">\n"
      var at = 0
      func write(_ range: Range<Int>) {
        for token in StoredDocument.tokens(block.text, range) {
          result += escape(String(decoding: block.text[token], as: UTF8.self)) + "\n"
        }
      }
      while next < document.sentences.count, document.sentences[next].block <= block.number {
        let sentence = document.sentences[next]
        next += 1
        guard sentence.block == block.number else { continue }
        let range = ((sentence.range.lowerBound - block.start)..<(sentence.range.upperBound - block.start))
          .clamped(to: at..<block.text.count)
        write(at..<range.lowerBound)
        result += "<s id=\"\(escape(sentence.id))\" labels=\"\(set(sentence.labels))\" "
        result += "actors=\"\(set(sentence.actors))\">\n"
        write(range)
        result += "</s>\n"
        at = range.upperBound
      }
      write(at..<block.text.count)
      result += "</p>\n"
    }
    return Array((result + "</text>\n").utf8)
  }

  /// A feature set of CWB: "|a|b|", "|" when empty.
  private static func set(_ values: [String]) -> String {
    values.isEmpty ? "|" : "|" + values.map(escape).joined(separator: "|") + "|"
  }

  private static func escape(_ text: String) -> String { HTML.escape(text).replacing("\n", with: " ") }
}
