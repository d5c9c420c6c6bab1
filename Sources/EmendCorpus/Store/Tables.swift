/// The tables of a corpus. Columns stand in the order of the fields of the JSON Lines records.
///
/// Rows are keyed by the document's name and a number within it, never by a counter of the database: a
/// build that was killed and resumed has the same rows as one that ran through.
package enum Tables {
  package static let all: [Table] = (first + second + third).filter { $0.name != passageNumbers.name }

  /// Those of the first state of the schema.
  static let first: [Table] = [
    documents, pages, sections, blocks, sentences, notes, entities, labels, actors, references,
    referenceFields,
    documentWorks, citations, works, emendations, decisions, warnings, failures, settings, passageNumbers,
  ]

  /// Those that the second state added.
  static let second: [Table] = [codebook]

  /// Those that the third state added; it has `passages` in the place of `passage_numbers`.
  static let third: [Table] = [passages]

  private static let ofDocument = Table.Parent(
    columns: ["document"], table: "documents", key: ["document"])
  private static let ofSentence = Table.Parent(
    columns: ["document", "sentence"], table: "sentences", key: ["document", "sentence"])
  private static let document = Column.text("document", "Name of the document")

  /// Where something stands: the columns by which every row leads back to page, line and source bytes.
  private static let place: [Column] = [
    .integer("page", "Page of the file, from 1"),
    .text("page_label", "Page to quote: the printed number, or the page of the file in brackets"),
    .integer("line", "Line of the source, from 1"),
    .integer("line_end", "Line of the source on which it ends"),
    .integer("column", "Column in the line, in bytes, from 0"),
    .integer("source_start", "First byte in the source", record: false),
    .integer("source_end", "Byte after the last in the source", record: false),
    .integer("start", "First byte in the reading text"),
    .integer("end", "Byte after the last in the reading text"),
  ]

  static let documents = Table(
    "documents", "A source that was read.", key: ["document"],
    columns: [
      document,
      .text("file", "Name of its file under tei/, without extension"),
      .text("source", "Path as given"),
      .text("format", "Format, recognised by content"),
      .text("encoding", "Character encoding of the source"),
      .real("encoding_confidence", "0 to 1"),
      .integer("bytes", "Length of the source"),
      .text("digest", "SHA-256 of the source"),
      .text(
        "stamp", "Hash of source, settings, lexicons and version: the same stamp, the same edition",
        record: false),
      .text("title", "Title, as far as one was found"),
      .text("language", "Language as far as repair is concerned"),
      .integer("pages", "Pages"),
      .integer("blocks", "Blocks: paragraphs, headings, notes …"),
      .integer("sections", "Sections"),
      .integer("sentences", "Sentences"),
      .integer("words", "Words of the reading text"),
      .integer("notes", "Notes"),
      .integer("citations", "Works cited in text and notes, counted at each place"),
      .integer("references", "Entries of reference lists and references in notes"),
      .integer("works", "Distinct works cited"),
      .integer("labels", "Labels given to sentences"),
      .integer("repairs", "Changes made by the repair"),
      .integer("suggestions", "Changes proposed and not made"),
      .integer("joins", "Words joined or kept apart at line ends and page starts"),
      .text("grade", "Quality of the source text: poor, fair, good, excellent"),
      .json("grade_reasons", "Why, as a list of sentences"),
      .json("profile", "Damage profile: stand-in, reading, votes, examples"),
      .json("metadata", "Bibliographic facts: those that came with the file and those of the front matter"),
      .text("lexicon", "Version of the tagging lexicon"),
    ])

  static let pages = Table(
    "pages", "A page of a source.", key: ["document", "page"], parents: [ofDocument],
    columns: [
      document, .integer("page", "Page of the file, from 1"),
      .text("page_label", "Page to quote: the printed number, or the page of the file in brackets"),
      .optional("printed", "Printed number"),
      .text("printed_source", "printed, corrected, inferred or none"),
      .real("confidence", "0 to 1"),
      .text("name", "Name of the page's own file, if it has one"),
      .text("evidence", "Why a page starts here"),
      .optional("head", "Running head"),
      .optional("foot", "Running foot"),
      .flag("blank", "Whether the page is blank"),
      .optional("line", "First line of the source", .integer),
      .optional("line_end", "Last line of the source", .integer),
      .integer("source_start", "First byte in the source"),
      .integer("source_end", "Byte after the last in the source"),
    ])

  static let sections = Table(
    "sections", "What stands under one heading.", key: ["document", "section"], parents: [ofDocument],
    columns: [
      document, .integer("section", "Number within the document, from 1"),
      .text("title", "Heading; empty for an opening without one"),
      .integer("level", "Level of the heading"),
      .text("role", "body, front, abstract, notes, references …"),
      .optional("parent", "Section that it belongs to", .integer),
      .integer("first_block", "Its first block"),
      .integer("last_block", "Its last block"),
    ])

  static let blocks = Table(
    "blocks", "A paragraph, heading, note or other stretch of running text: a passage.",
    key: ["document", "block"], parents: [ofDocument], indices: [["document", "section"]],
    columns: [document, .integer("block", "Number within the document, from 1", as: "passage")]
      + place + [
        .text("kind", "paragraph, heading, note, block-quote, reference …"),
        .integer("level", "Level of a heading"),
        .integer("section", "Number of its section", record: false),
        .text("section_title", "Title of its section", as: "section"),
        .optional("note_number", "Mark of the note, for a note"),
        .text("text", "Reading text"),
        .json("lines", "Where the source lines begin: offset in the text, line, page", record: false),
        .json("labels", "Labels of its sentences"),
        .json("actors", "Entities named in it"),
        .json("works", "Keys of the works cited in it"),
      ])

  static let sentences = Table(
    "sentences", "A sentence.", key: ["document", "sentence"],
    parents: [.init(columns: ["document", "block"], table: "blocks", key: ["document", "block"])],
    indices: [["document", "block"]],
    columns: [
      document, .integer("sentence", "Number within the document, from 1", record: false),
      .text("id", "Name of the sentence: document and number"),
    ] + place + [
      .text("text", "Reading text"),
      .integer("block", "Passage that holds it", record: false),
      .text("section_title", "Title of its section", as: "section"),
      .text("kind", "Kind of its block"),
    ])

  static let notes = Table(
    "notes", "A footnote or endnote.", key: ["document", "note"],
    parents: [.init(columns: ["document", "block"], table: "blocks", key: ["document", "block"])],
    columns: [
      document, .integer("note", "Number within the document, from 1"),
      .text("mark", "Mark as printed"),
      .integer("block", "Passage that holds its text"),
    ] + place + [
      .text("text", "Text without the mark"),
      .optional("anchor_page", "Page of the mark in the running text", .integer),
      .optional("anchor_line", "Line of that mark", .integer),
      .optional("anchor_column", "Column of that mark", .integer),
      .optional("anchor_start", "First byte of that mark in the reading text", .integer),
      .optional("anchor_end", "Byte after that mark in the reading text", .integer),
      .optional("word_before", "Word before that mark"),
    ])

  static let entities = Table(
    "entities", "A state, organization or person that a document names.", key: ["document", "entity"],
    parents: [ofDocument],
    columns: [
      document, .text("entity", "Id"), .text("name", "Name"), .text("kind", "Label path of its kind"),
      .flag("in_lexicon", "Whether the lexicon knows it"),
    ])

  static let labels = Table(
    "tags", "A label of a sentence.", key: ["document", "sentence", "label"], parents: [ofSentence],
    indices: [["label", "document", "sentence"]],
    columns: [
      document, .integer("sentence", "Sentence"),
      .text("label", "Label path; it implies its ancestors"),
      .flag("implicit", "Whether the word itself is missing"),
      .real("score", "0 to 1"),
      .json("evidence", "Words that speak for it: start, end, text, lexicon entry"),
      .json("flags", "negated, hypothetical, in-note …"),
      .text("words", "The evidence as plain words"),
    ])

  static let actors = Table(
    "actors", "An entity that a sentence names.", key: ["document", "sentence", "number"],
    parents: [ofSentence], indices: [["actor", "document", "sentence"]],
    columns: [
      document, .integer("sentence", "Sentence"), .integer("number", "Number within the sentence, from 1"),
      .text("actor", "Id of the entity", as: "id"),
      .optional("role", "Role label that it plays"),
      .json("evidence", "Words that name it"),
      .text("words", "The evidence as plain words"),
    ])

  static let references = Table(
    "reference_entries", "An entry of a reference list, or a reference in a note.",
    key: ["document", "number"], parents: [ofDocument], indices: [["work"]],
    columns: [document, .integer("number", "Number within the document, from 1", record: false)]
      + place + [
        .text("section_title", "Title of its section", as: "section"),
        .optional("work", "Key of the work"),
        .text("raw", "The reference as it stands in the reading text"),
        .json("fields", "Its fields: label, text, start, end in raw, probability"),
        .text("type", "Type of the work, in the terms of CSL"),
        .text("key", "Citation key"),
        .json("authors", "Names of the authors"),
        .json("editors", "Names of the editors"),
        .json("translators", "Names of the translators"),
        .text("origin", "list or note"),
        .optional("note_number", "Mark of the note that holds it"),
        .real("confidence", "0 to 1"),
        .text("author_names", "The authors as plain text", as: nil, record: false),
        .optional("year", "Year", .integer, record: false),
        .optional("title", "Title", record: false),
      ])

  static let referenceFields = Table(
    "reference_fields", "One field of a reference.", key: ["document", "number", "field"],
    parents: [
      .init(columns: ["document", "number"], table: "reference_entries", key: ["document", "number"])
    ],
    columns: [
      document, .integer("number", "Reference"), .integer("field", "Number of the field, from 1"),
      .text("label", "author, title, container-title, date …"), .text("text", "Verbatim slice of raw"),
      .integer("start", "First byte in raw"), .integer("end", "Byte after the last in raw"),
      .real("probability", "0 to 1"), .optional("normal", "Normalised form"),
    ])

  static let documentWorks = Table(
    "document_works", "A distinct work that one document cites.", key: ["document", "number"],
    parents: [ofDocument], indices: [["work"]],
    columns: [
      document, .integer("number", "Number within the document, from 1"),
      .text("key", "Key of the work within the document"),
      .text("work", "Key of the work in the corpus"),
      .json("authors", "Names of the authors"),
      .text("author_names", "The authors as plain text"),
      .optional("year", "Year as printed"),
      .optional("title", "Title"),
      .optional("reference", "Number of its fullest reference", .integer),
      .integer("citations", "Places at which the document cites it"),
    ])

  static let citations = Table(
    "citations", "One work cited at one place.", key: ["document", "number"], parents: [ofDocument],
    indices: [["work"]],
    columns: [document, .integer("number", "Number within the document, from 1", record: false)]
      + place + [
        .text("text", "The citation"),
        .text("raw", "The source behind it, as it stands"),
        .text("form", "parenthetical, narrative, note, page-only, cross-reference …"),
        .text("citation_group", "Parenthesis or run that holds it", as: "group"),
        .text("group_text", "Text of that group"),
        .json("authors", "Names"),
        .flag("et_al", "Whether et al. stands for more"),
        .flag("authors_elided", "Whether the authors are taken from elsewhere"),
        .optional("year", "Year as printed, with its letter"),
        .text("locator", "Pages"),
        .text("prefix", "see, See also …"),
        .text("key", "Family names and year"),
        .optional("note_number", "Mark of the note that holds it"),
        .flag("this_volume", "Whether it points to a chapter of the same volume"),
        .optional("marker", "For such a pointer: marked or bare"),
        .text("section_title", "Title of its section", as: "section"),
        .optional("work", "Key of the work"),
        .real("confidence", "0 to 1"),
        .optional("sentence", "Sentence that holds it", .integer, record: false),
        .text("author_names", "The authors as plain text", record: false),
      ])

  static let works = Table(
    "works", "A distinct work that the corpus cites.", key: ["work"],
    columns: [
      .text("work", "Key", as: "key"),
      .json("authors", "Names of the authors"),
      .text("author_names", "The authors as plain text", record: false),
      .optional("year", "Year as printed"),
      .optional("title", "Title"),
      .integer("citations", "Places at which it is cited"),
      .integer("references", "References that describe it"),
      .json("documents", "Documents that cite it"),
      .integer("document_count", "Their number", record: false),
    ])

  static let emendations = Table(
    "emendations", "A change of the text, with its evidence.", key: ["document", "number"],
    parents: [ofDocument],
    columns: [
      document,
      .integer("number", "Number within the document, in the order of the source, from 1", record: false),
      .integer("page", "Page of the file, from 1"),
      .text("page_label", "Page to quote"),
      .integer("line", "Line of the source, from 1"),
      .integer("column", "Column in the line, in bytes, from 0"),
      .integer("source_start", "First byte in the source", as: "start"),
      .integer("source_end", "Byte after the last in the source", as: "end"),
      .text("original", "What stands there"),
      .text("reading", "What is read instead"),
      .text("kind", "Kind of fault"),
      .text("rule", "Rule that made it"),
      .real("confidence", "0 to 1"),
      .text("status", "applied, suggested or rejected"),
      .text("evidence", "What speaks for it"),
    ])

  static let decisions = Table(
    "decisions", "A reader's decision on a change that the build has carried out.",
    key: ["document", "source_start", "source_end", "original"],
    columns: [
      document, .integer("source_start", "First byte in the source"),
      .integer("source_end", "Byte after the last in the source"),
      .text("original", "What stands there"), .text("reading", "What is to be read"),
      .text("verdict", "accepted or rejected"), .text("remark", "The evidence of the change"),
    ])

  static let warnings = Table(
    "warnings", "Something that a stage wants a person to know.", key: ["document", "number"],
    parents: [ofDocument],
    columns: [
      document, .integer("number", "Number within the document, from 1"), .text("code", "Fixed name"),
      .text("stage", "Stage that says so"), .text("message", "In words"),
      .optional("source_start", "Byte in the source", .integer),
    ])

  static let failures = Table(
    "failures", "A source that could not be read.", key: ["document"],
    columns: [
      document, .text("source", "Path as given"), .text("code", "Fixed name"), .text("stage", "Stage"),
      .text("message", "In words"), .optional("source_start", "Byte in the source", .integer, as: "offset"),
    ])

  static let settings = Table(
    "settings", "What the corpus was built with.", key: ["key"],
    columns: [.text("key", "Name"), .text("value", "Value")])

  static let codebook = Table(
    "codebook", "The labels of the tagging lexicon.", key: ["label"],
    columns: [
      .text("label", "Path of the label"), .optional("parent", "The label above it"),
      .text("definition", "What it means, in the words of the lexicon"),
      .integer("sentences", "Sentences that have it"), .integer("documents", "Documents that have it"),
    ])

  static let passages = Table(
    "passages",
    "Every passage with its place, section, labels and actors, numbered in the order of the corpus; searched through "
      + "passage_search.",
    key: ["id"],
    columns: [
      .integer("id", "Number, in the order of the documents"), document,
      .integer("block", "Passage of the document, from 1"),
      .integer("page", "Page of the file, from 1"),
      .text("page_label", "Page to quote: the printed number, or the page of the file in brackets"),
      .integer("line", "Line of the source, from 1"),
      .integer("line_end", "Line of the source on which it ends"),
      .integer("source_start", "First byte in the source"),
      .integer("source_end", "Byte after the last in the source"),
      .integer("start", "First byte in the reading text"),
      .text("kind", "paragraph, heading, note, block-quote, reference …"),
      .text("section", "Title of its section"),
      .json("lines", "Where the source lines begin: offset in the text, line, page"),
      .json("labels", "Labels of its sentences"),
      .json("actors", "Entities named in it"),
      .json("works", "Keys of the works cited in it"),
      .text("text", "Reading text"),
    ])

  /// Of the first and second state of the schema alone.
  private static let passageNumbers = Table(
    "passage_numbers", "The numbers by which the full-text index knows the passages.", key: ["id"],
    columns: [
      .integer("id", "Number, in the order of the documents"), .text("document", "Name of the document"),
      .integer("block", "Passage"),
    ])
}
