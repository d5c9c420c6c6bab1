import EmendLexicons
import EmendModel

/// Knows the line of an author: "Ada B. Corwin", "RUTH HALE & TOM REED", "By J. Smith, M.A.", "ADA CORWIN—University of
/// Leiden".
enum Bylines {
  static let mostWords = 16
  /// Signs that call a note behind a name.
  private static let noteSigns: Set<Character> = ["*", "∗", "†", "‡", "§", "¶", "⁎"]

  /// Whether a line holds names of persons, and nothing but what goes with names.
  ///
  /// - Parameter isCentred: whether the line stands where an author's does; at the margin a first name must be a name
  ///   beyond doubt.
  static func isByline(_ galley: Galley, _ line: Line, isCentred: Bool) -> Bool {
    guard line.words >= 2, line.words <= mostWords, line.digits <= 3,
      Double(line.width) < 0.95 * Double(galley.measure)
    else { return false }
    var text = Substring(FrontMatterText.collapsed(galley.string(line.range)))
    let isSigned = Names.isByline(String(text))
    if isSigned { text = text.dropFirst(3) }
    if let dash = text.firstRange(of: "—") ?? text.firstRange(of: " – ") ?? text.firstRange(of: " - ") {
      guard isInstitution(text[dash.upperBound...], galley.knowledge) else { return false }
      text = text[..<dash.lowerBound]
    }
    var names = 0
    for (place, part) in Names.list(String(text)).enumerated() {
      let name = withoutMarks(part)
      if place > 0, isDegree(name) || isInstitution(name[...], galley.knowledge) { continue }
      guard Names.isName(name, galley.knowledge),
        isSigned || isPerson(name, galley.lexicon, isCentred: isCentred)
      else { return false }
      names += 1
    }
    return names > 0
  }

  /// "University of the Western Cape", "Department of History".
  static func isInstitution(_ text: Substring, _ knowledge: StructureKnowledge) -> Bool {
    let words = text.split { !$0.isLetter }.map { $0.lowercased() }
    let known = (knowledge.frontMatter["institution"] ?? []) + (knowledge.frontMatter["unit"] ?? [])
    return words.contains { known.contains($0) }
  }

  /// A name without the figure or the sign that calls a note.
  private static func withoutMarks(_ name: String) -> String {
    var rest = Substring(name)
    while let last = rest.last, last == " " || last.isNumber || noteSigns.contains(last) {
      rest = rest.dropLast()
    }
    return String(rest)
  }

  /// "M.A.", "Ph.D.", "Jr.".
  private static func isDegree(_ part: String) -> Bool {
    part.count <= 8 && !part.contains(" ") && (part.contains(".") || part == "Jr")
  }

  /// Whether the words of a name are no words of a title: the last is a name, or in no list, and so is the first, or
  /// initials stand before it.
  private static func isPerson(_ name: String, _ lexicon: EnglishLexicon?, isCentred: Bool) -> Bool {
    guard let lexicon else { return name.contains(".") }
    let words = name.split(separator: " ")
    guard let first = words.first, let last = words.last(where: { !isSuffix($0) }) else { return false }
    func flags(_ word: Substring) -> WordFacts.Flags {
      let bytes = Array(word.lowercased().utf8)
      return bytes.withUnsafeBufferPointer { lexicon.flags(lexicon.id($0)) }
    }
    func isName(_ word: Substring) -> Bool {
      let flags = flags(word)
      return flags.contains(.name) || !flags.contains(.trusted)
    }
    func isSurely(_ word: Substring) -> Bool { isName(word) && !flags(word).contains(.trusted) }
    guard isName(last) else { return false }
    if words.dropLast().contains(where: isInitial) { return true }
    return isSurely(first) || (isCentred && isName(first) && isSurely(last))
  }

  /// "J.", "J.R.", "J".
  private static func isInitial(_ word: Substring) -> Bool {
    word.split(separator: ".").allSatisfy { $0.count == 1 && ($0.first?.isUppercase ?? false) }
  }

  private static func isSuffix(_ word: Substring) -> Bool {
    ["jr", "sr", "ii", "iii", "iv"].contains(word.lowercased().filter(\.isLetter))
  }
}
