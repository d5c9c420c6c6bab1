import ArgumentParser

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains the models on labelled data.",
    subcommands: [TrainReferences.self, TrainFinder.self, TrainHeadings.self])
}
