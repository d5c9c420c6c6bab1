import EmendModel

/// Writes the records of the sentences of one edition, by the contract of `emend tag`: `document, id, page,
/// page_label, line, line_end, column, start, end, text, section, kind, labels, actors, lexicon`, the last being
/// the version of the lexicon whose entries are named.
///
/// A label has `label, implicit, score, evidence, flags`; an actor `id, role?, evidence`; a piece of
/// evidence `start, end, text, entry`. `id` is the document's name and the sentence's ordinal number. Sentences are best
/// written in text order; what they have in common is put together once.
public struct SentenceRecords: Sendable {
  private let document: Document
  private var places: PlaceFinder
  /// The opening of all records, as far as the sentence's number, and their end.
  private let opening: [UInt8]
  private let end: [UInt8]
  /// The page of the last sentence and its members; the section and its title.
  private var page: (index: Int, members: [UInt8]) = (.min, [])
  private var section: (index: Int, title: [UInt8]) = (.min, [])

  public init(_ edition: Edition) {
    document = edition.document
    places = PlaceFinder(document)
    let name = Self.quoted(document.id)
    opening = Array("{\"document\":".utf8) + name + Array(",\"id\":".utf8) + name.dropLast() + [0x2D]
    end = Array(",\"lexicon\":".utf8) + Self.quoted(edition.tags.lexicon) + [0x7D]
  }

  /// Appends the record of a sentence and the line feed that ends it.
  public mutating func write(_ index: Int, _ tags: SentenceTags?, into json: inout JSONLine) {
    guard document.sentences.indices.contains(index) else { return }
    let sentence = document.sentences[index]
    let range = sentence.range
    json.verbatim(opening)
    // At least three digits, as `ordinal` has them.
    if index < 9 { json.verbatim("00") } else if index < 99 { json.verbatim("0") }
    json.value(index + 1)
    let (first, last) = places.places(ofReading: range)
    if first.page != page.index { page = (first.page, members(ofPage: first.page)) }
    json.verbatim(page.members)
    json.value(first.line)
    json.verbatim(",\"line_end\":")
    json.value(max(first.line, last.line))
    json.verbatim(",\"column\":")
    json.value(first.column)
    json.verbatim(",\"start\":")
    json.value(range.lowerBound)
    json.verbatim(",\"end\":")
    json.value(range.upperBound)
    json.verbatim(",\"text\":")
    text(range, into: &json)
    json.verbatim(",\"section\":")
    let isInBlock = document.blocks.indices.contains(sentence.block)
    let own = isInBlock ? document.blocks[sentence.block].section : -1
    if own != section.index {
      section = (own, Self.quoted(document.sectionTitle(ofBlock: sentence.block)))
    }
    json.verbatim(section.title)
    if isInBlock {
      json.verbatim(",\"kind\":")
      json.value(document.blocks[sentence.block].kind.rawValue)
    }
    if let tags, !tags.labels.isEmpty || !tags.actors.isEmpty {
      labels(tags.labels, into: &json)
      actors(tags.actors, into: &json)
    } else {
      json.verbatim(",\"labels\":[],\"actors\":[]")
    }
    json.verbatim(end)
    json.endLine()
  }

  private func labels(_ labels: [LabelHit], into json: inout JSONLine) {
    json.verbatim(",\"labels\":")
    json.array {
      for hit in labels {
        $0.object {
          $0.field("label", hit.label)
          $0.field("implicit", hit.implicit)
          $0.field("score", hit.score)
          evidence(hit.evidence, into: &$0)
          $0.field("flags", hit.flags.map(\.rawValue))
        }
      }
    }
  }

  private func actors(_ actors: [ActorHit], into json: inout JSONLine) {
    json.verbatim(",\"actors\":")
    json.array {
      for hit in actors {
        $0.object {
          $0.field("id", hit.id)
          if let role = hit.role { $0.field("role", role) }
          evidence(hit.evidence, into: &$0)
        }
      }
    }
  }

  private func evidence(_ all: [Evidence], into json: inout JSONLine) {
    json.array("evidence") {
      for item in all { Records.evidence(item, in: document, into: &$0) }
    }
  }

  private func members(ofPage page: Int) -> [UInt8] {
    Array("\",\"page\":\(page + 1),\"page_label\":".utf8) + Self.quoted(document.pageLabel(page: page))
      + Array(",\"line\":".utf8)
  }

  /// The reading text is UTF-8, and so is a part of it that cuts no letter in two.
  private func text(_ range: Range<Int>, into json: inout JSONLine) {
    document.reading.withUnsafeBufferPointer { bytes in
      func cuts(_ place: Int) -> Bool { place < bytes.count && bytes[place] & 0xC0 == 0x80 }
      if cuts(range.lowerBound) || cuts(range.upperBound) {
        json.value(document.text(range))
      } else {
        json.value(utf8: UnsafeBufferPointer(rebasing: bytes[range]))
      }
    }
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var json = JSONLine()
    json.value(text)
    return json.bytes
  }
}

extension Records {
  /// One record a sentence, in text order, also for sentences without any label.
  public static func tags(of edition: Edition, into json: inout JSONLine) {
    let tagged = edition.tagsBySentence
    var records = SentenceRecords(edition)
    for index in edition.document.sentences.indices { records.write(index, tagged[index], into: &json) }
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
