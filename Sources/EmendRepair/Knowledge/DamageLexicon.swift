import EmendLexicons
import FoundationEssentials

/// The knowledge of `damage/`: ligatures that may be lost, control pairs for the shuffle test, weighted shape
/// confusions, HTML entities, words cut from prefixes of compounds.
struct DamageLexicon: Sendable {
  /// A group of letters that a font may set as one sign.
  struct Ligature: Sendable {
    var letters: Form
    /// The same, and the same in small letters, for trying them out.
    var group: LetterGroup
    var folded: LetterGroup
    /// Of the five f-ligatures, which are lost together.
    var isFamily: Bool
    /// How many words hold the letters, as a multiple of what the control pairs have in the mean.
    var commonness: Double
  }

  let ligatures: [Ligature]
  let controls: [LetterGroup]
  let confusions: ConfusionTable
  /// Name without & and ; to the character.
  let entities: [Form: Form]
  /// Private-use characters with a settled meaning.
  let privateUse: [Form: Form]

  init(_ folder: LexiconFolder) throws {
    var ligatures: [Ligature] = []
    var controls: [LetterGroup] = []
    var controlWords = 0.0
    let map = try Table(folder, "damage/ligatures.tsv")
    try map.rows { line, fields in
      guard fields.count >= 3, !fields[0].isEmpty, let words = fields[2].number else {
        throw map.bad(line, "expected letters, a kind and a number of words")
      }
      let letters = Form(fields[0])
      guard let group = LetterGroup(letters), let folded = LetterGroup(letters.folded) else {
        throw map.bad(line, "more than \(LetterGroup.longest) bytes")
      }
      switch fields[1].string {
      case "family", "ligature":
        ligatures.append(
          Ligature(
            letters: letters, group: group, folded: folded, isFamily: fields[1].string == "family",
            commonness: words))
      case "control":
        controls.append(group)
        controlWords += words
      default: throw map.bad(line, "unknown kind \(fields[1].string)")
      }
    }
    let mean = max(1, controlWords / Double(max(1, controls.count)))
    for index in ligatures.indices { ligatures[index].commonness /= mean }
    self.ligatures = ligatures
    self.controls = controls

    confusions = try ConfusionTable(folder)

    var entities: [Form: Form] = [:]
    let names = try Table(folder, "damage/entities.tsv")
    try names.rows { line, fields in
      guard fields.count >= 2 else { throw names.bad(line, "expected a name and a character") }
      entities[Form(fields[0])] = Form(fields[1])
    }
    self.entities = entities

    var privateUse: [Form: Form] = [:]
    let codes = try Table(folder, "damage/private-use.tsv")
    try codes.rows { line, fields in
      guard fields.count >= 2, let value = UInt32(fields[0].string, radix: 16),
        let scalar = Unicode.Scalar(value)
      else { throw codes.bad(line, "expected a code point and its reading") }
      privateUse[Form(String(Character(scalar)).utf8)] = Form(fields[1])
    }
    self.privateUse = privateUse
  }

  /// Whether a sign and the mark after it are a scanner's shape for one letter: `}'` for y.
  func isBrokenLetter(_ first: UInt8, _ second: UInt8) -> Bool {
    confusions.brokenLetters.contains(UInt16(first) << 8 | UInt16(second))
  }

  static func codes(_ form: Form) -> [UInt8] { form.spelled.scalars.map(LetterModel.Code.of) }
}

/// All that the steps know beforehand.
struct Knowledge: Sendable {
  let english: English
  let damage: DamageLexicon
  let realWords: RealWords
  let nameEndings: NameEndings

  init(_ folder: LexiconFolder, english lexicon: EnglishLexicon) throws {
    english = English(lexicon: lexicon, letters: try LetterModel(folder))
    damage = try DamageLexicon(folder)
    realWords = try RealWords(folder)
    nameEndings = try NameEndings(folder)
  }
}
