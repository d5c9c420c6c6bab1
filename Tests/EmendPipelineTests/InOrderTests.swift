import EmendPipeline
import Testing

@Suite struct InOrderTests {
  @Test(arguments: [1, 2, 7]) func resultsComeInTheOrderOfTheInput(jobs: Int) async throws {
    var taken: [Int] = []
    try await InOrder.run(0..<200, jobs: jobs) {
      $0 * $0
    } take: {
      taken.append($0)
    }
    #expect(taken == (0..<200).map { $0 * $0 })
  }

  @Test func anErrorOfTheTakerStopsTheRun() async {
    struct Full: Error {}
    var taken = 0
    await #expect(throws: Full.self) {
      try await InOrder.run(0..<10_000, jobs: 2) {
        $0
      } take: { _ in
        taken += 1
        if taken == 5 { throw Full() }
      }
    }
    #expect(taken == 5)
  }
}
