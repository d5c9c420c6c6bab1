import EmendModel
import EmendText

/// Makes one scan of the scans of single pages, in the order given.
///
/// The source of a volume is its page files one after another: offsets and line numbers run through. A page
/// whose text does not end in a line feed gets one, which no source byte stands for.
struct Volume {
  private(set) var scan: Scan
  private var builder = OffsetMap.Builder()
  private var isVerbatim = true
  private var sourceLength = 0
  private var lineNumber = 0
  private var digest: SHA256?
  private var zoneShift = 0

  init(id: String, name: String, format: Scan.Format, digest: Bool) {
    scan = Scan(id: id, source: Scan.Source(name: name, format: format, byteCount: 0), text: [])
    self.digest = digest ? SHA256() : nil
  }

  /// Appends what was read from one page file.
  mutating func append(
    _ page: Scan, bytes: [UInt8], name: String, label: String? = nil, evidence: Scan.Page.Evidence = .format
  ) {
    let base = scan.text.count
    let (pageBase, lineBase, numberBase) = (scan.pages.count, scan.lines.count, lineNumber)
    scan.text.append(contentsOf: page.text)
    if let origin = page.origin {
      isVerbatim = false
      for segment in origin.segments {
        let source = (segment.source.lowerBound + sourceLength)..<(segment.source.upperBound + sourceLength)
        if segment.copied { builder.copy(source) } else { builder.replace(source, by: segment.target.count) }
      }
    } else {
      builder.copy(sourceLength..<(sourceLength + bytes.count))
    }
    if let last = page.text.last, last != 0x0A {
      isVerbatim = false
      builder.replace((sourceLength + bytes.count)..<(sourceLength + bytes.count), by: 1)
      scan.text.append(0x0A)
    }
    for line in page.lines {
      var moved = line
      moved.range = (line.range.lowerBound + base)..<(line.range.upperBound + base)
      moved.number += numberBase
      moved.sourceStart += sourceLength
      moved.page += pageBase
      if let zone = line.layout.zone { moved.layout.zone = zone + zoneShift }
      lineNumber = max(lineNumber, moved.number)
      scan.lines.append(moved)
    }
    zoneShift = (scan.lines[lineBase...].compactMap(\.layout.zone).max() ?? zoneShift - 1) + 1
    for (index, part) in page.pages.enumerated() {
      var moved = part
      moved.lines = (part.lines.lowerBound + lineBase)..<(part.lines.upperBound + lineBase)
      moved.name = name
      if index == 0 {
        moved.evidence = pageBase == 0 ? .start : evidence
        moved.label = label
      }
      scan.pages.append(moved)
    }
    for word in page.words {
      scan.words.append(
        Scan.ScannedWord(
          range: (word.range.lowerBound + base)..<(word.range.upperBound + base), confidence: word.confidence,
          box: word.box))
    }
    for span in page.emphasis {
      scan.emphasis.append(
        Scan.Emphasis(range: (span.range.lowerBound + base)..<(span.range.upperBound + base), kind: span.kind)
      )
    }
    for note in page.notes {
      scan.notes.append(
        Scan.MarkedNote(
          mark: note.mark,
          lines: (note.lines.lowerBound + lineBase)..<(note.lines.upperBound + lineBase),
          ownMark: (note.ownMark.lowerBound + base)..<(note.ownMark.upperBound + base),
          call: note.call.map { ($0.lowerBound + base)..<($0.upperBound + base) }))
    }
    for (key, value) in page.metadata where scan.metadata[key] == nil { scan.metadata[key] = value }
    for warning in page.warnings where warning.code != "empty" {
      scan.warnings.append(
        Warning(
          code: warning.code, stage: warning.stage, message: "\(name): \(warning.message)",
          offset: warning.offset.map { $0 + sourceLength }))
    }
    if page.source.encoding != "UTF-8" {
      scan.source.encoding = page.source.encoding
      scan.source.encodingConfidence = min(scan.source.encodingConfidence, page.source.encodingConfidence)
    }
    sourceLength += bytes.count
    digest?.update(bytes)
  }

  /// Appends an empty page for one that is missing.
  mutating func appendGap(name: String, label: String? = nil) {
    let end = scan.lines.count
    scan.pages.append(Scan.Page(lines: end..<end, name: name, evidence: .gap, label: label))
  }

  mutating func warn(_ code: String, _ message: String) {
    scan.warnings.append(Warning(code: code, stage: "reading", message: message))
  }

  /// The scan of the whole volume.
  func finished() -> Scan {
    var result = scan
    result.origin = isVerbatim ? nil : builder.map
    result.source.byteCount = sourceLength
    result.source.digest = digest?.hex() ?? ""
    if result.pages.isEmpty { result.pages = [Scan.Page(lines: 0..<0, evidence: .start)] }
    result.warnIfEmpty()
    return result
  }
}
