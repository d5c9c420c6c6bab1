import EmendModel

/// Scores repair against passages, word lists and texts of known truth.
///
/// Rates are pooled: errors of all passages over words of all passages, never a mean of passages' rates.
public enum RepairCheck {
  /// A passage of a test set, one JSON object a line.
  public struct Passage: Sendable, Codable {
    public var id: String?
    public var set: String?
    public var ocr: String
    public var truth: String

    public init(id: String? = nil, set: String? = nil, ocr: String, truth: String) {
      (self.id, self.set, self.ocr, self.truth) = (id, set, ocr, truth)
    }
  }

  /// Reads passages from JSON lines. Throws `BadGoldLine`.
  public static func passages(jsonLines: [UInt8]) throws -> [Passage] { try GoldLines.decode(jsonLines) }

  /// Scores repair over passages, one report a set and in order of the sets' first passages.
  public static func passages(
    _ passages: [Passage], repair: (String) throws -> String
  ) rethrows -> [RepairReport] {
    var reports: [RepairReport] = []
    for passage in passages {
      let name = passage.set ?? "passages"
      let score = score(name, ocr: passage.ocr, truth: passage.truth, repaired: try repair(passage.ocr))
      if let index = reports.firstIndex(where: { $0.name == name }) {
        reports[index].add(score)
      } else {
        reports.append(score)
      }
    }
    return reports
  }

  /// Scores one text: as scanned, as it should be, as repaired.
  public static func score(_ name: String, ocr: String, truth: String, repaired: String) -> RepairReport {
    var report = RepairReport(name: name)
    let (before, right, after) = (words(ocr), words(truth), words(repaired))
    report.passages = 1
    report.words = right.count
    report.characters = truth.unicodeScalars.count
    report.wordErrorsBefore = EditDistance.between(before, right)
    report.wordErrorsAfter = EditDistance.between(after, right)
    report.characterErrorsBefore = EditDistance.between(scalars(ocr), scalars(truth))
    report.characterErrorsAfter = EditDistance.between(scalars(repaired), scalars(truth))
    if report.wordErrorsAfter < report.wordErrorsBefore { report.improved = 1 }
    if report.wordErrorsAfter > report.wordErrorsBefore { report.worsened = 1 }
    let wasRight = EditDistance.matched(right, before)
    let isRight = EditDistance.matched(right, after)
    for index in right.indices {
      switch (wasRight[index], isRight[index]) {
      case (false, true): report.repaired += 1
      case (false, false):
        report.missed += 1
        if report.missedExamples.count < RepairReport.examples {
          report.missedExamples.append(String(right[index]))
        }
      case (true, false):
        report.wronglyChanged += 1
        if report.wrongExamples.count < RepairReport.examples {
          report.wrongExamples.append(String(right[index]))
        }
      case (true, true): break
      }
    }
    return report
  }

  /// Scores a transcript against its truth, line for line parallel to the witness.
  public static func lines(_ transcript: Transcript, truth: [UInt8]) -> RepairReport {
    var report = RepairReport(name: transcript.scan.id)
    let truths = truth.split(separator: 0x0A, omittingEmptySubsequences: false)
    // A form feed may part a line of the source into lines of two pages; it parts the truth at the same place.
    var (number, part) = (0, 0)
    for (index, line) in transcript.scan.lines.enumerated() {
      part = line.number == number ? part + 1 : 0
      number = line.number
      let pieces = number - 1 < truths.count ? truths[number - 1].split(separator: 0x0C) : []
      let goesOn =
        index + 1 < transcript.scan.lines.count && transcript.scan.lines[index + 1].number == number
      let read = goesOn ? pieces.dropFirst(part).prefix(1) : pieces.dropFirst(part)
      let truth = String(decoding: Array(read.joined(separator: [0x20])), as: UTF8.self)
      report.add(
        score(
          report.name, ocr: String(decoding: transcript.scan.text[line.range], as: UTF8.self), truth: truth,
          repaired: String(decoding: transcript.line(index), as: UTF8.self)))
    }
    report.passages = 1
    return report
  }

  private static func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
  private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}

/// Edit distances between sequences.
enum EditDistance {
  /// Levenshtein distance, by a band about the diagonal that is doubled until the distance fits (Ukkonen 1985).
  static func between<Element: Equatable>(_ a: [Element], _ b: [Element]) -> Int {
    var band = max(16, abs(a.count - b.count) + 1)
    while true {
      let distance = banded(a, b, band)
      if distance <= band || band >= max(a.count, b.count) { return distance }
      band *= 2
    }
  }

  private static func banded<Element: Equatable>(_ a: [Element], _ b: [Element], _ band: Int) -> Int {
    let far = a.count + b.count + 1
    var row = (0...b.count).map { $0 <= band ? $0 : far }
    for i in 0..<a.count {
      let low = max(0, i + 1 - band)
      let high = min(b.count, i + 1 + band)
      if low > high { return far }
      var diagonal = low == 0 ? row[0] : row[low - 1]
      if low == 0 { row[0] = i + 1 } else { row[low - 1] = far }
      for j in max(1, low)...max(1, high) where j <= high {
        let above = j == i + 1 + band ? far : row[j]
        let value = min(diagonal + (a[i] == b[j - 1] ? 0 : 1), min(above, row[j - 1]) + 1)
        diagonal = row[j]
        row[j] = value
      }
    }
    return row[b.count]
  }

  /// For each element of `a` whether a shortest edit script keeps it (Myers 1986).
  static func matched<Element: Equatable>(_ a: [Element], _ b: [Element]) -> [Bool] {
    var result = [Bool](repeating: false, count: a.count)
    var first = 0
    while first < a.count, first < b.count, a[first] == b[first] {
      result[first] = true
      first += 1
    }
    var (n, m) = (a.count, b.count)
    while n > first, m > first, a[n - 1] == b[m - 1] {
      n -= 1
      m -= 1
      result[n] = true
    }
    (n, m) = (n - first, m - first)
    if n == 0 || m == 0 { return result }
    let most = n + m
    let offset = most + 1
    var furthest = [Int](repeating: 0, count: 2 * most + 3)
    var trace: [[Int]] = []
    // Texts that differ more than this are not worth an alignment.
    for steps in 0...min(most, 3000) {
      trace.append(Array(furthest[(offset - steps)...(offset + steps)]))
      for k in stride(from: -steps, through: steps, by: 2) {
        let down = k == -steps || k != steps && furthest[offset + k - 1] < furthest[offset + k + 1]
        var x = down ? furthest[offset + k + 1] : furthest[offset + k - 1] + 1
        var y = x - k
        while x < n, y < m, a[first + x] == b[first + y] {
          x += 1
          y += 1
        }
        furthest[offset + k] = x
        if x >= n, y >= m {
          back(&result, trace, first, n, m)
          return result
        }
      }
    }
    return result
  }

  private static func back(_ result: inout [Bool], _ trace: [[Int]], _ first: Int, _ n: Int, _ m: Int) {
    var (x, y) = (n, m)
    for steps in stride(from: trace.count - 1, through: 0, by: -1) {
      let row = trace[steps]
      func at(_ k: Int) -> Int { row.indices.contains(k + steps) ? row[k + steps] : -1 }
      let k = x - y
      let down = k == -steps || k != steps && at(k - 1) < at(k + 1)
      let before = down ? k + 1 : k - 1
      let startX = steps == 0 ? 0 : at(before)
      let startY = steps == 0 ? 0 : startX - before
      while x > startX, y > startY, x > 0, y > 0, steps == 0 || x > (down ? startX : startX + 1) {
        x -= 1
        y -= 1
        result[first + x] = true
      }
      if steps > 0 { (x, y) = (startX, startY) }
    }
  }
}
