import EmendModel

/// Writes tags as comma-separated values (RFC 4180, line feeds): one row for each label and each actor of a sentence.
public enum TagTable {
  public static let header =
    "document,id,page,line,line_end,section,type,value,implicit,score,flags,role,evidence,entries,text,lexicon\n"

  public static func write(_ tags: TagLayer, of document: Document) -> [UInt8] {
    var out: [UInt8] = []
    for sentence in tags.sentences {
      guard document.sentences.indices.contains(sentence.sentence) else { continue }
      let range = document.sentences[sentence.sentence].range
      let places = document.places(ofReading: range)
      let block = document.sentences[sentence.sentence].block
      let section =
        document.blocks.indices.contains(block)
          && document.sections.indices.contains(document.blocks[block].section)
        ? document.sections[document.blocks[block].section].title : ""
      let head = [
        document.id, id(sentence.sentence, in: document),
        document.pageLabel(ofReading: range.lowerBound),
        "\(places.first.line)", "\(places.last.line)", section,
      ]
      func row(_ cells: [String], _ evidence: [Evidence]) {
        let texts = evidence.map { $0.entry.hasPrefix("rule:") ? "" : document.text($0.range) }
        let tail = [
          texts.filter { !$0.isEmpty }.joined(separator: " | "),
          evidence.map(\.entry).joined(separator: " | "),
          document.text(range), tags.lexicon,
        ]
        out += (head + cells + tail).map(quoted).joined(separator: ",").utf8
        out.append(0x0A)
      }
      for label in sentence.labels {
        let score = "\(Double(Int((label.score * 10_000).rounded())) / 10_000)"
        row(
          [
            "label", label.label, label.implicit ? "true" : "false", score,
            label.flags.map(\.rawValue).joined(separator: " "), "",
          ], label.evidence)
      }
      for actor in sentence.actors {
        row(["actor", actor.id, "", "", "", actor.role ?? ""], actor.evidence)
      }
    }
    return out
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
      return cell
    }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// The name of a sentence as the JSON records have it: "essay-004".
  private static func id(_ sentence: Int, in document: Document) -> String {
    let digits = String(sentence + 1)
    return document.id + "-" + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
  }
}
