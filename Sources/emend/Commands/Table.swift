import ArgumentParser

struct Table: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints counts and cross tables from a corpus.")
}
