import EmendModel

/// Puts other tags into a TEI document of ours, and leaves the rest byte for byte.
///
/// Tags stand in three places: the taxonomy of the header, the `ana` of the sentences, and the lists of `standOff`.
/// In a document of `TEIWriter` a "<" always begins a tag, since its texts are escaped, so the places are found by
/// their opening bytes.
enum TEITags {
  static func replaced(in tei: [UInt8], by edition: Edition, codebook: Codebook) -> [UInt8] {
    let ids = TEIIdentifiers(edition)
    var rest = tei[...]
    var out: [UInt8] = []
    out.reserveCapacity(tei.count)

    // The header: the taxonomy is the last part of `encodingDesc`.
    let headerEnd = find("</encodingDesc>", in: rest) ?? rest.endIndex
    let taxonomy = find("<classDecl>", in: rest[..<headerEnd]) ?? headerEnd
    out += rest[..<taxonomy]
    out += fragment { TEIHeader(edition: edition, codebook: codebook, ids: ids, xml: $0).taxonomy() }
    rest = rest[headerEnd...]

    // The lists: works stay, entities and evidence are written anew.
    let textStart = find("<text>", in: rest) ?? rest.endIndex
    let standOff = find("<standOff>", in: rest[..<textStart])
    out += rest[..<(standOff ?? textStart)]
    var works: ArraySlice<UInt8> = []
    if let standOff, let start = find("<listBibl>", in: rest[standOff..<textStart]),
      let end = find("</listBibl>\n", in: rest[start..<textStart])
    {
      works = rest[start..<(end + "</listBibl>\n".utf8.count)]
    }
    let lists = fragment { xml in
      let standOff = TEIStandOff(edition: edition, ids: ids, xml: xml)
      standOff.entities()
      standOff.labels()
      standOff.actors()
    }
    if !works.isEmpty || !lists.isEmpty {
      out += "<standOff>".utf8
      out += works
      out += lists
      out += "</standOff>\n".utf8
    }
    rest = rest[textStart...]
    sentences(rest, edition, ids, &out)
    return out
  }

  /// Copies the text, with the `ana` of each sentence made anew.
  private static func sentences(
    _ text: ArraySlice<UInt8>, _ edition: Edition, _ ids: TEIIdentifiers, _ out: inout [UInt8]
  ) {
    let analyses = edition.tagsBySentence.map { TEIInline.analysis(of: $0, ids) }
    var rest = text
    /// The sentence begun last; what goes on in another block has no id of its own.
    var current = -1
    let opening = "<seg type=\"sentence\""
    while let start = find(opening, in: rest) {
      guard let end = rest[start...].firstIndex(of: 0x3E) else { break }
      let tag = rest[start..<end]
      if let number = value(of: "xml:id", in: tag).flatMap({ Int($0.dropFirst(2)) }) { current = number - 1 }
      out += rest[..<start]
      out += opening.utf8
      for name in ["xml:id", "ana", "part"] {
        let value =
          name == "ana"
          ? (analyses.indices.contains(current) ? analyses[current] : nil) : self.value(of: name, in: tag)
        if let value { out += " \(name)=\"\(value)\"".utf8 }
      }
      rest = rest[end...]
    }
    out += rest
  }

  private static func value(of name: String, in tag: ArraySlice<UInt8>) -> String? {
    guard let start = find(" \(name)=\"", in: tag) else { return nil }
    let from = start + name.utf8.count + 3
    guard let end = tag[from...].firstIndex(of: 0x22) else { return nil }
    return String(decoding: tag[from..<end], as: UTF8.self)
  }

  /// What a writer writes, without the head and the foot of a document.
  private static func fragment(_ body: (XMLWriter) -> Void) -> ArraySlice<UInt8> {
    let xml = XMLWriter()
    xml.element("x") {
      xml.text("")
      body(xml)
    }
    let bytes = xml.finish()
    guard let start = find("<x>", in: bytes[...]), let end = findLast("</x>", in: bytes) else { return [] }
    return bytes[(start + 3)..<end]
  }

  /// The first place of a string of ASCII.
  private static func find(_ text: String, in bytes: ArraySlice<UInt8>) -> Int? {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
    var at = bytes.startIndex
    let last = bytes.endIndex - wanted.count
    while at <= last, let next = bytes[at...last].firstIndex(of: first) {
      if bytes[next..<(next + wanted.count)].elementsEqual(wanted) { return next }
      at = next + 1
    }
    return nil
  }

  private static func findLast(_ text: String, in bytes: [UInt8]) -> Int? {
    let wanted = Array(text.utf8)
    var at = bytes.count - wanted.count
    while at >= 0 {
      if bytes[at..<(at + wanted.count)].elementsEqual(wanted) { return at }
      at -= 1
    }
    return nil
  }
}
