import ArgumentParser

struct Cite: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints the in-text citations.")
}
