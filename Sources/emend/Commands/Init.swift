import ArgumentParser
import EmendCorpus
import EmendPipeline
import FoundationEssentials

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Starts a project folder.",
    discussion: """
      Makes a folder for the scans, a folder for words and labels of your own, and an emend.yaml with every setting \
      explained. Files that are there already are left alone.

      Example:
        emend init my-corpus
      """)

  @Argument(help: "The folder; the current one when not given.") var folder: String = "."

  func run() throws {
    let manager = FileManager.default
    do {
      for name in ["scans", "lexicons"] {
        try manager.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
    } catch {
      throw Failure(.cannotCreate, "cannot make folders in \(folder)")
    }
    let path = folder + "/emend.yaml"
    if manager.fileExists(atPath: path) { return }
    var text = "# Settings of this project. Flags of a command and EMEND_ variables stand over them.\n"
    for key in Configuration.Key.allCases {
      text += "\n# \(key.explanation)\n"
      switch key {
      case .lexicons: text += "lexicons: ./lexicons\n"
      default: text += "# \(key.rawValue): \(key.defaultValue ?? "")\n"
      }
    }
    try OutputFile.write(Array(text.utf8), to: path)
    Log.line("Put scans into \(folder)/scans, then: emend build scans -o corpus")
  }
}
