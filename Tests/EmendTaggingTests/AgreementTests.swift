import EmendCheck
import Testing

@Suite struct AgreementTests {
  /// The table of a textbook: both 20, only the first 5, only the second 10, neither 15 of fifty: observed 0.7, by
  /// chance 0.5, kappa 0.4.
  @Test(
    arguments: [
      (TagAgreement.Fourfold(both: 20, onlyFirst: 5, onlySecond: 10, neither: 15), 0.4),
      (TagAgreement.Fourfold(both: 4, neither: 6), 1),
      (TagAgreement.Fourfold(onlyFirst: 5, onlySecond: 5), -1),
      (TagAgreement.Fourfold(both: 1, onlyFirst: 1, onlySecond: 1, neither: 1), 0),
      (TagAgreement.Fourfold(), 1),
    ] as [(TagAgreement.Fourfold, Double)])
  func kappaHasKnownValues(table: TagAgreement.Fourfold, kappa: Double) {
    #expect(abs(table.kappa - kappa) < 1e-9)
  }

  @Test func annotatorsArePairedByIdAndLabelsImplyTheirAncestors() throws {
    let first = try TagAgreement.sentences(
      jsonl: Array(
        """
        {"id": "a-1", "labels": [{"label": "mechanism/coercion/sanctions", "implicit": true}]}
        {"id": "a-2", "labels": []}
        {"id": "a-3", "labels": [{"label": "role/ratifier"}]}
        """.utf8))
    // The form of the gold, with its short names.
    let second = try TagAgreement.sentences(
      jsonl: Array(
        """
        {"id": "a-1", "mechanisms": [{"label": "coercion"}], "roles": [], "structure": []}
        {"id": "a-2", "mechanisms": [], "roles": [{"label": "ratifier"}], "structure": [], "doubtful": ["ngo"]}
        {"id": "b-9", "mechanisms": [], "roles": [], "structure": []}

        """.utf8))
    let agreement = TagAgreement(first, second)
    #expect(agreement.sentences == 2 && agreement.unpaired == 2)
    #expect(agreement.labels["mechanism/coercion"] == TagAgreement.Fourfold(both: 1, neither: 1))
    #expect(agreement.labels["mechanism/coercion/sanctions"]?.onlyFirst == 1)
    #expect(agreement.labels["role/ratifier"]?.onlySecond == 1)
    #expect(agreement.differences.map(\.id) == ["a-1", "a-2"])
    #expect(agreement.csv.contains("mechanism/coercion,1,0,0,1,1.000,1.000,1.000,1.000\n"))
    #expect(agreement.text(faults: true).contains("a-2 role/ratifier: only the second"))
  }

  @Test func whatIsDoubtfulIsLeftOut() {
    let agreement = TagAgreement(
      [.init(id: "a", labels: ["role/ratifier"])], [.init(id: "a", labels: [], doubtful: ["role/ratifier"])])
    #expect(agreement.labels["role/ratifier"] == TagAgreement.Fourfold())
  }

  @Test(arguments: [("{\"id\": \"a\", \"labels\": []}\nno json\n", 2), ("{\"id\": \"a\"}\n", 1)])
  func aBadLineIsNamed(text: String, line: Int) {
    #expect {
      try TagAgreement.sentences(jsonl: Array(text.utf8))
    } throws: { error in
      (error as? TagAgreement.BadLine)?.line == line
    }
  }
}
