import EmendModel

/// `teiHeader`: what the document is, where it came from, and what was done to it by which rules.
struct TEIHeader {
  let edition: Edition
  let codebook: Codebook
  let ids: TEIIdentifiers
  let xml: XMLWriter

  func write() {
    xml.element("teiHeader") {
      fileDescription()
      encodingDescription()
      xml.element("profileDesc") {
        xml.element("langUsage") {
          xml.element("language", [("ident", edition.transcript.language)], text: edition.transcript.language)
        }
      }
      xml.line()
    }
    xml.line()
  }

  private func fileDescription() {
    let front = edition.document.frontMatter
    xml.element("fileDesc") {
      xml.element("titleStmt") {
        xml.element("title", text: DocumentFacts.title(edition) ?? edition.id)
        if let author = edition.scan.metadata["author"] { xml.element("author", text: author) }
        xml.element("respStmt", [("xml:id", "emend")]) {
          xml.element("resp", text: "text repaired, structure, citations and labels found by")
          xml.element("name", text: "Emend \(Version.current)")
        }
      }
      xml.element("publicationStmt") { xml.element("p", text: "Made from a scanned source; not published.") }
      xml.element("sourceDesc") {
        xml.element("bibl") {
          let source = edition.scan.source
          xml.element("title", text: front?.journal ?? DocumentFacts.title(edition) ?? edition.id)
          if let publisher = front?.publisher { xml.element("publisher", text: publisher) }
          if let year = front?.year { xml.element("date", text: year) }
          if let volume = front?.volume { xml.element("biblScope", [("unit", "volume")], text: volume) }
          if let issue = front?.issue { xml.element("biblScope", [("unit", "issue")], text: issue) }
          for issn in front?.issn ?? [] { xml.element("idno", [("type", "ISSN")], text: issn) }
          for isbn in front?.isbn ?? [] { xml.element("idno", [("type", "ISBN")], text: isbn) }
          xml.element("idno", [("type", "document")], text: edition.id)
          xml.element("idno", [("type", "file")], text: DocumentFacts.sourceName(source.name))
          if !source.digest.isEmpty { xml.element("idno", [("type", "SHA-256")], text: source.digest) }
          xml.element("note", [("type", "source")]) {
            xml.text("\(source.format.rawValue), \(source.encoding), \(source.byteCount) bytes, ")
            xml.text(counted(edition.scan.pages.count, "page"))
          }
        }
      }
    }
    xml.line()
  }

  private func encodingDescription() {
    xml.element("encodingDesc") {
      xml.element("appInfo") {
        xml.element("application", [("ident", "emend"), ("version", Version.current)]) {
          xml.element("label", text: "Emend")
        }
      }
      xml.element("editorialDecl") {
        corrections()
        xml.element("hyphenation", [("eol", "some")]) {
          xml.element("p") {
            xml.text(
              "A line-end hyphen that does not belong to the word is dropped and leaves a break=\"no\" ")
            xml.text("on the line beginning after it, with the rendition \"hyphen\".")
          }
        }
        xml.element("segmentation") {
          xml.element("p", text: "Paragraphs and sentences were found by rule; sentences are seg elements.")
        }
      }
      xml.line()
      taxonomy()
    }
    xml.line()
  }

  /// The rules that changed the text, with how often.
  private func corrections() {
    struct Count { var applied = 0, suggested = 0, rejected = 0 }
    var counts: [String: Count] = [:]
    for change in Records.allEmendations(of: edition.document, plainLineEnds: false) {
      switch change.status {
      case .applied: counts[change.rule, default: Count()].applied += 1
      case .suggested: counts[change.rule, default: Count()].suggested += 1
      case .rejected: counts[change.rule, default: Count()].rejected += 1
      }
    }
    xml.element("correction", [("method", "markup")]) {
      xml.element("p") {
        xml.text(
          "Every change of letters and spaces keeps what the source has (sic) beside what is read (corr).")
        guard !ids.rules.isEmpty else { return }
        xml.text(" The rules:")
        xml.element("list") {
          for (rule, id) in ids.rules {
            let count = counts[rule, default: Count()]
            xml.element("item", [("xml:id", id)]) {
              xml.text("\(rule): \(count.applied) applied, \(count.suggested) suggested")
              if count.rejected > 0 { xml.text(", \(count.rejected) rejected") }
            }
          }
        }
      }
      for pattern in edition.transcript.profile {
        xml.element("p") {
          xml.text("Damage: “\(pattern.standIn)” stands for “\(pattern.reading)”, by \(pattern.votes) words")
          xml.text(
            pattern.examples.isEmpty
              ? "." : ", such as \(pattern.examples.prefix(3).joined(separator: ", ")).")
        }
      }
    }
  }

  /// The labels that occur, nested as their paths are.
  func taxonomy() {
    guard !ids.labels.isEmpty else { return }
    xml.element("classDecl") {
      xml.element("taxonomy", [("xml:id", "labels")]) {
        var open: [String] = []
        for (path, id) in ids.labels {
          while let last = open.last, !path.hasPrefix(last + "/") {
            xml.end()
            open.removeLast()
          }
          xml.start("category", [("xml:id", id)])
          category(path)
          open.append(path)
        }
        for _ in open { xml.end() }
      }
    }
    xml.line()
  }

  private func category(_ path: String) {
    let definition = codebook.definition(of: path)
    if definition.isEmpty { return xml.element("catDesc", text: path) }
    xml.element("catDesc") {
      xml.element("term", text: path)
      xml.text(": ")
      xml.element("gloss", text: definition)
    }
  }
}

/// `facsimile`: the pages and lines on their images, where the source tells their boxes.
struct TEIFacsimile {
  let scan: Scan
  let xml: XMLWriter

  static func isKnown(_ scan: Scan) -> Bool {
    scan.pages.contains { $0.size != nil }
  }

  func write() {
    guard TEIFacsimile.isKnown(scan) else { return }
    xml.element("facsimile") {
      for (index, page) in scan.pages.enumerated() {
        xml.element("surface", [("xml:id", "surface.\(index + 1)")] + box(page.size)) {
          for line in page.lines.clamped(to: 0..<scan.lines.count) {
            guard let frame = scan.lines[line].layout.box else { continue }
            xml.empty("zone", [("xml:id", "zone.\(line + 1)"), ("type", "line")] + box(frame))
          }
        }
        xml.line()
      }
    }
    xml.line()
  }

  private func box(_ box: Scan.Box?) -> [(String, String?)] {
    guard let box else { return [] }
    return [
      ("ulx", String(box.x)), ("uly", String(box.y)), ("lrx", String(box.x + box.width)),
      ("lry", String(box.y + box.height)),
    ]
  }
}
