import ArgumentParser
import EmendLexicons
import EmendSegmentation
import FoundationEssentials

/// `emend train headings DATA… > Lexicons/structure/heading-weights.tsv`.
struct TrainHeadings: ParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "headings",
    abstract: "Trains the heading model on labelled lines.",
    discussion: """
      DATA are JSON Lines of {"id", "lines", "labels"}, one label a line: title, text, ref, meta or blank. The \
      weights go to standard output; the same data give the same weights, byte for byte.
      """)

  @Argument(help: "Labelled documents.") var data: [String]
  @Option(help: "Cross-validate with this number of folds instead, and print line counts.") var folds: Int?
  @OptionGroup var common: CommonOptions

  private struct Record: Decodable {
    var id: String
    var lines: [String]
    var labels: [String]
  }

  func run() throws {
    // The weights themselves need not be there yet.
    let knowledge = try StructureKnowledge(lexicons: common.lexiconFolder())
    let documents = try data.flatMap { path in
      let lines = try InputFile.bytes(path).split(separator: 0x0A, omittingEmptySubsequences: false)
      return try lines.enumerated().filter { !$1.isEmpty }.map { index, line in
        guard let record = try? JSONDecoder().decode(Record.self, from: Data(line)),
          record.lines.count == record.labels.count
        else { throw Failure(.badData, "\(path):\(index + 1): not a record of id, lines and labels") }
        return LabelledDocument(id: record.id, lines: record.lines, labels: record.labels)
      }
    }
    let trainer = HeadingTrainer(knowledge: knowledge)
    if let folds {
      let (right, wrong, missed) = trainer.crossValidate(documents, folds: folds)
      try Output.standard.write("right \(right)\twrong \(wrong)\tmissed \(missed)\n")
    } else {
      try Output.standard.write(trainer.train(documents))
    }
    try Output.standard.flush()
  }
}
