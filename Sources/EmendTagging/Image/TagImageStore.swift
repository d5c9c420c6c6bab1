import EmendLexicons
import FoundationEssentials

/// Opens the compiled lexicon, mapped into memory, and compiles it first when a source has changed.
package enum TagImageStore {
  /// An image of another format is made anew.
  static let layout = UInt32(ImageWriter.format)

  /// The image of `tags/` of a lexicon folder. Throws `LexiconError.bad` with file and line.
  package static func load(_ folder: LexiconFolder) throws -> TagImage {
    let sources = LexiconReader.sources(folder).map { folder.path($0) }
    let mapped = try LexiconImage.open("tags", layout: layout, sources: sources, folder: folder) { builder in
      let lexicon = try LexiconReader.read(folder)
      builder.add(
        "tags", try TagImageBuilder.build(lexicon, stamp: stamp(sources), frequency: frequency(folder)))
    }
    let array = try mapped.array("tags", of: Int32.self)
    do throws(ImageError) { return try TagImage(mapped: array.storage, keepAlive: mapped) } catch {
      throw LexiconError.bad(file: "tags", line: 0, message: "the image just built is not valid")
    }
  }

  /// Hash of the contents of the sources: the version of the lexicon.
  package static func stamp(_ sources: [String]) -> UInt64 {
    var hash = ByteHash.seed
    for path in sources {
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      for byte in data { hash = ByteHash.add(hash, byte) }
      hash = ByteHash.add(hash, 0)
    }
    return hash
  }

  /// Frequencies of the word list, so that cues hang on their rarest word; a guess where there is no list.
  private static func frequency(_ folder: LexiconFolder) -> TagImageBuilder.Frequency {
    guard let english = try? EnglishLexicon.load(folder) else { return TagImageBuilder.guessedFrequency }
    return { word in
      guard let facts = english.facts(of: Array(word.utf8)) else { return 1e-7 }
      return Exponential.of(Double(facts.logFrequency))
    }
  }
}

/// e to the power of a number, near enough for comparing frequencies, without a mathematics library.
enum Exponential {
  static func of(_ exponent: Double) -> Double {
    // e^x = (e^(x/1024))^1024; the series of the small power needs three terms.
    let small = max(-50, min(exponent, 50)) / 1024
    var value = 1 + small + small * small / 2 + small * small * small / 6
    for _ in 0..<10 { value *= value }
    return value
  }
}
