/// Work done side by side, results taken one at a time in the order of the input.
///
/// At most `jobs` items are under way and at most `jobs` finished ones wait for an earlier one, so memory
/// does not grow with the number of items, and the order of the results does not depend on timing.
public enum InOrder {
  /// Calls `work` for every item on up to `jobs` threads and `take` with each result, in order, on the
  /// caller's task. An error thrown by `take` stops the run; `work` reports its own errors as results.
  public static func run<Item: Sendable, Result: Sendable>(
    _ items: some Sequence<Item>, jobs: Int, work: @escaping @Sendable (Item) -> Result,
    take: (Result) throws -> Void
  ) async throws {
    var iterator = items.makeIterator()
    if jobs <= 1 {
      while let item = iterator.next() { try take(work(item)) }
      return
    }
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      var started = 0
      var taken = 0
      var waiting: [Int: Result] = [:]
      func start() {
        guard let item = iterator.next() else { return }
        let number = started
        started += 1
        group.addTask { (number, work(item)) }
      }
      for _ in 0..<jobs { start() }
      while let (number, result) = try await group.next() {
        waiting[number] = result
        while let next = waiting.removeValue(forKey: taken) {
          taken += 1
          try take(next)
        }
        while started - taken < jobs * 2, waiting.count < jobs {
          let before = started
          start()
          if started == before { break }
        }
      }
    }
  }
}
