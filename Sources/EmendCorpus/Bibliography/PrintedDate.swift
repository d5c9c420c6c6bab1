/// The month and day of a date as references print it.
///
/// ```swift
/// PrintedDate("June 29, 1919").month   // 6
/// PrintedDate("29 Sept. 1919").day     // 29
/// PrintedDate("Spring 1919").month     // nil
/// ```
struct PrintedDate: Equatable {
  /// 1 to 12; nil where no month is named, or more than one.
  private(set) var month: Int?
  /// 1 to 31; nil without a month, or where no single number of one or two digits stands beside it.
  private(set) var day: Int?

  init(_ text: String) {
    let words = text.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() }
    let months = words.compactMap(Self.month)
    guard months.count == 1 else { return }
    month = months[0]
    let days = words.compactMap { Int($0) }.filter { (1...31).contains($0) }
    if days.count == 1 { day = days[0] }
  }

  /// "september", "sept", "sep" → 9.
  private static func month(_ word: String) -> Int? {
    guard word.count >= 3, let index = names.firstIndex(where: { $0.hasPrefix(word) }) else { return nil }
    return index + 1
  }

  private static let names = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]
}
