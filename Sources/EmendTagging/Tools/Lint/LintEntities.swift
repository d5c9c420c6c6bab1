import EmendLexicons

/// Entities: forms that two of them claim, dates and identifiers that are none.
enum LintEntities {
  static func collisions(_ lexicon: TagLexicon) -> [LexiconLint.Finding] {
    var owner: [String: LexiconEntity] = [:]
    var findings: [LexiconLint.Finding] = []
    for entity in lexicon.entities {
      for form in [entity.name] + entity.forms + entity.seats {
        // A year tells them apart where one of them has dates.
        if let other = owner[form], other.id != entity.id, other.years == nil, entity.years == nil {
          findings.append(
            LexiconLint.warning(
              entity.place, "“\(form)” is \(other.id) already (\(other.place.file):\(other.place.line))"))
        } else if let other = owner[form], other.id == entity.id, other.place != entity.place {
          findings.append(
            LexiconLint.warning(entity.place, "\(entity.id) stands at line \(other.place.line) already"))
        }
        owner[form] = entity
      }
    }
    return findings
  }

  /// Dates are a year, "1945-" or "1947-1994"; identifiers a list of scheme:value.
  static func facts(_ lexicon: TagLexicon) -> [LexiconLint.Finding] {
    let kinds = Set(lexicon.kinds.map(\.name))
    var findings: [LexiconLint.Finding] = []
    for entity in lexicon.entities {
      if !isDate(entity.dates) {
        findings.append(
          LexiconLint.error(
            entity.place, "\(entity.id): “\(entity.dates)” is no date such as 1945-, 1947-1994"))
      }
      for identifier in entity.identifiers.split(separator: "|", omittingEmptySubsequences: false)
      where !entity.identifiers.isEmpty {
        let parts = identifier.split(separator: ":", maxSplits: 1)
        if parts.count != 2 {
          findings.append(
            LexiconLint.error(
              entity.place, "\(entity.id): “\(identifier)” is no identifier such as wikidata:Q458"))
        }
      }
      if !kinds.contains(entity.kind) {
        findings.append(LexiconLint.error(entity.place, "\(entity.id): unknown kind “\(entity.kind)”"))
      }
    }
    return findings
  }

  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    func isYear(_ part: Substring) -> Bool {
      (3...4).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    switch parts.count {
    case 1: return text.isEmpty || isYear(parts[0])
    case 2:
      guard isYear(parts[0]) else { return false }
      return parts[1].isEmpty || isYear(parts[1]) && parts[0] <= parts[1]
    default: return false
    }
  }
}
