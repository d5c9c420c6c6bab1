import EmendCorpus
import EmendModel
import FoundationEssentials
import Testing

/// Other tags in the place of the old ones, everything else untouched.
@Suite struct RetaggingTests {
  private func build(_ edition: Edition, stamp: String, in folder: ScratchFolder) throws {
    let writer = try CorpusWriter(folder: folder.path)
    try writer.add(edition: edition, stamp: stamp)
    try writer.finish()
  }

  /// The essay with tags of another lexicon.
  private func otherwiseTagged() -> Edition {
    let edition = Essay.edition(id: "a")
    let first = edition.document.sentences[0].range
    let tags = TagLayer(
      sentences: [
        SentenceTags(
          sentence: 0,
          labels: [
            LabelHit(
              label: "theory/realism", implicit: false, score: 1,
              evidence: [Evidence(range: first, entry: "theory/realism#word.1")])
          ], actors: [ActorHit(id: "eu", evidence: [Evidence(range: first, entry: "entity:eu")])])
      ], entities: [Entity(id: "eu", name: "European Union", kind: "actor/io", inLexicon: true)],
      lexicon: "00000000000000aa")
    return Edition(document: edition.document, citations: edition.citations, tags: tags)
  }

  @Test func newTagsGiveTheCorpusThatABuildWithThemGives() throws {
    let (retagged, built) = (ScratchFolder(), ScratchFolder())
    let other = otherwiseTagged()
    try build(other, stamp: "d:s:2", in: built)
    try build(Essay.edition(id: "a"), stamp: "d:s:1", in: retagged)
    let retagging = try Retagging(folder: retagged.path)
    let text = try #require(try retagging.text(of: "a"))
    #expect(text.document.reading == other.document.reading)
    #expect(text.document.sentences == other.document.sentences)
    #expect(text.document.blocks.map(\.kind) == other.document.blocks.map(\.kind))
    #expect(text.citations.citations.map(\.groupRange) == other.citations.citations.map(\.groupRange))
    try retagging.replaceTags(of: text, by: other.tags, stamp: "d:s:2")
    try retagging.close()
    try CorpusWriter(folder: retagged.path).finish()
    let (ours, theirs) = (retagged.snapshot(), built.snapshot())
    #expect(ours.keys.sorted() == theirs.keys.sorted())
    for (name, data) in ours {
      #expect(data == theirs[name], "\(name)")
    }
  }

  @Test func theStampsKnowWhichTagsAreOld() throws {
    let folder = ScratchFolder()
    try build(Essay.edition(id: "a"), stamp: "d:s:1", in: folder)
    let first = try Retagging.run(on: folder.path, version: "2") { text in
      #expect(text.document.id == "a")
      return TagLayer(lexicon: "2")
    }
    #expect(first == 1)
    #expect(try CorpusWriter(folder: folder.path).stamp(of: "a") == "d:s:2")
    let before = folder.snapshot()
    // The second time nothing is old.
    let second = try Retagging.run(on: folder.path, version: "2") { _ in
      Issue.record("nothing is old")
      return TagLayer()
    }
    #expect(second == 0)
    #expect(folder.snapshot() == before)
    #expect(!folder.text("tei/a.xml").contains("ana=\"#label"))
  }
}
