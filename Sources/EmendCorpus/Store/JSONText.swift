import EmendModel

/// Small JSON texts for columns that hold lists.
enum JSONText {
  static func string(_ json: JSONLine) -> String { String(decoding: json.bytes, as: UTF8.self) }

  static func list(_ texts: [String]) -> String {
    var json = JSONLine()
    json.array { for text in texts { $0.value(text) } }
    return string(json)
  }

  static func names(_ names: [PersonName]) -> String {
    var json = JSONLine()
    json.array { Records.names(names, into: &$0) }
    return string(json)
  }

  static func fields(_ fields: [Reference.Field]) -> String {
    var json = JSONLine()
    json.array { Records.fields(fields, into: &$0) }
    return string(json)
  }

  /// Names as a person writes them in a list: "Calder, Robert O.; Nye".
  static func plain(_ names: [PersonName]) -> String {
    names.map { [$0.family, $0.given, $0.suffix].compactMap(\.self).joined(separator: ", ") }
      .joined(separator: "; ")
  }
}
