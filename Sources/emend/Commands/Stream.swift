import ArgumentParser

struct Stream: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Filters JSON records.")
}
