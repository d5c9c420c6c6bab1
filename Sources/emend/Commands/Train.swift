import ArgumentParser

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains the reference model.", subcommands: [TrainHeadings.self])
}
