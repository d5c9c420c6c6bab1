import FoundationEssentials

/// One JSON object of a JSON Lines stream, cut into its top-level members with their bytes untouched, so
/// that unknown members pass through verbatim. Values are decoded by Foundation.
public struct JSONRecord: Sendable {
  /// What is wrong with a line.
  public struct Fault: Error, Sendable, Equatable {
    /// A short fixed name: `not-json`, `not-object`, `duplicate-key`, `missing-field`, `wrong-type`,
    /// `invalid-utf8`.
    public var code: String
    public var message: String
    /// Byte offset in the line.
    public var offset: Int
  }

  /// Keys in the order of the line, with the bytes of their values.
  public private(set) var members: [(key: String, value: ArraySlice<UInt8>)] = []

  /// Cuts a line. Throws `Fault`; the values themselves are checked when they are decoded or passed on.
  public init(_ line: [UInt8]) throws(Fault) {
    var scanner = Scanner(bytes: line)
    scanner.skipSpace()
    guard scanner.peek == 0x7B else {
      let start = scanner.at
      guard (try? scanner.skipValue()) != nil, scanner.isAtEnd() else {
        throw Fault(code: "not-json", message: "the line is no JSON", offset: start)
      }
      throw Fault(code: "not-object", message: "the line is JSON but no object", offset: start)
    }
    scanner.at += 1
    scanner.skipSpace()
    var seen: Set<String> = []
    if scanner.peek == 0x7D {
      scanner.at += 1
    } else {
      while true {
        scanner.skipSpace()
        let start = scanner.at
        guard scanner.peek == 0x22 else { throw scanner.fault("a key is expected") }
        try scanner.skipString()
        guard let key: String = Self.decode(line[start..<scanner.at]) else {
          throw Fault(code: "not-json", message: "a key cannot be read", offset: start)
        }
        if !seen.insert(key).inserted {
          throw Fault(code: "duplicate-key", message: "the key \"\(key)\" stands twice", offset: start)
        }
        scanner.skipSpace()
        guard scanner.peek == 0x3A else { throw scanner.fault("a colon is expected") }
        scanner.at += 1
        scanner.skipSpace()
        let value = scanner.at
        try scanner.skipValue()
        members.append((key, line[value..<scanner.at]))
        scanner.skipSpace()
        if scanner.peek == 0x2C {
          scanner.at += 1
          continue
        }
        guard scanner.peek == 0x7D else { throw scanner.fault("a comma or } is expected") }
        scanner.at += 1
        break
      }
    }
    scanner.skipSpace()
    if scanner.at < line.count { throw scanner.fault("something stands after the object") }
  }

  public func value(_ key: String) -> ArraySlice<UInt8>? { members.first { $0.key == key }?.value }

  /// Throws `Fault` with the code `invalid-utf8` at the first byte that is no part of a character in UTF-8.
  public static func checkUTF8(_ line: [UInt8]) throws(Fault) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: line.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      throw Fault(
        code: "invalid-utf8", message: "the record is not valid UTF-8 at byte \(offset)", offset: offset)
    }
  }

  /// The value of a member as text; nil when it is absent. Lone surrogate escapes become U+FFFD.
  public func string(_ key: String) throws(Fault) -> String? {
    guard let bytes = value(key) else { return nil }
    guard let text: String = Self.decode(bytes) else {
      throw Fault(code: "wrong-type", message: "\"\(key)\" must be a string", offset: bytes.startIndex)
    }
    return text
  }

  /// The value of a member as a list of texts: strings, or objects with a member `text`.
  public func strings(_ key: String) throws(Fault) -> [String]? {
    guard let bytes = value(key) else { return nil }
    if let texts: [String] = Self.decode(bytes) { return texts }
    struct Page: Decodable { var text: String }
    if let pages: [Page] = Self.decode(bytes) { return pages.map(\.text) }
    throw Fault(
      code: "wrong-type", message: "\"\(key)\" must be a list of strings or of objects with \"text\"",
      offset: bytes.startIndex)
  }

  private static func decode<Value: Decodable>(_ bytes: ArraySlice<UInt8>) -> Value? {
    let mended = mendSurrogates(bytes)
    return try? JSONDecoder().decode(Value.self, from: Data(mended))
  }

  /// Replaces `\uD800`–`\uDFFF` escapes that form no pair by `\uFFFD`: strict decoders refuse them.
  private static func mendSurrogates(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out = Array(bytes)
    var at = 0
    func unit(_ at: Int) -> UInt32? {
      guard at + 6 <= out.count, out[at] == 0x5C, out[at + 1] == 0x75 else { return nil }
      return UInt32(String(decoding: out[(at + 2)..<(at + 6)], as: UTF8.self), radix: 16)
    }
    while at < out.count {
      guard out[at] == 0x5C else {
        at += 1
        continue
      }
      guard let high = unit(at), (0xD800...0xDFFF).contains(high) else {
        at += 2
        continue
      }
      if high < 0xDC00, let low = unit(at + 6), (0xDC00...0xDFFF).contains(low) {
        at += 12
        continue
      }
      out.replaceSubrange((at + 2)..<(at + 6), with: "FFFD".utf8)
      at += 6
    }
    return out
  }
}

/// Walks over JSON without decoding it.
private struct Scanner {
  let bytes: [UInt8]
  var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  mutating func isAtEnd() -> Bool {
    skipSpace()
    return at == bytes.count
  }

  func fault(_ message: String) -> JSONRecord.Fault {
    JSONRecord.Fault(code: "not-json", message: message, offset: at)
  }

  mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x09, 0x0D, 0x0A].contains(bytes[at]) { at += 1 }
  }

  mutating func skipString() throws(JSONRecord.Fault) {
    at += 1
    while at < bytes.count {
      switch bytes[at] {
      case 0x22:
        at += 1
        return
      case 0x5C: at += 2
      case 0..<0x20: throw fault("a control character stands in a string")
      default: at += 1
      }
    }
    at = bytes.count
    throw fault("a string has no end")
  }

  /// Skips one value; brackets are counted, not recursed into, so that depth costs no stack.
  mutating func skipValue() throws(JSONRecord.Fault) {
    let start = at
    var open: [UInt8] = []
    repeat {
      guard let byte = peek else { throw fault("the line ends in mid-value") }
      switch byte {
      case 0x22: try skipString()
      case 0x7B, 0x5B:
        open.append(byte)
        at += 1
      case 0x7D, 0x5D:
        guard let last = open.popLast(), last == byte - 2 else { throw fault("a bracket is not opened") }
        at += 1
      case 0x2C, 0x3A, 0x20, 0x09, 0x0D, 0x0A:
        if open.isEmpty { throw fault("a value is expected") }
        at += 1
      default:
        let word = at
        while let byte = peek, byte > 0x20, !",:]}[{\"".utf8.contains(byte) { at += 1 }
        guard Self.isScalar(bytes[word..<at]) else {
          at = word
          throw fault("a value is expected")
        }
      }
    } while !open.isEmpty
    if at == start { throw fault("a value is expected") }
  }

  private static func isScalar(_ word: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: word, as: UTF8.self)
    if ["true", "false", "null"].contains(text) { return true }
    guard let first = word.first, first == 0x2D || (0x30...0x39).contains(first) else { return false }
    return Double(text) != nil
  }
}
