import EmendModel
import EmendText

/// Tells the format of some bytes by their content; a name settles only what content leaves open.
enum Recogniser {
  enum Answer: Equatable {
    case text(Scan.Format)
    /// gzip, and what libarchive opens: zip and tar.
    case packed(String)
    /// No text; the name of what it is.
    case binary(String)
    /// An XML file that no reader is for; the name of its root element.
    case unknownMarkup(String)
  }

  static func recognise(_ bytes: [UInt8], name: String) -> Answer {
    if let type = BinaryType.of(bytes) {
      switch type {
      case .pdf: return .text(.pdf)
      case .archive(let name): return .packed(name)
      case .other(let name): return .binary(name)
      }
    }
    let head = headAsText(bytes)
    if let format = markup(head, name: name) { return .text(format) }
    if looksBinary(bytes) { return .binary("binary data") }
    let ending = Path.fileExtension(name)
    if ending == "xml", let root = rootElement(head) { return .unknownMarkup(root) }
    if ending == "md" || ending == "markdown" { return .text(.markdown) }
    if Path.last(name).lowercased().hasSuffix("_djvu.txt") { return .text(.internetArchive) }
    if contains(head, "Digitized by the Internet Archive") { return .text(.internetArchive) }
    return .text(isMarkdown(bytes) ? .markdown : .plainText)
  }

  /// The first kilobytes, as UTF-8 also where they are UTF-16.
  private static func headAsText(_ bytes: [UInt8]) -> [UInt8] {
    let head = Array(bytes.prefix(8192 & ~3))
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(head.dropFirst(3)) }
    let isWide = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
    guard isWide || TextDecoder.wideWithoutMark(head) != nil else { return head }
    return (try? TextDecoder(file: "", strict: false).decode(head).text) ?? head
  }

  // MARK: Markup

  private static func markup(_ head: [UInt8], name: String) -> Scan.Format? {
    if let root = rootElement(head) {
      switch root {
      case "alto": return .alto
      case "PcGts": return .page
      case "mets": return .mets
      case "html", "HTML": return .hocr
      case "plain_text": return .jstor
      case "DjVuXML": return .djvuXML
      case "article" where contains(head, "<page") || contains(head, "jstor"): return .jstor
      default: break
      }
    }
    if contains(head, "ocr_page") && contains(head, "<") { return .hocr }
    let ending = Path.fileExtension(name)
    return ["html", "htm", "xhtml", "hocr"].contains(ending) && contains(head, "<") ? .hocr : nil
  }

  /// The local name of the first element, past declarations and comments; nil when the text begins otherwise.
  static func rootElement(_ head: [UInt8]) -> String? {
    var at = 0
    func starts(_ text: String) -> Bool { head[at...].starts(with: text.utf8) }
    while at < head.count {
      if head[at] <= 0x20 {
        at += 1
      } else if starts("<!--") {
        guard let end = find(head, "-->", from: at) else { return nil }
        at = end + 3
      } else if starts("<?") {
        guard let end = find(head, "?>", from: at) else { return nil }
        at = end + 2
      } else if starts("<!") {
        let declaration = String(decoding: head[at...].prefix(14), as: UTF8.self).lowercased()
        if declaration == "<!doctype html" { return "html" }
        // An internal subset may hold ">"; its closing "]>" then ends the declaration.
        let bracket = head[at...].firstIndex(of: 0x5B)
        guard let plain = head[at...].firstIndex(of: 0x3E) else { return nil }
        guard let bracket, bracket < plain else {
          at = plain + 1
          continue
        }
        guard let end = find(head, "]", from: bracket), let close = head[end...].firstIndex(of: 0x3E) else {
          return nil
        }
        at = close + 1
      } else if starts("<") {
        let name = head[(at + 1)...].prefix {
          switch ByteClass.of($0) {
          case .upper, .lower, .digit: true
          case .sign: $0 == 0x3A || $0 == 0x5F || $0 == 0x2D || $0 == 0x2E
          default: false
          }
        }
        let local = name.split(separator: 0x3A).last ?? name
        return local.isEmpty ? nil : String(decoding: local, as: UTF8.self)
      } else {
        return nil
      }
    }
    return nil
  }

  static func find(_ bytes: [UInt8], _ text: String, from start: Int = 0) -> Int? {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
    var at = start
    while at + wanted.count <= bytes.count {
      if bytes[at] == first, bytes[at..<(at + wanted.count)].elementsEqual(wanted) { return at }
      at += 1
    }
    return nil
  }

  private static func contains(_ bytes: [UInt8], _ text: String) -> Bool { find(bytes, text) != nil }

  // MARK: Binary data

  /// Text holds few control characters, even where a damaged font uses them for ligatures (about one in a
  /// hundred characters). Random bytes hold one in ten, and are no UTF-8 besides.
  static func looksBinary(_ bytes: [UInt8]) -> Bool {
    if TextDecoder.wideWithoutMark(bytes) != nil { return false }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return false }
    let sample = Array(bytes.prefix(1 << 16))
    let controls = sample.reduce(0) { count, byte in
      switch byte {
      case 0x09, 0x0A, 0x0C, 0x0D: count
      case 0x00..<0x20, 0x7F: count + 1
      default: count
      }
    }
    let share = Double(controls) / Double(max(1, sample.count))
    if share > 0.3 { return sample.count > 16 || controls == sample.count }
    if share > 0.1 { return sample.count >= 512 }
    guard share > 0.04, sample.count >= 64 else { return false }
    return UTF8Survey(sample).invalid > sample.count / 20
  }

  // MARK: Markdown

  /// Whether a text without a telling name is Markdown: its marks are many and of several kinds. A number sign
  /// or star alone also stands in scans.
  static func isMarkdown(_ bytes: [UInt8]) -> Bool {
    let sample = Array(bytes.prefix(1 << 18))
    var (headings, strong, links, escapes, lines) = (0, 0, 0, 0, 0)
    var start = 0
    while start < sample.count {
      let end = sample[start...].firstIndex(of: 0x0A) ?? sample.count
      let line = sample[start..<end]
      if !line.isEmpty { lines += 1 }
      let marks = line.prefix { $0 == 0x23 }.count
      if (1...6).contains(marks), line.dropFirst(marks).first == 0x20 { headings += 1 }
      var at = start
      while at + 1 < end {
        switch (sample[at], sample[at + 1]) {
        case (0x2A, 0x2A):
          strong += 1
          at += 1
        case (0x5D, 0x28): links += 1
        case (0x5C, 0x24), (0x5C, 0x2A), (0x5C, 0x5F), (0x5C, 0x5B): escapes += 1
        default: break
        }
        at += 1
      }
      start = end + 1
    }
    let kinds = [headings > 0, strong >= 2, links > 0, escapes > 0].count { $0 }
    let marks = headings * 2 + strong / 2 + links + escapes
    return headings > 0 && kinds >= 2 && marks >= 4 && marks * 200 >= lines
  }
}
