import ArgumentParser
import EmendPipeline

/// What is said of arguments that cannot be read: the parser's own words, save where it takes the name of a command that
/// there is not for an argument, or proposes an option that looks nothing like the one given.
enum Usage {
  static func exit(_ error: any Error) -> Never {
    let code = Emend.exitCode(for: error)
    guard code == .validationFailure else { Emend.exit(withError: error) }
    if let message = unknownCommand(CommandLine.arguments.dropFirst()) { Failure(.usage, message).report() }
    let text = withoutFarProposals(Emend.fullMessage(for: error))
    Log.write(text.hasSuffix("\n") ? text : text + "\n")
    Emend.exit(withError: code)
  }

  /// "there is no command "claen"; did you mean "clean"?"; nil when the commands are known.
  private static func unknownCommand(_ arguments: ArraySlice<String>) -> String? {
    var command: any ParsableCommand.Type = Emend.self
    for argument in arguments where argument != "help" {
      let commands = command.configuration.subcommands
      if argument.hasPrefix("-") || commands.isEmpty { return nil }
      if let next = commands.first(where: { $0._commandName == argument }) {
        command = next
        continue
      }
      let near = EditDistance.nearest(to: argument, in: commands.map { $0._commandName })
      if let near { return "there is no command \"\(argument)\"; did you mean \"\(near)\"?" }
      // A command with commands below it may take arguments too.
      return command == Emend.self
        ? "there is no command \"\(argument)\"; emend --help lists those that there are" : nil
    }
    return nil
  }

  /// Takes back "Did you mean '--jobs'?" after "Unknown option '--to'".
  private static func withoutFarProposals(_ text: String) -> String {
    let opening = " Did you mean '"
    guard let proposal = text.firstRange(of: opening) else { return text }
    let given = text[..<proposal.lowerBound].split(separator: "'").last { $0.hasPrefix("-") }
    let rest = text[proposal.upperBound...]
    guard let given, let end = rest.firstRange(of: "'?") else { return text }
    let names = [String(given.drop { $0 == "-" }), String(rest[..<end.lowerBound].drop { $0 == "-" })]
    if EditDistance.nearest(to: names[0], in: [names[1]]) != nil { return text }
    return String(text[..<proposal.lowerBound] + rest[end.upperBound...])
  }
}
