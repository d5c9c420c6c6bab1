import EmendModel

/// `metadata.json` for Datasette (`datasette corpus.sqlite -m metadata.json`): what each table and column
/// holds, made from the descriptions of the schema.
enum DatasetteMetadata {
  static func bytes() -> [UInt8] {
    var json = JSONLine()
    json.object {
      $0.field("title", "A corpus made by Emend")
      $0.field(
        "description",
        "Pages, passages, sentences, notes, citations, works, labels and emendations, each with its place.")
      $0.object("databases") {
        $0.object("corpus") {
          $0.object("tables") {
            for table in Tables.all {
              $0.object(table.name) {
                $0.field("description", table.about)
                if table.name == Tables.passages.name {
                  $0.field("fts_table", "passage_search")
                  $0.field("fts_pk", "id")
                }
                $0.object("columns") { for column in table.columns { $0.field(column.name, column.about) } }
              }
            }
            for view in Views.all {
              $0.object(view.name) {
                $0.field("description", view.about)
              }
            }
          }
        }
      }
    }
    json.endLine()
    return JSONLayout.indented(json.bytes)
  }
}
