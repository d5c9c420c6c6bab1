extension Reading {
  /// How to read.
  public struct Options: Sendable {
    /// Whether bytes that are not UTF-8 make the document fail instead of being decoded as another encoding.
    public var strict: Bool
    /// Whether `Scan.Source.digest` is computed (about a third of the time of reading plain text).
    public var digest: Bool
    /// What a folder of text files is.
    public var folders: FolderKind
    public var limits: Limits

    public init(
      strict: Bool = false, digest: Bool = true, folders: FolderKind = .automatic, limits: Limits = Limits()
    ) {
      self.strict = strict
      self.digest = digest
      self.folders = folders
      self.limits = limits
    }
  }

  /// What a folder of text files is taken for.
  public enum FolderKind: String, Sendable, CaseIterable {
    /// One volume when its files are numbered pages, else a collection.
    case automatic
    /// One volume, a file a page.
    case volume
    /// A document a file.
    case documents
  }

  /// Bounds that keep one hostile input from taking the machine.
  public struct Limits: Sendable {
    /// Bytes of one document; for a volume, of all its pages.
    public var documentBytes: Int
    /// Bytes of one line of plain text.
    public var lineBytes: Int
    /// Members of an archive.
    public var members: Int
    /// Bytes of one member of an archive.
    public var memberBytes: Int
    /// How many times larger than the archive its members may be, once they are over 32 MiB. Zipped text
    /// shrinks to a third or a quarter, XML to a twentieth; a bomb is in the thousands.
    public var ratio: Int
    /// Empty pages put in for missing page numbers.
    public var gapPages: Int

    public init(
      documentBytes: Int = 1 << 30, lineBytes: Int = 32 << 20, members: Int = 50_000,
      memberBytes: Int = 128 << 20, ratio: Int = 200, gapPages: Int = 5_000
    ) {
      self.documentBytes = documentBytes
      self.lineBytes = lineBytes
      self.members = members
      self.memberBytes = memberBytes
      self.ratio = ratio
      self.gapPages = gapPages
    }
  }
}
