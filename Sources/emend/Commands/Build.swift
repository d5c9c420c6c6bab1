import ArgumentParser

struct Build: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Builds a corpus folder.")
}
