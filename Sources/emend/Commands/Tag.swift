import ArgumentParser

struct Tag: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints labels per sentence.")
}
