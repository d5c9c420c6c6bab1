import EmendModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Line ends of any make, read as line feeds.
enum LineEnds {
  /// CR LF always ends a line. A carriage return alone does so only where such outnumber the line feeds: in
  /// other files it may be a ligature of the damaged font. The same holds for U+0085, which may be an
  /// ellipsis decoded wrongly. U+2028 and U+2029 are nothing else than line ends.
  static func normalised(_ decoded: DecodedText) -> DecodedText {
    let text = decoded.text
    let hasReturns = text.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memchr($0, 0x0D, bytes.count) != nil } ?? false
    }
    let survey = hasReturns ? nil : decoded.survey ?? UTF8Survey(text)
    if let survey, survey.nextLines == 0, survey.separators == 0 { return decoded }
    var (feeds, pairs, returns, nextLines) = (0, 0, 0, 0)
    for at in text.indices {
      switch text[at] {
      case 0x0A: feeds += 1
      case 0x0D: if at + 1 < text.count, text[at + 1] == 0x0A { pairs += 1 } else { returns += 1 }
      case 0x85 where at > 0 && text[at - 1] == 0xC2: nextLines += 1
      default: break
      }
    }
    let (returnEnds, nextLineEnds) = (returns > feeds, nextLines > feeds && nextLines > returns)
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var builder = OffsetMap.Builder()
    var (at, kept) = (0, 0)
    func end(_ length: Int) {
      out.append(contentsOf: text[kept..<at])
      out.append(0x0A)
      builder.copy(kept..<at)
      builder.replace(at..<(at + length), by: 1)
      at += length
      kept = at
    }
    while at < text.count {
      switch text[at] {
      case 0x0D where at + 1 < text.count && text[at + 1] == 0x0A: end(2)
      case 0x0D where returnEnds: end(1)
      case 0xC2 where nextLineEnds && at + 1 < text.count && text[at + 1] == 0x85: end(2)
      case 0xE2
      where at + 2 < text.count && text[at + 1] == 0x80 && (text[at + 2] == 0xA8 || text[at + 2] == 0xA9):
        end(3)
      default: at += 1
      }
    }
    if kept == 0 { return decoded }
    out.append(contentsOf: text[kept...])
    builder.copy(kept..<text.count)
    var result = decoded
    result.text = out
    result.survey = nil
    result.origin = decoded.origin.map { OffsetMap.composed($0, builder.map) } ?? builder.map
    return result
  }
}
