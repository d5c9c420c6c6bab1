import EmendModel

extension Records {
  /// The structure of a document as one object without a line end: `document, format, pages, headings,
  /// blocks, notes, furniture, contents, front_matter`. Lines count from 1 in the source, pages from 1 in the
  /// file; a block's `section` is the title that it stands under.
  public static func outline(of document: Document, into json: inout JSONLine) {
    json.object {
      $0.field("document", document.id)
      $0.field("format", document.scan.source.format.rawValue)
      pages(of: document, into: &$0)
      headings(of: document, into: &$0)
      blocks(of: document, into: &$0)
      notes(of: document, into: &$0)
      furniture(of: document, into: &$0)
      contents(of: document, into: &$0)
      $0.key("front_matter")
      if let frontMatter = document.frontMatter {
        self.frontMatter(frontMatter, contents: document.contents, into: &$0)
      } else {
        $0.null()
      }
    }
  }

  /// A number where the text is one, else the text: 12, "12a", "*", "xiv".
  private static func number(_ key: String, _ text: String?, into json: inout JSONLine) {
    if let text, let value = Int(text), String(value) == text {
      json.field(key, value)
    } else {
      json.field(key, text)
    }
  }

  private static func line(_ index: Int, in document: Document) -> Int {
    document.scan.lines.indices.contains(index) ? document.scan.lines[index].number : 0
  }

  private static func pages(of document: Document, into json: inout JSONLine) {
    json.array("pages") {
      for (index, page) in document.pages.enumerated() {
        $0.object {
          $0.field("page", index + 1)
          $0.field("printed", page.printed)
          $0.field("printed_source", page.printedSource.rawValue)
          $0.field("confidence", page.confidence)
          $0.field("head", page.head)
          $0.field("foot", page.foot)
          $0.field("blank", page.blank)
        }
      }
    }
  }

  private static func headings(of document: Document, into json: inout JSONLine) {
    json.array("headings") {
      for block in document.blocks where block.kind == .heading || block.kind == .title {
        $0.object {
          $0.field("text", document.text(block.range))
          $0.field("level", block.level)
          $0.field("line", line(block.firstLine, in: document))
          $0.field("page", block.page + 1)
        }
      }
    }
  }

  private static func blocks(of document: Document, into json: inout JSONLine) {
    json.array("blocks") {
      for (index, block) in document.blocks.enumerated() {
        $0.object {
          $0.field("kind", block.kind.rawValue)
          $0.field("section", document.sectionTitle(ofBlock: index))
          $0.field("first_line", line(block.firstLine, in: document))
          $0.field("last_line", line(block.lastLine, in: document))
          $0.field("page", block.page + 1)
          $0.field("text", document.text(block.range))
        }
      }
    }
  }

  private static func notes(of document: Document, into json: inout JSONLine) {
    json.array("notes") {
      for note in document.notes {
        $0.object {
          number("number", note.mark, into: &$0)
          $0.field("text", document.text(note.text))
          $0.field("line", document.place(ofReading: note.text.lowerBound).line)
          $0.key("anchor")
          guard let anchor = note.anchor else { return $0.null() }
          let place = document.place(ofReading: anchor.range.lowerBound)
          $0.object {
            $0.field("line", place.line)
            $0.field("column", place.column)
            $0.field("page", place.page + 1)
            $0.field("before", anchor.wordBefore)
          }
        }
      }
    }
  }

  private static func furniture(of document: Document, into json: inout JSONLine) {
    json.array("furniture") {
      for piece in document.furniture {
        $0.object {
          $0.field("kind", piece.kind.rawValue)
          $0.field("line", line(piece.line, in: document))
          $0.field("text", String(decoding: document.scan.text[piece.range], as: UTF8.self))
        }
      }
    }
  }

  private static func contents(of document: Document, into json: inout JSONLine) {
    json.array("contents") { for entry in document.contents { contentsEntry(entry, into: &$0) } }
  }

  private static func contentsEntry(_ entry: ContentsEntry, into json: inout JSONLine) {
    json.object {
      $0.field("title", entry.title)
      $0.field("authors", entry.authors)
      number("page", entry.page, into: &$0)
      $0.field("rubric", entry.rubric)
      $0.field("level", entry.level)
    }
  }

  private static func frontMatter(
    _ matter: FrontMatter, contents: [ContentsEntry], into json: inout JSONLine
  ) {
    func people(_ key: String, _ people: [FrontMatter.Person], into json: inout JSONLine) {
      json.array(key) {
        for person in people {
          $0.object {
            $0.field("name", person.name)
            $0.field("role", person.role)
          }
        }
      }
    }
    json.object {
      $0.field("journal", matter.journal)
      $0.field("initials", matter.initials)
      $0.field("title", matter.title)
      $0.field("issn", matter.issn.first)
      $0.field("isbn", matter.isbn)
      number("volume", matter.volume, into: &$0)
      number("issue", matter.issue, into: &$0)
      $0.field("season", matter.season)
      number("year", matter.year, into: &$0)
      $0.field("publisher", matter.publisher)
      $0.field("publisher_address", matter.publisherAddress)
      $0.field("frequency", matter.frequency)
      $0.field("sponsors", matter.sponsors)
      $0.field("copyright", matter.copyright)
      people("editors", matter.editors, into: &$0)
      people("board", matter.board, into: &$0)
      $0.array("prices") {
        for price in matter.prices {
          $0.object {
            $0.field("who", price.who)
            $0.field("amount", price.amount)
          }
        }
      }
      $0.array("contents") { for entry in contents { contentsEntry(entry, into: &$0) } }
      $0.array("contributors") {
        for person in matter.contributors {
          $0.object {
            $0.field("name", person.name)
            $0.field("position", person.position)
            $0.field("department", person.department)
            $0.field("institution", person.institution)
            $0.field("city", person.city)
            $0.field("region", person.region)
            $0.field("also", person.also)
          }
        }
      }
      $0.array("abstracts") {
        for abstract in matter.abstracts {
          $0.object {
            $0.field("title", abstract.title)
            $0.field("authors", abstract.authors)
            $0.field("text", abstract.text)
          }
        }
      }
      $0.field("keywords", matter.keywords)
    }
  }
}
