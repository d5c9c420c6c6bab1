/// Which share of each ligature a stand-in takes, by expectation and maximisation (Dempster, Laird, Rubin 1977).
///
/// A damaged form may have readings by several pairs ("in.uence" by .→fl, "di.erent" by .→ff): its occurrences
/// are shared among them by what each reading is worth, the rates are counted from the shares, and again.
enum DamageRates {
  /// Rates have settled after so many rounds.
  private static let rounds = 8
  /// Weight of the document's own counts beside the language's, as in `English.logScore`.
  private static let own = 0.1

  static func learn(
    _ pairs: [Election.Pair], _ ballots: Ballots, intact: [Int], _ vocabulary: Vocabulary,
    _ knowledge: Knowledge
  ) -> [Double] {
    let total = Double(max(200, vocabulary.total))
    // Each vote of an accepted pair: which pair, which form, the worth of its reading.
    var claims: [(pair: Int, voter: Int, worth: Double)] = []
    for (number, pair) in pairs.enumerated() {
      for vote in ballots.boxes[pair.box].votes[pair.ligature] {
        let common = exp(knowledge.english.sense(vote.reading).logFrequency)
        let attested = Double(vocabulary.count(vote.reading)) / total
        claims.append((number, Int(vote.voter), common + own * attested + 1e-12))
      }
    }
    claims.sort { ($0.voter, $0.pair) < ($1.voter, $1.pair) }

    var rates = pairs.map { Double($0.tokens) / Double($0.tokens + intact[$0.ligature] + 1) }
    for _ in 0..<rounds {
      var tokens = [Double](repeating: 0, count: pairs.count)
      var start = 0
      while start < claims.count {
        var end = start
        var sum = 0.0
        while end < claims.count, claims[end].voter == claims[start].voter {
          sum += claims[end].worth * rates[claims[end].pair]
          end += 1
        }
        let times = Double(ballots.voters.counts[claims[start].voter])
        if sum > 0 {
          for claim in claims[start..<end] {
            tokens[claim.pair] += times * claim.worth * rates[claim.pair] / sum
          }
        }
        start = end
      }
      var damaged = [Double](repeating: 0, count: intact.count)
      for (number, pair) in pairs.enumerated() { damaged[pair.ligature] += tokens[number] }
      for (number, pair) in pairs.enumerated() {
        rates[number] = (tokens[number] + 0.5) / (damaged[pair.ligature] + Double(intact[pair.ligature]) + 1)
      }
    }
    return rates
  }
}
