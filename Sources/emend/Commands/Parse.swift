import ArgumentParser

struct Parse: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Parses references, one a line.")
}
