extension Explanation {
  /// What reading has to say of a document that it did read.
  static let readingWarnings: [Explanation] = [
    Explanation(
      "empty", .warning, "reading", "The document holds no text.",
      why: "The file has no bytes, nothing but white space, or markup without words.",
      do: "Look at the scan: a blank page, or a page whose OCR failed."),
    Explanation(
      "encoding", .warning, "reading",
      "The bytes are not UTF-8; their encoding was found from their frequencies.",
      why:
        "Older programs wrote Latin-1, Windows-1252 or Mac OS Roman. The message names what was found, and how sure it is.",
      do:
        "Check a word with an accent or a curly quote. If it is wrong, convert the file (iconv -f … -t UTF-8)."
    ),
    Explanation(
      "mixed-encoding", .warning, "reading", "Lines of one file are in different encodings.",
      why: "Files put together from several sources. Each line was read in the encoding that fits it.",
      do: "Look at the lines that the message names; convert the file if one of them is wrong."),
    Explanation(
      "undecodable", .warning, "reading",
      "Some bytes stand for no character in the encoding; they read as U+FFFD.",
      why: "The encoding leaves them undefined, or the file is damaged.",
      do: "Find the places by searching the reading text for U+FFFD."),
    Explanation(
      "noncharacter", .warning, "reading",
      "Surrogates or noncharacters stand in the text; they read as U+FFFD.",
      why: "A program wrote UTF-16 halves as if they were UTF-8.",
      do: "Convert the file again from its source, if you have it."),
    Explanation(
      "ill-formed", .warning, "reading", "The XML or HTML has faults, and was read as far as it goes.",
      why: "Many OCR programs write hOCR that no parser accepts. The parser recovered, as browsers do.",
      do: "Compare the number of words with the scan; if text is missing, make the file anew."),
    Explanation(
      "reading-order", .warning, "reading",
      "The reading order of a PAGE file names regions that do not exist, or one twice.",
      why: "Regions were edited after the order was made. The rest is read as it stands in the file.",
      do: "Check the order of the columns on that page."),
    Explanation(
      "no-text-layer", .warning, "reading", "The PDF holds pictures of pages and no text.",
      why: "It was scanned and never recognised.", do: "Run OCR first, for example ocrmypdf or Tesseract."),
    Explanation(
      "missing-page", .warning, "reading", "Numbers are missing among the page files of a volume.",
      why:
        "Pages were not scanned, or not copied. Empty pages stand in their place, so that the page numbers of the others are right.",
      do: "Fetch the files, or take the gap into account when you count."),
    Explanation(
      "duplicate-page", .warning, "reading",
      "Two files have the same page number; both are kept, one after the other.",
      why: "A page was scanned twice, or two numberings were mixed.", do: "Remove the worse one."),
    Explanation(
      "duplicate-member", .warning, "reading",
      "Two members of an archive have one name, or names that differ in capitals only.",
      why: "The archive was added to. Of equal names the last one is read.",
      do: "Unpack the archive and look at both."),
    Explanation(
      "hidden-files", .warning, "reading", "Hidden files were passed over.",
      why:
        "Names that begin with a dot, and the leavings of file managers (Thumbs.db, __MACOSX), are no scans.",
      do: "Rename a file if it was meant."),
  ]

  /// What the later stages have to say.
  static let laterWarnings: [Explanation] = [
    Explanation(
      "language", .warning, "repair", "The text is no English prose; its words were left as they stand.",
      why: "Emendation knows English. Encoding damage is mended in any language, words only in English.",
      do:
        "Nothing, if the document is in another language. If it is English, its OCR is too poor to read: scan it again."
    ),
    Explanation(
      "too-long", .warning, "repair", "The document is too long to be repaired at one time.",
      why: "Two gigabytes of text are more than any volume holds.", do: "Split the file into volumes."),
    Explanation(
      "unmatched-notes", .warning, "segmentation", "Some notes have no call in the text.",
      why: "The raised number was lost or misread by the OCR, or a numbered list was taken for notes.",
      do: "emend outline lists the notes; look at those without “line … after …”."),
    Explanation(
      "unmatched-calls", .warning, "segmentation", "Some calls in the text have no note.",
      why: "The note was lost, or its number was misread by the OCR.",
      do: "The message names the lines; look at the foot of their pages."),
    Explanation(
      "citation-unlinked", .warning, "citation", "A citation names a work that no reference list has.",
      why:
        "The list is missing, lacks the work, or its entry is damaged. The work is kept under its own key.",
      do: "Look in the list of references for an entry with another year or a misread name."),
    Explanation(
      "citation-ambiguous", .warning, "citation", "Several references fit one citation.",
      why: "Two works of one author and year without letters, or authors of one family name.",
      do: "The message names the keys; see which one is meant."),
  ]
}
