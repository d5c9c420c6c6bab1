/// What a reference cannot be without: fields that the chain, which sees two words at a time, may overlook.
///
/// A volume without a journal is such a case: somewhere in the title the name of the journal begins. The path is
/// decoded again with the missing field in it, and taken if it is not much less likely.
enum FieldConstraints {
  /// A field that must be there, and how much less likely (in logarithms) a path with it may be.
  struct Requirement {
    var label: FieldLabel
    var margin: Float
  }

  // Margins set on folds by source (see Lexicons/references/README.md).
  static let containerMargin: Float = 4
  static let titleMargin: Float = 3

  /// What the decoded runs lack; nil when they make a reference as it should be.
  static func missing(_ runs: [FieldRun]) -> Requirement? {
    var labels: Set<FieldLabel> = []
    for run in runs { if let label = run.label { labels.insert(label) } }
    let isPrinted = labels.contains(.publisher) || labels.contains(.location)
    let isSerial =
      (labels.contains(.volume) || labels.contains(.issue)) && labels.contains(.pages) && !isPrinted
    if isSerial, labels.contains(.title), !labels.contains(.containerTitle),
      !labels.contains(.collectionTitle)
    {
      return Requirement(label: .containerTitle, margin: containerMargin)
    }
    if !labels.contains(.title), !labels.contains(.containerTitle), isPrinted, labels.contains(.author) {
      return Requirement(label: .title, margin: titleMargin)
    }
    return nil
  }
}
