import ArgumentParser
import EmendPipeline
import FoundationEssentials

struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows the settings in force.",
    discussion: """
      Examples:
        emend config show --origin
        EMEND_JOBS=2 emend config show
      """, subcommands: [Show.self], defaultSubcommand: Show.self)

  struct Show: ParsableCommand, Configured {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Prints every setting, its value and where it was set.",
      discussion: "Flags stand over EMEND_ variables, these over emend.yaml, that over the defaults.")

    @Flag(help: "Also where each value was set.") var origin = false
    @OptionGroup var common: CommonOptions

    func run() throws {
      let configuration = try common.configuration()
      for key in Configuration.Key.allCases {
        let setting = configuration.settings[key]
        try Output.standard.write("\(key.rawValue): \(setting?.value ?? "")")
        if origin { try Output.standard.write("  # \(setting?.origin ?? "not set")") }
        try Output.standard.write("\n")
      }
    }
  }
}
