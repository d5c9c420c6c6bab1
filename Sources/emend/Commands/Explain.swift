import ArgumentParser
import EmendPipeline

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a warning, an error or an exit code.",
    discussion: """
      The code stands in brackets behind a message, in the "code" of --json-log and of error records, and in the \
      tables warnings and failures of a corpus. Without a code: all of them, a line each.

      Examples:
        emend explain mixed-encoding
        emend explain 66
        emend explain
      """)

  @Argument(help: "A code, such as unmatched-notes, or an exit code.") var code: String?

  func run() throws {
    guard let code else {
      let width = Explanation.all.map(\.code.count).max() ?? 0
      for item in Explanation.all {
        let name = item.code + String(repeating: " ", count: width - item.code.count)
        try Output.standard.write("\(name)  \(item.kind.rawValue): \(item.meaning)\n")
      }
      return
    }
    let found = Explanation.of(code)
    if found.isEmpty {
      let remedy = Explanation.nearest(to: code).map { "did you mean \"\($0)\"?" }
      throw Failure(.usage, "there is no code \"\(code)\"; \(remedy ?? "emend explain lists them all")")
    }
    for item in found {
      let stage = item.stage.isEmpty ? "" : ", \(item.stage)"
      try Output.standard.write(
        """
        \(item.code) (\(item.kind.rawValue)\(stage))
          \(item.meaning)
          Why: \(item.cause)
          What to do: \(item.remedy)

        """)
    }
  }
}
