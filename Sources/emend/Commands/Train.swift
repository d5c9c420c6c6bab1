import ArgumentParser

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains the models on labelled data.",
    discussion: """
      Examples:
        emend train references corrected.txt -o my-words/references/model.crf
        emend train references corrected.txt --tenth -o model.crf
      """,
    subcommands: [TrainReferences.self, TrainFinder.self, TrainHeadings.self])
}
