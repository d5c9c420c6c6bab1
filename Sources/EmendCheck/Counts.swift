/// True positives, false positives and misses, with the rates made from them.
public struct Counts: Sendable, Equatable {
  public var right = 0
  public var wrong = 0
  public var missed = 0

  public init(right: Int = 0, wrong: Int = 0, missed: Int = 0) {
    (self.right, self.wrong, self.missed) = (right, wrong, missed)
  }

  /// Share of what was given that is right; 1 when nothing was given.
  public var precision: Double { right + wrong == 0 ? 1 : Double(right) / Double(right + wrong) }
  /// Share of what is to be found that was found; 1 when there is nothing to find.
  public var recall: Double { right + missed == 0 ? 1 : Double(right) / Double(right + missed) }
  /// Harmonic mean of both.
  public var f1: Double {
    let sum = precision + recall
    return sum == 0 ? 0 : 2 * precision * recall / sum
  }

  public static func + (a: Counts, b: Counts) -> Counts {
    Counts(right: a.right + b.right, wrong: a.wrong + b.wrong, missed: a.missed + b.missed)
  }
}
