import ArgumentParser
import EmendCitation
import EmendCorpus
import EmendLexicons

/// `emend train finder DATA… -o MODEL`.
struct TrainFinder: ParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "finder",
    abstract: "Trains the finder of reference lists on labelled lines.",
    discussion: """
      DATA are JSON Lines of {"id", "lines", "labels"} (labels title, text, ref, meta, blank), and gold \
      references to make synthetic lists of. Needs references/model.crf.
      """)

  @Argument(help: "Labelled documents and gold references.") var data: [String]
  @Option(name: .shortAndLong, help: "Where the model goes.") var output: String?
  @Option(help: "Passes over the data.") var passes = 12
  @Option(help: "Seed of all random choices.") var seed: UInt64 = 5
  @Option(help: "Number of synthetic documents.") var synthetic = 640
  @Option(help: "Cross-validate in this many parts instead.") var folds: Int?
  @Option(
    help: "Write the entries that the tests missed, and those given in their place, here, tab-separated.")
  var faults: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    let folder = try common.lexiconFolder()
    let (model, faultList) = try TrainingOutput.open(output, faults, besides: data)
    let training = try FinderTraining(lexicons: folder)
    var documents: [LabelledLines] = []
    var references: [String] = []
    for path in data {
      let labelled = try LabelledLines.read(path: path)
      if labelled.isEmpty {
        references += try GoldReader.read(path: path).map { String(decoding: $0.raw, as: UTF8.self) }
          .filter { (40..<500).contains($0.utf8.count) }
      } else {
        documents += labelled
      }
    }
    var options = FinderTraining.Options()
    (options.passes, options.seed, options.synthetic) = (passes, seed, synthetic)
    func train(_ documents: [LabelledLines]) -> [UInt8] {
      training.train(documents, references: references, options: options) { line in
        if !common.quiet { Log.line(line) }
      }
    }
    if let folds, folds > 1 {
      var total = FinderScore()
      for fold in 0..<folds {
        let tested = documents.enumerated().filter { $0.offset % folds == fold }.map(\.element)
        let trained = documents.enumerated().filter { $0.offset % folds != fold }.map(\.element)
        let score = try training.score(train(trained), on: tested)
        total = total + score
        for document in score.byDocument {
          print(
            "\(document.id)\t\(document.wanted) entries, \(document.given) given, \(document.right) exactly right"
          )
        }
      }
      if let faultList {
        let faults = total.faults.sorted {
          ($0.id, $0.first, $1.isMissed ? 1 : 0) < ($1.id, $1.first, $0.isMissed ? 1 : 0)
        }
        let rows = faults.map {
          ([$0.id, $0.isMissed ? "missed" : "given"] + $0.lines).joined(separator: "\t") + "\n"
        }
        try faultList.write(rows.joined())
        try faultList.commit()
      }
      func rounded(_ share: Double) -> Double { (share * 10_000).rounded() / 10_000 }
      print("lines F1\t\(rounded(total.lines.f1))\t\(total.lines)")
      print("entries F1\t\(rounded(total.entries.f1))\t\(total.entries)")
    }
    if let model {
      try model.write(train(documents))
      try model.commit()
    }
  }
}
