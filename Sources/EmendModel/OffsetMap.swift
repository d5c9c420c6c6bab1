/// A map between the offsets of two texts that share most of their bytes: the source and what was
/// read from it, the witness and its emended form, the witness and the reading text.
///
/// The map is a list of segments. A `copied` segment maps byte for byte; any other one maps a whole
/// range to a whole range (a replacement, an insertion when the source side is empty, a deletion when
/// the target side is empty). Segments stand in the order of the target and never overlap there;
/// source ranges never overlap either, but need not be in order (a note may be moved).
///
/// ```swift
/// // source "signiAcant", target "significant"
/// var builder = OffsetMap.Builder()
/// builder.copy(0..<5)              // "signi"
/// builder.replace(5..<6, by: 2)    // "A" → "fi"
/// builder.copy(6..<10)             // "cant"
/// let map = builder.map
/// map.target(ofSource: 6)   // 7
/// map.source(ofTarget: 7)   // 6
/// ```
///
/// All offsets are UTF-8 bytes; ranges are half-open. No text of a map may reach 4 GB.
public struct OffsetMap: Sendable, Equatable {
  /// One stretch of text on both sides.
  ///
  /// The offsets are kept in half the room of integers: a damaged book has hundreds of thousands of segments, in
  /// several maps at a time.
  public struct Segment: Sendable, Equatable {
    private var sourceStart: UInt32
    private var sourceEnd: UInt32
    private var targetStart: UInt32
    private var targetEnd: UInt32
    /// Whether the bytes are the same on both sides.
    public var copied: Bool

    public var source: Range<Int> {
      get { Int(sourceStart)..<Int(sourceEnd) }
      set { (sourceStart, sourceEnd) = (UInt32(newValue.lowerBound), UInt32(newValue.upperBound)) }
    }
    public var target: Range<Int> {
      get { Int(targetStart)..<Int(targetEnd) }
      set { (targetStart, targetEnd) = (UInt32(newValue.lowerBound), UInt32(newValue.upperBound)) }
    }

    public init(source: Range<Int>, target: Range<Int>, copied: Bool) {
      (sourceStart, sourceEnd) = (UInt32(source.lowerBound), UInt32(source.upperBound))
      (targetStart, targetEnd) = (UInt32(target.lowerBound), UInt32(target.upperBound))
      self.copied = copied
    }
  }

  /// The segments in the order of the target.
  public let segments: [Segment]
  /// Indices into `segments` in the order of the source; empty when both orders are the same.
  let sourceOrder: [Int32]

  public init(segments: [Segment]) {
    self.segments = segments
    var inOrder = true
    for index in segments.indices.dropFirst()
    where segments[index].source.lowerBound < segments[index - 1].source.upperBound {
      inOrder = false
      break
    }
    sourceOrder =
      inOrder
      ? []
      : segments.indices.sorted {
        let (a, b) = (segments[$0].source, segments[$1].source)
        return (a.lowerBound, a.upperBound, $0) < (b.lowerBound, b.upperBound, $1)
      }.map(Int32.init)
  }

  /// The map of a text onto itself.
  public static func identity(length: Int) -> OffsetMap {
    OffsetMap(
      segments: length == 0 ? [] : [Segment(source: 0..<length, target: 0..<length, copied: true)])
  }

  /// Whether every byte is copied to its own place.
  private var isIdentity: Bool {
    segments.count == 1 && segments[0].copied && segments[0].source.lowerBound == 0
      && segments[0].target.lowerBound == 0
  }

  /// The target offset that stands for a source offset. Inside a replacement this is the start of the
  /// replacement; in source text that is absent from the target it is the place where it was left out.
  public func target(ofSource offset: Int) -> Int {
    let count = segments.count
    if count == 0 { return 0 }
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if bySource(middle).source.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    if low == 0 { return bySource(0).target.lowerBound }
    let segment = bySource(low - 1)
    if offset >= segment.source.upperBound { return segment.target.upperBound }
    return segment.copied
      ? segment.target.lowerBound + offset - segment.source.lowerBound : segment.target.lowerBound
  }

  /// The source offset that stands for a target offset. Inside a replacement this is the start of what
  /// was replaced.
  public func source(ofTarget offset: Int) -> Int {
    source(ofTarget: offset, at: segmentIndex(atTarget: offset))
  }

  /// The same, looked for near the segment that was found before, which is then the one found.
  func source(ofTarget offset: Int, near last: inout Int) -> Int {
    let index = segments.indices.nearest(to: last, { segments[$0].target.lowerBound <= offset })
    last = index ?? segmentIndex(atTarget: offset) ?? 0
    return source(ofTarget: offset, at: segments.isEmpty ? nil : last)
  }

  private func source(ofTarget offset: Int, at index: Int?) -> Int {
    guard let index else { return segments.last?.source.upperBound ?? 0 }
    let segment = segments[index]
    if offset >= segment.target.upperBound { return segment.source.upperBound }
    return segment.copied
      ? segment.source.lowerBound + offset - segment.target.lowerBound : segment.source.lowerBound
  }

  /// The source range that a target range was made from: from the source of its first byte to the end
  /// of the source of its last one.
  public func source(ofTarget range: Range<Int>) -> Range<Int> {
    let start = source(ofTarget: range.lowerBound)
    if range.isEmpty { return start..<start }
    guard let index = segmentIndex(atTarget: range.upperBound - 1) else { return start..<start }
    let last = segments[index]
    let end =
      last.copied
      ? last.source.lowerBound + min(range.upperBound, last.target.upperBound)
        - last.target.lowerBound : last.source.upperBound
    return min(start, end)..<max(start, end)
  }

  /// The target range made from a source range.
  public func target(ofSource range: Range<Int>) -> Range<Int> {
    let start = target(ofSource: range.lowerBound)
    if range.isEmpty { return start..<start }
    let last = target(ofSource: range.upperBound - 1)
    let end = max(last, target(ofSource: range.upperBound))
    return min(start, end)..<max(start, end)
  }

  /// The map from `first`'s source to `second`'s target, where `first`'s target is `second`'s source.
  /// A stretch that either map replaces is replaced as a whole.
  public static func composed(_ first: OffsetMap, _ second: OffsetMap) -> OffsetMap {
    if first.isIdentity { return second }
    var result: [Segment] = []
    result.reserveCapacity(first.segments.count + second.segments.count)
    for outer in second.segments {
      guard outer.copied else {
        result.append(
          Segment(source: first.source(ofTarget: outer.source), target: outer.target, copied: false))
        continue
      }
      var at = outer.source.lowerBound
      let shift = outer.target.lowerBound - outer.source.lowerBound
      guard var index = first.segmentIndex(atTarget: at) else { continue }
      while at < outer.source.upperBound, index < first.segments.count {
        let inner = first.segments[index]
        let end = min(inner.target.upperBound, outer.source.upperBound)
        if inner.target.isEmpty {
          result.append(
            Segment(source: inner.source, target: (at + shift)..<(at + shift), copied: false))
        } else if inner.copied {
          let from = inner.source.lowerBound + at - inner.target.lowerBound
          result.append(
            Segment(source: from..<(from + end - at), target: (at + shift)..<(end + shift), copied: true))
        } else if at == inner.target.lowerBound {
          result.append(Segment(source: inner.source, target: (at + shift)..<(end + shift), copied: false))
        } else {
          let none = inner.source.upperBound..<inner.source.upperBound
          result.append(Segment(source: none, target: (at + shift)..<(end + shift), copied: false))
        }
        at = end
        index += 1
      }
    }
    return OffsetMap(segments: result)
  }

  private func bySource(_ rank: Int) -> Segment {
    sourceOrder.isEmpty ? segments[rank] : segments[Int(sourceOrder[rank])]
  }

  /// The last segment that starts at or before a target offset; of an empty one and a filled one at the
  /// same place, the filled one.
  private func segmentIndex(atTarget offset: Int) -> Int? {
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].target.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? (segments.isEmpty ? nil : 0) : low - 1
  }
}

extension Range where Bound == Int {
  /// The last place for which a condition holds, where it holds up to that place and no further: looked for from a place
  /// on for a few steps; nil when it is not among them.
  func nearest(to start: Int, _ holds: (Int) -> Bool) -> Int? {
    guard contains(start), holds(start) else { return nil }
    for place in start..<Swift.min(start + 8, upperBound) where place + 1 == upperBound || !holds(place + 1) {
      return place
    }
    return nil
  }
}

extension OffsetMap {
  /// Collects segments from left to right of the target.
  public struct Builder {
    public private(set) var segments: [Segment] = []
    /// The length of the target so far, in bytes.
    public private(set) var targetLength = 0

    /// - Parameter capacity: how many segments are expected.
    public init(capacity: Int = 0) { segments.reserveCapacity(capacity) }

    /// Takes a stretch of the source over unchanged.
    public mutating func copy(_ source: Range<Int>) {
      if source.isEmpty { return }
      let target = targetLength..<(targetLength + source.count)
      targetLength = target.upperBound
      if let last = segments.last, last.copied, last.source.upperBound == source.lowerBound,
        last.target.upperBound == target.lowerBound
      {
        segments[segments.count - 1].source = last.source.lowerBound..<source.upperBound
        segments[segments.count - 1].target = last.target.lowerBound..<target.upperBound
      } else {
        segments.append(Segment(source: source, target: target, copied: true))
      }
    }

    /// Puts `count` new bytes in the place of a stretch of the source, which may be empty.
    public mutating func replace(_ source: Range<Int>, by count: Int) {
      if source.isEmpty && count == 0 { return }
      segments.append(
        Segment(source: source, target: targetLength..<(targetLength + count), copied: false))
      targetLength += count
    }

    public var map: OffsetMap { OffsetMap(segments: segments) }
  }
}
