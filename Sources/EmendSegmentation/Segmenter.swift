import EmendLexicons
import EmendModel

/// Segmentation: a transcript in, a structured document out.
public struct Segmenter: Sendable {
  public init(lexicons: LexiconFolder) throws {}

  public func segment(_ transcript: Transcript) -> Document {
    Document(
      transcript: transcript, reading: transcript.text, map: transcript.map,
      blocks: [
        Block(
          kind: .paragraph, range: 0..<transcript.text.count, firstLine: 0,
          lastLine: max(0, transcript.scan.lines.count - 1), page: 0)
      ])
  }
}
