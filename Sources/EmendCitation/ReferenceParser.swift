import EmendLexicons
import EmendModel

/// Parses one reference string into its fields.
public struct ReferenceParser: Sendable {
  public init(lexicons: LexiconFolder) throws {}

  public func parse(_ raw: String) -> Reference {
    Reference(raw: raw, fields: [])
  }
}
