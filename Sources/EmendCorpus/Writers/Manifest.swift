import EmendModel
import GRDB

/// `manifest.json`: what was built from what, with which settings. No clock and no path of the machine,
/// so that the same inputs give the same bytes.
enum Manifest {
  static func bytes(_ corpus: Corpus) throws -> [UInt8] {
    try corpus.read { db in
      var json = JSONLine()
      let settings = try Row.fetchAll(db, sql: "SELECT key, value FROM settings ORDER BY key")
      let documents = try Row.fetchAll(
        db,
        sql: """
          SELECT document, source, format, encoding, bytes, digest, file, grade FROM documents ORDER BY document
          """)
      let failures = try Row.fetchAll(
        db, sql: "SELECT document, source, code, stage, message, source_start FROM failures ORDER BY document"
      )
      var counts: [(String, Int)] = []
      for (name, table) in [
        ("documents", "documents"), ("pages", "pages"), ("passages", "blocks"), ("sentences", "sentences"),
        ("notes", "notes"), ("citations", "citations"), ("references", "reference_entries"),
        ("works", "works"), ("tags", "tags"), ("actors", "actors"), ("emendations", "emendations"),
        ("warnings", "warnings"), ("failures", "failures"),
      ] {
        counts.append((name, try Int.fetchOne(db, sql: "SELECT count(*) FROM \"\(table)\"") ?? 0))
      }
      json.object {
        $0.field("program", "emend")
        $0.field("version", Version.current)
        $0.object("settings") { for row in settings { $0.field(row[0] as String, row[1] as String) } }
        $0.object("counts") { for (name, count) in counts { $0.field(name, count) } }
        $0.array("inputs") {
          for row in documents {
            $0.object {
              $0.field("document", row[0] as String)
              $0.field("source", row[1] as String)
              $0.field("format", row[2] as String)
              $0.field("encoding", row[3] as String)
              $0.field("bytes", row[4] as Int)
              $0.field("sha256", row[5] as String)
              $0.field("tei", "tei/\(row[6] as String).xml")
              $0.field("grade", row[7] as String)
            }
          }
        }
        $0.array("failures") {
          for row in failures {
            $0.object {
              $0.field("document", row[0] as String)
              $0.field("source", row[1] as String)
              $0.field("code", row[2] as String)
              $0.field("stage", row[3] as String)
              $0.field("message", row[4] as String)
              $0.field("offset", row[5] as Int?)
            }
          }
        }
        $0.field("files", CorpusFiles.names.filter { $0 != "manifest.json" } + ["corpus.sqlite"])
      }
      json.endLine()
      return JSONLayout.indented(json.bytes)
    }
  }
}

/// Lays JSON out for people: two spaces a level, one value a line.
enum JSONLayout {
  static func indented(_ json: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var depth = 0
    var quoted = false
    var escaped = false
    func line(_ result: inout [UInt8]) {
      result.append(0x0A)
      result.append(contentsOf: [UInt8](repeating: 0x20, count: depth * 2))
    }
    for (index, byte) in json.enumerated() {
      if quoted {
        result.append(byte)
        if !escaped, byte == 0x22 { quoted = false }
        escaped = !escaped && byte == 0x5C
        continue
      }
      switch byte {
      case 0x7B, 0x5B:
        result.append(byte)
        let next = index + 1 < json.count ? json[index + 1] : 0
        let closes = next == 0x7D || next == 0x5D
        depth += 1
        if !closes { line(&result) }
      case 0x7D, 0x5D:
        depth -= 1
        let before = index > 0 ? json[index - 1] : 0
        let opened = before == 0x7B || before == 0x5B
        if !opened { line(&result) }
        result.append(byte)
      case 0x2C:
        result.append(byte)
        line(&result)
      case 0x3A: result.append(contentsOf: [0x3A, 0x20])
      default:
        result.append(byte)
        if byte == 0x22 { quoted = true }
      }
    }
    return result
  }
}
