import Foundation

/// What a run of the command left behind.
struct Run {
  let status: Int32
  let output: Data
  let errors: String
  var text: String { String(decoding: output, as: UTF8.self) }
  var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}

/// The built command, beside the test bundle.
let command: URL = {
  var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
  while folder.path.count > 1 {
    let candidate = folder.appending(path: "emend")
    if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    folder.deleteLastPathComponent()
  }
  return packageRoot.appending(path: ".build/release/emend")
}()

/// The folder of Package.swift.
let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Runs `emend` with arguments, bytes on standard input and nothing of the user's environment but what is
/// given.
func emend(
  _ arguments: String..., input: Data = Data(), environment: [String: String] = [:], in folder: URL? = nil
) throws -> Run {
  try emend(arguments, input: input, environment: environment, in: folder)
}

func emend(
  _ arguments: [String], input: Data = Data(), environment: [String: String] = [:], in folder: URL? = nil
) throws -> Run {
  let process = Process()
  process.executableURL = command
  process.arguments = arguments
  process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
  if let folder { process.currentDirectoryURL = folder }
  let scratch = try Scratch()
  let (inputFile, outputFile, errorFile) = (scratch / "in", scratch / "out", scratch / "err")
  try input.write(to: inputFile)
  for file in [outputFile, errorFile] { try Data().write(to: file) }
  process.standardInput = try FileHandle(forReadingFrom: inputFile)
  process.standardOutput = try FileHandle(forWritingTo: outputFile)
  process.standardError = try FileHandle(forWritingTo: errorFile)
  try process.run()
  process.waitUntilExit()
  return Run(
    status: process.terminationStatus, output: try Data(contentsOf: outputFile),
    errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
}

/// A temporary folder that goes when the value does.
final class Scratch: Sendable {
  let url: URL
  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "emend-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  static func / (scratch: Scratch, name: String) -> URL { scratch.url.appending(path: name) }

  /// Writes a file below the folder, making folders on the way.
  @discardableResult func write(_ name: String, _ text: String) throws -> URL {
    try write(name, Data(text.utf8))
  }
  @discardableResult func write(_ name: String, _ data: Data) throws -> URL {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file
  }
}

extension Scratch {
  /// Every file and link below the folder, with its bytes.
  func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: url.path) {
      contents[name] = FileManager.default.contents(atPath: (self / name).path) ?? Data()
    }
    return contents
  }

  /// Makes a symbolic link below the folder.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: (self / name).path, withDestinationPath: target)
  }
}

/// A small corpus of two documents, built once.
enum SmallCorpus {
  static let scratch = Result {
    let scratch = try Scratch()
    try scratch.write(
      "scans/first.txt",
      "The members threatened the government with sanctions (Smith 1990, 12).\n\nIt gave in at last.\n")
    try scratch.write("scans/second.txt", "The commission persuaded the ministers of the two states.\n")
    let run = try emend("build", "scans", "-o", "corpus", in: scratch.url)
    guard run.status == 0 else { throw CocoaError(.featureUnsupported) }
    return scratch
  }
}
