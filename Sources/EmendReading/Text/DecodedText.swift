import EmendModel
import EmendText

/// Text as it was decoded from its source: UTF-8, with the way back to the source bytes.
struct DecodedText {
  var text: [UInt8]
  /// Source bytes to `text`; nil when they are the same bytes.
  var origin: OffsetMap?
  var encoding = "UTF-8"
  var confidence = 1.0
  var warnings: [Warning] = []
  /// What is known of `text` already.
  var survey: UTF8Survey?

  /// The source offset of an offset in `text`.
  func source(of offset: Int) -> Int { origin?.source(ofTarget: offset) ?? offset }

  /// The same text with some ranges replaced (in order, without overlap), and the map drawn on.
  func replacing(_ edits: [Edit]) -> DecodedText {
    if edits.isEmpty { return self }
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var builder = OffsetMap.Builder()
    var at = 0
    for edit in edits {
      out.append(contentsOf: text[at..<edit.range.lowerBound])
      builder.copy(at..<edit.range.lowerBound)
      out.append(contentsOf: edit.bytes)
      builder.replace(edit.range, by: edit.bytes.count)
      at = edit.range.upperBound
    }
    out.append(contentsOf: text[at...])
    builder.copy(at..<text.count)
    var result = self
    result.text = out
    result.survey = nil
    result.origin = origin.map { OffsetMap.composed($0, builder.map) } ?? builder.map
    return result
  }

  /// The same text where its source is preceded by `count` bytes that were left out.
  func shifted(by count: Int) -> DecodedText {
    var builder = OffsetMap.Builder()
    builder.replace(0..<count, by: 0)
    for segment in origin?.segments ?? OffsetMap.identity(length: text.count).segments {
      let source = (segment.source.lowerBound + count)..<(segment.source.upperBound + count)
      if segment.copied { builder.copy(source) } else { builder.replace(source, by: segment.target.count) }
    }
    var result = self
    result.origin = builder.map
    for index in result.warnings.indices { result.warnings[index].offset? += count }
    return result
  }

  /// Other bytes in the place of some.
  struct Edit {
    var range: Range<Int>
    var bytes: [UInt8] = []
  }
}
