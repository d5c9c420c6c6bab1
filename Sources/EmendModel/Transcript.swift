/// A scan with its emendations: the same lines, mended.
///
/// Emendations of a transcript never contain a line end, so that the emended text stays line for line
/// parallel to the witness; joining lines into running text is the segmentation's work.
public struct Transcript: Sendable {
  public let scan: Scan
  /// In witness order. Applied ones never overlap; suggested ones may.
  public let emendations: [Emendation]
  /// What was found out about the document's damage, strongest pattern first.
  public let profile: [DamagePattern]
  /// Language of the document as far as repair is concerned ("en"; "und" when repair was left off).
  public let language: String
  public let warnings: [Warning]
  /// The witness with all applied emendations made.
  public let text: [UInt8]
  /// Witness (source side) to `text` (target side).
  public let map: OffsetMap
  /// The range of each line of the scan in `text`, in the same order.
  public let lines: [Range<Int>]

  public init(
    scan: Scan, emendations: [Emendation] = [], profile: [DamagePattern] = [], language: String = "en",
    warnings: [Warning] = []
  ) {
    self.scan = scan
    let sorted = Transcript.inOrder(emendations)
    self.emendations = sorted
    self.profile = profile
    self.language = language
    self.warnings = warnings

    if !sorted.contains(where: { $0.status == .applied }) {
      text = scan.text
      map = OffsetMap.identity(length: scan.text.count)
      lines = scan.lines.map(\.range)
      return
    }
    var text: [UInt8] = []
    text.reserveCapacity(scan.text.count + scan.text.count / 64)
    var builder = OffsetMap.Builder(capacity: 2 * sorted.count + 1)
    var at = 0
    for emendation in sorted where emendation.status == .applied {
      precondition(emendation.range.lowerBound >= at, "applied emendations overlap")
      let untouched = at..<emendation.range.lowerBound
      text.append(contentsOf: scan.text[untouched])
      builder.copy(untouched)
      text.append(contentsOf: emendation.reading.utf8)
      builder.replace(emendation.range, by: emendation.reading.utf8.count)
      at = emendation.range.upperBound
    }
    text.append(contentsOf: scan.text[at...])
    builder.copy(at..<scan.text.count)
    let map = builder.map
    self.text = text
    self.map = map

    // Both lists are in order, so one walk places every line; `shift` is what the emendations so far
    // added or took away. An insertion at either end of a line belongs to the line.
    var lines: [Range<Int>] = []
    lines.reserveCapacity(scan.lines.count)
    let applied =
      sorted.allSatisfy { $0.status == .applied } ? sorted : sorted.filter { $0.status == .applied }
    var next = 0
    var shift = 0
    func growth(_ emendation: Emendation) -> Int { emendation.reading.utf8.count - emendation.range.count }
    for line in scan.lines {
      let (start, end) = (line.range.lowerBound, line.range.upperBound)
      while next < applied.count, applied[next].range.upperBound <= start,
        applied[next].range != start..<start
      {
        shift += growth(applied[next])
        next += 1
      }
      let emendedStart = start + shift
      while next < applied.count,
        applied[next].range.lowerBound < end || applied[next].range == end..<end
      {
        shift += growth(applied[next])
        next += 1
      }
      lines.append(emendedStart..<max(emendedStart, end + shift))
    }
    self.lines = lines
  }

  /// The emendations by their places; those of one place keep their order.
  private static func inOrder(_ emendations: [Emendation]) -> [Emendation] {
    func comesBefore(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
      (a.lowerBound, a.upperBound) < (b.lowerBound, b.upperBound)
    }
    let areInOrder = zip(emendations, emendations.dropFirst()).allSatisfy { !comesBefore($1.range, $0.range) }
    // Swift's sort is stable in fact but not by contract.
    return areInOrder
      ? emendations
      : emendations.enumerated().sorted {
        comesBefore($0.element.range, $1.element.range)
          || $0.element.range == $1.element.range && $0.offset < $1.offset
      }.map(\.element)
  }

  /// The bytes of one emended line, without its line end.
  public func line(_ index: Int) -> ArraySlice<UInt8> { text[lines[index]] }
}
