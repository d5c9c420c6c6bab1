import ArgumentParser

struct Outline: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints pages, headings, blocks and notes.")
}
