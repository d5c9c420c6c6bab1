import ArgumentParser
import EmendCorpus
import EmendLexicons
import EmendModel
import EmendReading

/// `emend`: arguments in, one call, results out.
struct Emend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emend",
    abstract:
      "Repairs scanned scholarly text, finds its structure, reads its citations and tags its passages.",
    discussion: """
      Every command reads files or folders, or standard input when none (or -) is given. Data go to standard \
      output, everything else to standard error.

      Examples:
        emend build scans/ -o corpus        the main job: a folder of scans becomes a corpus
        emend clean chapter.txt             the repaired reading text
        emend diff chapter.txt              what was changed, and on what evidence
        emend kwic corpus coercion          a concordance with page numbers

      Exit codes: 0 ok; 1 some documents failed; 64 usage; 65 bad configuration or lexicon; 66 input not found \
      or unreadable; 70 internal error; 73 output not writable; 74 read or write error; 130 interrupted.
      """,
    version: Version.current,
    groupedSubcommands: [
      CommandGroup(name: "Main job", subcommands: [Build.self, Init.self, Config.self]),
      CommandGroup(
        name: "One stage of it",
        subcommands: [
          Clean.self, Diff.self, Outline.self, Cite.self, References.self, Parse.self, Tag.self,
        ]),
      CommandGroup(name: "A built corpus", subcommands: [Kwic.self, Table.self, Export.self]),
      CommandGroup(name: "Pipes", subcommands: [Stream.self]),
      CommandGroup(name: "Knowledge and quality", subcommands: [Check.self, Lexicon.self, Train.self]),
      CommandGroup(name: "Help", subcommands: [Explain.self, Manual.self]),
    ])
}

@main
enum Main {
  static func main() async {
    LargeArrays.areGivenBackAtOnce()
    do {
      var command = try Emend.parseAsRoot()
      if var command = command as? AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      try Output.standard.flush()
    } catch let failure as Failure {
      try? Output.standard.flush()
      failure.report()
    } catch let error as LexiconError {
      Failure(.badData, error.description).report()
    } catch let error as ReadingError {
      Failure(.noInput, error.description).report()
    } catch let error as CorpusError {
      switch error {
      case .notFound, .unfinished, .unreadable: Failure(.noInput, error.description).report()
      case .notWritable: Failure(.cannotCreate, error.description).report()
      case .badRequest: Failure(.usage, error.description).report()
      }
    } catch {
      Emend.exit(withError: error)
    }
  }
}
