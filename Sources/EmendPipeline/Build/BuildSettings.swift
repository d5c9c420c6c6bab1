import EmendLexicons

/// What shapes a build beside its inputs: two hashes, since a change of the tags' lexicon asks for new tags only.
struct BuildSettings: Sendable {
  let text: String
  let tags: String

  init(lexicons: LexiconFolder, options: [String: String]) {
    text = Settings.digest(lexicons: lexicons, options: options, of: .allButTags)
    tags = Settings.digest(lexicons: lexicons, options: [:], of: .tags)
  }

  var all: String { text + ":" + tags }

  /// Whether two stamps of a document differ in the hash of the tags alone.
  static func differInTagsOnly(_ one: String, _ other: String) -> Bool {
    let (one, other) = (one.split(separator: ":"), other.split(separator: ":"))
    return one.count == 3 && other.count == 3 && one[0] == other[0] && one[1] == other[1]
      && one[2] != other[2]
  }
}
