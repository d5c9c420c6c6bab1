import EmendLexicons
import EmendModel

/// Repair: a scan in, its transcript out.
public struct Repairer: Sendable {
  public init(lexicons: LexiconFolder) throws {}

  public func emend(_ scan: Scan) -> Transcript { Transcript(scan: scan) }
}
