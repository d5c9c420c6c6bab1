import EmendModel

/// A document as Markdown (CommonMark with footnotes): headings, paragraphs, quotations, notes.
enum MarkdownWriter {
  static func bytes(_ document: StoredDocument) -> [UInt8] {
    var names: [String: Int] = [:]
    var footnotes: [Int: String] = [:]
    var anchors: [(range: Range<Int>, name: String)] = []
    // Marks repeat over chapters; a footnote's name must not.
    for note in document.notes {
      let count = names[note.mark, default: 0]
      names[note.mark] = count + 1
      let base = String(note.mark.map { $0.isLetter || $0.isNumber ? $0 : "n" })
      let name = count == 0 ? base : "\(base)-\(count + 1)"
      footnotes[note.block] = name
      if let anchor = note.anchor { anchors.append((anchor, name)) }
    }
    anchors.sort { $0.range.lowerBound < $1.range.lowerBound }
    var result = ""
    for block in document.blocks {
      let text = self.text(block, anchors)
      if !result.isEmpty { result += "\n" }
      switch block.kind {
      case .title: result += "# \(line(text))\n"
      case .heading: result += String(repeating: "#", count: max(1, min(6, block.level))) + " \(line(text))\n"
      case .blockQuote: result += prefixed(text, "> ")
      case .listItem: result += "- \(line(text))\n"
      case .verse: result += text.replacing("\n", with: "  \n") + "\n"
      case .table:
        result += prefixed(block.text.isEmpty ? "" : String(decoding: block.text, as: UTF8.self), "    ")
      case .note:
        if let name = footnotes[block.number] {
          result += "[^\(name)]: \(line(text))\n"
        } else {
          result += text + "\n"
        }
      default: result += guarded(text) + "\n"
      }
    }
    return Array(result.utf8)
  }

  /// The text escaped, note marks as footnote references.
  private static func text(_ block: StoredDocument.Block, _ anchors: [(range: Range<Int>, name: String)])
    -> String
  {
    let end = block.start + block.text.count
    var result = ""
    var at = 0
    for anchor in anchors where anchor.range.lowerBound >= block.start && anchor.range.upperBound <= end {
      let start = anchor.range.lowerBound - block.start
      guard start >= at else { continue }
      result += escaped(block.text[at..<start]) + "[^\(anchor.name)]"
      at = anchor.range.upperBound - block.start
    }
    return result + escaped(block.text[at...])
  }

  private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    for byte in bytes {
      // \ ` * _ [ ] < >
      switch byte {
      case 0x5C, 0x60, 0x2A, 0x5F, 0x5B, 0x5D, 0x3C, 0x3E: result.append(0x5C)
      default: break
      }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A first sign that would make a heading, list or rule of a paragraph is escaped.
  private static func guarded(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    if "#+-=|~".unicodeScalars.contains(first) { return "\\" + text }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty, let after = text.dropFirst(digits.count).first, after == "." || after == ")" {
      return digits + "\\" + text.dropFirst(digits.count)
    }
    return text
  }

  private static func line(_ text: String) -> String { text.replacing("\n", with: " ") }

  private static func prefixed(_ text: String, _ prefix: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { prefix + $0 + "\n" }.joined()
  }
}
