import ArgumentParser

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Writes a built corpus in another format.")
}
