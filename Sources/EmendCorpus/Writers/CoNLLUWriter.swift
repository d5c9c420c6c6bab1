/// CoNLL-U with tokens and sentences; the columns for lemma, tags and syntax are left open.
enum CoNLLUWriter {
  static func bytes(_ document: StoredDocument) -> [UInt8] {
    var result = "# newdoc id = \(flat(document.name))\n"
    var lastBlock = 0
    var blocks: [Int: StoredDocument.Block] = [:]
    for block in document.blocks { blocks[block.number] = block }
    for sentence in document.sentences {
      guard let block = blocks[sentence.block] else { continue }
      let range = ((sentence.range.lowerBound - block.start)..<(sentence.range.upperBound - block.start))
        .clamped(to: 0..<block.text.count)
      let tokens = StoredDocument.tokens(block.text, range)
      if tokens.isEmpty { continue }
      if sentence.block != lastBlock {
        result += "# newpar id = \(flat(document.name))-p\(sentence.block)\n"
        lastBlock = sentence.block
      }
      result += "# sent_id = \(flat(sentence.id))\n"
      result += "# text = \(flat(String(decoding: block.text[range], as: UTF8.self)))\n"
      result += "# page = \(flat(block.pageLabel))\n"
      if !sentence.labels.isEmpty { result += "# labels = \(sentence.labels.joined(separator: " "))\n" }
      for (index, token) in tokens.enumerated() {
        let form = flat(String(decoding: block.text[token], as: UTF8.self))
        let glued = index + 1 < tokens.count && tokens[index + 1].lowerBound == token.upperBound
        result += "\(index + 1)\t\(form)" + String(repeating: "\t_", count: 7)
        result += glued ? "\tSpaceAfter=No\n" : "\t_\n"
      }
      result += "\n"
    }
    return Array(result.utf8)
  }

  private static func flat(_ text: String) -> String {
    text.replacing("\n", with: " ").replacing("\t", with: " ")
  }
}
