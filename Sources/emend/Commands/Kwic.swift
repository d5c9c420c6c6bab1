import ArgumentParser

struct Kwic: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints a concordance from a corpus.")
}
