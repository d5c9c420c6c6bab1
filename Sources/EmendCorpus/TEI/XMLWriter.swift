import CLibXML2

/// Well-formed XML through libxml2's writer, into memory.
///
/// Text is escaped by the library; characters that XML 1.0 forbids are shown instead: a control character
/// by its picture (ESC by ␛), a noncharacter by U+FFFD.
final class XMLWriter {
  private let buffer: xmlBufferPtr?
  private let writer: xmlTextWriterPtr?

  init() {
    buffer = xmlBufferCreate()
    writer = xmlNewTextWriterMemory(buffer, 0)
    xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil)
  }

  deinit {
    xmlFreeTextWriter(writer)
    xmlBufferFree(buffer)
  }

  /// Ends the document and gives its bytes.
  func finish() -> [UInt8] {
    xmlTextWriterEndDocument(writer)
    xmlTextWriterFlush(writer)
    guard let buffer, let content = xmlBufferContent(buffer) else { return [] }
    return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
  }

  func start(_ name: String, _ attributes: [(String, String?)] = []) {
    name.withCString { pointer in
      _ = pointer.withMemoryRebound(to: xmlChar.self, capacity: name.utf8.count + 1) {
        xmlTextWriterStartElement(writer, $0)
      }
    }
    for case (let key, let value?) in attributes { attribute(key, value) }
  }

  func end() { xmlTextWriterEndElement(writer) }

  func element(_ name: String, _ attributes: [(String, String?)] = [], _ body: () -> Void) {
    start(name, attributes)
    body()
    end()
  }

  func element(_ name: String, _ attributes: [(String, String?)] = [], text: String) {
    element(name, attributes) { self.text(text) }
  }

  func empty(_ name: String, _ attributes: [(String, String?)] = []) {
    start(name, attributes)
    end()
  }

  func text(_ text: String) { self.text(Array(text.utf8)[...]) }

  func text(_ bytes: ArraySlice<UInt8>) {
    if bytes.isEmpty { return }
    XMLWriter.legal(bytes).withUnsafeBufferPointer { _ = xmlTextWriterWriteString(writer, $0.baseAddress) }
  }

  /// A line end between elements, where white space means nothing.
  func line() { _ = [0x0A, 0].withUnsafeBufferPointer { xmlTextWriterWriteString(writer, $0.baseAddress) } }

  private func attribute(_ key: String, _ value: String) {
    let value = XMLWriter.legal(Array(value.utf8)[...])
    var key = Array(key.utf8)
    key.append(0)
    key.withUnsafeBufferPointer { key in
      _ = value.withUnsafeBufferPointer {
        xmlTextWriterWriteAttribute(writer, key.baseAddress, $0.baseAddress)
      }
    }
  }

  /// The bytes with forbidden characters replaced and a NUL at the end.
  private static func legal(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 1)
    for byte in bytes {
      switch byte {
      case 0x09, 0x0A: result.append(byte)
      case 0..<0x20: result.append(contentsOf: [0xE2, 0x90, 0x80 + byte])
      case 0x7F: result.append(contentsOf: [0xE2, 0x90, 0xA1])
      default:
        result.append(byte)
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
        let count = result.count
        if byte >= 0xBE, count >= 3, byte <= 0xBF, result[count - 2] == 0xBF, result[count - 3] == 0xEF {
          result[count - 1] = 0xBD
        }
      }
    }
    result.append(0)
    return result
  }
}
