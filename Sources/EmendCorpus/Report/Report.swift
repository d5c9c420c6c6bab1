import EmendModel
import GRDB

/// `report.html`: what was read, how damaged it was and what was done about it, what it cites, what was
/// found in it. One page that stands for itself: no network, light and dark, printable.
struct Report {
  let corpus: Corpus
  init(_ corpus: Corpus) { self.corpus = corpus }

  /// In the order of the page. A section that has nothing to say is left out.
  private var sections: [any ReportSection] {
    [
      ReportDocuments(), ReportDamage(), ReportAttention(), ReportOutline(), ReportWorks(), ReportLabels(),
      ReportTypology(), ReportDispersion(), ReportFailures(),
    ]
  }

  func write(to sink: some ByteSink) throws {
    let written = try sections.compactMap { section in
      try corpus.read { try section.html($0) }.map { (section.id, section.title, $0) }
    }
    let (title, head) = try corpus.read { try ReportHead.html($0) }
    var page = HTMLPage(title: title)
    page.add(head)
    page.add("<nav>\n")
    for (id, title, _) in written { page.add("<a href=\"#\(id)\">\(HTML.escape(title))</a>\n") }
    page.add("</nav>\n")
    for (id, title, html) in written {
      page.add("<section id=\"\(id)\">\n<h2>\(HTML.escape(title))</h2>\n\(html)</section>\n")
    }
    page.add(
      "<p class=\"small\" style=\"margin-top:3rem\">Made by Emend \(HTML.escape(Version.current)).</p>\n")
    try sink.write(page.finish())
  }
}

/// One part of the report.
protocol ReportSection {
  var id: String { get }
  var title: String { get }
  /// The part in HTML; nil when there is nothing to say.
  func html(_ db: Database) throws -> String?
}

/// What does not fit on a page is counted instead.
enum ReportLimits {
  static let documents = 200
  static let outlines = 40
  static let works = 30
  static let labels = 24
  static let columns = 16
  static let strips = 40
}
