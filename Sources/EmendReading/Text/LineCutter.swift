import EmendModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Cuts decoded text into lines and pages.
struct LineCutter {
  var file: String
  var lineLimit: Int
  /// Whether page starts are looked for; off for text that is one page by its format.
  var findsPages = true
  /// Whether a lone leading space or the series of page numbers may mark one.
  var findsLeadingSpaces = true
  /// What a format says of each line, by its index; may be shorter than the text.
  var layouts: [Scan.Layout] = []
  /// Pages that a format marks, by the index of their first line.
  var marked: [Int: Scan.Page.Evidence] = [:]

  func cut(_ decoded: DecodedText) throws -> (lines: [Scan.Line], pages: [Scan.Page]) {
    let text = decoded.text
    let feeds = FormFeeds(in: text)
    var lines: [Scan.Line] = []
    lines.reserveCapacity(text.withUnsafeBufferPointer { $0.reduce(0) { $1 == 0x0A ? $0 + 1 : $0 } } + 1)
    var pages = [Scan.Page(lines: 0..<0, evidence: .start)]
    func startPage(_ evidence: Scan.Page.Evidence) {
      pages[pages.count - 1].lines = pages[pages.count - 1].lines.lowerBound..<lines.count
      pages.append(Scan.Page(lines: lines.count..<lines.count, evidence: evidence))
    }

    var source = SourceCursor(decoded.origin)
    var nextFeed = 0
    var number = 0
    var start = 0
    while start < text.count {
      let end = Self.lineEnd(in: text, from: start)
      if end - start > lineLimit {
        throw ReadingError(
          .lineTooLong, file: file, offset: decoded.source(of: start),
          message: "a line of \(end - start) bytes is longer than the limit of \(lineLimit)",
          remedy: "break the text into lines or pages")
      }
      let sourceStart = source.offset(of: start)
      let layout = number < layouts.count ? layouts[number] : .none
      if findsPages, let evidence = marked[number], !lines.isEmpty { startPage(evidence) }
      number += 1
      var at = start
      while nextFeed < feeds.pageStarts.count, feeds.pageStarts[nextFeed] < end {
        let feed = feeds.pageStarts[nextFeed]
        if feed > at {
          lines.append(
            Scan.Line(
              range: at..<feed, number: number, sourceStart: sourceStart, page: pages.count - 1,
              layout: layout))
        }
        nextFeed += 1
        if findsPages, !(feeds.lastIsTerminator && nextFeed == feeds.pageStarts.count) {
          startPage(.formFeed)
        }
        at = feed + 1
      }
      // A line that ends in a form feed leaves no empty line behind it; one that is nothing else does,
      // unless it ends the last page.
      let isOnlyFeed = at == end && end == start + 1 && end < text.count
      let endsText = feeds.lastIsTerminator && nextFeed == feeds.pageStarts.count
      if at < end || at == start || (isOnlyFeed && !endsText) {
        lines.append(
          Scan.Line(
            range: at..<end, number: number, sourceStart: sourceStart, page: pages.count - 1, layout: layout))
      }
      start = end + 1
    }
    pages[pages.count - 1].lines = pages[pages.count - 1].lines.lowerBound..<lines.count

    if findsPages, findsLeadingSpaces, pages.count == 1, !lines.isEmpty {
      var starts = LeadingSpacePages.starts(in: text, lines: lines)
      if starts.isEmpty { starts = NumberedPages.starts(in: text, lines: lines) }
      for start in starts {
        pages[pages.count - 1].lines = pages[pages.count - 1].lines.lowerBound..<start.line
        pages.append(Scan.Page(lines: start.line..<lines.count, evidence: start.evidence))
      }
      for (page, value) in pages.enumerated() where page > 0 {
        for line in value.lines { lines[line].page = page }
      }
    }
    return (lines, pages)
  }

  private static func lineEnd(in text: [UInt8], from start: Int) -> Int {
    text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let hit = memchr(base + start, 0x0A, bytes.count - start) else {
        return bytes.count
      }
      return base.distance(to: UnsafeRawPointer(hit))
    }
  }
}

/// Leads from growing offsets in the text to offsets in the source, without a search for each.
struct SourceCursor {
  private let segments: [OffsetMap.Segment]?
  private var index = 0

  init(_ origin: OffsetMap?) { segments = origin?.segments }

  mutating func offset(of target: Int) -> Int {
    guard let segments else { return target }
    while index + 1 < segments.count, segments[index + 1].target.lowerBound <= target { index += 1 }
    guard index < segments.count else { return target }
    let segment = segments[index]
    if target >= segment.target.upperBound { return segment.source.upperBound }
    return segment.copied
      ? segment.source.lowerBound + target - segment.target.lowerBound : segment.source.lowerBound
  }
}
