import EmendModel

/// What a short line names, if it is one of the known headings ("Notes", "5. Selected Bibliography").
struct HeadingKey {
  var role: Section.Role

  init?(_ galley: borrowing Galley, _ line: Line) {
    self.init(galley.text, line, galley.knowledge)
  }

  init?(_ text: borrowing [UInt8], _ line: Line, _ knowledge: StructureKnowledge) {
    guard line.width <= 60, line.words <= 9, line.letters >= 4 else { return nil }
    // Small letters throughout are a style of some journals: there a heading is known only as a whole, between blanks.
    if line.startsSmall {
      guard line.gapBefore >= 1, line.gapAfter >= 1, line.capitals == 0, !line.endsSentence,
        let role = knowledge.role(text, whole: line.range)
      else { return nil }
      self.role = role
      return
    }
    let text = copy text
    var start = line.range.lowerBound
    if Glyphs.isDigit(line.first) {
      guard let number = SectionNumber.decimal(text, line.range) else { return nil }
      start = number.title
    } else if let title = SectionNumber.roman(text, line.range), title < line.range.upperBound {
      start = title
    }
    if let role = knowledge.role(text, start..<line.range.upperBound) {
      self.role = role
      return
    }
    // "Chapter 3: Notes" names notes; "Appendix B" an appendix.
    guard line.words > 2, let after = SectionNumber.label(text, line.range, knowledge.divisions),
      after < line.range.upperBound, let role = knowledge.role(text, after..<line.range.upperBound)
    else { return nil }
    self.role = role
  }
}

/// The known headings, by hashes of their letters.
struct HeadingPhrases: Sendable {
  private var whole: [UInt64: Section.Role] = [:]
  private var beginnings: [UInt64: Section.Role] = [:]

  /// "Selected Bibliography" is known with "bibliography".
  static let qualifiers = ["", "selected ", "general ", "select ", "annotated ", "complete ", "the "]

  /// A phrase in small letters; a trailing " *" stands for any rest.
  mutating func insert(_ phrase: String, _ role: Section.Role) {
    if phrase.hasSuffix(" *") {
      beginnings[Self.hash(phrase)] = role
    } else {
      for qualifier in Self.qualifiers where whole[Self.hash(qualifier + phrase)] == nil || qualifier.isEmpty
      {
        whole[Self.hash(qualifier + phrase)] = role
      }
    }
  }

  private static func hash(_ phrase: String) -> UInt64 {
    let bytes = Array(phrase.utf8)
    return Glyphs.letterHash(bytes, 0..<bytes.count).hash
  }

  /// The role that a stretch names as a whole.
  func role(_ text: [UInt8], whole range: Range<Int>) -> Section.Role? {
    whole[Glyphs.letterHash(text, range).hash]
  }

  /// The role that a stretch names as a whole, or by its beginning.
  func role(_ text: [UInt8], _ range: Range<Int>) -> Section.Role? {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var index = range.lowerBound
    var opened: Section.Role?
    while index < range.upperBound {
      let (value, next) = Glyphs.scalar(text, index, range.upperBound)
      if Glyphs.isLetter(value) {
        hash = (hash ^ UInt64(value < 0x80 ? value | 0x20 : value)) &* 0x100_0000_01B3
      } else if value == 0x20, opened == nil {
        opened = beginnings[hash]
      }
      index = next
    }
    return whole[hash] ?? opened
  }
}
