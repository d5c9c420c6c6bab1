import CLibXML2

/// A compiled RELAX NG schema.
final class RelaxNG {
  struct Unreadable: Error {}
  private let schema: xmlRelaxNGPtr

  init(_ path: String) throws {
    let context = xmlRelaxNGNewParserCtxt(path)
    defer { xmlRelaxNGFreeParserCtxt(context) }
    guard let schema = xmlRelaxNGParse(context) else { throw Unreadable() }
    self.schema = schema
  }

  deinit { xmlRelaxNGFree(schema) }

  /// What is wrong with a document; empty when it is valid.
  func complaints(about document: [UInt8]) -> [String] {
    let tree = document.withUnsafeBytes {
      xmlReadMemory(
        $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), nil, nil, Int32(XML_PARSE_NONET.rawValue))
    }
    guard let tree else { return ["not well-formed"] }
    defer { xmlFreeDoc(tree) }
    let context = xmlRelaxNGNewValidCtxt(schema)
    defer { xmlRelaxNGFreeValidCtxt(context) }
    let box = Box()
    xmlRelaxNGSetValidStructuredErrors(
      context,
      { box, error in
        guard let box, let error else { return }
        let message = error.pointee.message.map { String(cString: $0) } ?? "error"
        Unmanaged<Box>.fromOpaque(box).takeUnretainedValue().messages.append(
          "\(error.pointee.line): \(message)")
      }, Unmanaged.passUnretained(box).toOpaque())
    let result = xmlRelaxNGValidateDoc(context, tree)
    return result == 0 ? [] : box.messages.isEmpty ? ["invalid"] : box.messages
  }

  private final class Box { var messages: [String] = [] }
}

/// The text of an element, with some elements inside left out.
struct XMLText {
  struct NotWellFormed: Error {}
  private(set) var text = ""

  init(_ document: [UInt8], of element: String, without skipped: Set<String>) throws {
    let tree = document.withUnsafeBytes {
      xmlReadMemory(
        $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), nil, nil, Int32(XML_PARSE_NONET.rawValue))
    }
    guard let tree, let root = xmlDocGetRootElement(tree) else { throw NotWellFormed() }
    defer { xmlFreeDoc(tree) }
    var child = root.pointee.children
    while let node = child {
      if node.pointee.type == XML_ELEMENT_NODE, XMLText.name(node) == element { collect(node, skipped) }
      child = node.pointee.next
    }
  }

  private mutating func collect(_ node: UnsafeMutablePointer<xmlNode>, _ skipped: Set<String>) {
    var child = node.pointee.children
    while let inner = child {
      if inner.pointee.type == XML_TEXT_NODE {
        text += String(cString: inner.pointee.content)
      } else if !skipped.contains(XMLText.name(inner)) {
        collect(inner, skipped)
      }
      child = inner.pointee.next
    }
  }

  private static func name(_ node: UnsafeMutablePointer<xmlNode>) -> String {
    node.pointee.name.map { String(cString: $0) } ?? ""
  }
}
