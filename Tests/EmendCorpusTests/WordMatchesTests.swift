import EmendCorpus
import GRDB
import Testing

/// Where the words of a query stand is found without SQLite; SQLite's own marks say whether that is right.
@Suite struct WordMatchesTests {
  @Test(
    "Places of a word, a beginning, a phrase",
    arguments: [
      ("debts", "Debts, old debts; debtors.", ["Debts", "debts"]),
      ("debt*", "Debts, old debts; debtors.", ["Debts", "debts", "debtors"]),
      (
        "\"landing sites\"", "landing-sites; Landing\u{a0}sites, landing the sites",
        ["landing-sites", "Landing\u{a0}sites"]
      ),
      ("\"a b\"", "a b a b b a", ["a b", "a b"]),
      ("\"a a\"", "a a a, b", ["a a a"]),
      ("1905", "in 1905–1906, p. 19051", ["1905"]),
      ("mark", "“mark”—mark’s remark mark_ed", ["mark", "mark", "mark"]),
    ])
  func places(query: String, text: String, expected: [String]) throws {
    let bytes = Array(text.utf8)
    let finder = try #require(WordMatches(query))
    let found = try #require(finder.places(in: bytes))
    #expect(found.map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
  }

  @Test(
    "Queries of several words or signs are left to SQLite",
    arguments: ["debts OR loans", "a b", "Müller", "", "\"\"", "*"])
  func isLeft(query: String) { #expect(WordMatches(query) == nil) }

  @Test(
    "A word that may differ in accents alone is left to SQLite", arguments: ["cafe\u{301}", "café", "CAFÉ"])
  func isUnknown(word: String) throws {
    let finder = try #require(WordMatches("cafe"))
    #expect(finder.places(in: Array("the cafe, \(word)".utf8)) == nil)
  }

  @Test func agreesWithTheMarksOfSQLite() throws {
    var random = Dice(state: 7)
    let words = [
      "state", "State", "states", "STATE", "stateé", "ståte", "state\u{301}", "sta", "te", "été", "的",
      "state的", "x²", "½",
      "state½", "1848", "ª", "\u{ad}", "ß",
    ]
    let gaps = [" ", ", ", "-", "’", "—", "_", "\u{a0}", "/", "™", "·", "\u{300}", " “", "”", "€"]
    let queries = ["state", "sta*", "\"state states\"", "\"state state\"", "te", "x", "1848"]
    let queue = try DatabaseQueue()
    try queue.write { db in
      try db.execute(sql: "CREATE VIRTUAL TABLE t USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
      for _ in 0..<400 {
        var text = ""
        for _ in 0..<12 { text += words.randomElement(using: &random)! + gaps.randomElement(using: &random)! }
        try db.execute(sql: "INSERT INTO t VALUES (?)", arguments: [text])
      }
    }
    var known = 0
    try queue.read { db in
      for query in queries {
        let finder = try #require(WordMatches(query))
        let rows = try Row.fetchAll(
          db, sql: "SELECT text, highlight(t, 0, char(1), char(2)) FROM t WHERE t MATCH ?", arguments: [query]
        )
        for row in rows {
          let (text, marked) = (Array((row[0] as String).utf8), Array((row[1] as String).utf8))
          guard let places = finder.places(in: text) else { continue }
          known += 1
          #expect(
            places == between(marked),
            "\(query): \(row[0] as String)")
        }
      }
    }
    #expect(known > 300)
  }
}

/// What stands between the marks 1 and 2, by the offsets in the text without them.
private func between(_ marked: [UInt8]) -> [Range<Int>] {
  var ranges: [Range<Int>] = []
  var (at, start) = (0, 0)
  for byte in marked {
    switch byte {
    case 1: start = at
    case 2: ranges.append(start..<at)
    default: at += 1
    }
  }
  return ranges
}

/// Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
private struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
