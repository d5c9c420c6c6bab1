import ArgumentParser
import EmendCheck
import EmendCitation
import EmendCorpus
import EmendLexicons

/// `emend train references DATA… -o MODEL`.
struct TrainReferences: ParsableCommand, Configured {
  static let configuration = CommandConfiguration(
    commandName: "references",
    abstract: "Trains the reference parser on gold references.",
    discussion: """
      DATA are JSON Lines of {"raw", "fields": [{"label", "text"}…]} or lines with the fields between tags; \
      the file's name is the name of the set (see references/sources.tsv). The same data and seed give the \
      same model, byte for byte.
      """)

  @Argument(help: "Training sets.") var data: [String]
  @Option(name: .shortAndLong, help: "Where the model goes.") var output: String?
  @Option(help: "Passes over the data.") var passes = 7
  @Option(help: "Seed of all random choices.") var seed: UInt64 = 1
  @Option(help: "Trainings with other random choices whose mean the model is.") var runs = 1
  @Option(help: "Number of synthetic references.") var synthetic = 30_000
  @Option(
    help: """
      Cross-validate by source instead of writing a model: groups of set names divided by ';', names within a \
      group by ','; each group is tested by a model that was not trained on it.
      """)
  var folds: String?
  @Flag(help: "Also train without the held-out tenth of each set and score it.") var tenth = false
  @Option(help: "Write the faults of the tests here, tab-separated.") var faults: String?
  @Option(help: "Print this many synthetic references as tagged lines and stop.") var show: Int?
  @OptionGroup var common: CommonOptions

  func run() throws {
    let folder = try common.lexiconFolder()
    let training = try ReferenceTraining(lexicons: folder)
    let (modelFile, faultList) = try TrainingOutput.open(output, faults, besides: data)
    let references = try data.flatMap { path in
      try GoldReader.read(path: path) { if !common.quiet { Log.line($0) } }
    }
    var options = ReferenceTraining.Options()
    (options.passes, options.seed, options.synthetic) = (passes, seed, synthetic)
    options.runs = runs
    if let show {
      for reference in try training.synthetic(show, from: references, seed: seed) {
        print(
          TaggedLine.write(
            String(decoding: reference.raw, as: UTF8.self),
            fields: reference.fields.map { ($0.label, $0.range) }))
      }
      return
    }
    var faultLines = ""
    if let folds {
      var checks: [ReferenceCheck] = []
      for group in folds.split(separator: ";") {
        let names = group.split(separator: ",").map(String.init)
        func isTested(_ reference: GoldReference) -> Bool {
          names.contains { reference.source.hasPrefix($0) }
        }
        let model = try train(
          training, training.selected(references.filter { !isTested($0) }, withHeldOut: true), options)
        let tested = Dictionary(grouping: references.filter(isTested), by: \.source)
        for source in tested.keys.sorted() {
          let sample = testSample(tested[source] ?? []).map(training.harmonised)
          if sample.isEmpty { continue }
          let check = try score(sample, model)
          print("\(source)\t\(sample.count)\t\(check.summary)")
          faultLines += lines(check)
          checks.append(check)
        }
      }
      let f1 = checks.map(\.total.f1).reduce(0, +) / Double(max(1, checks.count))
      let whole = checks.map(\.wholeShare).reduce(0, +) / Double(max(1, checks.count))
      print(
        "mean by source\t\(checks.count)\t\(ReferenceCheck.percent(f1)) / \(ReferenceCheck.percent(whole))")
    }
    if tenth {
      let model = try train(training, training.selected(references, withHeldOut: false), options)
      let held = Dictionary(
        grouping: training.selected(references, withHeldOut: true).filter(\.isHeldOut), by: \.source)
      for source in held.keys.sorted() {
        let check = try score((held[source] ?? []).map(training.harmonised), model)
        print("held-out tenth of \(source)\t\(check.references)\t\(check.summary)")
        faultLines += lines(check)
      }
    }
    if let modelFile {
      try modelFile.write(train(training, training.selected(references, withHeldOut: true), options))
      try modelFile.commit()
    }
    try faultList?.write(faultLines)
    try faultList?.commit()
  }

  private func train(
    _ training: ReferenceTraining, _ references: [GoldReference], _ options: ReferenceTraining.Options
  ) throws -> [UInt8] {
    try training.train(references, options: options) { line in
      if !common.quiet { Log.line(line) }
    }
  }

  /// Titled references in English, at most 500 (of a set without any: all languages).
  private func testSample(_ references: [GoldReference]) -> [GoldReference] {
    var sample = references.filter { $0.language == "en" }
    if sample.isEmpty { sample = references }
    sample = sample.filter {
      $0.raw.count < 700 && ($0.fields.contains { $0.label == "title" } || sample.count < 300)
    }
    return Array(sample.sorted { ($0.order, $0.id) < ($1.order, $1.id) }.prefix(500))
  }

  private func score(_ gold: [GoldReference], _ image: [UInt8]) throws -> ReferenceCheck {
    let parser = try ReferenceParser(image: image)
    let labels = ReferenceCheck.labels(of: gold)
    var check = ReferenceCheck()
    var workspace = ReferenceParser.Workspace()
    for reference in gold {
      let fields = parser.labelledFields(String(decoding: reference.raw, as: UTF8.self), &workspace)
      check.add(reference, fields: fields.map { ($0.label.name, $0.text) }, labels: labels)
    }
    return check
  }

  private func lines(_ check: ReferenceCheck) -> String {
    check.faults.map { "\($0.id)\t\($0.label)\t\($0.expected)\t\($0.given)\t\($0.raw)\n" }.joined()
  }
}
