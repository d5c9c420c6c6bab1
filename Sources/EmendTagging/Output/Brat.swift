import EmendModel

/// Writes tags in the standoff format of brat (Stenetorp and others 2012): a line for each piece of evidence, under
/// the label's path with its slashes as underscores, and a note with the score. Offsets are characters (Unicode
/// scalars) of the reading text, as brat wants them, not bytes.
///
///     T1⇥mechanism_coercion 17 25⇥coercion
///     #1⇥AnnotatorNotes T1⇥score 1, mechanism/coercion#word.1
public enum Brat {
  /// The types of all annotations of a document.
  public static func types(of tags: TagLayer) -> Set<String> {
    var types: Set<String> = []
    for sentence in tags.sentences {
      types.formUnion(sentence.labels.map { type($0.label) })
      types.formUnion(sentence.actors.map { "actor_" + $0.id })
    }
    return types
  }

  /// The `annotation.conf` that brat wants in a folder.
  public static func configuration(_ types: Set<String>) -> [UInt8] {
    Array(
      "[entities]\n\(types.sorted().map { $0 + "\n" }.joined())\n[relations]\n\n[events]\n\n[attributes]\n"
        .utf8)
  }

  private static func type(_ label: String) -> String { String(label.map { $0 == "/" ? "_" : $0 }) }

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
          let type = type(label.label)
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
