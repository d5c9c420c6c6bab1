import ArgumentParser
import EmendModel

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
    var command: any ParsableCommand
    do { command = try Emend.parseAsRoot() } catch { Usage.exit(error) }
    do {
      if let configured = command as? any Configured { _ = try configured.common.configuration() }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      try Output.standard.flush()
    } catch {
      try? Output.standard.flush()
      // Help and usage are errors of the parser's own, with exit codes of their own.
      if Emend.exitCode(for: error) != .failure { Emend.exit(withError: error) }
      Failure(error).report()
    }
  }
}
