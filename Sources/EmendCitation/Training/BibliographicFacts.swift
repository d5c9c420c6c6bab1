import EmendModel

/// Names, titles, journals and imprints found in gold references: what the generator renders anew.
///
/// They are gathered when a model is trained and never written out.
struct BibliographicFacts {
  struct Person {
    var family: String
    var given: String
  }
  private(set) var people: [Person] = []
  /// Titles of articles, chapters and books.
  private(set) var articles: [String] = []
  private(set) var chapters: [String] = []
  private(set) var books: [String] = []
  private(set) var journals: [String] = []
  private(set) var containers: [String] = []
  private(set) var publishers: [String] = []
  private(set) var places: [String] = []
  private(set) var addresses: [String] = []

  init(_ references: [GoldReference]) {
    for reference in references {
      var first: [String: String] = [:]
      for field in reference.fields where first[field.label] == nil {
        first[field.label] = reference.text(field)
      }
      if let author = first["author"] { takePeople(author) }
      // The parser is wanted for English first: of other languages a quarter.
      if reference.language == "en" || reference.language == "und" || reference.order % 4 == 0 {
        takeTitles(reference, first)
      }
      for field in reference.fields {
        let text = Self.trimmed(reference.text(field))
        let hasDigit = text.utf8.contains { $0 >= 0x30 && $0 <= 0x39 }
        switch field.label {
        case "publisher" where (3..<60).contains(text.utf8.count) && !hasDigit: publishers.append(text)
        case "location" where (3..<40).contains(text.utf8.count) && !hasDigit && Self.startsUpper(text):
          places.append(text)
        case "url" where (11..<120).contains(text.utf8.count) && !text.utf8.contains(0x20):
          addresses.append(text)
        default: break
        }
      }
    }
    // Each once, in an order that depends on nothing but the texts.
    articles = Self.unique(articles)
    chapters = Self.unique(chapters)
    books = Self.unique(books)
    journals = Self.unique(journals)
    containers = Self.unique(containers)
    publishers = Self.unique(publishers)
    places = Self.unique(places)
    addresses = Self.unique(addresses)
    var seen: Set<String> = []
    people = people.filter { seen.insert($0.family + "\t" + $0.given).inserted }
      .sorted { ($0.family, $0.given) < ($1.family, $1.given) }
  }

  private mutating func takePeople(_ text: String) {
    for name in NameList.split(text) {
      guard let given = name.given, Self.startsUpper(name.family), Self.startsUpper(given),
        (2...25).contains(name.family.unicodeScalars.count), (1...25).contains(given.unicodeScalars.count),
        !(name.family + given).utf8.contains(where: {
          $0 < 0x41 && $0 != 0x20 && $0 != 0x2E && $0 != 0x2D && $0 != 0x27
        }),
        name.family.unicodeScalars.dropFirst().contains(where: { $0.properties.isLowercase }),
        name.family.unicodeScalars.filter({ $0.properties.isUppercase }).count <= 2,
        name.family.split(separator: " ").count <= 3
      else { continue }
      people.append(Person(family: Self.withoutStop(name.family), given: Self.withoutStop(given)))
    }
  }

  /// "Garg." and "David." end a list of authors; "J." and "Wm." are as they should be.
  private static func withoutStop(_ name: String) -> String {
    guard name.hasSuffix("."), let last = name.split(separator: " ").last, last.count > 3 else { return name }
    return last.dropLast().contains(".") ? name : String(name.dropLast())
  }

  private mutating func takeTitles(_ reference: GoldReference, _ first: [String: String]) {
    let title = Self.trimmed(first["title"] ?? "")
    var container = Self.trimmed(first["container-title"] ?? "")
    for cue in ["In: ", "in: ", "In ", "in ", "Dans ", "dans "] where container.hasPrefix(cue) {
      container = Self.trimmed(String(container.dropFirst(cue.count)))
      break
    }
    let hasVolume = first["volume"] != nil || first["volume-date"] != nil
    let isLinkedBooks = reference.source.hasPrefix("linkedbooks")
    if (9..<160).contains(title.utf8.count) {
      if !container.isEmpty, hasVolume, reference.source != "anystyle_ugly" {
        articles.append(title)
      } else if !container.isEmpty, !hasVolume, !isLinkedBooks {
        chapters.append(title)
      } else if container.isEmpty, !isLinkedBooks {
        books.append(title)
      }
    }
    guard (4..<110).contains(container.utf8.count), !isLinkedBooks,
      !container.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 })
    else { return }
    if hasVolume {
      journals.append(container)
    } else if first["editor"] != nil || first["publisher"] != nil {
      containers.append(container)
    }
  }

  private static func unique(_ texts: [String]) -> [String] { Array(Set(texts)).sorted() }

  private static func startsUpper(_ text: String) -> Bool {
    text.unicodeScalars.first?.properties.isUppercase ?? false
  }

  /// Without markup, quotes and signs at the ends; white space single.
  static func trimmed(_ text: String) -> String {
    var out = ""
    var inTag = false
    for scalar in text.unicodeScalars {
      if scalar == "<" { inTag = true }
      if !inTag {
        if scalar.properties.isWhitespace {
          if out.unicodeScalars.last != " " { out += " " }
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
      if scalar == ">" { inTag = false }
    }
    let edges: Set<Character> = [
      " ", ",", ".", ";", ":", "\"", "“", "”", "‘", "’", "«", "»", "(", ")", "[", "]", "'", "„", "/",
    ]
    while let last = out.last, edges.contains(last) { out.removeLast() }
    while let first = out.first, edges.contains(first) { out.removeFirst() }
    return out
  }
}
