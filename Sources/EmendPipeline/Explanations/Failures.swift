extension Explanation {
  /// Why a document was not read.
  static let readingFailures: [Explanation] = [
    Explanation(
      "not-found", .failure, "reading", "There is no such file or folder.",
      why: "The path is misspelled, or relative to another folder.", do: "Check it with ls."),
    Explanation(
      "unreadable", .failure, "reading", "The file cannot be read.",
      why:
        "Permissions, a network drive that is gone, or a disk error; the message has the system's word for it.",
      do: "Check the permissions with ls -l."),
    Explanation(
      "not-text", .failure, "reading", "The bytes are no text; the message names what they are.",
      why: "An image, a spreadsheet or a program under the name of a text.", do: "Rename it or leave it out."),
    Explanation(
      "too-large", .failure, "reading", "The file is larger than one document may be.",
      why: "A limit keeps one input from taking all memory.", do: "Split it into volumes."),
    Explanation(
      "line-too-long", .failure, "reading", "A line is longer than any line of text.",
      why: "Data without line ends, or a file of another kind.", do: "Break it into lines (fold -s)."),
    Explanation(
      "encrypted", .failure, "reading", "The archive or PDF is encrypted.",
      why: "It has a password, or its author forbids taking the text.", do: "Remove the password first."),
    Explanation(
      "truncated", .failure, "reading", "The archive breaks off.", why: "A download that was not finished.",
      do: "Fetch it again."),
    Explanation(
      "unsafe-path", .failure, "reading", "The archive names files outside its folder.",
      why: "Absolute paths or “..” in the names of its members. Nothing of it is read.",
      do: "Unpack it yourself if you trust it."),
    Explanation(
      "archive-limit", .failure, "reading",
      "The archive has too many members, or grows beyond bounds when unpacked.",
      why: "A limit against archives made to fill a disk.", do: "Unpack it yourself if you trust it."),
    Explanation(
      "bad-archive", .failure, "reading", "The archive is damaged.",
      why: "Its checksums or tables do not fit.",
      do: "Fetch it again."),
    Explanation(
      "invalid-utf8", .failure, "reading", "With --strict: the text is not valid UTF-8.",
      why: "Without --strict its encoding would be found and the text read.",
      do: "Convert it, or leave --strict off."),
    Explanation(
      "bad-xml", .failure, "reading", "The XML cannot be read.",
      why: "It is not well-formed, or names no page of text.", do: "Validate it with xmllint --noout."),
    Explanation(
      "unknown-format", .failure, "reading", "No reader is for this kind of markup.",
      why: "The message names its root element.", do: "Give ALTO, PAGE, METS, hOCR, DjVuXML or plain text."),
    Explanation(
      "too-deep", .failure, "reading", "Elements are nested deeper than any scan needs.",
      why: "A limit against files made to exhaust the memory.", do: "Look at the file; it is hardly a scan."),
    Explanation(
      "missing-tool", .failure, "reading", "A program that the format needs is not installed.",
      why: "The text layer of a PDF is read by poppler's pdftotext.",
      do: "Install the package poppler-utils."),
    Explanation(
      "tool-failed", .failure, "reading", "A program that the format needs has failed.",
      why: "The message has its own words.", do: "Try it by hand on the file."),
    Explanation(
      "no-documents", .failure, "reading", "The folder or archive holds no document.",
      why: "Only text, Markdown, hOCR, ALTO, PAGE, METS, DjVuXML, PDF, .gz and .zip are read.",
      do: "Look at what is in it with ls."),
    Explanation(
      "internal", .failure, "reading", "The program met something that it has no word for.",
      why: "A fault of the program.", do: "Please report it with the message and, if you can, the document."),
  ]

  /// Why a record of `emend stream` was not read. The answer to it has `status: "error"`.
  static let recordFailures: [Explanation] = [
    Explanation(
      "not-json", .failure, "stream", "The line is no JSON.", why: "The offset says where it ceases to be.",
      do: "Write one JSON object a line, without line ends inside."),
    Explanation(
      "not-object", .failure, "stream", "The line is JSON, but no object.",
      why: "A record has the form {\"id\": …, \"text\": …}.", do: "Put the text into such an object."),
    Explanation(
      "duplicate-key", .failure, "stream", "A key stands twice in one record.",
      why: "Which of the two is meant cannot be known.", do: "Remove one."),
    Explanation(
      "invalid-utf8", .failure, "stream", "The bytes of the record are not valid UTF-8.",
      why: "JSON is UTF-8. The offset is that of the first byte that fits no character.",
      do:
        "Write the records as UTF-8 (iconv -t UTF-8), or give the file to emend clean, which finds encodings."
    ),
    Explanation(
      "wrong-type", .failure, "stream", "A member has the wrong type.",
      why: "id is a string or a number, text a string, pages a list of strings or of objects with text.",
      do: "Correct the program that writes the records."),
    Explanation(
      "missing-field", .failure, "stream", "The record has neither text nor pages.",
      why: "There is nothing to read.",
      do: "Give one of them; \"text\": \"\" is allowed."),
    Explanation(
      "record-too-large", .failure, "stream", "The record is larger than one document may be.",
      why: "A limit keeps one record from taking all memory.", do: "Split the volume."),
  ]

  /// How a command ends.
  static let exitCodes: [Explanation] = [
    Explanation("0", .exit, "", "All is well.", why: "Everything asked for is done.", do: "Nothing."),
    Explanation(
      "1", .exit, "", "Some documents failed; the rest is written.",
      why: "Each failure has been named on standard error, and stands in the table failures of the corpus.",
      do: "Mend or remove those documents and run the command again; only they are read."),
    Explanation(
      "64", .exit, "", "The command was used wrongly.",
      why:
        "An unknown option, a missing argument, an output that is an input or lies within one, a query that makes no sense.",
      do: "emend help COMMAND has examples."),
    Explanation(
      "65", .exit, "", "The configuration or a lexicon is bad.",
      why: "The message names file and line.",
      do: "Correct that line; emend lexicon lint checks a whole folder."),
    Explanation(
      "66", .exit, "", "An input was not found or cannot be read.", why: "The message names it.",
      do: "Check the path and its permissions."),
    Explanation(
      "70", .exit, "", "The program has a fault.", why: "Something happened that it did not expect.",
      do: "Please report the message."),
    Explanation(
      "73", .exit, "", "The output cannot be written.",
      why: "No permission, no space, or a folder that holds other things.",
      do: "Name another with -o, or give --force if the message offers it."),
    Explanation(
      "74", .exit, "", "Reading or writing failed half-way.", why: "A full disk or a broken connection.",
      do: "Outputs are written whole or not at all: run the command again."),
    Explanation(
      "130", .exit, "", "The run was interrupted.", why: "Ctrl-C.",
      do: "Run the same command again: a build goes on where it stopped."),
  ]
}
