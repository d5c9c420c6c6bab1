import EmendModel

/// What a short line names, if it is one of the known headings ("Notes", "5. Selected Bibliography").
struct HeadingKey {
  var role: Section.Role
  /// Whether the whole line is the phrase (with a number or label at most before it).
  init?(_ galley: Galley, _ line: Line) {
    guard line.width <= 60, line.words <= 9, line.letters >= 4 else { return nil }
    let text = galley.text
    var start = line.range.lowerBound
    if let number = SectionNumber.decimal(text, line.range) {
      start = number.title
    } else if let title = SectionNumber.roman(text, line.range), title < line.range.upperBound {
      start = title
    }
    if let role = galley.knowledge.role(ofHeading: Glyphs.key(text, start..<line.range.upperBound)) {
      self.role = role
      return
    }
    // "Chapter 3: Notes" names notes; "Appendix B" an appendix.
    if let after = SectionNumber.label(text, line.range, galley.knowledge.divisions),
      after < line.range.upperBound,
      let role = galley.knowledge.role(ofHeading: Glyphs.key(text, after..<line.range.upperBound))
    {
      self.role = role
      return
    }
    return nil
  }
}
