import ArgumentParser
import EmendCorpus
import EmendPipeline

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

/// The files that a training writes, opened before the training begins, so that an hour's work is not lost for a folder
/// that cannot be written to. None of them may be one of the data.
enum TrainingOutput {
  static func open(
    _ model: String?, _ faults: String?, besides data: [String]
  ) throws -> (model: OutputFile?, faults: OutputFile?) {
    try InputFiles(data).refuse(files: [model, faults].compactMap(\.self))
    return (try model.map { try OutputFile($0) }, try faults.map { try OutputFile($0) })
  }
}
