/// A cue of the lexicon language, parsed.
///
/// | Written | Means |
/// |---|---|
/// | `word` | singular and plural |
/// | `word/v` | all forms of the verb |
/// | `word/=` | as written, in any case; behind a bracket, `/v` and `/=` hold for each word in it |
/// | `=Word` | as written, in this case; all capitals may carry a plural s |
/// | `word's` | the word with a possessive 's; without one a word stands for both |
/// | `stem*` | any word that begins so |
/// | `*ism`, `organi*ation` | any word that fits, the star standing for any letters |
/// | `(a\|b c)` | choice |
/// | `x?` | may be missing |
/// | `~3` | up to three words in between, never over a semicolon; `..` is `~5` |
/// | `+` | modifier and head may be parted by a coordination ("internal *and external* initiators") |
/// | `@class` | any cue of the class |
/// | `^` | start of the sentence |
/// | `a & b` | both in the sentence; the first is the evidence |
package indirect enum Cue: Equatable, Sendable {
  /// One token whose folded form is among these.
  case word([String])
  /// One token that stands exactly so.
  case exact([String])
  case prefix(String)
  /// One token that fits a pattern with stars.
  case glob(String)
  /// The token before has a possessive 's.
  case possessive
  case sequence([Cue])
  case choice([Cue])
  case optional(Cue)
  case gap(Int)
  case coordination
  case start
  case cueClass(String)
}

/// What is wrong with a cue.
package struct CueError: Error, Equatable {
  package let message: String
}

/// Parses cues. The forms of a word are made here, once, so that matching never stems: a stem would take
/// *contractionary* for *contract* and *initial* for *initiator*.
package struct CueParser {
  let forms: WordForms

  package init(forms: WordForms) { self.forms = forms }

  /// The parts of a cue, one for each side of `&`.
  ///
  ///     try parser.parse("impose/v ~3 sanction")   // [.sequence([.word(["impose", …]), .gap(3), .word(["sanction", "sanctions"])])]
  package func parse(_ text: String) throws(CueError) -> [Cue] {
    var parts: [Cue] = []
    for part in text.split(separator: "&", omittingEmptySubsequences: false) {
      var reader = Reader(pieces: try Self.pieces(of: part), parser: self)
      let cue = try reader.choice()
      guard reader.atEnd else { throw CueError(message: "unexpected “\(reader.rest)”") }
      if case .sequence(let items) = cue, items.isEmpty { throw CueError(message: "empty cue") }
      parts.append(cue)
    }
    return parts
  }

  private static func pieces(of text: Substring) throws(CueError) -> [String] {
    var pieces: [String] = []
    var word = ""
    func isWord(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || "’'.*/=-_@~".contains(character)
    }
    func finish() {
      if word.isEmpty { return }
      // A hyphen between words is a space: "two-level" is "two level". Class names keep theirs.
      if word.hasPrefix("@") || !word.contains("-") {
        pieces.append(word)
      } else {
        pieces += word.split(separator: "-").map(String.init)
      }
      word = ""
    }
    for character in text {
      if isWord(character) {
        word.append(character == "’" ? "'" : character)
      } else if character == "?" {
        if word.isEmpty {
          guard pieces.last == ")" else { throw CueError(message: "“?” after nothing") }
          pieces[pieces.count - 1] = ")?"
        } else {
          word.append("?")
          finish()
        }
      } else {
        finish()
        if character.isWhitespace { continue }
        guard "()|+^,;:".contains(character) else { throw CueError(message: "unknown sign “\(character)”") }
        pieces.append(String(character))
      }
    }
    finish()
    return pieces
  }

  private struct Reader {
    let pieces: [String]
    let parser: CueParser
    var at = 0

    init(pieces: [String], parser: CueParser) { (self.pieces, self.parser) = (pieces, parser) }

    var atEnd: Bool { at >= pieces.count }
    var rest: String { pieces[at...].joined(separator: " ") }

    /// `suffix` is what stands behind the bracket around it ("/v", "/=") and holds for each bare word inside.
    mutating func choice(suffix: String = "") throws(CueError) -> Cue {
      var options = [try sequence(suffix)]
      while !atEnd, pieces[at] == "|" {
        at += 1
        options.append(try sequence(suffix))
      }
      return options.count == 1 ? options[0] : .choice(options)
    }

    mutating func sequence(_ suffix: String) throws(CueError) -> Cue {
      var items: [Cue] = []
      while !atEnd, !["|", ")", ")?"].contains(pieces[at]) {
        var piece = pieces[at]
        at += 1
        if piece == "(" {
          items.append(try bracket(suffix))
          continue
        }
        let isOptional = piece.count > 1 && piece.hasSuffix("?")
        if isOptional { piece.removeLast() }
        if !suffix.isEmpty, piece.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "'" || $0 == "." }),
          piece != ".."
        {
          piece += suffix
        }
        let item = try possessiveItem(piece)
        items.append(isOptional ? .optional(item) : item)
      }
      return items.count == 1 ? items[0] : .sequence(items)
    }

    /// What follows an opening bracket, the closing one and its marks included.
    private mutating func bracket(_ outer: String) throws(CueError) -> Cue {
      var suffix = outer
      if let close = closing(), close + 1 < pieces.count,
        ["/=", "/v", "/=?", "/v?"].contains(pieces[close + 1])
      {
        suffix = pieces[close + 1].hasPrefix("/=") ? "/=" : "/v"
      }
      let inner = try choice(suffix: suffix)
      guard !atEnd else { throw CueError(message: "“(” without “)”") }
      var isOptional = pieces[at] == ")?"
      at += 1
      if suffix != outer, !atEnd, pieces[at].hasPrefix(suffix) {
        isOptional = pieces[at].hasSuffix("?")
        at += 1
      }
      return isOptional ? .optional(inner) : inner
    }

    /// The bracket that closes the one just opened.
    private func closing() -> Int? {
      var depth = 1
      for index in at..<pieces.count {
        if pieces[index] == "(" { depth += 1 }
        if pieces[index].hasPrefix(")") { depth -= 1 }
        if depth == 0 { return index }
      }
      return nil
    }

    /// A word with a possessive 's is the word, whose mark is asked for: tokens leave it out.
    private func possessiveItem(_ piece: String) throws(CueError) -> Cue {
      for ending in ["'s", "'s/="] where piece.hasSuffix(ending) && piece.count > ending.count {
        let word = String(piece.dropLast(ending.count))
        return .sequence([try item(word.hasPrefix("=") ? word : word + "/="), .possessive])
      }
      return try item(piece)
    }

    func item(_ piece: String) throws(CueError) -> Cue {
      switch piece {
      case "+": return .coordination
      case "^": return .start
      case ",", ";", ":": return .word([piece])
      case "..": return .gap(5)
      default: break
      }
      if piece.hasPrefix("~") {
        guard let count = Int(piece.dropFirst()), (0...40).contains(count) else {
          throw CueError(message: "“\(piece)”: a gap is ~0 to ~40")
        }
        return .gap(count)
      }
      if piece.hasPrefix("@") { return .cueClass(String(piece.dropFirst())) }
      if piece.hasPrefix("="), piece.count > 1 {
        let word = String(piece.dropFirst())
        let isAcronym = word.count > 1 && word.allSatisfy { $0.isUppercase }
        return .exact(isAcronym ? [word, word + "s"] : [word])
      }
      if piece.hasSuffix("/v") { return .word(parser.forms.verb(String(piece.dropLast(2)).lowercased())) }
      if piece.hasSuffix("/=") { return .word([String(piece.dropLast(2)).lowercased()]) }
      let stars = piece.count { $0 == "*" }
      if stars == 1, piece.hasSuffix("*"), piece.count > 2 {
        return .prefix(String(piece.dropLast()).lowercased())
      }
      if stars > 0, !piece.contains(where: { "/=@~.".contains($0) }) {
        guard piece.count - stars > 1 else { throw CueError(message: "“\(piece)” would fit nearly any word") }
        return .glob(piece.lowercased())
      }
      guard !piece.contains(where: { "*/=@~".contains($0) }) else {
        throw CueError(message: "“\(piece)” is no word")
      }
      return .word(parser.forms.noun(piece.lowercased()))
    }
  }
}
