import ArgumentParser

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Scores outputs against gold.")
}
