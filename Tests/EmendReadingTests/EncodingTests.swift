import EmendModel
import EmendReading
import Testing

@Suite struct EncodingTests {
  /// Bytes of a text in an encoding of single bytes, by the table of its upper half.
  private func encode(_ text: String, _ table: [Unicode.Scalar: UInt8]) -> [UInt8] {
    text.unicodeScalars.map { $0.value < 0x80 ? UInt8($0.value) : table[$0] ?? UInt8($0.value & 0xFF) }
  }

  private static let windows: [Unicode.Scalar: UInt8] = [
    "’": 0x92, "“": 0x93, "”": 0x94, "—": 0x97, "é": 0xE9, "ö": 0xF6,
  ]
  private static let mac: [Unicode.Scalar: UInt8] = [
    "’": 0xD5, "“": 0xD2, "”": 0xD3, "—": 0xD1, "é": 0x8E, "ö": 0x9A,
  ]
  private static let text = "The minister’s “coup d’état” in Köln — nobody’s café was closed.\nPlain words.\n"

  @Test func windows1252() throws {
    let scan = try read(encode(Self.text, Self.windows))
    #expect(scan.witness == Self.text && scan.source.encoding == "windows-1252")
    #expect(scan.warningCodes == ["encoding"] && scan.source.encodingConfidence > 0.5)
    checkInvariants(scan)
  }

  @Test func macRoman() throws {
    let scan = try read(encode(Self.text, Self.mac))
    #expect(scan.witness == Self.text && scan.source.encoding == "macintosh")
  }

  @Test func latin1() throws {
    let scan = try read(encode("Une étude de Müller à Genève\n", [:]))
    #expect(scan.witness == "Une étude de Müller à Genève\n" && scan.source.encoding == "ISO-8859-1")
  }

  /// One odd byte that comes again and again is a ligature of the scan's font, whatever letter a code page has
  /// there; it says nothing of the encoding.
  @Test(arguments: [UInt8(0xC6), 0x85, 0xA3, 0xDF])
  func aLigatureIsNoCodePage(_ byte: UInt8) throws {
    let line =
      Array("The e".utf8) + [byte] + Array("cient o".utf8) + [byte] + Array("ce was di".utf8) + [byte]
    let text = (0..<12).flatMap { _ in line + Array("cult to reach.\n".utf8) }
    let scan = try read(text)
    #expect(["windows-1252", "ISO-8859-1", "macintosh"].contains(scan.source.encoding))
    #expect(scan.source.encodingConfidence < 0.9)
  }

  @Test func codePageOfDOS() throws {
    // é, è, ê, ç, à, ô as code page 850 has them.
    let table: [Unicode.Scalar: UInt8] = [
      "é": 0x82, "è": 0x8A, "ê": 0x88, "ç": 0x87, "à": 0x85, "ô": 0x93,
    ]
    let text =
      "Le congrès des télégraphes reçut à Genève les délégués; le contrôle fut prêté à la conférence.\n"
    let scan = try read(encode(String(repeating: text, count: 3), table))
    #expect(scan.source.encoding == "IBM850" && scan.witness.hasPrefix(text))
  }

  @Test func otherScripts() throws {
    let russian = "История международных отношений начинается с первого договора между двумя городами.\n"
    let koi = "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ".unicodeScalars.enumerated()
    let table = Dictionary(uniqueKeysWithValues: koi.map { ($1, UInt8(0xC0 + $0)) })
    let scan = try read(encode(String(repeating: russian, count: 4), table))
    #expect(scan.source.encoding == "KOI8-R" && scan.witness.hasPrefix(russian))
  }

  @Test(arguments: [true, false], ["LE", "BE"])
  func wide(_ hasMark: Bool, _ order: String) throws {
    let text = "A page of text — with 𝔄 sign.\nAnd a second line of it.\n"
    func bytes(_ unit: UInt16) -> [UInt8] {
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return order == "LE" ? [low, high] : [high, low]
    }
    let scan = try read(((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap(bytes))
    #expect(scan.witness == text && scan.source.encoding == "UTF-16" + order)
    checkInvariants(scan)
    let second = scan.lines[1].range.lowerBound
    let units = Array(text.utf16).firstIndex(of: 0x0A).map { $0 + 1 } ?? 0
    #expect(scan.place(at: second).source == (units + (hasMark ? 1 : 0)) * 2)
  }

  @Test func utf32() throws {
    let bytes = "wide signs 𝔄\n".unicodeScalars.flatMap { scalar in
      (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> UInt32($0 * 8)) }
    }
    #expect(try read([0xFF, 0xFE, 0, 0] + bytes).witness == "wide signs 𝔄\n")
    #expect(try read(bytes).witness == "wide signs 𝔄\n")
  }

  @Test func byteOrderMarkIsStrippedOnce() throws {
    let scan = try read("\u{FEFF}one\u{FEFF}two\n")
    #expect(scan.witness == "one\u{FEFF}two\n" && scan.place(at: 0).source == 3)
    checkInvariants(scan)
  }

  @Test func mixedEncodings() throws {
    let good = "It was the ministère’s — and nobody else’s — affair, né Österreich.\n"
    let scan = try read(
      Array(String(repeating: good, count: 3).utf8) + encode("A café’s owner.\n", Self.windows)
        + Array("cut off here \u{2014} ".utf8) + [0xE2, 0x80, 0x0A])
    #expect(scan.warningCodes.first == "mixed-encoding")
    #expect(scan.lineTexts[0] + "\n" == good && scan.lineTexts[3] == "A café’s owner.")
    #expect(scan.lineTexts[4] == "cut off here — \u{FFFD}")
    checkInvariants(scan)
  }

  @Test func strictRefusesOtherEncodings() throws {
    #expect(code { _ = try read([0x61, 0xE9, 0x62], .init(strict: true)) } == .invalidUTF8)
    #expect(try read("plain é\n", .init(strict: true)).witness == "plain é\n")
  }

  @Test func surrogatesAndNoncharacters() throws {
    let scan = try read(
      Array("a".utf8) + [0xED, 0xA0, 0x80] + Array("b\u{FFFE}c".utf8) + [0xED, 0xA0, 0xB5, 0xED, 0xB4, 0x84])
    #expect(scan.witness == "a\u{FFFD}b\u{FFFD}c𝔄" && scan.warningCodes == ["noncharacter"])
    checkInvariants(scan)
  }

  @Test(
    arguments: [
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "PNG"),
      ([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], "ELF"),
      (Array("%PDF-1.4\n".utf8), "PDF"), ([0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0], "gzip"),
      ((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }, "binary"),
    ] as [([UInt8], String)])
  func binaryNamedText(_ bytes: [UInt8], _ type: String) {
    do {
      _ = try read(bytes)
      Issue.record("read as text")
    } catch {
      let failure = error as? ReadingError
      #expect(failure?.code == .notText && failure?.message.contains(type) == true)
    }
  }
}
