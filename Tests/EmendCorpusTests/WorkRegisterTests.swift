import EmendCorpus
import EmendModel
import EmendPipeline
import Testing

/// Which works of several documents are one.
@Suite struct WorkRegisterTests {
  private func work(_ document: String, _ key: String, _ family: String, _ year: String?, _ title: String?)
    -> DescribedWork
  {
    DescribedWork(
      document: document, key: key, authors: [PersonName(family: family)], year: year, title: title)
  }

  @Test func worksOverDocuments() {
    var register = WorkRegister(.byEvidence)
    let keys = [
      work("a", "harrow-1987", "Harrow", "1987", "Rivers and the Treaties That Bind Them"),
      // Misread in another document.
      work("b", "harrovv-1987", "Harrovv", "1987", "Rivers and thc Treaties That Bind Thern"),
      // The same name and year, another work.
      work("b", "harrow-1987", "Harrow", "1987", "A Census of Lighthouses"),
      // Only cited.
      work("c", "harrow-1987", "Harrow", "1987", nil),
      // Another year is another work, whatever the title.
      work("c", "harrow-1990", "Harrow", "1990", "Rivers and the Treaties That Bind Them"),
      // The letter behind a year is each list's own.
      work("c", "tarn-2009a", "Tarn", "2009a", "Harbor Dues of the North"),
      work("d", "tarn-2009b", "Tarn", "2009b", "Harbor Dues of the North"),
      // Two works of one document are two.
      work("d", "quell-2001", "Quell", "2001", "On Ports"),
      work("d", "quell-2001b", "Quell", "2001", "On Ports"),
    ].map { register.enter($0) }
    #expect(
      keys == [
        "harrow-1987", "harrow-1987", "harrow-1987-2", "harrow-1987", "harrow-1990", "tarn-2009a",
        "tarn-2009a", "quell-2001",
        "quell-2001b",
      ])
  }
}
