/// Rules that tell by their words who is an editor, who a translator, and where their names end.
extension FieldDetails {
  /// Words for the role of several editors.
  private static let manyEditors = ["eds", "editors", "hgg", "hrsgg", "edd"]

  /// "Ada Keel, ed. and trans." has its roles with the names; "W. D. Keel, trans." are translators.
  mutating func roles() {
    var index = 0
    while index < runs.count {
      let label = runs[index].label
      guard label == .editor || label == .translator else {
        index += 1
        continue
      }
      if index + 1 < runs.count, runs[index + 1].label == .note || runs[index + 1].label == nil {
        let next = runs[index + 1].first...runs[index + 1].last
        let areRoles =
          next.allSatisfy { [.ed, .tr, .and].contains(cues[$0]) }
          && next.contains { cues[$0] != .and }
          && (cues[runs[index].last] == .ed || cues[runs[index].last] == .tr
            || !tokens.gaps[next.lowerBound].marks.contains(.stop))
        if areRoles {
          runs[index].last = next.upperBound
          runs.remove(at: index + 1)
        }
      }
      let words = runs[index].first...runs[index].last
      if label == .editor, words.contains(where: { cues[$0] == .tr }),
        !words.contains(where: { cues[$0] == .ed })
      {
        runs[index].label = .translator
      }
      index += 1
    }
  }

  /// "The Quiet Tariff. Ada Keel, trans." and "…. Ada Keel and Olu Ostrow, eds.": names and their role at the end of a title
  /// are none of it.
  mutating func namesBehindTitle() {
    for run in runs where run.label == .title || run.label == .containerTitle {
      var role = run.last
      while role > run.first + 2, [.ed, .tr, .and].contains(cues[role - 1]), cues[role] != .and { role -= 1 }
      guard role > run.first + 2, cues[run.last] == .tr || cues[run.last] == .ed, cues[role] != .and,
        tokens.gaps[role].marks.contains(.comma), behind(run.last).first == 0x2E
      else { continue }
      guard
        let start = ((run.first + 1)...(role - 2)).last(where: { endsSentence(before: $0) }),
        areNames(start...(role - 1))
      else { continue }
      let translates = (role...run.last).contains { cues[$0] == .tr }
      let edits = (role...run.last).contains { cues[$0] == .ed }
      carve(start...run.last, translates && !edits ? .translator : .editor)
      return
    }
  }

  /// "In Barter and Value. Ada Keel and Olu Ostrow, eds.": the book stands before its editors.
  mutating func titleBeforeEditors() {
    guard !runs.contains(where: { $0.label == .containerTitle }),
      let run = runs.first(where: { $0.label == .editor && cues[$0.first] == .in && $0.last - $0.first > 3 }),
      cues[run.last] == .ed,
      let start = ((run.first + 2)...(run.last - 1)).first(where: { endsSentence(before: $0) }),
      areNames(start...(run.last - 1))
    else { return }
    carve(run.first...(start - 1), .containerTitle)
  }

  /// "Toll bridges in A. Keel and O. Ostrow, eds, Barter and Value": a title that names editors with their role ends before
  /// them, and the book stands behind.
  mutating func editorsInTitle() {
    guard !runs.contains(where: { $0.label == .containerTitle || $0.label == .editor }),
      let run = runs.first(where: { $0.label == .title && $0.last > $0.first + 4 })
    else { return }
    for k in (run.first + 1)..<run.last where cues[k] == .in {
      guard let role = ((k + 1)...min(run.last, k + 14)).first(where: { cues[$0] == .ed }), role > k + 2,
        role < run.last, areNames((k + 1)...(role - 1)), gap(role).contains(0x2C) || gap(role).contains(0x28)
      else { continue }
      carve((role + 1)...run.last, .containerTitle)
      carve(k...role, .editor)
      return
    }
  }

  /// "Keel, Ada (1989) (eds.)": the role stands behind the year, and the names before it are editors.
  mutating func roleBehindYear() {
    guard let index = runs.firstIndex(where: { $0.label == .date }), index > 0,
      runs[index - 1].label == .author,
      runs[index].last > runs[index].first, cues[runs[index].last] == .ed,
      tokens.number[runs[index].last - 1] == .year,
      // "(1976 ed.)" is an edition.
      gap(runs[index].last).contains(0x28) || says(runs[index].last, Self.manyEditors)
    else { return }
    runs[index - 1].label = .editor
    let role = runs[index].last
    carve(role...role, .editor)
  }

  /// "Keel, A., Ostrow, O., …, and Harlow, D. (eds.)": names that one role closes have it all.
  mutating func editorsInFront() {
    let first = runs.first?.label == .citationNumber ? 1 : 0
    guard first + 1 < runs.count, runs[first].label == .author, runs[first + 1].label == .editor else {
      return
    }
    let second = runs[first + 1]
    let isJoined =
      gap(second.first).first == 0x2C || cues[second.first] == .and || cues[second.first - 1] == .and
    guard second.last > second.first, says(second.last, Self.manyEditors), isJoined,
      ![.in, .ed, .by, .tr].contains(cues[second.first])
    else { return }
    runs[first + 1] = FieldRun(.editor, runs[first].first, second.last)
    runs.remove(at: first)
  }
}
