/// One token of an entity's form.
struct FormToken: Equatable {
  var surface: String
  /// Small letters, straight apostrophes.
  var folded: String
  /// Begins with a capital in the form, and so must in a text.
  var isCapital: Bool
  /// Must stand exactly so: acronyms, and forms written with `=`.
  var isExact: Bool
}

/// Splits a form of a name by the rules by which texts are split.
enum FormTokens {
  /// `split("UN Security Council")` gives three tokens, the first of them exact.
  static func split(_ form: String) -> [FormToken] {
    var form = Substring(form)
    let exact = form.hasPrefix("=")
    if exact { form = form.dropFirst() }
    let bytes = Array(form.utf8)
    var tokens: [FormToken] = []
    bytes.withUnsafeBufferPointer { text in
      var scanner = TokenScanner(text: text, from: 0, to: text.count)
      while let token = scanner.next() {
        let surface = String(decoding: bytes[token.start..<token.end], as: UTF8.self)
        let folded = String(decoding: token.folded(text), as: UTF8.self)
        let isShouted = token.flags.contains(.allCapitals) && token.end - token.start <= 8
        tokens.append(
          FormToken(
            surface: surface, folded: token.mark?.text ?? folded, isCapital: token.flags.contains(.capital),
            isExact: token.flags.contains(.word) && (exact || isShouted)))
      }
    }
    return tokens
  }
}
