// swift-tools-version: 6.1
import PackageDescription

/// On Linux the command carries Swift's runtime and Foundation within itself: it then starts in half the time
/// (no 30,000 symbols to bind) and runs where no Swift is installed. It stands at a fixed address, which saves
/// moving 100,000 pointers at each start. SwiftPM has a flag for this but no setting that a manifest may give, and
/// the libraries that Foundation needs are not found by themselves.
let selfContained: LinkerSetting = .unsafeFlags(
  [
    "-static-stdlib", "-use-ld=lld", "-Xclang-linker", "-no-pie", "-lFoundation", "-lCoreFoundation",
    "-lFoundationInternationalization",
    "-lFoundationEssentials", "-l_FoundationICU", "-l_FoundationCollections", "-l_FoundationCShims",
    "-lstdc++",
  ], .when(platforms: [.linux], configuration: .release))

/// Libraries of which what is used becomes a part of the command: to find, load and bind them and what they need in turn
/// (seventeen files, ICU among them) takes longer than all else that a start does. Debian's packages for developers hold them;
/// `make` installs those that are missing.
func archives(_ names: String...) -> [LinkerSetting] { names.map { .linkedLibrary(":lib\($0).a") } }

/// The stages of `ARCHITECTURE.md`, in the order in which a page passes through them.
let stages: [Target] = [
  .target(
    name: "EmendReading",
    dependencies: [
      "EmendModel", "EmendText", "CLibXML2", "CArchive", .product(name: "Yams", package: "Yams"),
    ]),
  .target(name: "EmendRepair", dependencies: ["EmendModel", "EmendText", "EmendLexicons"]),
  .target(name: "EmendSegmentation", dependencies: ["EmendModel", "EmendText", "EmendLexicons"]),
  .target(name: "EmendCitation", dependencies: ["EmendModel", "EmendText", "EmendLexicons"]),
  .target(
    name: "EmendTagging",
    dependencies: [
      "EmendModel", "EmendText", "EmendLexicons", .product(name: "Yams", package: "Yams"),
    ]),
  .target(
    name: "EmendCorpus",
    dependencies: [
      "EmendModel", "EmendText", "CLibXML2", "CArchive",
      .product(name: "GRDB", package: "GRDB.swift"),
    ]),
]

/// Tests use public and package declarations only, so that they run against the release build.
let tests: [Target] = [
  .testTarget(name: "EmendModelTests", dependencies: ["EmendModel"]),
  .testTarget(name: "EmendTextTests", dependencies: ["EmendText"]),
  .testTarget(name: "EmendLexiconsTests", dependencies: ["EmendLexicons"]),
  .testTarget(name: "EmendReadingTests", dependencies: ["EmendReading"]),
  .testTarget(name: "EmendRepairTests", dependencies: ["EmendRepair", "EmendReading", "EmendCheck"]),
  .testTarget(
    name: "EmendSegmentationTests", dependencies: ["EmendSegmentation", "EmendPipeline", "EmendCheck"]),
  .testTarget(name: "EmendCitationTests", dependencies: ["EmendCitation", "EmendPipeline", "EmendCheck"]),
  .testTarget(name: "EmendTaggingTests", dependencies: ["EmendTagging", "EmendPipeline", "EmendCheck"]),
  .testTarget(name: "EmendCorpusTests", dependencies: ["EmendCorpus", "EmendPipeline"]),
  .testTarget(name: "EmendPipelineTests", dependencies: ["EmendPipeline", "EmendCheck"]),
  .testTarget(name: "CommandTests", dependencies: ["EmendPipeline"]),
]

let package = Package(
  name: "emend",
  products: [
    .executable(name: "emend", targets: ["emend"]),
    .library(name: "Emend", targets: ["EmendPipeline"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The ground: system libraries behind C, then the model that every stage speaks in.
    .target(
      name: "CICU", linkerSettings: archives("icui18n", "icuuc", "icudata") + [.linkedLibrary("stdc++")]),
    .target(
      name: "CLibXML2",
      linkerSettings: archives("xml2", "lzma", "z", "icuuc", "icudata") + [.linkedLibrary("stdc++")]),
    // What it shares with libxml2 stands there: linkers that read archives once want it behind both.
    .target(name: "CArchive", linkerSettings: archives("archive", "nettle", "zstd", "bz2")),
    .target(name: "EmendModel"),
    .target(name: "EmendText", dependencies: ["EmendModel", "CICU"]),
    .target(
      name: "EmendLexicons",
      dependencies: ["EmendModel", "EmendText", .product(name: "Yams", package: "Yams")]),
  ] + stages + [
    // The edges: everything composed, scored, and offered on the command line.
    .target(
      name: "EmendPipeline",
      dependencies: [
        "EmendModel", "EmendText", "EmendLexicons", "EmendReading", "EmendRepair",
        "EmendSegmentation", "EmendCitation", "EmendTagging", "EmendCorpus",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "EmendCheck",
      dependencies: [
        "EmendModel", "EmendText", "EmendLexicons", "EmendCitation", "EmendTagging", "EmendPipeline",
      ]),
    .executableTarget(
      name: "emend",
      dependencies: [
        "EmendModel", "EmendText", "EmendLexicons", "EmendReading", "EmendRepair", "EmendSegmentation",
        "EmendCitation", "EmendTagging", "EmendCorpus", "EmendPipeline", "EmendCheck",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      linkerSettings: [selfContained]),
  ] + tests,
  swiftLanguageModes: [.v6]
)
