/// Personal names as front matter prints them.
enum Names {
  /// "by John Smith", "By J. Smith and A. Jones".
  static func isByline(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    guard let first = words.first, first.lowercased() == "by", words.count >= 2, words.count <= 24 else {
      return false
    }
    return words[1].first?.isUppercase ?? false
  }

  /// The names of a by-line or a list: "Ada B. Corwin, Tom Reed, and Lena Park".
  static func list(_ text: String) -> [String] {
    var rest = Substring(text)
    if isByline(text) { rest = rest.dropFirst(3) }
    return rest.split(separator: ",").flatMap { part in
      part.split(separator: " and ").flatMap { $0.split(separator: " & ") }.map { piece in
        var name = piece.drop { $0 == " " }
        if name.hasPrefix("and ") { name = name.dropFirst(4) }
        if name.hasPrefix("& ") { name = name.dropFirst(2) }
        while let last = name.last, last == " " || last == "." && !endsInInitial(name) {
          name = name.dropLast()
        }
        return String(name)
      }
    }.filter { !$0.isEmpty }
  }

  private static func endsInInitial(_ name: Substring) -> Bool {
    guard let word = name.split(separator: " ").last else { return false }
    return word.count <= 3
  }

  /// Two to five words with capitals, initials and particles among them, and nothing else.
  static func isName(_ text: some StringProtocol, _ knowledge: StructureKnowledge) -> Bool {
    let words = text.split(separator: " ")
    guard words.count >= 2, words.count <= 6 else { return false }
    let particles = knowledge.frontMatter["particle"] ?? []
    return words.allSatisfy { word in
      guard let first = word.unicodeScalars.first else { return false }
      if particles.contains(word.lowercased()) { return true }
      return first.properties.isUppercase
        && word.unicodeScalars.allSatisfy {
          $0.properties.isAlphabetic || $0 == "." || $0 == "-" || $0 == "'" || $0 == "’" || $0 == ","
        }
    }
  }
}
