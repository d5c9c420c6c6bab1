import EmendLexicons

/// Renders synthetic references: bibliographic facts in families of citation styles, with parameters drawn
/// anew for each (Grennan and Beel 2020 found synthetic training equal to real).
///
/// What teaches the parser is the variety of separators and orders; the facts need not fit together.
struct ReferenceGenerator {
  private let styles: CitationStyles
  private let facts: BibliographicFacts
  private let words: [String: [String]]
  private let knownJournals: [String]
  private let allJournals: [(title: String, short: String?)]
  private let newspapers: [String]
  private let publishers: [String]
  private let places: [String]
  /// Patterns of titles, corporate names and portfolios, and what fills their slots.
  private let patterns: [String: [String]]
  /// The share of titles that are composed after patterns; the others come from training sets.
  private let composedShare: Double
  private var random: SeededRandom

  // The reference in the making.
  private var family: CitationStyles.Family
  private var text: [UInt8] = []
  private var fields: [GoldReference.Field] = []
  private var parameters = NameStyle()
  private var kind = ""
  private var year = ""
  private var firstPage = 1
  private var authorCount = 1
  private var editorCount = 1
  private var usedPages = false

  /// How names are printed.
  private struct NameStyle {
    var inverted = "all"
    var initials = "full"
    var comma = ", "
    var separator = ", "
    var last = " and "
    var capitals = false
    var editors = "none"
    var titleCase = "x"
    /// More names than this become "et al.".
    var most = 9
  }

  init(lexicons: LexiconFolder, facts: BibliographicFacts, seed: UInt64) throws {
    styles = try CitationStyles(lexicons: lexicons)
    self.facts = facts
    random = SeededRandom(seed: seed)
    family = styles.common
    func column(_ name: String) throws -> [String] {
      try LexiconTable.rows("references/\(name).tsv", lexicons).compactMap(\.fields.first)
    }
    knownJournals = try column("journals-known")
    newspapers = try column("newspapers")
    publishers = try column("publishers")
    places = try column("publishing-places")
    allJournals = try LexiconTable.rows("references/journals.tsv", lexicons).compactMap { row in
      row.fields.first.map { ($0, row.fields.count > 1 ? row.fields[1] : nil) }
    }
    var words: [String: [String]] = [:]
    for row in try LexiconTable.rows("references/words.tsv", lexicons) where row.fields.count >= 2 {
      words[row.fields[0], default: []].append(String(row.fields[1].map { $0 == "_" ? " " : $0 }))
    }
    self.words = words
    var patterns: [String: [String]] = [:]
    for row in try LexiconTable.rows("references/titles.tsv", lexicons) where row.fields.count >= 2 {
      patterns[row.fields[0], default: []].append(row.fields[1])
    }
    self.patterns = patterns
    composedShare = patterns["share"]?.first.flatMap(Double.init) ?? 0
  }

  /// So many references of 15 to 600 bytes; none when there are no facts to render.
  mutating func references(_ count: Int) -> [GoldReference] {
    guard !facts.people.isEmpty, !facts.articles.isEmpty || !facts.books.isEmpty, !styles.families.isEmpty
    else {
      return []
    }
    var made: [GoldReference] = []
    var tries = 0
    while made.count < count, tries < count * 3 {
      tries += 1
      let reference = one(made.count)
      if (15...600).contains(reference.raw.count) { made.append(reference) }
    }
    return made
  }

  private mutating func one(_ number: Int) -> GoldReference {
    text.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    family = draw(styles.families, \.weight) ?? styles.common
    kind = draw(styles.kinds, \.weight)?.name ?? "article"
    parameters = drawParameters()
    year = String(random.chance(0.9) ? 1920 + random.below(103) : 1750 + random.below(170))
    firstPage = 1 + random.below(random.chance(0.2) ? 99 : random.chance(0.6) ? 400 : 1400)
    authorCount = random.chance(0.55) ? 1 : [2, 2, 2, 3, 3, 4, 5][random.below(7)]
    if random.chance(0.02) { authorCount = 6 + random.below(7) }
    editorCount = random.chance(0.45) ? 1 : [2, 2, 2, 3][random.below(4)]
    if random.chance(0.03) { editorCount = 4 + random.below(4) }
    usedPages = false
    expand(key: kind)
    tidy()
    return GoldReference(
      id: "synthetic:\(number)", source: "synthetic", raw: text, fields: fields, language: "en")
  }

  private mutating func drawParameters() -> NameStyle {
    func word(_ key: String, _ otherwise: String) -> String {
      random.pick(family.words[key] ?? []) ?? otherwise
    }
    var style = NameStyle()
    style.inverted = word("inv", "all")
    style.initials = word("ini", "full")
    style.comma = word("comma", ", ")
    style.separator = word("sep", ", ")
    style.last = word("last", " and ")
    style.capitals = word("caps", "no") == "yes"
    style.editors = word("editors", "none")
    style.titleCase = word("case", "x")
    style.most = [9, 9, 3, 2][random.below(4)]
    // "Weber Max, Simmel Georg" without commas would be a riddle.
    if style.comma == " ", style.initials == "full" { style.comma = ", " }
    return style
  }

  private mutating func draw<Element>(_ elements: [Element], _ weight: (Element) -> Int) -> Element? {
    var lot = random.below(elements.reduce(0) { $0 + weight($1) })
    for element in elements {
      lot -= weight(element)
      if lot < 0 { return element }
    }
    return nil
  }

  // MARK: Grammar

  private mutating func expand(key: String) {
    let own = family.rows[key] ?? styles.common.rows[key] ?? []
    guard let pieces = random.pick(own) else { return }
    expand(pieces)
  }

  private mutating func expand(_ pieces: [CitationStyles.Piece]) {
    for piece in pieces {
      switch piece {
      case .text(let literal): put(literal)
      case .choice(let options): if let option = random.pick(options) { expand(option) }
      case .key(let name): expand(key: name)
      case .field(let code): field(code)
      }
    }
  }

  private mutating func put(_ literal: String) { text.append(contentsOf: literal.utf8) }

  private mutating func put(_ label: FieldLabel, _ value: String) {
    guard !value.isEmpty else { return }
    // The signs before it may make a double space.
    let start = text.count
    text.append(contentsOf: value.utf8)
    fields.append(.init(label: label.name, range: start..<text.count))
  }

  // MARK: Fields

  private mutating func field(_ code: String) {
    switch code {
    case "A": authors()
    case "A1": put(.author, titled(person()) + " to " + titled(person()))
    case "E":
      // "in idem (ed.), …": the editor is the author of the piece.
      let same = family.rows["signal"] != nil && random.chance(0.04) ? random.pick(words["idem"] ?? []) : nil
      put(.editor, same ?? names(people(editorCount), isEditor: true))
    case "e": put(mark(editorCount))
    case "t": put(.translator, names(people([1, 1, 1, 2, 3][random.below(5)]), isEditor: true))
    case "F": put(.author, familyNames())
    case "f": put(.editor, familyNames())
    case "T": put(.title, title())
    case "s": put(.title, shortTitle())
    case "B":
      if random.chance(composedShare), let title = composedTitle() {
        put(.containerTitle, title)
      } else {
        put(
          .containerTitle, cased(random.pick(random.chance(0.6) ? facts.containers : facts.books) ?? title()))
      }
    case "J": put(.containerTitle, journal())
    case "j": put(.containerTitle, abbreviated(journal()))
    case "K1": put(.containerTitle, acronym(journal()))
    case "w": put(.volume, String(2 + random.below(11)))
    case "v": put(.volume, String(1 + random.below(random.chance(0.7) ? 60 : 250)))
    case "V":
      let numeral = Self.roman(1 + random.below(60))
      put(.volume, family.rows["signal"] != nil && random.chance(0.35) ? numeral.lowercased() : numeral)
    case "i":
      put(
        .issue,
        random.chance(0.85)
          ? String(1 + random.below(6)) : "\(1 + random.below(3))\(dash())\(4 + random.below(3))")
    case "p": pages()
    case "p1":
      let isNote = family.rows["signal"] != nil || family.words["language"] == ["de"] || kind == "short"
      put(.pages, String(firstPage) + (isNote && random.chance(0.15) ? following() : ""))
    case "c": put(.citedRange, pinpoint())
    case "h": put(.citedRange, numbered(random.pick(words["locator"] ?? []) ?? "ch. %1"))
    case "q": put(.volume, random.pick(words["series-mark"] ?? []) ?? "n.s.")
    case "y": date()
    case "m": put(.date, random.pick(words[random.chance(0.7) ? "month" : "issue-month"] ?? []) ?? "May")
    case "d": put(.date, String(1 + random.below(30)))
    case "L", "M": put(.location, place())
    case "P": put(.publisher, publisher())
    case "N": put(.edition, random.pick(words["edition"] ?? []) ?? "2nd ed.")
    case "S":
      let series = random.chance(0.6) ? composed("series").map { cased($0) } : nil
      put(.collectionTitle, series ?? random.pick(words["series"] ?? []) ?? "Studies")
    case "G": put(.genre, random.pick(words["genre"] ?? []) ?? "PhD thesis")
    case "U": put(.publisher, university())
    case "u": put(.url, random.pick(facts.addresses) ?? "http://www.example.org/report.pdf")
    case "D":
      put(
        .doi,
        "10.\(1000 + random.below(8000))/\(["j", "s", "a", "ps", "isq"][random.below(5)])\(random.below(99_999)).\(year)"
      )
    case "n": put(.citationNumber, String(1 + random.below(140)))
    case "W": put(.containerTitle, random.pick(newspapers) ?? "The Times")
    case "C": conference()
    case "R": put(.containerTitle, random.pick(words["report"] ?? []) ?? "Working Paper")
    case "r":
      put(
        .issue,
        random.chance(0.7) ? String(1 + random.below(9000)) : reportNumber())
    case "k":
      put("\(1 + random.below(28)) \(random.pick(words["month"] ?? []) ?? "May") \(1998 + random.below(22))")
    case "K": put(.note, random.pick(words["note"] ?? []) ?? "Mimeo.")
    case "a": put(.archival, numbered(random.pick(words["archive"] ?? []) ?? "Box %#"))
    case "O": put(.identifier, numbered(random.pick(words["command"] ?? []) ?? "Cmnd. %#"))
    case "H": put(.containerTitle, random.pick(words["debates"] ?? []) ?? "Hansard")
    case "x": crossReference()
    case "#": put(String(1 + random.below(200)))
    case " ": put([", ", " ", ", ", ". ", "; ", ": "][random.below(6)])
    default: break
    }
  }

  private mutating func authors() {
    if kind == "edited" {
      let names = names(people(authorCount), isEditor: false)
      if random.chance(0.3) {
        put(.editor, names + ", " + mark(authorCount))
      } else {
        put(.editor, names + ([" ", ", ", " "][random.below(3)]) + "(" + mark(authorCount) + ")")
      }
      return
    }
    if random.chance(kind == "official" ? 0.8 : kind == "web" || kind == "report" ? 0.35 : 0.04) {
      put(.author, corporate())
    } else if random.chance(0.012), let name = random.pick(words["single-name"] ?? []) {
      // "Plato. Republic.", "Augustine, Confessions": authors known by one name.
      put(.author, parameters.capitals ? name.uppercased() : name)
    } else if random.chance(0.03), parameters.inverted != "none" {
      put(.author, ["———", "———", "-----", "______", "---", "—", "––––"][random.below(7)])
    } else if family.rows["signal"] != nil, random.chance(0.015), let same = random.pick(words["idem"] ?? [])
    {
      put(.author, same)
    } else if family.rows["signal"] != nil, parameters.inverted == "none", random.chance(0.08) {
      // Notes that name authors by their family names alone.
      put(.author, familyNames())
    } else {
      put(.author, names(people(authorCount), isEditor: false))
    }
  }

  private mutating func corporate() -> String {
    if random.chance(0.4), let name = composed("corporate") { return name }
    return random.pick(words["corporate"] ?? []) ?? "United Nations"
  }

  /// A phrase after one of the patterns of a list, its slots filled: "the making of {adjective} {place}".
  private mutating func composed(_ list: String) -> String? {
    guard let pattern = random.pick(patterns[list] ?? []) else { return nil }
    var out = ""
    var rest = Substring(pattern)
    while let at = rest.firstIndex(of: "{") {
      out += rest[..<at]
      rest = rest[rest.index(after: at)...]
      let name = String(rest.prefix { $0 != "}" })
      rest = rest.dropFirst(name.count + 1)
      var phrase = Substring(filling(name))
      // "Weber’s authority", not "Weber’s the authority".
      if out.hasSuffix("’s ") || out.hasSuffix("the ") || out == "The ", phrase.hasPrefix("the ") {
        phrase = phrase.dropFirst(4)
      }
      out += phrase
    }
    return Self.capital(out + rest)
  }

  private mutating func filling(_ slot: String) -> String {
    switch slot {
    case "person": return person().family
    case "name":
      let one = person()
      return one.given + " " + one.family
    case "year": return String(1800 + random.below(220))
    case "span":
      let first = 1200 + random.below(780)
      let last = first + 2 + random.below(120)
      let isShort = last / 100 == first / 100 && random.chance(0.3)
      let dash = ["–", "-", "—", " to "][random.below(4)]
      return "\(first)\(dash)" + String(last).suffix(isShort ? 2 : 4)
    default: return random.pick(patterns[slot] ?? []) ?? slot
    }
  }

  private static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private mutating func people(_ count: Int) -> [(family: String, given: String)] {
    (0..<count).map { _ in person() }
  }

  private mutating func person() -> (family: String, given: String) {
    guard let one = random.pick(facts.people), let other = random.pick(facts.people) else {
      return ("Weber", "Max")
    }
    var family = one.family
    var given = other.given
    // Three of four with a full given name, if one can be found.
    if random.chance(0.75) {
      for _ in 0..<6 where given.utf8.contains(0x2E) || given.utf8.count < 4 {
        given = random.pick(facts.people)?.given ?? given
      }
    }
    if random.chance(0.06) {
      family = (random.pick(words["particle"] ?? []) ?? "von") + " " + family
    } else if random.chance(0.05) {
      family = (random.pick(words["prefix"] ?? []) ?? "Mc") + family
    } else if random.chance(0.06), let second = random.pick(facts.people) {
      family += (random.chance(0.8) ? "-" : " ") + second.family
    }
    if random.chance(0.25), !given.contains(".") {
      given += " " + String("ABCDEFGHJKLMNPRSTW".map { $0 }[random.below(18)]) + "."
    }
    return (family, given)
  }

  private func initials(_ given: String) -> String {
    let letters = given.split { $0 == " " || $0 == "." || $0 == "-" }.compactMap(\.first).map {
      String($0).uppercased()
    }
    switch parameters.initials {
    case "full": return given
    case "": return letters.joined()
    case "-": return letters.map { $0 + "." }.joined(separator: "-")
    case ".": return letters.map { $0 + "." }.joined()
    default: return letters.map { $0 + "." }.joined(separator: " ")
    }
  }

  private mutating func names(_ people: [(family: String, given: String)], isEditor: Bool) -> String {
    let shown = people.count > parameters.most ? Array(people.prefix(1)) : people
    let inverted = isEditor ? (parameters.editors == "all" ? "all" : "none") : parameters.inverted
    var parts: [String] = []
    for (index, person) in shown.enumerated() {
      let family = parameters.capitals ? person.family.uppercased() : person.family
      let given = initials(person.given)
      let inverts = inverted == "all" || (inverted == "first" && index == 0)
      var name = inverts ? family + parameters.comma + given : given + " " + family
      if random.chance(0.015) { name += ", " + (random.pick(words["suffix"] ?? []) ?? "Jr.") }
      parts.append(name)
    }
    if shown.count < people.count { return parts[0] + [" et al.", ", et al.", " et al"][random.below(3)] }
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    // "Weber, M. and Simmel, G.": no comma before "and" where there are but two, half the time.
    let joiner =
      parts.count == 2 && parameters.last == ", and " && random.chance(0.4) ? " and " : parameters.last
    return parts.dropLast().joined(separator: parameters.separator) + joiner + last
  }

  private mutating func familyNames() -> String {
    let names = people(random.chance(0.7) ? 1 : 2).map(\.family)
    return names.joined(separator: [" and ", " & ", "/", " / "][random.below(4)])
  }

  private mutating func mark(_ count: Int) -> String {
    if family.words["language"] == ["de"] { return random.pick(words["mark-many-de"] ?? []) ?? "Hg." }
    return random.pick(words[count == 1 ? "mark-one" : "mark-many"] ?? []) ?? "ed."
  }

  private mutating func title() -> String {
    if random.chance(composedShare), let title = composedTitle() { return title }
    let pool: [String]
    switch kind {
    case "article", "news": pool = random.chance(0.8) ? facts.articles : facts.chapters
    case "chapter", "paper": pool = random.chance(0.6) ? facts.chapters : facts.articles
    default: pool = random.chance(0.85) ? facts.books : facts.containers
    }
    var title = random.pick(pool) ?? random.pick(facts.articles) ?? random.pick(facts.books) ?? "On Method"
    if random.chance(0.15), let other = random.pick(pool) {
      // Longer titles, recombined at a colon.
      let head = title.split(separator: ":").first.map(String.init) ?? title
      let tail = other.split(separator: ":").last.map(String.init) ?? other
      title = head + [": ", ": ", ". ", " – ", "? "][random.below(5)] + BibliographicFacts.trimmed(tail)
    } else if random.chance(0.12) {
      // Shorter ones, as books and essays of the humanities have them.
      title = title.split(separator: ":").first.map(String.init) ?? title
      let words = title.split(separator: " ")
      if words.count > 6 { title = words.prefix(2 + random.below(5)).joined(separator: " ") }
    }
    if random.chance(0.08) {
      // "Class, Politics, and the Economy", "Novels: …", "Florence": titles that look like names.
      let heads = (0..<3).map { _ in
        (random.pick(pool) ?? title).split(separator: " ").prefix(1 + random.below(2)).joined(separator: " ")
      }.map(BibliographicFacts.trimmed).filter { !$0.isEmpty }
      if let first = heads.first {
        switch random.below(4) {
        case 0: title = first
        case 1: title = first + ": " + title
        default:
          title =
            heads.count > 2
            ? "\(first), \(heads[1])\([" and ", ", and ", " & "][random.below(3)])\(heads[2])"
            : first + ", " + title
        }
      }
    }
    if random.chance(0.03) { title += "?" }
    if random.chance(0.03), let name = random.pick(facts.people) { title = name.family + " and " + title }
    return cased(title)
  }

  /// A title of the humanities, the social sciences or the law, which the titles of the training sets are not.
  private mutating func composedTitle() -> String? {
    let isPiece = kind == "article" || kind == "chapter" || kind == "paper"
    guard var title = composed(isPiece && random.chance(0.12) ? "piece" : "title") else { return nil }
    if random.chance(0.35), let tail = composed("title") {
      title += [": ", ": ", ": ", ": ", ". ", " – ", "? ", ", or, "][random.below(8)] + tail
    }
    switch parameters.titleCase {
    case "t": return cased(title)
    case "s": return title
    case "U": return random.chance(0.5) ? title.uppercased() : cased(title)
    default:
      return random.chance(0.4)
        ? title
        : title.split(separator: " ").map {
          Self.small.contains(String($0)) ? String($0) : Self.capital(String($0))
        }.joined(separator: " ")
    }
  }

  private mutating func shortTitle() -> String {
    let title =
      (random.chance(composedShare) ? composed("title") : nil) ?? random.pick(facts.books) ?? "On Method"
    let words = (title.split(separator: ":").first ?? "").split(separator: " ")
    return cased(words.prefix(1 + random.below(5)).joined(separator: " "))
  }

  private static let small: Set<String> = [
    "of", "the", "and", "in", "on", "a", "an", "to", "for", "from", "with", "by", "at", "or", "as",
  ]

  private mutating func cased(_ title: String) -> String {
    let words = title.split(separator: " ")
    func capital(_ word: Substring) -> String { word.prefix(1).uppercased() + word.dropFirst() }
    let afterColon = random.chance(0.8)
    switch parameters.titleCase {
    case "t":
      return words.enumerated().map { index, word in
        index > 0 && Self.small.contains(word.lowercased()) && !(words[index - 1].last == ":" && afterColon)
          ? word.lowercased() : capital(word)
      }.joined(separator: " ")
    case "s":
      if random.chance(0.4) { return title }
      return words.enumerated().map { index, word in
        let rest = word.dropFirst()
        return index == 0 || word.count < 2 || String(rest) != rest.lowercased()
          ? String(word) : word.lowercased()
      }.joined(separator: " ")
    case "U": return random.chance(0.5) ? title.uppercased() : title
    default: return title
    }
  }

  private mutating func journal() -> String {
    let lot = random.unit()
    if lot < 0.55 { return random.pick(knownJournals) ?? "Mind" }
    if lot < 0.85, let journal = random.pick(facts.journals) { return journal }
    return random.pick(allJournals)?.title ?? "Mind"
  }

  private mutating func abbreviated(_ title: String) -> String {
    if random.chance(0.3), let known = random.pick(allJournals)?.short { return known }
    let words = title.split(separator: " ")
    guard words.count > 1 else { return title }
    var parts: [String] = []
    for word in words {
      let lower = word.lowercased()
      if Self.small.contains(lower) || ["für", "de", "des", "la", "&"].contains(lower) {
        if random.chance(0.3) { parts.append(String(word)) } else if lower == "and" { parts.append("&") }
        continue
      }
      if word.count < 5 || random.chance(0.15) {
        parts.append(String(word))
      } else {
        var cut = word.prefix([1, 3, 4, 4, 5][random.below(5)])
        while cut.count > 1, let last = cut.last, "aeiou".contains(last) { cut.removeLast() }
        parts.append(cut + ".")
      }
    }
    let joined = parts.joined(separator: " ")
    return random.chance(0.15) ? joined.split(separator: " ").joined() : joined
  }

  private mutating func acronym(_ title: String) -> String {
    let words = title.split(separator: " ").filter { $0.first?.isUppercase ?? false }
    guard words.count > 1, random.chance(0.75) else { return title }
    return words.compactMap(\.first).map(String.init).joined()
  }

  private mutating func place() -> String {
    if random.chance(0.25), let known = random.pick(words["major-place"] ?? []) { return known }
    return
      (random.chance(0.75) ? random.pick(places) : random.pick(facts.places)) ?? "London"
  }

  private mutating func publisher() -> String {
    (random.chance(0.7) ? random.pick(publishers) : random.pick(facts.publishers))
      ?? "Oxford University Press"
  }

  private mutating func university() -> String {
    let place = (random.pick(places) ?? "Chicago").split(separator: ",").first.map(String.init) ?? "Chicago"
    return [
      "University of \(place)", "\(place) University", "University of \(place), Department of Politics",
    ][
      random.below(random.chance(0.9) ? 2 : 3)]
  }

  private mutating func conference() {
    let text = random.pick(words["conference"] ?? []) ?? "Proceedings"
    guard text.hasSuffix("%B") else {
      put(.containerTitle, text)
      return
    }
    put(.containerTitle, String(text.dropLast(2)) + (random.pick(facts.containers) ?? "Comparative Law"))
  }

  /// "Henry Moule", "Lord Moule", "Sir Henry Moule".
  private mutating func titled(_ person: (family: String, given: String)) -> String {
    switch random.below(10) {
    case 0: "Sir \(person.given) \(person.family)"
    case 1: "Lord \(person.family)"
    case 2: person.family
    case 3: "Secretary \(person.family)"
    default: person.given + " " + person.family
    }
  }

  private mutating func date() {
    // A second year is that of a reprint.
    if fields.contains(where: { $0.label == FieldLabel.date.name }), let first = Int(year) {
      year = String(min(2022, first + 2 + random.below(70)))
    }
    if random.chance(0.012) {
      put(.date, random.pick(words["undated"] ?? []) ?? "forthcoming")
    } else if random.chance(0.02), let value = Int(year) {
      let first = value - 5 - random.below(80)
      put(.date, random.chance(0.7) ? "\(year) [\(first)]" : "[\(first)] \(year)")
    } else if random.chance(0.012), let value = Int(year) {
      put(.date, "\(year)\(random.chance(0.6) ? "-" : "/")\(String(value + 1).suffix(2))")
    } else {
      put(.date, year + (random.chance(0.06) ? ["a", "b", "c"][random.below(3)] : ""))
    }
  }

  private mutating func dash() -> String { ["-", "-", "–", "–", "—", " - ", "--", "/"][random.below(8)] }

  private mutating func pages() {
    if usedPages && kind == "chapter" {
      put(.citedRange, pinpoint())
      return
    }
    usedPages = true
    let last = firstPage + 2 + random.below(44)
    var end = String(last)
    let first = String(firstPage)
    if random.chance(0.25), end.count == first.count, end.count == 3, end.first == first.first {
      end.removeFirst()
    }
    var joint = dash()
    if joint == "/" { joint = "–" }
    put(
      .pages,
      random.chance(0.03)
        ? "\(Self.roman(1 + random.below(20)).lowercased())\(joint)\(Self.roman(21 + random.below(20)).lowercased())"
        : first + joint + end)
  }

  /// "f", "ff.": and the page or pages that follow.
  private mutating func following() -> String { ["f", "ff", " f.", " ff.", "f.", "ff."][random.below(6)] }

  private mutating func pinpoint() -> String {
    let page = firstPage + random.below(60)
    if random.chance(0.1) {
      let other = page + 2 + random.below(30)
      switch random.below(7) {
      case 0: return "\(page)n\(1 + random.below(90))"
      case 1: return "\(page), \(other)–\(other + 5)"
      case 2: return "\(1 + random.below(9)), \(page)–\(page + 4), \(other)"
      case 3: return "\(page)–\(page % 10 == 9 ? page + 1 : (page + 1) % 10)"
      case 4: return "\(page), n. \(1 + random.below(90))"
      case 5:
        return
          "\(Self.roman(3 + random.below(20)).lowercased())–\(Self.roman(24 + random.below(9)).lowercased())"
      default: return "\(page) and \(other)"
      }
    }
    switch random.below(9) {
    case 0: return "\(page)\(["-", "–"][random.below(2)])\(page + 1 + random.below(9))"
    case 1: return "\(page)\(following())"
    case 3:
      return random.chance(0.2)
        ? "\(page)\(following()), \(page + 9 + random.below(40))\(following())" : String(page)
    case 2 where random.chance(0.4): return "\(page), \(page + 3 + random.below(40))"
    default: return String(page)
    }
  }

  /// "04/12", "2001/14", "WP/98/40", "RWP16-026", "WPS3408", "PEIF-12".
  private mutating func reportNumber() -> String {
    let number = 1 + random.below(40)
    let short = year.suffix(2)
    let letters = ["WP", "WPS", "RWP", "PEIF", "DP", "SP I ", "TR", "P-"][random.below(8)]
    return [
      "\(short)/\(number)", "\(short)-\(number)", "\(short)/\(number)", "\(year)/\(number)",
      "\(year)-\(number)",
      "\(letters)\(number * 83)", "\(letters)-\(number)", "WP/\(short)/\(number)",
      "\(letters)\(short)-0\(number)",
    ][random.below(9)]
  }

  private mutating func crossReference() {
    let start = text.count
    expand(key: "xref")
    if text.count > start {
      fields.append(.init(label: FieldLabel.crossReference.name, range: start..<text.count))
    }
  }

  private mutating func numbered(_ pattern: String) -> String {
    var out = ""
    var rest = Substring(pattern)
    var last = 0
    while let sign = rest.popFirst() {
      if sign == "%", rest.first == "#" || rest.first == "1" {
        let most = rest.removeFirst() == "#" ? 400 : 14
        // "12–34": up, as pages go.
        let isEnd = out.last == "-" || out.last == "–"
        last = isEnd ? last + 1 + random.below(max(2, most / 8)) : 1 + random.below(most)
        out += String(last)
      } else {
        out.append(sign)
      }
    }
    return out
  }

  private static func roman(_ number: Int) -> String {
    var rest = number
    var out = ""
    for (value, sign) in [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
      while rest >= value {
        out += sign
        rest -= value
      }
    }
    return out
  }

  // MARK: Tidying

  /// Whether two fields of a label with this between them are one: "14" "March" "1841", "London" "and" "New York".
  private static func areOne(_ label: String, _ between: ArraySlice<UInt8>) -> Bool {
    switch label {
    case "date": between.allSatisfy { $0 == 0x20 || $0 == 0x2C }
    case "location": between.elementsEqual(" and ".utf8) || between.elementsEqual(", and ".utf8)
    default: false
    }
  }

  /// Drops doubled spaces and stops ("J.." "?," "..") and joins date parts that touch; fields move along.
  private mutating func tidy() {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var moved = [Int](repeating: 0, count: text.count + 1)
    for (index, byte) in text.enumerated() {
      moved[index] = out.count
      if byte == 0x20, out.isEmpty || out.last == 0x20 { continue }
      if byte == 0x2E || byte == 0x2C, let last = out.last {
        // After ".", "?" and "!" no stop; after "?" and "!" no comma.
        if byte == 0x2E, last == 0x2E || last == 0x3F || last == 0x21 { continue }
        if byte == 0x2C, last == 0x3F || last == 0x21 || last == 0x2C { continue }
      }
      out.append(byte)
    }
    moved[text.count] = out.count
    while out.last == 0x20 { out.removeLast() }
    var kept: [GoldReference.Field] = []
    for field in fields {
      let start = min(moved[field.range.lowerBound], out.count)
      let range = start..<max(start, min(moved[field.range.upperBound], out.count))
      if range.isEmpty { continue }
      if let last = kept.last, last.label == field.label,
        Self.areOne(last.label, out[last.range.upperBound..<range.lowerBound])
      {
        kept[kept.count - 1].range = last.range.lowerBound..<range.upperBound
      } else {
        kept.append(.init(label: field.label, range: range))
      }
    }
    text = out
    fields = kept
  }
}
