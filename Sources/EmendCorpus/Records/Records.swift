import EmendModel

/// The JSON Lines records of an edition, in the field names of the command-line contract.
///
/// The commands (`emend cite`, `emend tag`, `emend clean --changes`) and the files of a corpus
/// (`citations.jsonl`, `tags.jsonl`, `emendations.jsonl`) are written by the same functions, so a record
/// means the same wherever it is met. Each function appends one record and the line feed that ends it;
/// the plural ones append all records of an edition in text order.
///
/// Lines count from 1 and columns from 0, in bytes of the source; `start` and `end` are half-open UTF-8
/// byte offsets, in the source for emendations and in the reading text everywhere else. Pages count
/// from 1 within the file; `page_label` is the number to quote (printed, or "[3]" where none is printed).
public enum Records {}

extension Records {
  /// Writes `page, page_label, line, line_end, column, start, end` of a range of the reading text.
  static func place(ofReading range: Range<Int>, in document: Document, into json: inout JSONLine) {
    let places = document.places(ofReading: range)
    json.field("page", places.first.page + 1)
    json.field("page_label", document.pageLabel(page: places.first.page))
    json.field("line", places.first.line)
    json.field("line_end", max(places.first.line, places.last.line))
    json.field("column", places.first.column)
    json.field("start", range.lowerBound)
    json.field("end", range.upperBound)
  }

  /// Writes a list of names as objects with `family` and, where printed, `given` and `suffix`.
  static func names(_ key: String, _ names: [PersonName], into json: inout JSONLine) {
    json.array(key) { self.names(names, into: &$0) }
  }

  /// The objects of such a list.
  static func names(_ names: [PersonName], into json: inout JSONLine) {
    for name in names {
      json.object {
        $0.field("family", name.family)
        if let given = name.given { $0.field("given", given) }
        if let suffix = name.suffix { $0.field("suffix", suffix) }
      }
    }
  }

  /// One piece of evidence: `start, end, text, entry`.
  static func evidence(_ evidence: Evidence, in document: Document, into json: inout JSONLine) {
    json.object {
      $0.field("start", evidence.range.lowerBound)
      $0.field("end", evidence.range.upperBound)
      $0.field("text", document.text(evidence.range))
      $0.field("entry", evidence.entry)
    }
  }
}

extension Document {
  /// The number to quote for a page given by its index: the printed one, else the one in the file, in
  /// brackets ("[3]").
  package func pageLabel(page: Int) -> String {
    pages.indices.contains(page) ? pages[page].printed ?? "[\(page + 1)]" : "[\(page + 1)]"
  }

  /// The title of a block's section; empty for the opening without a heading.
  package func sectionTitle(ofBlock block: Int) -> String {
    guard blocks.indices.contains(block) else { return "" }
    let section = blocks[block].section
    return sections.indices.contains(section) ? sections[section].title : ""
  }

  /// The index of the block that holds an offset of the reading text; the nearest before it otherwise.
  package func blockIndex(ofReading offset: Int) -> Int? {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}

/// A number padded with zeros to at least three digits: 7 → "007", 1234 → "1234".
package func ordinal(_ number: Int) -> String {
  let digits = String(number)
  return digits.utf8.count < 3 ? String(repeating: "0", count: 3 - digits.utf8.count) + digits : digits
}
