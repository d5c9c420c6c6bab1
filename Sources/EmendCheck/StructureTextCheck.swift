import EmendModel

/// Scores headings, blocks, notes with their anchors, and sentences of a running text.
struct StructureTextCheck {
  private(set) var rows: [StructureCheck.Row] = []

  init(_ document: Document, _ gold: StructureGold.Text, reading: [UInt8]) {
    rows = [headings(document, gold), notes(document, gold)]
    if !reading.isEmpty {
      let lines = reading.split(separator: 0x0A, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      let alignment = alignment(document, lines.filter { !$0.isEmpty })
      rows.append(alignment)
      rows.append(sentences(document, gold, lines))
    }
  }

  private func headings(_ document: Document, _ gold: StructureGold.Text) -> StructureCheck.Row {
    var given = document.blocks.filter { $0.kind == .heading }.map {
      "\(document.scan.lines[$0.firstLine].number) \(document.text($0.range)) (\($0.level))"
    }
    var counts = Counts()
    var faults: [String] = []
    for heading in gold.headings {
      let wanted = "\(heading.line) \(heading.text) (\(heading.level ?? 1))"
      if let index = given.firstIndex(of: wanted) {
        given.remove(at: index)
        counts.right += 1
      } else {
        counts.missed += 1
        faults.append("missed: \(wanted)")
      }
    }
    counts.wrong = given.count
    return StructureCheck.Row("headings", counts, faults: faults + given.map { "wrong: \($0)" })
  }

  private func notes(_ document: Document, _ gold: StructureGold.Text) -> StructureCheck.Row {
    var counts = Counts()
    var faults: [String] = []
    var found = 0
    for note in gold.notes {
      let match = document.notes.first {
        $0.mark == String(note.number) && document.text($0.text) == note.text
      }
      let place = match?.anchor.map { document.place(ofReading: $0.range.lowerBound) }
      if let place, place.line == note.anchor.line, place.column == note.anchor.byteCol {
        counts.right += 1
        found += 1
      } else {
        counts.missed += 1
        let given = place.map { "\($0.line):\($0.column)" } ?? (match == nil ? "no such note" : "no anchor")
        faults.append("note \(note.number): \(note.anchor.line):\(note.anchor.byteCol), given \(given)")
      }
    }
    counts.wrong = document.notes.count - found
    return StructureCheck.Row("notes with anchors", counts, faults: faults)
  }

  private func alignment(_ document: Document, _ lines: [String]) -> StructureCheck.Row {
    let given = document.blocks.map { document.text($0.range) }
    var counts = Counts()
    var faults: [String] = []
    var remaining: [String: Int] = [:]
    for text in given { remaining[text, default: 0] += 1 }
    for line in lines {
      if let count = remaining[line], count > 0 {
        remaining[line] = count - 1
        counts.right += 1
      } else {
        counts.missed += 1
        faults.append("missed: \(line.prefix(90))")
      }
    }
    counts.wrong = given.count - counts.right
    return StructureCheck.Row("blocks word for word", counts, faults: faults)
  }

  private func sentences(
    _ document: Document, _ gold: StructureGold.Text, _ lines: [String]
  ) -> StructureCheck.Row {
    var starts: [Int: [Int]] = [:]
    for sentence in document.sentences {
      starts[sentence.block, default: []].append(
        sentence.range.lowerBound - document.blocks[sentence.block].range.lowerBound)
    }
    var blocks: [String: Int] = [:]
    for (index, block) in document.blocks.enumerated() where blocks[document.text(block.range)] == nil {
      blocks[document.text(block.range)] = index
    }
    var counts = Counts()
    var faults: [String] = []
    for paragraph in gold.paragraphs where paragraph.kind != "heading" {
      let text = lines.indices.contains(paragraph.readingLine - 1) ? lines[paragraph.readingLine - 1] : ""
      let given = Set(blocks[text].flatMap { starts[$0] } ?? [])
      let wanted = Set(paragraph.sentenceStarts)
      counts.right += given.intersection(wanted).count
      counts.wrong += given.subtracting(wanted).count
      counts.missed += wanted.subtracting(given).count
      for start in given.symmetricDifference(wanted).sorted() {
        let bytes = Array(text.utf8)
        let from = max(0, start - 25)
        let piece = String(decoding: bytes[from..<min(bytes.count, start + 25)], as: UTF8.self)
        faults.append("\(wanted.contains(start) ? "missed" : "wrong"): …\(piece)…")
      }
    }
    return StructureCheck.Row("sentences", counts, faults: faults)
  }
}
