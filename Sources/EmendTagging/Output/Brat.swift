import EmendModel

/// Writes tags in the standoff format of brat (Stenetorp and others 2012): a line for each piece of evidence, under
/// the label's path with its slashes as underscores, and a note with the score. Offsets are characters (Unicode
/// scalars) of the reading text, as brat wants them, not bytes.
///
///     T1⇥mechanism_coercion 17 25⇥coercion
///     #1⇥AnnotatorNotes T1⇥score 1, mechanism/coercion#word.1
public enum Brat {
  public static func write(_ tags: TagLayer, of document: Document) -> [UInt8] {
    var offsets = ScalarOffsets(text: document.reading)
    var out: [UInt8] = []
    var number = 0
    func add(_ type: String, _ evidence: Evidence, _ note: String) {
      guard !evidence.entry.hasPrefix("rule:") || type.hasPrefix("actor_") else { return }
      number += 1
      let start = offsets.scalars(before: evidence.range.lowerBound)
      let end = offsets.scalars(before: evidence.range.upperBound)
      out += "T\(number)\t\(type) \(start) \(end)\t".utf8
      // A text bound never holds a line end.
      out += document.reading[evidence.range].map { $0 == 0x0A ? 0x20 : $0 }
      out += "\n#\(number)\tAnnotatorNotes T\(number)\t\(note)\n".utf8
    }
    for sentence in tags.sentences {
      for label in sentence.labels {
        for evidence in label.evidence {
          let type = String(label.label.map { $0 == "/" ? "_" : $0 })
          let implicit = label.implicit ? "implicit, " : ""
          add(type, evidence, "\(implicit)\(evidence.entry)")
        }
      }
      for actor in sentence.actors {
        for evidence in actor.evidence {
          add("actor_" + actor.id, evidence, actor.role ?? evidence.entry)
        }
      }
    }
    return out
  }
}

/// Turns byte offsets into counts of Unicode scalars; asked mostly in rising order.
struct ScalarOffsets {
  let text: [UInt8]
  private var byte = 0
  private var scalars = 0

  init(text: [UInt8]) { self.text = text }

  mutating func scalars(before offset: Int) -> Int {
    let offset = min(max(0, offset), text.count)
    while byte < offset {
      if text[byte] & 0xC0 != 0x80 { scalars += 1 }
      byte += 1
    }
    while byte > offset {
      byte -= 1
      if text[byte] & 0xC0 != 0x80 { scalars -= 1 }
    }
    return scalars
  }
}
