import EmendLexicons
import FoundationEssentials
import Yams

/// Reads the lexicon's sources: every YAML file and entity table of `tags/`, and of `tags/` in the user's overlay,
/// whose files take the place of ours of the same name.
package enum LexiconReader {
  /// Relative to the lexicon folder, in the order of their names.
  package static func sources(_ folder: LexiconFolder) -> [String] {
    var names: Set<String> = []
    for base in [folder.base, folder.overlay].compactMap(\.self) {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: base + "/tags")) ?? []
      for name in files where name.hasSuffix(".yaml") || name.hasSuffix(".tsv") { names.insert(name) }
    }
    return names.sorted().map { "tags/" + $0 }
  }

  /// Reads everything. Throws `LexiconError.bad` with file and line at the first fault; a file of the overlay is
  /// named with its folder.
  package static func read(_ folder: LexiconFolder) throws -> TagLexicon {
    var lexicon = TagLexicon()
    for (path, shown) in files(folder) { try read(path, shown: shown, into: &lexicon) }
    return lexicon
  }

  /// Reads what can be read, and says what is wrong with the rest; for lint.
  package static func readable(_ folder: LexiconFolder) -> (TagLexicon, [LexiconError]) {
    var lexicon = TagLexicon()
    var faults: [LexiconError] = []
    for (path, shown) in files(folder) {
      do {
        if path.hasSuffix(".tsv") {
          faults += try EntityTable.readable(try contents(path, shown: shown), file: shown, into: &lexicon)
        } else {
          faults += try YAMLLexicon(file: shown).readable(try compose(path, shown: shown), into: &lexicon)
        }
      } catch let error as LexiconError {
        faults.append(error)
      } catch {
        faults.append(LexiconError.bad(file: shown, line: 0, message: "\(error)"))
      }
    }
    return (lexicon, faults)
  }

  /// The sources, and how they are named in messages: those of the overlay with their folder.
  private static func files(_ folder: LexiconFolder) -> [(path: String, shown: String)] {
    sources(folder).map { file in
      let path = folder.path(file)
      let isOverlaid = folder.overlay.map { path.hasPrefix($0 + "/") } ?? false
      return (path, isOverlaid ? path : file)
    }
  }

  /// Reads one file, YAML or TSV, into a lexicon.
  package static func read(_ path: String, shown: String, into lexicon: inout TagLexicon) throws {
    if path.hasSuffix(".tsv") {
      try EntityTable.read(try contents(path, shown: shown), file: shown, into: &lexicon)
      return
    }
    let node = try compose(path, shown: shown)
    try YAMLLexicon(file: shown).read(node, into: &lexicon)
  }

  private static func contents(_ path: String, shown: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw LexiconError.bad(file: shown, line: 0, message: "cannot be read")
    }
    return String(decoding: data, as: UTF8.self)
  }

  private static func compose(_ path: String, shown: String) throws -> Node {
    try compose(text: try contents(path, shown: shown), shown: shown)
  }

  /// Parses YAML; a syntax error becomes `LexiconError.bad` with its line.
  package static func compose(text: String, shown: String) throws -> Node {
    do {
      return try Yams.compose(yaml: text) ?? Node.mapping(Node.Mapping([]))
    } catch let error as YamlError {
      var line = 0
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        line = mark.line
        throw LexiconError.bad(file: shown, line: line, message: problem)
      default: throw LexiconError.bad(file: shown, line: line, message: "\(error)")
      }
    }
  }
}

/// One YAML file of the lexicon. Its top-level keys: `labels`, `classes`, `kinds`, `forms`, `settings`, `words`.
package struct YAMLLexicon {
  let file: String
  package init(file: String) { self.file = file }

  /// Throws `LexiconError.bad` at the first fault.
  package func read(_ root: Node, into lexicon: inout TagLexicon) throws {
    if let fault = try readable(root, into: &lexicon).first { throw fault }
  }

  /// Reads the labels that can be read, and gives the faults of the others.
  package func readable(_ root: Node, into lexicon: inout TagLexicon) throws -> [LexiconError] {
    guard let mapping = root.mapping else { throw bad(root, "a mapping is wanted") }
    var faults: [LexiconError] = []
    for (key, value) in mapping {
      switch key.string ?? "" {
      case "labels":
        for node in try sequence(value) {
          do { try label(node, into: &lexicon) } catch let error as LexiconError { faults.append(error) }
        }
      case "classes": try classes(value, into: &lexicon)
      case "kinds": try kinds(value, into: &lexicon)
      case "forms": try forms(value, into: &lexicon)
      case "settings": try settings(value, into: &lexicon)
      case "words": try words(value, into: &lexicon)
      case "version": continue
      case let other: throw bad(key, "unknown key “\(other)”")
      }
    }
    return faults
  }

  private func label(_ node: Node, into lexicon: inout TagLexicon) throws {
    guard let path = node["label"]?.string else { throw bad(node, "“label” is missing") }
    var label = LexiconLabel(
      path: path, definition: node["definition"]?.string ?? "", parents: node["parents"]?.strings ?? [],
      refines: try refinement(node["refines"]), entries: [], place: place(node))
    for (key, value) in node.mapping ?? Node.Mapping([]) {
      switch key.string ?? "" {
      case "label", "definition", "parents", "refines": continue
      case "entries": for group in try sequence(value) { try self.group(group, into: &label, &lexicon) }
      case "examples": try examples(value, true, path, [], &lexicon)
      case "counterexamples": try examples(value, false, path, [], &lexicon)
      case let other: throw bad(key, "unknown key “\(other)” of a label")
      }
    }
    if let known = lexicon.labels.firstIndex(where: { $0.path == path }) {
      // A later file adds to a label.
      lexicon.labels[known].entries += label.entries
      if !label.definition.isEmpty { lexicon.labels[known].definition = label.definition }
    } else {
      lexicon.labels.append(label)
    }
  }

  private func refinement(_ node: Node?) throws -> Refinement {
    guard let node else { return .none }
    switch node.string ?? "" {
    case "implicit": return .implicit
    case "weak": return .weak
    default: throw bad(node, "“refines” is implicit or weak")
    }
  }

  private func group(_ node: Node, into label: inout LexiconLabel, _ lexicon: inout TagLexicon) throws {
    guard let name = node["name"]?.string else { throw bad(node, "a group of entries needs a “name”") }
    var ids: [String] = []
    let scope = try self.scope(node["scope"])
    for tier in Tier.allCases {
      guard let cues = node[tier.name] else { continue }
      var weight: Double?
      if let given = node["weight"] {
        guard let value = given.float, value > 0, value <= 1 else { throw bad(given, "a weight is 0 to 1") }
        weight = value
      }
      for cue in try sequence(cues) {
        guard let text = cue.string else { throw bad(cue, "a cue is a text") }
        let id = "\(label.path)#\(name).\(ids.count + 1)"
        ids.append(id)
        label.entries.append(
          LexiconEntry(id: id, cue: text, tier: tier, weight: weight, scope: scope, place: place(cue)))
      }
    }
    for (key, value) in node.mapping ?? Node.Mapping([]) {
      switch key.string ?? "" {
      case "examples": try examples(value, true, label.path, ids, &lexicon)
      case "counterexamples": try examples(value, false, label.path, ids, &lexicon)
      case "name", "weight", "scope", "explicit", "implicit", "weak", "block", "comment": continue
      case let other: throw bad(key, "unknown key “\(other)” of a group")
      }
    }
    if ids.isEmpty { throw bad(node, "group “\(name)” has no cues") }
  }

  private func examples(
    _ node: Node, _ expected: Bool, _ label: String, _ entries: [String], _ lexicon: inout TagLexicon
  ) throws {
    for example in try sequence(node) {
      guard let text = example.string else { throw bad(example, "an example is a text") }
      lexicon.examples.append(
        LexiconExample(text: text, expected: expected, label: label, entries: entries, place: place(example)))
    }
  }

  private func scope(_ node: Node?) throws -> Scope {
    guard let node else { return .all }
    var scope: Scope = []
    for name in node.strings {
      switch name {
      case "body": scope.insert(.body)
      case "notes": scope.insert(.notes)
      case "headings": scope.insert(.headings)
      case "quotations": scope.insert(.quotations)
      default: throw bad(node, "unknown scope “\(name)”")
      }
    }
    return scope.isEmpty ? .all : scope
  }

  private func classes(_ node: Node, into lexicon: inout TagLexicon) throws {
    guard let mapping = node.mapping else { throw bad(node, "a mapping of names to cues is wanted") }
    for (key, value) in mapping {
      guard let name = key.string else { throw bad(key, "a class has a name") }
      var cues: [(cue: String, place: SourceLine)] = []
      for cue in try sequence(value) {
        guard let text = cue.string else { throw bad(cue, "a cue is a text") }
        cues.append((text, place(cue)))
      }
      if let known = lexicon.classes.firstIndex(where: { $0.name == name }) {
        lexicon.classes[known].cues += cues
      } else {
        lexicon.classes.append(CueClass(name: name, cues: cues, place: place(key)))
      }
    }
  }

  private func kinds(_ node: Node, into lexicon: inout TagLexicon) throws {
    for (key, value) in node.mapping ?? Node.Mapping([]) {
      guard let name = key.string else { throw bad(key, "a kind has a name") }
      let kind = EntityKind(
        name: name, feeds: value["feeds"]?.string ?? "", label: value["label"]?.string ?? "")
      lexicon.kinds.removeAll { $0.name == name }
      lexicon.kinds.append(kind)
    }
  }

  private func forms(_ node: Node, into lexicon: inout TagLexicon) throws {
    for (key, value) in node.mapping ?? Node.Mapping([]) {
      let list = key.string ?? ""
      for (word, forms) in value.mapping ?? Node.Mapping([]) {
        guard let word = word.string, let text = forms.string else { throw bad(word, "word: forms") }
        let forms = text.split(separator: " ").map(String.init)
        switch list {
        case "verbs": lexicon.forms.irregularVerbs[word] = forms
        case "nouns": lexicon.forms.irregularNouns[word] = forms
        case "spellings":
          lexicon.forms.spellings[word] = forms
          for form in forms { lexicon.forms.spellings[form] = [word] }
        case "spelling-endings":
          for form in forms {
            lexicon.forms.spellingEndings.append((word, form))
            lexicon.forms.spellingEndings.append((form, word))
          }
        default: throw bad(key, "unknown list of forms “\(list)”")
        }
      }
    }
  }

  private func settings(_ node: Node, into lexicon: inout TagLexicon) throws {
    for (key, value) in node.mapping ?? Node.Mapping([]) {
      guard let number = value.float else { throw bad(value, "a number is wanted") }
      switch key.string ?? "" {
      case "threshold": lexicon.settings.threshold = number
      case "implicit-weight": lexicon.settings.implicitWeight = number
      case "weak-weight": lexicon.settings.weakWeight = number
      case "negation-reach": lexicon.settings.negationReach = Int(max(0, min(number, 1000)))
      case let other: throw bad(key, "unknown setting “\(other)”")
      }
    }
  }

  private func words(_ node: Node, into lexicon: inout TagLexicon) throws {
    for (key, value) in node.mapping ?? Node.Mapping([]) {
      lexicon.wordLists[key.string ?? ""] = value.strings
    }
  }

  private func sequence(_ node: Node) throws -> [Node] {
    if let sequence = node.sequence { return Array(sequence) }
    if node.scalar != nil { return [node] }
    throw bad(node, "a list is wanted")
  }

  private func place(_ node: Node) -> SourceLine { SourceLine(file: file, line: node.mark?.line ?? 0) }

  private func bad(_ node: Node, _ message: String) -> LexiconError {
    LexiconError.bad(file: file, line: node.mark?.line ?? 0, message: message)
  }
}

extension Node {
  /// The texts of a list, or of a single scalar.
  package var strings: [String] {
    if let sequence { return sequence.compactMap { $0.scalar?.string } }
    return scalar.map { [$0.string] } ?? []
  }
  /// A scalar's text, also where YAML would read a number or a truth value.
  fileprivate var string: String? { scalar?.string }
}
