import EmendModel

extension Records {
  /// One sentence with its labels and actors, by the contract of `emend tag`: `document, id, page,
  /// page_label, line, line_end, column, start, end, text, section, kind, labels, actors`.
  ///
  /// A label has `label, implicit, score, evidence, flags`; an actor `id, role?, evidence`; a piece of
  /// evidence `start, end, text, entry`. `id` is the document's name and the sentence's ordinal number.
  public static func tags(
    ofSentence index: Int, _ tags: SentenceTags?, in edition: Edition, into json: inout JSONLine
  ) {
    let document = edition.document
    guard document.sentences.indices.contains(index) else { return }
    let sentence = document.sentences[index]
    let places = document.places(ofReading: sentence.range)
    func evidence(_ all: [Evidence], into json: inout JSONLine) {
      json.array("evidence") {
        for item in all {
          $0.object {
            $0.field("start", item.range.lowerBound)
            $0.field("end", item.range.upperBound)
            $0.field("text", document.text(item.range))
            $0.field("entry", item.entry)
          }
        }
      }
    }
    json.object {
      $0.field("document", document.id)
      $0.field("id", sentenceID(index, in: document))
      $0.field("page", places.first.page + 1)
      $0.field("page_label", document.pageLabel(page: places.first.page))
      $0.field("line", places.first.line)
      $0.field("line_end", places.last.line)
      $0.field("column", places.first.column)
      $0.field("start", sentence.range.lowerBound)
      $0.field("end", sentence.range.upperBound)
      $0.field("text", document.text(sentence.range))
      $0.field("section", document.sectionTitle(ofBlock: sentence.block))
      if document.blocks.indices.contains(sentence.block) {
        $0.field("kind", document.blocks[sentence.block].kind.rawValue)
      }
      $0.array("labels") {
        for hit in tags?.labels ?? [] {
          $0.object {
            $0.field("label", hit.label)
            $0.field("implicit", hit.implicit)
            $0.field("score", hit.score)
            evidence(hit.evidence, into: &$0)
            $0.field("flags", hit.flags.map(\.rawValue))
          }
        }
      }
      $0.array("actors") {
        for hit in tags?.actors ?? [] {
          $0.object {
            $0.field("id", hit.id)
            if let role = hit.role { $0.field("role", role) }
            evidence(hit.evidence, into: &$0)
          }
        }
      }
    }
    json.endLine()
  }

  /// One record a sentence, in text order, also for sentences without any label.
  public static func tags(of edition: Edition, into json: inout JSONLine) {
    let tagged = edition.tagsBySentence
    for index in edition.document.sentences.indices {
      tags(ofSentence: index, tagged[index], in: edition, into: &json)
    }
  }

  /// The stable name of a sentence: "essay-004".
  public static func sentenceID(_ index: Int, in document: Document) -> String {
    document.id + "-" + ordinal(index + 1)
  }
}

extension Edition {
  /// The tags of each sentence; nil where the tagging stage left none.
  package var tagsBySentence: [SentenceTags?] {
    var result = [SentenceTags?](repeating: nil, count: document.sentences.count)
    for tags in self.tags.sentences where result.indices.contains(tags.sentence) {
      result[tags.sentence] = tags
    }
    return result
  }
}
