/// What the front matter of a book or journal issue says.
public struct FrontMatter: Sendable, Equatable {
  /// Title of the journal.
  public var journal: String?
  /// Its initials, where the masthead prints them ("IO").
  public var initials: String?
  /// Title of the book.
  public var title: String?
  /// ISSNs in the form 1234-567X.
  public var issn: [String] = []
  /// ISBNs as printed.
  public var isbn: [String] = []
  /// Volume, in digits or as printed.
  public var volume: String?
  /// Number of the issue.
  public var issue: String?
  /// "Spring"; the month for journals that name one.
  public var season: String?
  /// Year of the issue or book, four digits.
  public var year: String?
  /// The publisher's name.
  public var publisher: String?
  /// The publisher's address as printed.
  public var publisherAddress: String?
  /// "quarterly".
  public var frequency: String?
  /// Bodies under whose auspices the journal appears.
  public var sponsors: [String] = []
  /// The line of the copyright.
  public var copyright: String?
  /// Editors with their roles.
  public var editors: [Person] = []
  /// Members of the board with their roles.
  public var board: [Person] = []
  /// Prices of subscriptions and copies.
  public var prices: [Price] = []
  /// Authors of the issue with their posts.
  public var contributors: [Contributor] = []
  /// Abstracts with their articles.
  public var abstracts: [Abstract] = []
  /// Key words as printed.
  public var keywords: [String] = []

  public init() {}

  /// An editor or a member of the board.
  public struct Person: Sendable, Equatable {
    /// As printed.
    public var name: String
    /// "Chairperson", "member", "Managing editor".
    public var role: String
    /// Line of the scan, from 1.
    public var line: Int
    public init(name: String, role: String, line: Int) {
      (self.name, self.role, self.line) = (name, role, line)
    }
  }

  /// What someone pays.
  public struct Price: Sendable, Equatable {
    /// "institutions", "single copies".
    public var who: String
    /// As printed ("$30", "7 percent").
    public var amount: String
    /// Line of the scan, from 1.
    public var line: Int
    public init(who: String, amount: String, line: Int) {
      (self.who, self.amount, self.line) = (who, amount, line)
    }
  }

  /// An author of the issue, from the notes on contributors.
  public struct Contributor: Sendable, Equatable {
    /// As printed.
    public var name: String
    /// "Associate Professor".
    public var position: String?
    /// "Department of Government".
    public var department: String?
    /// "Harvard University".
    public var institution: String?
    /// City of the institution.
    public var city: String?
    /// State, province or country.
    public var region: String?
    /// A second post.
    public var also: String?
    /// Line of the scan, from 1.
    public var line: Int
    public init(
      name: String, position: String? = nil, department: String? = nil, institution: String? = nil,
      city: String? = nil, region: String? = nil, also: String? = nil, line: Int
    ) {
      self.name = name
      self.position = position
      self.department = department
      self.institution = institution
      self.city = city
      self.region = region
      self.also = also
      self.line = line
    }
  }

  /// The abstract of an article.
  public struct Abstract: Sendable, Equatable {
    /// Title of the article.
    public var title: String
    /// Names of its authors as printed.
    public var authors: [String]
    /// Indices into `Document.blocks`.
    public var blocks: Range<Int>
    /// Its text as repaired.
    public var text: String
    public init(title: String, authors: [String], blocks: Range<Int>, text: String) {
      (self.title, self.authors, self.blocks, self.text) = (title, authors, blocks, text)
    }
  }
}
