import EmendLexicons
import Foundation
import Testing

/// The folder of the checkout that this file lies in.
let lexiconFolder = LexiconFolder(
  base: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Lexicons").path)

@Suite struct EnglishLexiconTests {
  let lexicon: EnglishLexicon

  init() throws { lexicon = try EnglishLexicon.load(lexiconFolder) }

  @Test(arguments: [
    ("treaty", Standing.trusted), ("Treaty", .trusted), ("the", .trusted), ("colour", .trusted),
    ("color", .trusted), ("ratifier’s", .trusted), ("government's", .trusted), ("governments’", .trusted),
    ("signiacant", .unknown), ("nd", .unknown), ("und", .unknown), ("Putnam", .plausible),
    ("putnam", .unknown), ("preratification", .plausible), ("q", .unknown), ("", .unknown),
    ("CAFÉ", .trusted), ("Café’s", .trusted), ("dog's's's", .unknown),
  ])
  func standing(word: String, expected: Standing) {
    #expect(lexicon.standing(of: word.utf8) == expected)
  }

  @Test(arguments: [
    ("which", WordFacts.Flags.function), ("cf", .abbreviation), ("inter", .joiningPrefix),
    ("self", .hyphenPrefix), ("smith", .name),
  ])
  func flags(word: String, flag: WordFacts.Flags) throws {
    let facts = try #require(lexicon.facts(of: word.utf8))
    #expect(facts.flags.contains(flag))
  }

  /// Words that are looked up together get the ids that each has alone, known or not.
  @Test func manyWordsAtOnce() {
    var pool: [UInt8] = []
    var bounds: [Int32] = [0]
    var expected: [Int32] = []
    for number in 0..<500 {
      let known = lexicon.words.word(Int32(number * 37 % lexicon.words.count))
      let word = number % 3 == 0 ? Array("zq\(number)x".utf8) : number % 50 == 1 ? [] : Array(known)
      pool += word
      bounds.append(Int32(pool.count))
      expected.append(word.withUnsafeBufferPointer { lexicon.id($0) })
    }
    var found: [Int32] = []
    pool.withUnsafeBufferPointer { pool in
      lexicon.words.eachId(pool, bounds) { place, id in
        #expect(place == found.count)
        found.append(id)
      }
    }
    #expect(found == expected)
    #expect(found.contains(-1) && found.contains { $0 >= 0 })
  }

  @Test func commonWordsAreMoreFrequentThanRareOnes() throws {
    let order = ["the", "government", "treaty", "multilaterally", "zymurgy"]
    let values = try order.map { try #require(lexicon.facts(of: $0.utf8)).logFrequency }
    #expect(values == values.sorted(by: >))
  }

  @Test func contextTellsFindFromAnd() {
    func id(_ word: String) -> Int32 { Array(word.utf8).withUnsafeBufferPointer { lexicon.id($0) } }
    #expect(lexicon.logBigram(id("find"), id("themselves")) > lexicon.logBigram(id("and"), id("themselves")))
    #expect(lexicon.logBigram(id("of"), id("the")) > -2)
    #expect(lexicon.logBigram(-1, id("the")) == lexicon.logFrequency(id("the")))
    #expect(lexicon.logBigram(id("the"), -1) == EnglishLexicon.unknownLogFrequency)
  }

  @Test func englishSpellingsCostLess() {
    func cost(_ word: String) -> Float {
      Array(word.utf8).withUnsafeBufferPointer { lexicon.spelling.logProbability($0) }
    }
    #expect(cost("tration") > cost("rtation"))
    #expect(cost("blorn") > cost("bxorn"))
  }
}
