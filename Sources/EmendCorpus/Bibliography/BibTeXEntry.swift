import EmendModel

/// An entry of a BibTeX file, as BibTeX, biber and their readers take it.
///
/// Text stays UTF-8; the ten characters that TeX reserves are escaped. Capitals of titles are kept by braces.
/// The names of bodies stand in double braces, so that they are not split.
struct BibTeXEntry {
  let entry: BibliographyEntry
  let key: String

  /// BibTeX entry types for CSL types.
  private static let types: [String: String] = [
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection", "entry-encyclopedia": "incollection", "paper-conference": "inproceedings",
    "thesis": "phdthesis", "report": "techreport", "manuscript": "unpublished", "pamphlet": "booklet",
  ]

  func write(into bytes: inout [UInt8]) {
    let type = Self.types[entry.type] ?? "misc"
    let isArticle = type == "article"
    bytes += "@\(type){\(key)".utf8
    func field(_ name: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      bytes += ",\n  \(name) = {\(value)}".utf8
    }
    field(
      "author", names(entry.authors) + (entry.hasOtherAuthors && !entry.authors.isEmpty ? " and others" : ""))
    field("editor", names(entry.editors))
    field("translator", names(entry.translators))
    field("title", entry.title.map(Self.title))
    field(isArticle ? "journal" : "booktitle", entry.containerTitle.map(Self.escaped))
    field("series", entry.collectionTitle.map(Self.escaped))
    if let year = entry.years.first {
      field("year", entry.years.count > 1 ? "\(year)--\(entry.years[1])" : String(year))
      field("month", entry.month.map(String.init))
      field("day", entry.day.map(String.init))
    } else {
      field("year", entry.date.map(Self.escaped))
    }
    field("volume", entry.volume.map(Self.escaped))
    field("number", entry.issue.map(Self.escaped))
    field("pages", entry.pages.map(Self.pages))
    field("edition", entry.edition.map(Self.escaped))
    field(publisherName(type), entry.publisher.map(Self.escaped))
    field("address", entry.place.map(Self.escaped))
    field("type", entry.genre.map(Self.escaped))
    field("doi", entry.doi.map(Self.verbatim))
    field("url", entry.url.map(Self.verbatim))
    field("isbn", entry.isbn.map(Self.escaped))
    field("note", entry.notes.isEmpty ? nil : Self.escaped(entry.notes.joined(separator: "; ")))
    bytes += "\n}\n\n".utf8
  }

  /// The field in which each type names its publisher.
  private func publisherName(_ type: String) -> String {
    switch type {
    case "phdthesis": "school"
    case "techreport": "institution"
    default: "publisher"
    }
  }

  private func names(_ names: [PersonName]) -> String {
    names.map { name in
      if name.isBody { return "{\(Self.escaped(name.family))}" }
      let family = Self.braced(Self.escaped(name.family))
      let given = name.given.map { Self.braced(Self.escaped($0)) }
      switch (name.suffix, given) {
      case (let suffix?, let given?): return "\(family), \(Self.escaped(suffix)), \(given)"
      case (let suffix?, nil): return "\(family), \(Self.escaped(suffix)), {}"
      case (nil, let given?): return "\(family), \(given)"
      case (nil, nil): return family.contains(" ") ? "{\(family)}" : family
      }
    }.joined(separator: " and ")
  }

  /// Braces around a name that holds " and " or a comma, which would split it.
  private static func braced(_ name: String) -> String {
    name.contains(" and ") || name.contains(",") ? "{\(name)}" : name
  }

  /// Characters that TeX reserves, escaped; braces as commands, so that they always balance.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\textbackslash{}"
      case "{": result += "\\textbraceleft{}"
      case "}": result += "\\textbraceright{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "&", "%", "$", "#", "_":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A title with braces around each word after the first that has a capital, and around a first word with a
  /// capital inside ("DNA", "McAdam"), so that no style turns them small. Points and quotation marks stay outside.
  static func title(_ text: String) -> String {
    text.split(separator: " ").enumerated().map { index, word in
      let scalars = word.unicodeScalars
      func isInner(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      }
      guard let first = scalars.firstIndex(where: isInner), let last = scalars.lastIndex(where: isInner)
      else {
        return escaped(String(word))
      }
      let core = scalars[first...last]
      let hasCapital = (index == 0 ? core.dropFirst() : core).contains { $0.properties.isUppercase }
      let (before, after) = (scalars[..<first], scalars[scalars.index(after: last)...])
      let kept = escaped(String(core))
      return escaped(String(before)) + (hasCapital ? "{\(kept)}" : kept) + escaped(String(after))
    }.joined(separator: " ")
  }

  /// "12-34" → "12--34", the en dash of BibTeX.
  private static func pages(_ text: String) -> String {
    escaped(text.replacing("\u{2013}", with: "-").replacing("-", with: "--"))
  }

  /// Addresses are taken literally; braces and backslashes, which would unbalance the entry, are percent-encoded.
  private static func verbatim(_ text: String) -> String {
    text.replacing("\\", with: "%5C").replacing("{", with: "%7B").replacing("}", with: "%7D")
  }
}
