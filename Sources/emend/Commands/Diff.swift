import ArgumentParser

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints the changes with their evidence.")
}
