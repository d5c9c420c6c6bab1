import ArgumentParser

/// `emend`: arguments in, one call, results out.
@main
struct Emend: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emend",
    abstract: "Repairs scanned scholarly text, finds its structure, reads its citations and tags its passages.",
    version: "0.1.0",
    subcommands: [Clean.self])
}
