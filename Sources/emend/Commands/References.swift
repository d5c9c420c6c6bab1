import ArgumentParser

struct References: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Finds and parses references.")
}
