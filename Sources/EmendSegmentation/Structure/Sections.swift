import EmendModel

/// Makes sections of the headings and gives each its role.
enum Sections {
  static func make(_ galley: Galley, _ blocks: inout [Block], title: (Range<Int>) -> String) -> [Section] {
    var sections: [Section] = []
    var open: [Int] = []
    func close(_ level: Int, at block: Int) {
      while let last = open.last, sections[last].level >= level {
        sections[last].blocks = sections[last].blocks.lowerBound..<block
        open.removeLast()
      }
    }
    for index in blocks.indices {
      if blocks[index].kind == .heading || sections.isEmpty {
        let isHeading = blocks[index].kind == .heading
        let level = isHeading ? max(1, blocks[index].level) : 1
        close(level, at: index)
        let lines = galley.blocks[index].lines
        let opening = galley.blocks[index].part.flatMap { galley.knowledge.role(galley.text, whole: $0) }
        let role =
          isHeading ? opening ?? role(galley, lines, parent: open.last.map { sections[$0] }) : .body
        sections.append(
          Section(
            title: isHeading ? title(blocks[index].range) : "", level: level, role: role,
            blocks: index..<index,
            parent: open.last))
        open.append(sections.count - 1)
      }
      blocks[index].section = sections.count - 1
    }
    for last in open { sections[last].blocks = sections[last].blocks.lowerBound..<blocks.count }
    return sections
  }

  private static func role(_ galley: Galley, _ lines: [Int], parent: Section?) -> Section.Role {
    for index in lines {
      if let role = HeadingKey(galley, galley.lines[index])?.role { return role }
    }
    // What stands below references, notes or an index belongs to them.
    if let parent, parent.role != .body { return parent.role }
    return .body
  }
}
