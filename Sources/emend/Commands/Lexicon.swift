import ArgumentParser
import EmendCorpus
import EmendLexicons
import EmendModel
import EmendPipeline
import EmendTagging

/// `emend lexicon`: the knowledge behind the tags, checked, grown and exchanged.
struct Lexicon: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lexicon",
    abstract: "Checks, grows and exchanges the tagging lexicon.",
    discussion: """
      Examples:
        emend lexicon lint --lexicons my-words
        emend lexicon suggest mechanism/coercion scans/
        emend lexicon import --from liwc topics.dic > my-words/tags/topics.yaml
      """,
    subcommands: [Lint.self, Suggest.self, Import.self, Export.self])

  struct Lint: ParsableCommand, Configured {
    static let configuration = CommandConfiguration(
      commandName: "lint",
      abstract: "Checks the lexicon and runs its examples.",
      discussion: """
        Prints one fault a line, file:line: error or warning: what. Errors (syntax, unknown classes, examples that \
        fail) end with exit code 65; warnings (double, unused, hidden or colliding entries) do not.
        """)

    @Flag(help: "Errors only.") var errors = false
    @OptionGroup var common: CommonOptions

    func run() throws {
      let findings = LexiconLint.check(try common.lexiconFolder()).filter { !errors || $0.severity == .error }
      for finding in findings { try Output.standard.write(finding.description + "\n") }
      try Output.standard.flush()
      let count = findings.count { $0.severity == .error }
      if count > 0 { throw Failure(.badData, "\(counted(count, "error")) in the lexicon") }
    }
  }

  struct Suggest: AsyncParsableCommand, Configured {
    static let configuration = CommandConfiguration(
      commandName: "suggest",
      abstract: "Lists terms that go with a label and that no entry covers yet.",
      discussion: """
        Terms by log-likelihood (G²) in the sentences that bear the label against all others, with counts and, with \
        --contexts, sentences that hold them.

        Example:
          emend lexicon suggest mechanism/coercion chapters/
        """)

    @Argument(help: "A label path.") var label: String
    @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []
    @Option(help: "How many terms.") var count = 40
    @Flag(help: "Show sentences.") var contexts = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let emender = try common.emender()
      try check(label, Codebook(emender.tagger.definitions).labels)
      var suggestions = TermSuggestions(label: label)
      try await Documents.each(inputs, common) { scan, threads in
        emender.edition(of: scan, threads: threads)
      } take: { edition in
        suggestions.add(edition.document, edition.tags)
      }
      try Output.standard.write("term\twith\twithout\tG2\n")
      for suggestion in suggestions.strongest(count) {
        let strength = Double(Int((suggestion.strength * 10).rounded())) / 10
        try Output.standard.write(
          "\(suggestion.term)\t\(suggestion.inside)\t\(suggestion.outside)\t\(strength)\n")
        guard contexts else { continue }
        for context in suggestion.contexts { try Output.standard.write("    \(context)\n") }
      }
    }

    /// Throws exit code 64 for a label that the lexicon does not have, with the one that may be meant.
    private func check(_ label: String, _ labels: [String]) throws {
      if labels.contains(label) { return }
      let near = labels.first { $0.hasSuffix("/" + label) } ?? EditDistance.nearest(to: label, in: labels)
      let top = labels.filter { !$0.contains("/") }.joined(separator: ", ")
      throw Failure(
        .usage,
        "there is no label \"\(label)\"; "
          + (near.map { "did you mean \"\($0)\"?" } ?? "labels begin with \(top)"))
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Turns a dictionary of another tool into a lexicon file.",
      discussion: """
        Formats: quanteda (YAML), liwc (.dic), wordstat (.cat), lexicoder (.lcd), spacy (patterns, JSON lines). The \
        lexicon file goes to standard output; put it into the tags/ folder of your own lexicons.

        Example:
          emend lexicon import --from liwc --under theory moral.dic > my-lexicons/tags/moral.yaml
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
      case quanteda, liwc, wordstat, lexicoder, spacy
    }

    @Option(help: "The format of the file.") var from: Format
    @Option(help: "The label path under which the categories are put.") var under = ""
    @Argument(help: "The dictionary file.") var file: String

    func run() throws {
      let bytes = try InputFile.bytes(file)
      guard let format = PatternDictionary.Format(rawValue: from.rawValue) else { return }
      do {
        let dictionary = try PatternDictionary.read(String(decoding: bytes, as: UTF8.self), as: format)
        try Output.standard.write(dictionary.lexicon(under: under))
      } catch let error as DictionaryError {
        throw Failure(.badData, "\(file): \(error)")
      }
    }
  }

  struct Export: ParsableCommand, Configured {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Writes the lexicon for another tool.",
      discussion: """
        quanteda (YAML) or spacy (patterns, JSON lines). These know no gaps and classes: entries that need them are \
        left out, and counted on standard error.
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case quanteda, spacy }

    @Option(help: "The format: quanteda or spacy.") var to: Format
    @OptionGroup var common: CommonOptions

    func run() throws {
      guard let format = LexiconExport.Format(rawValue: to.rawValue) else { return }
      let result = try LexiconExport.write(try common.lexiconFolder(), as: format)
      try Output.standard.write(result.text)
      if result.leftOut > 0 {
        common.log(.info, "\(counted(result.leftOut, "entry", "entries")) left out: gaps or classes")
      }
    }
  }
}
