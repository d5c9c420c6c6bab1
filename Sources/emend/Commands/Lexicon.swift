import ArgumentParser

struct Lexicon: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Checks and grows the lexicons.")
}
