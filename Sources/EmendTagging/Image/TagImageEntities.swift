import EmendLexicons

/// Entities: the trie of all their forms.
extension TagImageBuilder {
  struct EntitySections {
    var roots: [Int32] = []
    var nodes: [Int32] = []
    var edges: [Int32] = []
    var forms: [Int32] = []
    var cases: [Int32] = []
    var rows: [Int32] = []
    var aliases: [Int32] = []
  }

  mutating func compileEntities(_ paths: [String]) throws -> EntitySections {
    final class Branch {
      var children: [Int32: Branch] = [:]
      var form: Int32 = -1
    }
    let kindIndex = Dictionary(
      lexicon.kinds.enumerated().map { ($0.element.name, Int32($0.offset)) }, uniquingKeysWith: { a, _ in a })
    let root = Branch()
    var out = EntitySections()
    for (index, entity) in lexicon.entities.enumerated() {
      guard let kind = kindIndex[entity.kind] else {
        throw LexiconError.bad(
          file: entity.place.file, line: entity.place.line, message: "unknown kind “\(entity.kind)”")
      }
      let aliasStart = Int32(out.aliases.count)
      for alias in entity.aliases { out.aliases.append(addWord(alias.lowercased())) }
      out.rows += [
        string(entity.id), string(entity.name), kind, aliasStart, Int32(entity.aliases.count),
        string(entity.identifiers), Int32(clamping: entity.years?.lowerBound ?? 0),
        Int32(clamping: entity.years?.upperBound ?? 0),
      ]
      for (form, isSeat) in ([entity.name] + entity.forms).map({ ($0, false) })
        + entity.seats.map({ ($0, true) })
      {
        let tokens = FormTokens.split(form)
        if tokens.isEmpty { continue }
        var branch = root
        let caseStart = Int32(out.cases.count)
        for token in tokens {
          let id = addWord(token.folded)
          out.cases.append(token.isExact ? -exactID(token.surface) : token.isCapital ? 1 : 0)
          let next = branch.children[id] ?? Branch()
          branch.children[id] = next
          branch = next
        }
        // Forms that differ in case only hang on one branch, the first one first.
        let number = Int32(out.forms.count / ImageRow.form)
        out.forms += [Int32(index), caseStart, Int32(tokens.count), isSeat ? 1 : 0, -1]
        if branch.form < 0 {
          branch.form = number
        } else {
          var last = Int(branch.form)
          while out.forms[last * ImageRow.form + 4] >= 0 { last = Int(out.forms[last * ImageRow.form + 4]) }
          out.forms[last * ImageRow.form + 4] = number
        }
      }
    }
    // Breadth first, children in the order of their word ids: the same image for the same lexicon.
    out.nodes = [0, 0, -1]
    var queue: [(Branch, Int)] = [(root, 0)]
    var next = 0
    while next < queue.count {
      let (branch, node) = queue[next]
      next += 1
      out.nodes[node * 3] = Int32(out.edges.count / 2)
      out.nodes[node * 3 + 1] = Int32(branch.children.count)
      out.nodes[node * 3 + 2] = branch.form
      for id in branch.children.keys.sorted() {
        guard let child = branch.children[id] else { continue }
        let index = out.nodes.count / 3
        out.nodes += [0, 0, -1]
        out.edges += [id, Int32(index)]
        queue.append((child, index))
      }
    }
    out.roots = [Int32](repeating: 0, count: wordList.count)
    // The root's edges were written first.
    for edge in 0..<root.children.count {
      out.roots[Int(out.edges[edge * 2])] = out.edges[edge * 2 + 1]
    }
    return out
  }

  mutating func exactID(_ surface: String) -> Int32 {
    let key = Array(surface.utf8)
    if let id = exacts.id(of: key) { return id }
    exactCount += 1
    exacts.add(key, id: exactCount)
    return exactCount
  }
}
