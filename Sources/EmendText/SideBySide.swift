import Dispatch
import Synchronization

/// Work on the parts of one document side by side.
///
/// The result does not depend on the number of threads: each part is done by itself, and results stand in the
/// order of the parts.
public enum SideBySide {
  /// Stretches for each thread: the last ones to finish wait the less for each other the shorter they are.
  private static let stretchesPerThread = 4

  /// Cuts `0..<count` into stretches of at least `least` items, makes something of each on up to `threads` threads,
  /// and gives the results in order. With one thread all is one stretch.
  ///
  /// ```swift
  /// SideBySide.map(5, threads: 1) { $0.map { $0 * $0 } }.flatMap(\.self)  // [0, 1, 4, 9, 16]
  /// ```
  public static func map<Result>(
    _ count: Int, threads: Int, least: Int = 1, _ work: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let parts = min(count / max(1, least), threads * stretchesPerThread)
    if threads <= 1 || parts <= 1 { return count == 0 ? [] : [work(0..<count)] }
    var results = [Result?](repeating: nil, count: parts)
    let next = Atomic(0)
    results.withUnsafeMutableBufferPointer { results in
      // Every part is written by the one thread that drew its number.
      nonisolated(unsafe) let results = results
      DispatchQueue.concurrentPerform(iterations: min(threads, parts)) { _ in
        while true {
          let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if part >= parts { break }
          results[part] = work((count * part / parts)..<(count * (part + 1) / parts))
        }
      }
    }
    return results.compactMap(\.self)
  }

  /// Does two things at once where there are threads for it, else one after the other.
  ///
  /// ```swift
  /// SideBySide.both(threads: 2, { 3 * 3 }, { "nine" })  // (9, "nine")
  /// ```
  public static func both<First, Second>(
    threads: Int, _ first: @Sendable () -> First, _ second: @Sendable () -> Second
  ) -> (First, Second) {
    if threads <= 1 { return (first(), second()) }
    // Each is written by one thread and read when both are done.
    nonisolated(unsafe) var one: First?
    nonisolated(unsafe) var other: Second?
    DispatchQueue.concurrentPerform(iterations: 2) { number in
      if number == 0 { one = first() } else { other = second() }
    }
    guard let one, let other else { preconditionFailure("both were done") }
    return (one, other)
  }
}
