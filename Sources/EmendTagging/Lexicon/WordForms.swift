/// Inflected and variant forms of English words, made from short rules and the lists of `forms.yaml`.
package struct WordForms: Sendable {
  /// Base form to its other forms.
  package var irregularVerbs: [String: [String]] = [:]
  package var irregularNouns: [String: [String]] = [:]
  /// One spelling to the other, whole words ("behavior" to "behaviour").
  package var spellings: [String: [String]] = [:]
  /// Pairs of endings that part the spellings ("ization", "isation").
  package var spellingEndings: [(String, String)] = []

  package init() {}

  /// Singular and plural: `noun("agency")` is `["agency", "agencies"]`.
  package func noun(_ word: String) -> [String] {
    if let forms = irregularNouns[word] { return [word] + forms }
    return [word, plural(word)]
  }

  /// All forms of a verb: `verb("ally")` is `["ally", "allies", "allied", "allying"]`.
  package func verb(_ word: String) -> [String] {
    if let forms = irregularVerbs[word] { return [word] + forms }
    let letters = Array(word)
    guard let last = letters.last else { return [word] }
    if last == "y", letters.count > 1, !Self.isVowel(letters[letters.count - 2]) {
      let stem = String(letters.dropLast())
      return [word, stem + "ies", stem + "ied", word + "ing"]
    }
    if last == "e" {
      return [word, word + "s", word + "d", String(letters.dropLast()) + "ing"]
    }
    var forms = [word, plural(word), word + "ed", word + "ing"]
    if doubles(letters) { forms += [word + String(last) + "ed", word + String(last) + "ing"] }
    return forms
  }

  /// The other spellings of a word: `variants("socialization")` is `["socialisation"]`.
  package func variants(_ word: String) -> [String] {
    var found = spellings[word] ?? []
    for (one, other) in spellingEndings where word.count > one.count + 3 {
      if word.hasSuffix(one) { found.append(String(word.dropLast(one.count)) + other) }
    }
    return found
  }

  /// The other spellings of the beginning of a word, which may end inside one of the endings:
  /// `variants(ofStem: "socializ")` holds "socialise" and "socialising", but not "socialis", which begins
  /// other words too.
  package func variants(ofStem stem: String) -> [String] {
    var found = variants(stem)
    for (one, other) in spellingEndings {
      for length in 2..<max(3, one.count) where stem.count > length + 3 && stem.hasSuffix(one.prefix(length))
      {
        if one.prefix(length) == other.prefix(length) { continue }
        let variant = String(stem.dropLast(length)) + other
        if !found.contains(variant) { found.append(variant) }
      }
    }
    return found
  }

  private func plural(_ word: String) -> String {
    let letters = Array(word)
    guard let last = letters.last else { return word }
    if last == "y", letters.count > 1, !Self.isVowel(letters[letters.count - 2]) {
      return String(letters.dropLast()) + "ies"
    }
    if "sxz".contains(last) || word.hasSuffix("ch") || word.hasSuffix("sh") || word.hasSuffix("to") {
      return word + "es"
    }
    return word + "s"
  }

  /// A short stressed last syllable doubles its consonant: "commit", "compel", "ban".
  private func doubles(_ letters: [Character]) -> Bool {
    guard letters.count > 2 else { return false }
    let (a, b, c) = (letters[letters.count - 3], letters[letters.count - 2], letters[letters.count - 1])
    guard !Self.isVowel(a), Self.isVowel(b), !Self.isVowel(c), !"wxy".contains(c) else { return false }
    if letters.count <= 4 { return true }
    let ending = String(letters.suffix(3))
    return ["mit", "pel", "fer", "cur", "bar", "gin", "tol", "rol", "cel", "nel", "nal", "vel"].contains(
      ending)
  }

  private static func isVowel(_ letter: Character) -> Bool { "aeiou".contains(letter) }
}
