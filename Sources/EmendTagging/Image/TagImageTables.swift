import EmendLexicons

/// The tables of labels, kinds, settings, word lists and strings.
extension TagImageBuilder {
  mutating func labelRows(_ labels: [LexiconLabel], _ paths: [String]) -> [Int32] {
    var rows: [Int32] = []
    for label in labels {
      var parent: Int32 = -1
      var path = Substring(label.path)
      while parent < 0, let slash = path.lastIndex(of: "/") {
        path = path[..<slash]
        parent = paths.firstIndex(of: String(path)).map(Int32.init) ?? -1
      }
      rows += [string(label.path), parent, label.refines.rawValue, string(label.definition)]
    }
    return rows
  }

  mutating func kindRows(_ paths: [String]) -> [Int32] {
    var rows: [Int32] = []
    for kind in lexicon.kinds {
      rows += [
        string(kind.name), classIndex[kind.feeds] ?? -1, string(kind.label),
        paths.firstIndex(of: kind.label).map(Int32.init) ?? -1,
      ]
    }
    return rows
  }

  func settingsRow() -> [Int32] {
    let settings = lexicon.settings
    return [
      Int32((settings.threshold * 10_000).rounded()), Int32(clamping: settings.negationReach),
      Int32((settings.implicitWeight * 10_000).rounded()), Int32((settings.weakWeight * 10_000).rounded()),
    ]
  }

  /// Name, count, then the words as strings and as word ids.
  mutating func wordListRows() -> [Int32] {
    var rows: [Int32] = []
    for name in lexicon.wordLists.keys.sorted() {
      let list = lexicon.wordLists[name] ?? []
      rows += [string(name), Int32(list.count)]
      for word in list { rows += [string(word)] }
    }
    return rows
  }

  mutating func string(_ text: String) -> Int32 {
    if let known = stringIndex[text] { return known }
    strings += Array(text.utf8)
    stringOffsets.append(Int32(strings.count))
    let index = Int32(stringOffsets.count - 2)
    stringIndex[text] = index
    return index
  }

  static func grouped(_ pairs: [(Int32, Int32)], count: Int) -> ([Int32], [Int32]) {
    var heads = [Int32](repeating: 0, count: count + 1)
    for (key, _) in pairs { heads[Int(key) + 1] += 1 }
    for index in 0..<count { heads[index + 1] += heads[index] }
    var at = heads
    var rows = [Int32](repeating: 0, count: pairs.count)
    for (key, value) in pairs {
      rows[Int(at[Int(key)])] = value
      at[Int(key)] += 1
    }
    return (heads, rows)
  }
}
