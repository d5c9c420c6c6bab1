import EmendLexicons
import EmendModel

/// Parses one reference string into its fields.
///
/// ```swift
/// let parser = try ReferenceParser(lexicons: .locate())
/// let reference = parser.parse("Weber, M. (1922). Economy and Society. Tübingen: Mohr.")
/// reference.first(.title)   // "Economy and Society"
/// reference.authors         // [PersonName(family: "Weber", given: "M.")]
/// ```
///
/// The method is a linear-chain conditional random field over words, with the signs between words as
/// features (`ReferenceFeatures`), trained by `emend train references`.
public struct ReferenceParser: Sendable {
  let model: LinearChainModel
  let gazetteers: Gazetteers
  /// The words by which corporate authors are known.
  let bodies: BodyWords

  /// Maps `references/model.crf` and reads `references/bodies.tsv`. Throws `ModelError` for a model that is missing or of
  /// another version, `LexiconError` for a list that cannot be read.
  public init(lexicons: LexiconFolder) throws {
    let path = lexicons.path("references/model.crf")
    try self.init(LinearChainModel(path: path), name: path, bodies: BodyWords(lexicons: lexicons))
  }

  /// Maps a model of one's own.
  public init(modelPath: String) throws {
    try self.init(LinearChainModel(path: modelPath), name: modelPath, bodies: .standard)
  }

  /// Uses a model that has just been trained.
  public init(image: [UInt8]) throws {
    try self.init(
      LinearChainModel(MappedFile(copying: image), name: "the new model"), name: "the new model",
      bodies: .standard)
  }

  private init(_ model: LinearChainModel, name: String, bodies: BodyWords) throws {
    guard let gazetteers = model.gazetteers, model.states == FieldState.count else {
      throw ModelError.notAModel(name)
    }
    self.model = model
    self.gazetteers = gazetteers
    self.bodies = bodies
  }

  /// Buffers that parsing uses; keep one for a list of references and nothing is allocated twice.
  public struct Workspace {
    var tokens = ReferenceTokens()
    var features = ReferenceFeatures()
    var decoder = ChainDecoder()
    public init() {}
  }

  /// Parses a reference. Field ranges are UTF-8 bytes of `raw`; probabilities are 0 to 1.
  public func parse(_ raw: String) -> Reference {
    var workspace = Workspace()
    return parse(raw, &workspace)
  }

  /// Parses a reference with buffers kept from the last one.
  public func parse(_ raw: String, _ workspace: inout Workspace) -> Reference {
    let bytes = Array(raw.utf8)
    let runs = runs(bytes, &workspace)
    workspace.decoder.weigh(model)
    return ReferenceBuilder(raw: raw, bytes: bytes, parser: self).build(runs, workspace)
  }

  /// The fields of a reference under the finer labels that the chain tells apart: a pinpoint is
  /// `citedRange` here and `note` in a `Reference`. For scoring against sets that tell them apart too.
  public func labelledFields(_ raw: String, _ workspace: inout Workspace) -> [(
    label: FieldLabel, text: String
  )] {
    let bytes = Array(raw.utf8)
    let runs = runs(bytes, &workspace)
    let builder = ReferenceBuilder(raw: raw, bytes: bytes, parser: self)
    return runs.compactMap { run in
      run.label.map { ($0, String(decoding: bytes[builder.slice(run, workspace.tokens)], as: UTF8.self)) }
    }
  }

  /// The labelled runs of words of a reference; `workspace.tokens` holds the words.
  func runs(_ bytes: [UInt8], _ workspace: inout Workspace) -> [FieldRun] {
    bytes.withUnsafeBufferPointer { workspace.tokens.read($0) }
    workspace.tokens.mend(gazetteers)
    workspace.decoder.scorer.begin(model)
    workspace.features.extract(workspace.tokens, gazetteers, into: &workspace.decoder.scorer)
    workspace.decoder.scorer.end()
    workspace.decoder.decode(model)
    if let missing = FieldConstraints.missing(FieldRules.runs(workspace.decoder.path)) {
      _ = workspace.decoder.decode(
        model, entering: FieldState.first(missing.label), margin: missing.margin)
    }
    let found = FieldRules.apply(
      FieldRules.runs(workspace.decoder.path), workspace.tokens, workspace.features.cue)
    let details = FieldDetails.apply(
      found, workspace.tokens, workspace.features.cue, bytes, gazetteers)
    return FieldRules.keepLeftovers(details, workspace.tokens, workspace.features.cue)
  }
}
