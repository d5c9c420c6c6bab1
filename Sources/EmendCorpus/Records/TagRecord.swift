import EmendModel

extension Records {
  /// One sentence with its labels and actors, by the contract of `emend tag`: `document, id, page,
  /// page_label, line, line_end, column, start, end, text, section, kind, labels, actors, lexicon`, the last being
  /// the version of the lexicon whose entries are named.
  ///
  /// A label has `label, implicit, score, evidence, flags`; an actor `id, role?, evidence`; a piece of
  /// evidence `start, end, text, entry`. `id` is the document's name and the sentence's ordinal number.
  public static func tags(
    ofSentence index: Int, _ tags: SentenceTags?, in edition: Edition, into json: inout JSONLine
  ) {
    let document = edition.document
    guard document.sentences.indices.contains(index) else { return }
    let sentence = document.sentences[index]
    func evidence(_ all: [Evidence], into json: inout JSONLine) {
      json.array("evidence") { array in
        for item in all { Records.evidence(item, in: document, into: &array) }
      }
    }
    json.object {
      $0.field("document", document.id)
      $0.field("id", sentenceID(index, in: document))
      place(ofReading: sentence.range, in: document, into: &$0)
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
      $0.field("lexicon", edition.tags.lexicon)
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
