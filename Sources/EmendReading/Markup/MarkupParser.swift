import CLibXML2

/// Takes the events of one document of markup, in their order.
protocol MarkupHandler: AnyObject {
  func start(_ name: String, _ attributes: MarkupAttributes, at position: Int)
  func end(_ name: String)
  /// Text with its markup resolved, and the offset at which it ends in the source.
  func text(_ bytes: UnsafeBufferPointer<UInt8>, endingAt position: Int)
}

/// The attributes of one element; good only while its event lasts.
struct MarkupAttributes {
  fileprivate let pointer: UnsafePointer<UnsafePointer<CChar>?>?

  /// The value of an attribute by its local name.
  subscript(name: String) -> String? {
    guard var at = pointer else { return nil }
    while let key = at.pointee {
      if Self.isLocalName(name, of: key) {
        // libxml2 leaves a resolved "&" as "&#38;" in attributes unless all entities are to be resolved,
        // which would open files.
        return at.successor().pointee.map { String(cString: $0).replacing("&#38;", with: "&") } ?? ""
      }
      at = at.advanced(by: 2)
    }
    return nil
  }

  /// Whether `name` is what stands in `key` after its prefix; no string is made of `key` to find out.
  private static func isLocalName(_ name: String, of key: UnsafePointer<CChar>) -> Bool {
    var start = key
    var at = key
    while at.pointee != 0 {
      at = at.successor()
      if at.pointee == 0x3A { start = at.successor() }
    }
    for byte in name.utf8 {
      guard UInt8(bitPattern: start.pointee) == byte else { return false }
      start = start.successor()
    }
    return start.pointee == 0
  }

  func integer(_ name: String) -> Int? { self[name].flatMap(Double.init).flatMap(Int.init(clamping:)) }
}

extension Int {
  /// A number of a file as a whole number; nil when it is none or out of all bounds.
  fileprivate init?(clamping value: Double) {
    guard value.isFinite, abs(value) < 1e12 else { return nil }
    self = Int(value.rounded())
  }
}

/// libxml2 as a stream of events.
struct MarkupParser {
  /// How deep elements may nest. No page needs more than two dozen levels.
  static let depthLimit = 1_000

  struct Outcome {
    /// Faults in the markup that the parser got over, and the first of them.
    var faults: Int
    var message: String
    var isTooDeep: Bool
  }

  /// Bytes that XML does not allow are hidden from the parser by DEL, which it does, so that they reach the
  /// text: `SourceText` gives the true bytes back.
  static func masked(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else { return bytes }
    return bytes.map { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D ? 0x7F : $0 }
  }

  /// Parses masked UTF-8 bytes and tells `handler` what stands in them.
  static func parse(_ bytes: [UInt8], isHTML: Bool, handler: any MarkupHandler) -> Outcome {
    let box = Box(handler)
    var markup = emend_markup()
    markup.user = Unmanaged.passUnretained(box).toOpaque()
    markup.start = { user, name, attributes, position in
      guard let user, let name else { return 0 }
      let box = Unmanaged<Box>.fromOpaque(user).takeUnretainedValue()
      box.depth += 1
      if box.depth > MarkupParser.depthLimit {
        box.isTooDeep = true
        return 1
      }
      box.handler.start(
        MarkupParser.localName(name), MarkupAttributes(pointer: attributes), at: position)
      return 0
    }
    markup.end = { user, name, _ in
      guard let user, let name else { return }
      let box = Unmanaged<Box>.fromOpaque(user).takeUnretainedValue()
      box.depth -= 1
      if !box.isTooDeep { box.handler.end(MarkupParser.localName(name)) }
    }
    markup.text = { user, text, length, position in
      guard let user, let text else { return }
      let box = Unmanaged<Box>.fromOpaque(user).takeUnretainedValue()
      if box.isTooDeep { return }
      text.withMemoryRebound(to: UInt8.self, capacity: length) {
        box.handler.text(UnsafeBufferPointer(start: $0, count: length), endingAt: position)
      }
    }
    withExtendedLifetime(box) {
      bytes.withUnsafeBytes { buffer in
        guard let base = buffer.bindMemory(to: CChar.self).baseAddress else { return }
        _ = emend_markup_parse(&markup, base, Int32(clamping: buffer.count), isHTML ? 1 : 0)
      }
    }
    let message = withUnsafeBytes(of: markup.message) { buffer in
      String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
    }
    return Outcome(faults: markup.faults, message: message, isTooDeep: box.isTooDeep)
  }

  /// The name without its prefix.
  fileprivate static func localName(_ name: UnsafePointer<CChar>) -> String {
    let whole = String(cString: name)
    guard let colon = whole.utf8.lastIndex(of: 0x3A) else { return whole }
    return String(whole[whole.utf8.index(after: colon)...])
  }

  private final class Box {
    let handler: any MarkupHandler
    var depth = 0
    var isTooDeep = false
    init(_ handler: any MarkupHandler) { self.handler = handler }
  }
}
