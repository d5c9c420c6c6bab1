import EmendModel

/// A `biblStruct` of the TEI Guidelines (P5, chapter 3.12), in a document of its own with one `listBibl`.
struct TEIBiblStruct {
  let entry: BibliographyEntry
  let key: String

  static let head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <TEI xmlns="http://www.tei-c.org/ns/1.0">
    <teiHeader><fileDesc><titleStmt><title>References</title></titleStmt><publicationStmt><p>Made by emend \
    \(Version.current).</p></publicationStmt><sourceDesc><p>Read from running text and reference lists.</p>\
    </sourceDesc></fileDesc></teiHeader>
    <text><body><listBibl>
    <head>References</head>

    """
  static let foot = "</listBibl></body></text>\n</TEI>\n"

  func write(into bytes: inout [UInt8]) {
    var xml = ""
    let isPart = entry.containerTitle != nil
    // An xml:id must begin with a letter (XML 1.0, NCName).
    let id = key.first?.isLetter == true ? key : "b-\(key)"
    xml += "<biblStruct xml:id=\"\(Self.escaped(id))\" type=\"\(Self.escaped(entry.type))\">"
    if isPart {
      xml +=
        "<analytic>" + names("author", entry.authors)
        + "<title level=\"a\">\(Self.escaped(entry.title ?? ""))</title>"
      xml += "</analytic>"
    }
    xml += "<monogr>"
    if !isPart { xml += names("author", entry.authors) }
    xml += names("editor", entry.editors)
    let level = isPart && entry.type.hasPrefix("article") ? "j" : "m"
    xml += "<title level=\"\(level)\">\(Self.escaped(entry.containerTitle ?? entry.title ?? ""))</title>"
    if let isbn = entry.isbn { xml += "<idno type=\"ISBN\">\(Self.escaped(isbn))</idno>" }
    for translator in entry.translators {
      xml += "<respStmt><resp>translator</resp>\(personName(translator))</respStmt>"
    }
    xml += element("edition", entry.edition)
    xml += "<imprint>" + element("pubPlace", entry.place) + element("publisher", entry.publisher)
    xml += scope("volume", entry.volume) + scope("issue", entry.issue) + scope("page", entry.pages) + date()
    xml += "</imprint></monogr>"
    if let series = entry.collectionTitle {
      xml += "<series><title level=\"s\">\(Self.escaped(series))</title></series>"
    }
    for note in entry.notes { xml += element("note", note) }
    if let genre = entry.genre { xml += "<note type=\"genre\">\(Self.escaped(genre))</note>" }
    if let doi = entry.doi { xml += "<idno type=\"DOI\">\(Self.escaped(doi))</idno>" }
    if let url = entry.url { xml += "<idno type=\"URL\">\(Self.escaped(url))</idno>" }
    if !entry.raw.isEmpty { xml += "<note type=\"raw\">\(Self.escaped(entry.raw))</note>" }
    xml += "</biblStruct>\n"
    bytes += xml.utf8
  }

  private func element(_ name: String, _ text: String?) -> String {
    text.map { "<\(name)>\(Self.escaped($0))</\(name)>" } ?? ""
  }

  private func scope(_ unit: String, _ text: String?) -> String {
    text.map { "<biblScope unit=\"\(unit)\">\(Self.escaped($0))</biblScope>" } ?? ""
  }

  private func date() -> String {
    guard let date = entry.date else { return "<date/>" }
    switch entry.years.count {
    case 1: return "<date when=\"\(day(entry.years[0]))\">\(Self.escaped(date))</date>"
    case 2: return "<date from=\"\(entry.years[0])\" to=\"\(entry.years[1])\">\(Self.escaped(date))</date>"
    default: return "<date>\(Self.escaped(date))</date>"
    }
  }

  /// "1919-06-29", "1919-06" or "1919" (ISO 8601).
  private func day(_ year: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "-0\(number)" : "-\(number)" }
    return "\(year)" + (entry.month.map(two) ?? "") + (entry.day.map(two) ?? "")
  }

  private func names(_ element: String, _ names: [PersonName]) -> String {
    names.map { "<\(element)>\(personName($0))</\(element)>" }.joined()
  }

  private func personName(_ name: PersonName) -> String {
    if name.isBody { return "<orgName>\(Self.escaped(name.family))</orgName>" }
    return "<persName>" + element("forename", name.given) + element("surname", name.family)
      + element("genName", name.suffix) + "</persName>"
  }

  /// Text for XML: three signs escaped, characters that XML 1.0 forbids left out.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22: result += "&quot;"
      case 0..<0x09, 0x0B, 0x0C, 0x0E..<0x20, 0x7F, 0xFFFE, 0xFFFF: break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
