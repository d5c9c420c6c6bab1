import EmendCheck
import EmendLexicons
import EmendModel
import EmendPipeline
import EmendReading
import EmendTagging
import FoundationEssentials
import Testing

/// Scores against labelled texts that lie beside the checkout; skipped where they do not.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: Fixture.shared + "/gold/chapter.tags.jsonl")))
struct GoldTests {
  private func score(_ document: String, _ gold: String) throws -> TagCheck.Score {
    let bytes = try #require(Fixture.contents(Fixture.shared + "/corpus/" + document))
    let labels = try #require(Fixture.contents(Fixture.shared + "/gold/" + gold))
    let emender = try Emender(lexicons: Fixture.folder)
    let score = try TagCheck(jsonl: labels).score(
      emender.edition(of: try Reading.scan(bytes: bytes, name: document)))
    print(score.table)
    return score
  }

  @Test func chapter() throws {
    let score = try score("chapter.txt", "chapter.tags.jsonl")
    #expect(score.explicit.f1 >= 0.97)
    #expect(score.all.f1 >= 0.90)
    #expect(score.actors.f1 >= 0.95)
  }

  @Test func frontMatter() throws {
    let score = try score("frontmatter.md", "frontmatter.tags.jsonl")
    #expect(score.all.f1 >= 0.90)
    #expect(score.actors.wrong == 0)
  }
}
