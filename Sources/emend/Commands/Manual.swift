import ArgumentParser
import FoundationEssentials

struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Prints the manual page, made from the table of options.",
    discussion: """
      Examples:
        emend manual | man -l -
        emend manual > /usr/local/share/man/man1/emend.1
      """)

  func run() throws {
    let table = try JSONDecoder().decode(OptionTable.self, from: Data(Emend._dumpHelp().utf8))
    try Output.standard.write(ManualPage(table.command).roff)
  }
}
