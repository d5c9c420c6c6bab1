import ArgumentParser
import EmendLexicons
import EmendPipeline
import EmendReading
import FoundationEssentials

struct Clean: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints the reading text.")

  @Argument(help: "Files or folders; standard input when none or -.") var inputs: [String] = []

  func run() throws {
    let emender = try Emender(lexicons: try LexiconFolder.locate())
    for input in inputs {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: input)))
      print(
        String(
          decoding: emender.edition(of: try Reading.scan(bytes: bytes, name: input)).document.reading,
          as: UTF8.self), terminator: "")
    }
  }
}
