/// Lists of references that give an author a line of his own, and below it the year and title of each work.
enum AuthorLines {
  /// "1992a Title", "1990[1925] The Gift", "n.d. Title": what opens a work below its author.
  static func opensYear(_ text: [UInt8], _ line: Line) -> Bool {
    guard let token = Glyphs.firstToken(text, line.range), token.upperBound < line.range.upperBound else {
      return false
    }
    let digits = text[token].prefix { Glyphs.isDigit(UInt32($0)) }
    if digits.count == 4 {
      let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      let rest = text[token].dropFirst(4)
      guard value >= 1500, value < 2100, let next = rest.first else { return value >= 1500 && value < 2100 }
      return next == 0x5B || next == 0x28 || next == 0x2D
        || rest.allSatisfy { Glyphs.isLower(UInt32($0)) || $0 == 0x2E } && rest.count <= 2
    }
    return text[token].elementsEqual("n.d.".utf8)
  }

  /// "Parry, Jonathan, and Maurice Bloch, eds.": no longer than names are, with a comma, and without a year.
  static func isAuthor(_ galley: Galley, _ line: Line) -> Bool {
    !line.flags.contains(.hasYear) && line.words <= 16 && Glyphs.isUpper(line.firstLetter)
      && line.functionWords <= 2 && galley.text[line.range].contains(0x2C)
  }
}
