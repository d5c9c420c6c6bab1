import EmendLexicons
import EmendPipeline
import Foundation
import Testing

@Suite struct ConfigurationTests {
  private func configuration(_ yaml: String, _ environment: [String: String] = [:]) throws -> Configuration {
    let file = FileManager.default.temporaryDirectory.appending(path: "emend-\(UUID().uuidString).yaml")
    try Data(yaml.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Configuration(file: file.path, environment: environment)
  }

  @Test func variablesStandOverTheFileOverDefaults() throws {
    let read = try configuration("jobs: 4\ncolor: never\n", ["EMEND_JOBS": "2"])
    #expect(read.value(.jobs) == "2")
    #expect(read.settings[.jobs]?.origin == "EMEND_JOBS")
    #expect(read.value(.color) == "never")
    #expect(read.settings[.color]?.origin.hasSuffix(".yaml:2") == true)
    #expect(read.value(.progress) == "auto")
    #expect(read.settings[.progress]?.origin == "default")
  }

  @Test(arguments: [
    ("jobs: 4\nlexicon: ./mine\n", 2, "did you mean \"lexicons\""),
    ("nosuchkey: 4\n", 1, "there are lexicons, jobs"), ("jobs: many\n", 1, "many"),
    ("- jobs\n", 1, "key: value"),
    ("color: [a]\n", 1, "one value"),
  ])
  func faultsNameTheLineAndTheRemedy(yaml: String, line: Int, named: String) throws {
    do {
      _ = try configuration(yaml)
      Issue.record("no fault in \(yaml)")
    } catch let LexiconError.bad(_, at, message) {
      #expect(at == line)
      #expect(message.contains(named))
    }
  }

  /// The variable says where the built-in lexicons are; those of the project are laid over them.
  @Test func theFolderOfTheBuiltInLexiconsIsNoSetting() throws {
    let read = try configuration("lexicons: ./mine\n", ["EMEND_LEXICONS": "/usr/share/emend"])
    #expect(read.value(.lexicons) == "./mine")
  }

  @Test func anEmptyFileIsFine() throws {
    #expect(try configuration("# nothing\n").value(.jobs) == "0")
  }
}
