import EmendLexicons

/// Classes of cues: declared by name, then compiled from the innermost out.
extension TagImageBuilder {
  mutating func declareClasses() throws {
    func declare(_ name: String) {
      if name.isEmpty || classIndex[name] != nil { return }
      classIndex[name] = Int32(classNames.count)
      classNames.append(name)
      classLevel.append(0)
      // A name of the feeding kind may stand in every fifth sentence or so.
      classCost.append(0.01)
    }
    for name in EntityClass.allCases { declare(name.rawValue) }
    for kind in lexicon.kinds { declare(kind.feeds) }
    for each in lexicon.classes { declare(each.name) }
  }

  mutating func compileClasses() throws {
    let parser = CueParser(forms: lexicon.forms)
    var parsed: [[(cues: [Cue], place: SourceLine)]] = []
    for each in lexicon.classes {
      parsed.append(
        try each.cues.map { cue in (try parse(parser, cue.cue, cue.place), cue.place) })
    }
    // Levels by depth-first walk; a class met again on the way down is defined through itself.
    var state = [Int](repeating: 0, count: lexicon.classes.count)
    var order: [Int] = []
    let own = Dictionary(
      lexicon.classes.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { a, _ in a })
    func visit(_ index: Int) throws {
      if state[index] == 2 { return }
      let place = lexicon.classes[index].place
      guard state[index] == 0 else {
        throw LexiconError.bad(
          file: place.file, line: place.line,
          message: "class @\(lexicon.classes[index].name) is defined through itself")
      }
      state[index] = 1
      for (cues, _) in parsed[index] {
        for name in cues.flatMap({ $0.classNames }) { if let inner = own[name] { try visit(inner) } }
      }
      state[index] = 2
      order.append(index)
    }
    for index in lexicon.classes.indices { try visit(index) }
    for index in order {
      guard let target = classIndex[lexicon.classes[index].name] else { continue }
      var level: Int32 = 0
      for (cues, place) in parsed[index] {
        for name in cues.flatMap({ $0.classNames }) {
          guard let inner = classIndex[name] else { throw unknown(name, place) }
          level = max(level, classLevel[Int(inner)] + 1)
        }
      }
      classLevel[Int(target)] = level
      var cost = 0.0
      for (cues, place) in parsed[index] {
        guard let cue = cues.first, cues.count == 1 else {
          throw LexiconError.bad(file: place.file, line: place.line, message: "“&” has no place in a class")
        }
        cost += try addPrograms(cue, isEntry: false, target: target, bucket: level, requires: [], place)
      }
      classCost[Int(target)] = max(cost, 1e-7)
    }
  }

  func unknown(_ name: String, _ place: SourceLine) -> LexiconError {
    LexiconError.bad(file: place.file, line: place.line, message: "unknown class @\(name)")
  }

  func parse(_ parser: CueParser, _ text: String, _ place: SourceLine) throws -> [Cue] {
    do throws(CueError) { return try parser.parse(text) } catch {
      throw LexiconError.bad(file: place.file, line: place.line, message: "cue “\(text)”: \(error.message)")
    }
  }
}
