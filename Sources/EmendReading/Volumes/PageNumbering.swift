import EmendText

/// Names of page files: which of them are pages of one volume, and in what order.
enum PageNumbering {
  struct Page: Equatable {
    var name: String
    var number: Int
  }

  /// The number with which a file's stem ends, and what stands before it; nil when it ends in none.
  static func parts(_ name: String) -> (prefix: String, number: Int, digits: Int)? {
    let stem = Path.stem(name)
    let digits = stem.utf8.reversed().prefix { $0 &- 0x30 < 10 }.count
    guard digits > 0, digits <= 12, let number = Int(stem.suffix(digits)) else { return nil }
    return (String(stem.dropLast(digits)), number, digits)
  }

  /// The pages in order of their numbers, when all names agree in what stands before the number; nil when
  /// these are no page files. Where `anyPrefix` is off, the prefix must say "page" or be the folder's name, or the
  /// numbers are padded with zeros ("0012"; "essay-1916" is no page) and the texts, as far as `load` gives them, read
  /// as pages.
  static func pages(_ names: [String], folder: String, anyPrefix: Bool, load: ((String) -> [UInt8])? = nil)
    -> [Page]?
  {
    guard names.count >= 2 else { return nil }
    var pages: [Page] = []
    var shared: String?
    var isPadded = false
    for name in names {
      guard let (prefix, number, digits) = parts(name) else { return nil }
      if let shared, shared != prefix { return nil }
      shared = prefix
      isPadded = isPadded || (digits >= 3 && String(number).count < digits)
      pages.append(Page(name: name, number: number))
    }
    if !anyPrefix {
      switch PageOrDocument.name(shared ?? "", folder: folder) {
      case .page: break
      case .document: return nil
      case .either:
        guard isPadded, load.map({ PageOrDocument.areOneVolume(names, load: $0) }) ?? true else { return nil }
      }
    }
    return pages.sorted {
      $0.number != $1.number ? $0.number < $1.number : NaturalOrder.precedes($0.name, $1.name)
    }
  }
}
