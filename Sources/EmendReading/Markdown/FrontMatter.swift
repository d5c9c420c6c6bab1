import Yams

/// The bibliographic facts in the YAML at the head of a Markdown file.
enum FrontMatter {
  /// Top-level keys with plain values; lists are joined by "; ". Nothing when it is no YAML.
  static func facts(_ yaml: String) -> [String: String] {
    // Composing keeps aliases shared; only two levels are looked at, so no document can grow here.
    guard yaml.utf8.count <= 1 << 16, let mapping = (try? Yams.compose(yaml: yaml))??.mapping else {
      return [:]
    }
    var facts: [String: String] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { continue }
      if let text = value.scalar?.string {
        facts[name] = text
      } else if let list = value.sequence {
        facts[name] = list.prefix(100).compactMap { $0.scalar?.string }.joined(separator: "; ")
      }
    }
    return facts
  }
}
