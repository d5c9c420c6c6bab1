import EmendModel
import GRDB

/// `report.html`: what was read, how damaged it was, what it holds.
struct Report {
  let corpus: Corpus
  init(_ corpus: Corpus) { self.corpus = corpus }
  func write(to sink: some ByteSink) throws {
    try sink.write("<!DOCTYPE html><title>Corpus</title>\n")
  }
}
