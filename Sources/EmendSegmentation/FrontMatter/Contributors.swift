import EmendModel

/// "Nora Lindqvist is a Ph.D. candidate in the Department of History, Harbour University, …":
/// name, post, unit, institution, place, and a second post.
enum Contributors {
  static func read(_ galley: Galley, _ text: FrontMatterText, _ matter: inout FrontMatterDraft) {
    var inside = false
    for block in galley.blocks {
      if block.kind == .heading {
        inside = block.lines.contains { HeadingKey(galley, galley.lines[$0])?.role == .contributors }
        continue
      }
      guard inside, block.kind == .paragraph || block.kind == .listItem, let first = block.lines.first else {
        continue
      }
      let bold = text.emphasis(first, .bold).first.map { text.string($0) }
      if let person = person(text.text(block), name: bold, text.knowledge, line: text.number(first)) {
        matter.facts.contributors.append(person)
      }
    }
  }

  static func person(
    _ paragraph: String, name given: String?, _ knowledge: StructureKnowledge, line: Int
  ) -> FrontMatter.Contributor? {
    var rest = firstSentence(paragraph)
    let name: String
    if let given, rest.hasPrefix(given) {
      name = given
      rest = String(rest.dropFirst(given.count))
    } else if let end = nameEnd(rest) {
      name = String(rest[..<end])
      rest = String(rest[end...])
    } else {
      return nil
    }
    guard Names.isName(name, knowledge) else { return nil }
    guard rest.hasPrefix(" is ") else { return active(name, rest, knowledge, line: line) }
    rest = String(rest.dropFirst(4))
    while let last = rest.last, last == "." || last == " " { rest.removeLast() }
    var person = FrontMatter.Contributor(name: name, line: line)
    for opening in [", and is ", ", and ", "; "] {
      if let second = rest.firstRange(of: opening + "currently ") {
        person.also = String(rest[second.lowerBound...].dropFirst(opening.count))
        rest = String(rest[..<second.lowerBound])
        break
      }
      if opening == ", and is ", let second = rest.firstRange(of: opening) {
        person.also = String(rest[second.upperBound...])
        rest = String(rest[..<second.lowerBound])
        break
      }
    }
    post(withoutArticle(rest), knowledge, &person)
    return person
  }

  private static let verbs = [" is ", " teaches ", " lectures ", " works ", " lives ", " holds "]

  /// Where the name ends: before its verb, or before the comma of "Jane Low, a barrister, …".
  private static func nameEnd(_ text: String) -> String.Index? {
    (verbs + [", "]).compactMap { text.firstRange(of: $0)?.lowerBound }.min()
  }

  /// Up to the stop after which a capital begins another sentence; "Ph.D." and "St." end none.
  private static func firstSentence(_ text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    for (word, next) in zip(words, words.dropFirst()) where word.hasSuffix(".") {
      let isShort = word.count <= 4 || word.dropLast().contains(".")
      let isPronoun = ["He", "She", "They", "His", "Her", "Their"].contains(next)
      guard next.first?.isUppercase ?? false, isPronoun || !isShort else { continue }
      return String(text[..<word.endIndex])
    }
    return text
  }

  /// "Jane Low teaches history at Harbour University.", "Tom Reed, a pilot, lives in Tunis.", "Ann Hall, Professor of
  /// Law, Harbour University."
  private static func active(
    _ name: String, _ sentence: String, _ knowledge: StructureKnowledge, line: Int
  ) -> FrontMatter.Contributor? {
    var person = FrontMatter.Contributor(name: name, line: line)
    var rest = sentence
    while let last = rest.last, last == "." || last == " " { rest.removeLast() }
    if rest.hasPrefix(", ") {
      rest = String(rest.dropFirst(2))
      if let verb = verbs.compactMap({ rest.firstRange(of: "," + $0)?.lowerBound }).min() {
        let position = String(rest[..<verb])
        rest = String(rest[verb...].dropFirst())
        if rest.hasPrefix(" is ") { return Self.person(name + rest, name: name, knowledge, line: line) }
        person.position = withoutArticle(position)
      } else {
        // Without a verb only a post tells it from a title.
        let posts = Set(knowledge.frontMatter["post"] ?? [])
        guard
          rest.split(whereSeparator: { !$0.isLetter }).contains(where: { posts.contains($0.lowercased()) })
        else { return nil }
        post(withoutArticle(rest), knowledge, &person)
        return person
      }
    }
    guard let verb = verbs.first(where: { rest.hasPrefix($0) }) else { return nil }
    let activity = rest.dropFirst()
    rest = String(rest.dropFirst(verb.count))
    if verb == " lives ", rest.hasPrefix("in ") {
      let place = parts(rest.dropFirst(3))
      person.city = place.first
      person.region = place.count > 1 ? place[1] : nil
      return person
    }
    guard let place = ["at ", "for "].first(where: { rest.hasPrefix($0) }) else {
      // "teaches history at …": what is done stands for a post.
      guard let at = activity.firstRange(of: " at ") else { return nil }
      post(String(activity), knowledge, &person)
      if person.position == nil { person.position = String(activity[..<at.lowerBound]) }
      return person
    }
    let position = person.position
    post("x at " + rest.dropFirst(place.count), knowledge, &person)
    person.position = position
    return person
  }

  private static func withoutArticle(_ text: String) -> String {
    for article in ["a ", "an ", "the "] where text.hasPrefix(article) {
      return String(text.dropFirst(article.count))
    }
    return text
  }

  private static func post(
    _ text: String, _ knowledge: StructureKnowledge, _ person: inout FrontMatter.Contributor
  ) {
    var place: [String]
    if let at = text.firstRange(of: " at ") {
      person.position = String(text[..<at.lowerBound])
      place = parts(text[at.upperBound...])
    } else if let unit = unitStart(text, knowledge), let preposition = text[..<unit].lastRange(of: " in ") {
      person.position = String(text[..<preposition.lowerBound])
      place = parts(text[unit...])
    } else {
      place = parts(text[...])
      person.position = place.isEmpty ? nil : place.removeFirst()
    }
    if let first = place.first, isUnit(first, knowledge) {
      person.department = first
      place.removeFirst()
    } else if let position = person.position {
      person.department = unit(inside: position, knowledge)
    }
    guard !place.isEmpty else { return }
    var institution = place.removeFirst()
    if institution.hasPrefix("the ") { institution = String(institution.dropFirst(4)) }
    if (knowledge.frontMatter["system"] ?? []).contains(institution), let campus = place.first {
      person.institution = institution + ", " + campus
      person.city = campus
    } else {
      person.institution = institution
      person.city = place.first
    }
    person.region = place.count > 1 ? place[1] : nil
  }

  private static func parts(_ text: Substring) -> [String] {
    text.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }

  private static func isUnit(_ text: String, _ knowledge: StructureKnowledge) -> Bool {
    let plain = text.hasPrefix("the ") ? String(text.dropFirst(4)) : text
    let small = plain.lowercased()
    return (knowledge.frontMatter["unit"] ?? []).contains {
      small.hasPrefix($0 + " of ") || small.hasPrefix($0 + " for ")
    }
  }

  /// Where "Department of …" or "Graduate School of …" starts.
  private static func unitStart(_ text: String, _ knowledge: StructureKnowledge) -> String.Index? {
    let small = text.lowercased()
    guard small.utf8.count == text.utf8.count else { return nil }
    let starts = (knowledge.frontMatter["unit"] ?? []).compactMap { unit in
      small.firstRange(of: unit + " of ")?.lowerBound
    }
    guard let first = starts.min() else { return nil }
    return text.utf8.index(text.startIndex, offsetBy: small.utf8.distance(from: small.startIndex, to: first))
  }

  /// "School of International and Public Affairs" in "Dean of the School of … and Professor of …".
  private static func unit(inside position: String, _ knowledge: StructureKnowledge) -> String? {
    guard let start = unitStart(position, knowledge) else { return nil }
    let posts = Set(knowledge.frontMatter["post"] ?? [])
    var out: [Substring] = []
    let words = position[start...].split(separator: " ")
    for (index, word) in words.enumerated() {
      if word == "and", index + 1 < words.count, posts.contains(words[index + 1].lowercased()) { break }
      out.append(word)
    }
    return out.joined(separator: " ")
  }
}

extension StringProtocol {
  /// The last place at which a string stands.
  func lastRange(of other: String) -> Range<Index>? { ranges(of: other).last }
}
