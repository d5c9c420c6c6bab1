import EmendModel

/// Scores a document against labelled lines: `title` for headings, `meta` for page furniture, `ref` for
/// reference lists, as in the training data of AnyStyle's finder.
struct StructureLabelsCheck {
  private(set) var rows: [StructureCheck.Row] = []

  init(_ document: Document, labels: [String]) {
    var kinds = [String](repeating: "text", count: labels.count)
    for piece in document.furniture { mark(document, piece.line...piece.line, "meta", &kinds) }
    for block in document.blocks {
      if block.kind == .heading { mark(document, block.firstLine...block.lastLine, "title", &kinds) }
      if block.kind == .reference { mark(document, block.firstLine...block.lastLine, "ref", &kinds) }
    }
    for (label, name) in [
      ("meta", "furniture lines"), ("title", "heading lines"), ("ref", "reference lines"),
    ] {
      var counts = Counts()
      var faults: [String] = []
      for (index, wanted) in labels.enumerated() where wanted == label || kinds[index] == label {
        if wanted == kinds[index] {
          counts.right += 1
        } else if wanted == "blank" {
          continue
        } else if wanted == label {
          counts.missed += 1
          faults.append("missed: \(index + 1) \(text(document, index + 1))")
        } else {
          counts.wrong += 1
          faults.append("wrong: \(index + 1) \(text(document, index + 1))")
        }
      }
      rows.append(StructureCheck.Row(name, counts, faults: faults))
    }
    rows.append(printedNumbers(document, labels))
  }

  private func mark(_ document: Document, _ lines: ClosedRange<Int>, _ kind: String, _ kinds: inout [String])
  {
    for line in lines {
      let number = document.scan.lines[line].number - 1
      if kinds.indices.contains(number), kinds[number] == "text" { kinds[number] = kind }
    }
  }

  private func text(_ document: Document, _ number: Int) -> String {
    let line = document.scan.lines.last { $0.number == number }
    return line.map {
      String(decoding: document.scan.text[$0.range], as: UTF8.self).split(separator: " ").joined(
        separator: " ")
    } ?? ""
  }

  /// Furniture lines that are nothing but a number tell the page's number.
  private func printedNumbers(_ document: Document, _ labels: [String]) -> StructureCheck.Row {
    var counts = Counts()
    var faults: [String] = []
    for (index, page) in document.scan.pages.enumerated() {
      let numbers = page.lines.compactMap { line -> String? in
        let source = document.scan.lines[line]
        guard labels.indices.contains(source.number - 1), labels[source.number - 1] == "meta" else {
          return nil
        }
        let words = String(decoding: document.scan.text[source.range], as: UTF8.self).split(separator: " ")
        guard words.count == 1, let word = words.first, word.count <= 6 else { return nil }
        return word.lowercased()
      }
      guard let wanted = numbers.last else { continue }
      if document.pages[index].printed == wanted {
        counts.right += 1
      } else {
        counts.missed += 1
        faults.append("page \(index + 1): \(wanted), given \(document.pages[index].printed ?? "none")")
      }
    }
    return StructureCheck.Row("printed numbers", counts, faults: faults)
  }
}
