import ArgumentParser
import EmendCheck
import EmendModel
import EmendPipeline

/// How far two annotators agree.
struct TableAgreement: ParsableCommand, Configured {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Shows how far two annotators agree on the labels of the same sentences.",
    discussion: """
      Either file is JSON lines, one sentence each, as `emend tag` writes them or in the form of the gold; sentences \
      are paired by line and first words, or by their id where one of the files has no text. Precision, recall and F1 are those of the second annotator by the first; kappa is \
      Cohen's. What either calls doubtful in a sentence is left out there.

      Example:
        emend table agreement anna.jsonl ben.jsonl --to csv
      """)

  @Argument(help: "The labels of the first annotator.") var first: String
  @Argument(help: "The labels of the second annotator.") var second: String
  @Option(help: "text, csv or json.") var to: Format = .text
  @Flag(help: "Also print the sentences on which they differ.") var faults = false
  @OptionGroup var common: QueryOptions

  func run() throws {
    let agreement = TagAgreement(try annotations(first), try annotations(second))
    if agreement.sentences == 0 {
      throw Failure(.badData, "\(first) and \(second) have no sentence in common")
    }
    if agreement.unpaired > 0 {
      let verb = agreement.unpaired == 1 ? "stands" : "stand"
      common.log(
        .warning, "\(counted(agreement.unpaired, "sentence")) \(verb) in one of the files only")
    }
    switch to {
    case .text: try Output.standard.write(agreement.text(faults: faults))
    case .csv: try Output.standard.write(agreement.csv)
    case .json: try Output.standard.write(agreement.json())
    }
  }

  private func annotations(_ path: String) throws -> [TagAgreement.Sentence] {
    let bytes = try InputFile.bytes(path)
    do { return try TagAgreement.sentences(jsonl: bytes) } catch let error as TagAgreement.BadLine {
      throw Failure(.badData, "\(path):\(error.line): no sentence with its labels")
    }
  }
}
