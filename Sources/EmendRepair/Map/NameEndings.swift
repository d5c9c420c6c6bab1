import EmendLexicons

/// Endings of surnames behind which a ligature is lost: names end in "erhoff", none in "erho". Of
/// `damage/name-endings.tsv`, made from the list of names.
struct NameEndings: Sendable {
  private let lost: [Form: Form]
  private let lengths: [Int]

  init(_ folder: LexiconFolder) throws {
    var lost: [Form: Form] = [:]
    let table = try Table(folder, "damage/name-endings.tsv")
    try table.rows { line, fields in
      guard fields.count >= 2 else {
        throw table.bad(line, "expected an ending and the letters lost behind it")
      }
      lost[Form(fields[0])] = Form(fields[1])
    }
    self.lost = lost
    lengths = Set(lost.keys.map(\.count)).sorted(by: >)
  }

  /// The letters that a form in capital and small letters lost at its end, if its ending tells.
  func lost(behind form: Form) -> Form? {
    for length in lengths where form.count > length {
      if let letters = lost[Form(form.suffix(length))] { return letters }
    }
    return nil
  }
}
