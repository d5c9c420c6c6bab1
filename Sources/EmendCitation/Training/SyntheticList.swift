/// Makes documents with a reference list for the finder's training: running text, a heading, entries wrapped
/// to some width, hanging or flush, then an appendix or nothing.
enum SyntheticList {
  private static let headings = [
    "References", "REFERENCES", "Bibliography", "BIBLIOGRAPHY", "Literature", "Works Cited",
    "References cited",
    "Literature Cited", "6. References", "REFERENCE LIST", "References:", "Selected Bibliography",
    "Literatur",
    "List of References", "Sources", "Notes and References", "Select Bibliography", "R E F E R E N C E S",
    "VII. REFERENCES", "Secondary Literature", "Works Referenced",
  ]
  private static let sequels = [
    "Appendix", "Appendix A", "Notes", "Tables", "About the authors", "Table 1", "Figure 1",
    "Acknowledgements",
    "Index",
  ]
  private static let heads = [
    "The Quiet Harbour", "Ada M. Lindqvist", "Guilds and Their Courts", "Markets after the War",
    "A Study of Consent", "Olu Keel and Jane Harlow", "Review of Comparative Law",
  ]
  private static let widths = [38, 45, 55, 65, 70, 80, 90, 100, 110]

  static func document(
    _ number: Int, bodies: [[[UInt8]]], references: [String], noise: ScanNoise, _ random: inout SeededRandom
  ) -> LabelledLines {
    let body = random.pick(bodies) ?? []
    // One document in ten has a line for each paragraph and each entry, as converters and typed texts do.
    let isUnwrapped = random.chance(0.1)
    let width = isUnwrapped ? 1 << 20 : widths[random.below(widths.count)]
    let isFlush = random.chance(0.65)
    let isDamaged = random.chance(0.2)
    let hasBlanks = random.chance(0.4)
    var lines: [ReferenceFinder.FinderLine] = []
    var labels: [LineLabel] = []
    var blanks = 0
    func add(_ text: [UInt8], _ label: LineLabel) {
      if text.allSatisfy({ $0 <= 0x20 }) { return }
      let text = isDamaged ? noise.damaged(text, &random) : text
      if text.allSatisfy({ $0 <= 0x20 }) { return }
      lines.append(.init(text: text, blanks: blanks, pageStarts: text.first == 0x0C))
      labels.append(label)
      blanks = 0
    }
    func stretch(_ count: Int) -> [[UInt8]] {
      let from = random.below(max(1, body.count - count))
      return Array(body[from..<min(body.count, from + count)])
    }

    var text = stretch(80 + random.below(370))
    if isUnwrapped {
      text = paragraphs(text, &random)
    } else if random.chance(0.5) {
      text = wrapped(text.map { trimmed($0) }.joined(separator: [0x20]).map { $0 }, width, indent: 0)
    } else if isFlush {
      text = text.map(trimmed)
    }
    let tableAt = random.chance(0.35) ? random.below(max(1, text.count)) : -1
    for (place, line) in text.enumerated() {
      if hasBlanks, random.chance(0.08) { blanks = 1 }
      add(line, .outside)
      if place == tableAt { for row in table(references, &random) { add(row, .outside) } }
    }
    if random.chance(0.85) {
      blanks = hasBlanks || random.chance(0.5) ? 1 : 0
      add(Array((headings[random.below(headings.count)]).utf8), .heading)
      blanks = random.chance(0.5) ? 1 : 0
    }

    var entries: [String] = []
    for _ in 0..<(random.chance(0.15) ? 3 + random.below(5) : 8 + random.below(53)) {
      if let reference = random.pick(references) { entries.append(withoutNumber(reference)) }
    }
    let isNumbered = random.chance(0.15)
    if !isNumbered, random.chance(0.9) {
      entries = entries.map { (sortKey($0), $0) }
        .sorted { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
    }
    let hang = isFlush || random.chance(0.3) ? 0 : [3, 4, 6, 8][random.below(4)]
    // Some lists indent the first line instead.
    let firstIndent = hang == 0 && !isFlush && random.chance(0.3) ? 4 : 0
    let spaced = hasBlanks && random.chance(0.45)
    let format = random.below(6)
    let hyphenates = random.chance(0.3)
    let head = heads[random.below(heads.count)]
    let shouted = random.chance(0.5) ? head.uppercased() : head
    for (index, entry) in entries.enumerated() {
      var entry = entry
      if isNumbered {
        entry =
          [
            "[\(index + 1)] ", "\(index + 1). ", "(\(index + 1)) ", "\(index + 1) ", "[\(index + 1)]",
            "\(index + 1)) ",
          ][
            format] + entry
      }
      var parts = wrapped(Array(entry.utf8), width - hang, indent: 0)
      if hyphenates { hyphenate(&parts, &random) }
      if spaced { blanks = 1 }
      for (place, part) in parts.enumerated() {
        let indent = place == 0 ? firstIndent : hang
        add([UInt8](repeating: 0x20, count: indent) + part, place == 0 ? .begins : .continues)
        // Page furniture may stand between any two lines.
        if random.chance(0.012) {
          let page = 2 + random.below(400)
          let furniture = [
            "\(page)", "Journal of Comparative Method   \(page)", "\(page)   A. Author and B. Writer",
            "Chapter 4   \(page)", "http://www.example.org \(page)", "References   \(page)",
            "\(shouted)   \(page)", "\(page)   \(shouted)", "\(page) \(shouted)", "\(shouted) \(page)",
            shouted,
          ]
          blanks = random.below(2)
          add(Array(furniture[random.below(furniture.count)].utf8), .outside)
          blanks = random.below(2)
        }
      }
    }
    if random.chance(0.15) {
      if random.chance(0.3) {
        blanks = 1
        add(Array("About the authors".utf8), .outside)
      }
      for _ in 0..<(1 + random.below(3)) {
        blanks = random.below(2)
        for line in wrapped(Array(biography(references, &random).utf8), width, indent: 0) {
          add(line, .outside)
        }
      }
    } else if random.chance(0.4) {
      if random.chance(0.6) {
        blanks = 1
        add(Array(sequels[random.below(sequels.count)].utf8), .outside)
      }
      let sequel = stretch(5 + random.below(55))
      for line in isUnwrapped ? paragraphs(sequel, &random) : sequel {
        add(isFlush ? trimmed(line) : line, .outside)
      }
    }
    return LabelledLines(id: "synthetic:\(number)", lines: lines, labels: labels)
  }

  /// "Weber teaches economic history at the University of Nepal. …"
  private static func biography(_ references: [String], _ random: inout SeededRandom) -> String {
    func pick(_ strings: [String]) -> String { strings[random.below(strings.count)] }
    let family =
      (random.pick(references) ?? "Weber").split { $0 == "," || $0 == " " || $0 == "." }
      .first { $0.utf8.count > 3 && $0.utf8.allSatisfy { $0 >= 0x41 } } ?? "Weber"
    let name = pick(["Jane", "Olu", "M. L.", "Karl", "Ada M."]) + " " + family
    let place = pick([
      "the University of \(pick(places))", "\(pick(places)) State College", "the \(pick(places)) Institute",
    ])
    let subject = pick([
      "economic history", "political theory", "comparative law", "sociology", "public policy",
    ])
    let opening = pick([
      "\(name) teaches \(subject) at \(place).", "\(name) is Associate Professor of \(subject) at \(place).",
      "\(name) (PhD, \(place), \(1970 + random.below(50))) is a lecturer in \(subject).",
      "\(name.uppercased()) is a doctoral candidate in \(subject) at \(place).",
    ])
    let more = pick([
      "Her work deals with harvests, tariffs and the people who voted on them, and has appeared in several journals.",
      "He is the author of two books on \(subject) and of articles in the field.",
      "Address: \(place). Email: \(family.lowercased())@example.org.",
      "The research was done while on leave in \(pick(places)).",
    ])
    return opening + " " + more
  }

  private static let places = [
    "Brazil", "Kenya", "United States", "Peru", "Nepal", "Italy", "Costa Rica", "France",
  ]
  private static let measures = [
    "Seed density", "GDP per capita", "Growth rate (%)", "Sample size", "Coefficient", "Mean age",
    "Wald test",
    "Turnout", "Distance (km)", "Plot-level mortality", "Fixed effects", "Reaction time",
  ]

  /// The rows of a table of studies: they bear the names and years of references and are none.
  private static func table(_ references: [String], _ random: inout SeededRandom) -> [[UInt8]] {
    let isAligned = random.chance(0.75)
    let (hasNumber, hasPlace, hasMeasure) = (random.chance(0.3), random.chance(0.6), random.chance(0.8))
    let form = random.below(4)
    let values = 1 + random.below(4)
    let indent = isAligned ? random.below(8) : 0
    return (0..<(4 + random.below(28))).map { number in
      let name =
        (random.pick(references) ?? "Weber").split { $0 == "," || $0 == " " || $0 == "." }
        .first { $0.utf8.count > 3 && $0.utf8.allSatisfy { $0 >= 0x41 } } ?? "Weber"
      let year = 1950 + random.below(70)
      var cells: [String] = hasNumber ? ["\(number + 1)"] : []
      cells.append(
        ["\(name) (\(year))", "\(name) et al. (\(year))", "\(name) \(year)", "\(name) and Jones (\(year))"][
          form])
      if hasPlace { cells.append(places[random.below(places.count)]) }
      if hasMeasure { cells.append(measures[random.below(measures.count)]) }
      for _ in 0..<values {
        cells.append(
          random.chance(0.7) ? "\(random.below(200)).\(random.below(99))" : "\(random.below(2000))")
      }
      var row = String(repeating: " ", count: indent)
      for (column, cell) in cells.enumerated() {
        row += cell
        if column + 1 < cells.count {
          let width = column == 0 && hasNumber ? 5 : column <= 1 ? 28 : 14
          row += isAligned ? String(repeating: " ", count: max(3, width - cell.count)) : " "
        }
      }
      return Array(row.utf8)
    }
  }

  /// Lines joined by threes to twelves.
  private static func paragraphs(_ lines: [[UInt8]], _ random: inout SeededRandom) -> [[UInt8]] {
    var joined: [[UInt8]] = []
    var at = 0
    while at < lines.count {
      let end = min(lines.count, at + 3 + random.below(10))
      joined.append(Array(lines[at..<end].map(trimmed).joined(separator: [0x20])))
      at = end
    }
    return joined.map { cited($0, &random) }
  }

  /// Running text with citations behind some of its commas and stops, as some fields cite in every sentence.
  private static func cited(_ text: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    guard random.chance(0.5) else { return text }
    let names = ["Keohane", "Weber", "North", "Abbott and Snidal", "Hawkins et al.", "Olson", "Pierson"]
    var out: [UInt8] = []
    for byte in text {
      if byte == 0x2C || byte == 0x2E, out.last.map({ $0 >= 0x61 }) ?? false, random.chance(0.5) {
        let (name, year) = (names[random.below(names.count)], 1950 + random.below(70))
        out +=
          (random.chance(0.5) ? " (\(name) \(year))" : " (\(name), \(year), p. \(random.below(300)))").utf8
      }
      out.append(byte)
    }
    return out
  }

  private static func trimmed(_ line: [UInt8]) -> [UInt8] {
    var slice = line[...]
    while let first = slice.first, first <= 0x20 { slice.removeFirst() }
    while let last = slice.last, last <= 0x20 { slice.removeLast() }
    return Array(slice)
  }

  /// Lines of at most `width` bytes, cut between words.
  private static func wrapped(_ text: [UInt8], _ width: Int, indent: Int) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    for word in text.split(whereSeparator: { $0 <= 0x20 }) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = []
      }
      if !line.isEmpty { line.append(0x20) }
      line.append(contentsOf: word)
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// Breaks some first words of lines and leaves their heads, with a hyphen, on the line before.
  private static func hyphenate(_ lines: inout [[UInt8]], _ random: inout SeededRandom) {
    for index in lines.indices.dropFirst() where random.chance(0.25) {
      let word = lines[index].prefix { $0 >= 0x61 && $0 <= 0x7A }
      guard word.count >= 6 else { continue }
      let cut = 3 + random.below(2)
      lines[index - 1] += [0x20] + word.prefix(cut) + [0x2D]
      lines[index].removeFirst(cut)
    }
  }

  /// Without "[12]", "12." before the first name.
  private static func withoutNumber(_ reference: String) -> String {
    let bytes = Array(reference.utf8)
    var at = 0
    if let first = bytes.first, first == 0x5B || first == 0x28 { at = 1 }
    let digits = bytes[at...].prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard (1...3).contains(digits.count) else { return reference }
    at += digits.count
    while at < bytes.count, [0x5D, 0x29, 0x2E, 0x20].contains(bytes[at]) { at += 1 }
    guard at < bytes.count, bytes[at] >= 0x41, bytes[at] <= 0x5A else { return reference }
    return String(decoding: bytes[at...], as: UTF8.self)
  }

  private static func sortKey(_ entry: String) -> [UInt32] {
    let letters = LetterTable.shared
    return entry.unicodeScalars.filter { letters.kind($0.value) != .other }.prefix(24).map {
      letters.fold($0.value)
    }
  }
}
