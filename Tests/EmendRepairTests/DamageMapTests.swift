import EmendModel
import Testing

/// Maps of the damage catalogue, laid over a text of our own.
@Suite struct DamageMapTests {
  struct Map: Sendable, CustomTestStringConvertible {
    let name: String
    let pairs: [(ligature: String, standIn: String)]
    /// Share of the damaged words that must be mended.
    var share = 0.95
    var testDescription: String { name }

    /// The text with its ligatures damaged, longest first.
    func damage(_ text: String) -> String {
      var out = ""
      var rest = Substring(text)
      let ordered = pairs.sorted { $0.ligature.count > $1.ligature.count }
      while let first = rest.first {
        if let pair = ordered.first(where: { rest.hasPrefix($0.ligature) }) {
          out += pair.standIn
          rest = rest.dropFirst(pair.ligature.count)
        } else {
          out.append(first)
          rest = rest.dropFirst()
        }
      }
      return out
    }
  }

  static let maps: [Map] = [
    Map(name: "A B", pairs: [("fi", "A"), ("fl", "B")]),
    Map(name: "® ¯", pairs: [("fi", "®"), ("fl", "¯")]),
    Map(name: "Þ ß", pairs: [("fi", "Þ"), ("fl", "ß")]),
    Map(name: "W X V Y", pairs: [("fi", "W"), ("fl", "X"), ("ff", "V"), ("ffi", "Y")]),
    Map(name: "¢ ¡ ¤ £", pairs: [("fi", "¢"), ("fl", "£"), ("ff", "¡"), ("ffi", "¤")]),
    Map(
      name: "quotation marks, set II", pairs: [("fi", "\""), ("fl", "$"), ("ff", "!"), ("ffi", "#")],
      share: 0.93),
    Map(name: "full stop", pairs: [("fi", "."), ("fl", "."), ("ff", "."), ("ffi", ".")], share: 0.9),
    Map(name: "question mark", pairs: [("fi", "?"), ("ff", "?")], share: 0.93),
    Map(name: "digits", pairs: [("fi", "5"), ("ffi", "6")]),
    Map(name: "arrow and code point", pairs: [("ff", "↵"), ("fi", "\u{FB01}")]),
    Map(
      name: "ligature code points",
      pairs: [("ffi", "\u{FB03}"), ("ff", "\u{FB00}"), ("fi", "\u{FB01}"), ("fl", "\u{FB02}")]),
    Map(name: "replacement character", pairs: [("fi", "\u{FFFD}"), ("ff", "\u{FFFD}")]),
    Map(name: "control characters", pairs: [("fi", "\u{0E}"), ("ff", "\u{0F}")]),
    Map(name: "small letters", pairs: [("fi", "u"), ("ffi", "y"), ("fl", "v")], share: 0.85),
    Map(name: "dropped", pairs: [("fi", ""), ("fl", ""), ("ffi", "")], share: 0.85),
    Map(name: "a space after", pairs: [("fi", "fi "), ("fl", "fl ")], share: 0.85),
  ]

  @Test(arguments: maps) func isMended(map: Map) throws {
    let damaged = map.damage(Essay.telegraph)
    let transcript = try Essay.emend(damaged)
    let text = String(decoding: transcript.text, as: UTF8.self)
    let lines = zip(Essay.telegraph.split(separator: "\n"), text.split(separator: "\n"))
    var (mended, all, broken) = (0, 0, [String]())
    for ((truth, read), was) in zip(lines, damaged.split(separator: "\n")) {
      let (right, after, before) = (
        Essay.words(String(truth)), Essay.words(String(read)), Essay.words(String(was))
      )
      let set = Set(after)
      for word in right {
        if before.contains(word) {
          if !set.contains(word) { broken.append(word) }
        } else {
          all += 1
          if set.contains(word) { mended += 1 }
        }
      }
    }
    #expect(Double(mended) >= map.share * Double(all), "\(mended) of \(all) mended")
    #expect(broken.isEmpty)
    #expect(!transcript.profile.isEmpty)
  }

  /// The fewest bytes: one emendation for each damaged letter, at its byte.
  @Test func emendationsAreSmall() throws {
    let transcript = try Essay.emend(Self.maps[0].damage(Essay.telegraph))
    let letters = transcript.emendations.filter { $0.kind == .ligature && $0.status == .applied }
    #expect(letters.count > 40)
    for emendation in letters {
      #expect(["A", "B"].contains(emendation.original))
      #expect(["fi", "fl"].contains(emendation.reading))
      #expect(emendation.evidence.contains("vote"))
    }
  }

  /// A word broken at a line end is judged whole and mended in its line.
  @Test func wordsBrokenAtLineEnds() throws {
    let text =
      Self.maps[0].damage(Essay.telegraph)
      + "\nIt was a con-\nAned and signiA-\ncant matter of in-\nBuence.\n"
    let read = String(decoding: try Essay.emend(text).text, as: UTF8.self)
    #expect(read.hasSuffix("It was a con-\nfined and signifi-\ncant matter of in-\nfluence.\n"))
  }

  /// Case and neighbours decide where the damaged form is a word itself.
  @Test(arguments: [
    ("They And themselves in conflict.", "They find themselves in conflict."),
    ("It remained standing Arm in its views.", "It remained standing firm in its views."),
    ("The office was divided into Ave sections.", "The office was divided into five sections."),
    ("At this stage the Ban Treaty was signed.", "At this stage the Ban Treaty was signed."),
    ("And yet they met at Basle.", "And yet they met at Basle."),
  ])
  func realWords(damaged: String, right: String) throws {
    let text = Self.maps[0].damage(Essay.telegraph) + "\n\n" + damaged + "\n"
    let read = String(decoding: try Essay.emend(text).text, as: UTF8.self)
    #expect(read.split(separator: "\n").last.map(String.init) == right)
  }
}
