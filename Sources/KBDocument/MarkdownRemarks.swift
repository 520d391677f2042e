import KBSource
import KBYAML

/// The findings about Markdown that is shown otherwise than it is meant.
extension TextRules {
  static func finding(about remark: Markdown.Remark, in file: SourceFile) -> Diagnostic {
    switch remark {
    case .openComment, .tornComment, .overlongComment, .dashedComment: commentFinding(about: remark, in: file)
    case .unusedFootnote(let range, let name):
      Diagnostic(
        footnote, at: file.path, range,
        Message(
          de: "auf die Fußnote \(code: name) wird nirgends verwiesen: sie wird nicht gezeigt",
          en: "nothing refers to the footnote \(code: name): it is not shown"),
        remedy: Message(
          de: "\(code: "[^\(name)]") dort einfügen, wo sie hingehört, oder die Fußnote löschen",
          en: "insert \(code: "[^\(name)]") where it belongs, or delete the footnote"))
    case .repeatedFootnote(let range, let name, let first):
      Diagnostic(
        footnote, at: file.path, range,
        Message(
          de: "es gibt schon eine Fußnote \(code: name): diese hier wird nicht gezeigt",
          en: "there already is a footnote \(code: name): this one is not shown"),
        remedy: Message(de: "einer der beiden einen anderen Namen geben", en: "give one of the two another name"),
        notes: [Note(at: file.path, first, Message(de: "zuerst hier", en: "first here"))])
    case .missingFootnote(let range, let name):
      Diagnostic(
        footnote, at: file.path, range,
        Message(
          de: "eine Fußnote \(code: name) gibt es in dieser Datei nicht",
          en: "there is no footnote \(code: name) in this file"),
        remedy: Message(
          de: "unten eine Zeile \(code: "[^\(name)]: Text") ergänzen oder den Verweis löschen",
          en: "add a line \(code: "[^\(name)]: Text") at the end, or delete the reference"))
    case .hiddenHTML(let elements):
      Diagnostic(
        html, at: file.path, elements[0].range,
        Message(
          de: "auf der Seite nicht zu sehen: \(list: elements.map { "\(code: "<\($0.name)>")" })",
          en: "the page does not show \(list: elements.map { "\(code: "<\($0.name)>")" })"),
        remedy: Message(
          de: "als Markdown, Bild oder Link schreiben; ist es Text, in Backticks setzen",
          en: "write it as Markdown, a picture or a link; if it is text, put it in backticks"),
        notes: elements.dropFirst().map {
          Note(at: file.path, $0.range, Message(de: "\(code: "<\($0.name)>") hier", en: "\(code: "<\($0.name)>") here"))
        })
    case .tagWithoutAddress(let range, let tag, let attribute):
      Diagnostic(
        html, at: file.path, range,
        tag == "img"
          ? Message(
            de: "diesem Bild fehlt \(code: attribute): es wird nicht gezeigt",
            en: "this picture lacks \(code: attribute): it is not shown")
          : Message(
            de: "diesem Link fehlt \(code: attribute): er führt nirgendwohin",
            en: "this link lacks \(code: attribute): it leads nowhere"),
        remedy: Message(
          de: "\(code: "<\(tag) \(attribute)=\"…\">") schreiben", en: "write \(code: "<\(tag) \(attribute)=\"…\">")"))
    case .tableColumns, .tableWithoutHeading, .tableWithoutDelimiter, .lostCells, .barInCode:
      tableFinding(about: remark, in: file)
    case .foreignComment, .foreignMarks: foreignFinding(about: remark, in: file)
    }
  }

  private static func commentFinding(about remark: Markdown.Remark, in file: SourceFile) -> Diagnostic {
    switch remark {
    case .openComment(let range):
      Diagnostic(
        comment, at: file.path, range,
        Message(
          de: "dieser Kommentar wird nicht geschlossen: der Text danach wird nicht gezeigt",
          en: "this comment is not closed: the text after it is not shown"),
        remedy: Message(
          de: "\(code: "-->") am Ende des Kommentars ergänzen", en: "add \(code: "-->") at the end of the comment"))
    case .tornComment(let range):
      Diagnostic(
        comment, at: file.path, range,
        Message(
          de: "dieser Kommentar enthält eine Leerzeile und beginnt mitten im Text: GitHub zeigt ihn an",
          en: "this comment contains an empty line and begins within text: GitHub shows it"),
        remedy: Message(
          de: "vor dem Kommentar eine Leerzeile ergänzen und ihn in einer eigenen Zeile beginnen",
          en: "add an empty line before the comment and begin it on a line of its own"))
    case .overlongComment(let range):
      Diagnostic(
        comment, at: file.path, range,
        Message(
          de:
            "dieser Kommentar beginnt mitten im Text und geht über dessen Ende hinaus (Listenpunkt, Überschrift, Tabellenzeile): GitHub zeigt ihn an",
          en:
            "this comment begins within text and goes beyond its end (list item, heading, table row): GitHub shows it"),
        remedy: Message(
          de:
            "den Kommentar in der Zeile schließen, in der er beginnt, oder davor eine Leerzeile ergänzen und ihn in einer eigenen Zeile beginnen",
          en:
            "close the comment on the line where it begins, or add an empty line before it and begin it on a line of its own"
        ))
    case .dashedComment(let range):
      Diagnostic(
        comment, at: file.path, range,
        Message(
          de: "dieser Kommentar enthält zwei Bindestriche nacheinander: GitHub zeigt ihn an",
          en: "this comment contains two hyphens in a row: GitHub shows it"),
        remedy: Message(
          de: "die Bindestriche trennen oder den Kommentar in einer eigenen Zeile beginnen",
          en: "separate the hyphens or begin the comment on a line of its own"))
    default: preconditionFailure("no remark about a comment")
    }
  }

  private static func tableFinding(about remark: Markdown.Remark, in file: SourceFile) -> Diagnostic {
    switch remark {
    case .tableColumns(let heading, let cells, let delimiter, let columns):
      Diagnostic(
        table, at: file.path, delimiter,
        Message(
          de:
            "die Kopfzeile dieser Tabelle hat \(cells) Spalten, die Trennzeile \(columns): GitHub zeigt keine Tabelle",
          en: "the heading row of this table has \(cells) columns, the delimiter row \(columns): GitHub shows no table"),
        remedy: Message(
          de: "beiden Zeilen gleich viele Spalten geben", en: "give both rows the same number of columns"),
        fixes: [columnFix(heading, cells, delimiter, columns, in: file)])
    case .tableWithoutHeading(let range, let columns):
      Diagnostic(
        table, at: file.path, range,
        Message(
          de: "über dieser Trennzeile fehlt die Kopfzeile: es wird keine Tabelle daraus",
          en: "the heading row above this delimiter row is missing: it does not become a table"),
        remedy: Message(
          de: "direkt darüber eine Zeile mit \(columns) Spalten ergänzen, ohne Leerzeile dazwischen",
          en: "add a row with \(columns) columns directly above, without an empty line in between"))
    case .tableWithoutDelimiter(let range):
      Diagnostic(
        table, at: file.path, range,
        Message(
          de: "unter der Kopfzeile fehlt die Trennzeile: es wird keine Tabelle daraus",
          en: "the delimiter row below the heading row is missing: it does not become a table"),
        remedy: Message(
          de: "unter der ersten Zeile \(code: "|---|---|") ergänzen, mit einem Feld für jede Spalte",
          en: "add \(code: "|---|---|") below the first row, with one cell per column"))
    case .lostCells(let range, let cells, let columns):
      Diagnostic(
        table, at: file.path, range,
        Message(
          de: "diese Zeile hat \(cells) Spalten, die Tabelle \(columns): der Rest wird nicht gezeigt",
          en: "this row has \(cells) columns, the table \(columns): the rest is not shown"),
        remedy: Message(
          de:
            "der Kopfzeile und der Trennzeile Spalten hinzufügen; gehört der Strich zum Text, \(code: "\\|") schreiben",
          en: "add columns to the heading row and the delimiter row; if the bar is text, write \(code: "\\|")"))
    case .barInCode(let range):
      Diagnostic(
        table, at: file.path, range,
        Message(
          de: "auf GitHub endet die Zelle an diesem Strich, obwohl er zum Code gehört",
          en: "on GitHub the cell ends at this bar, although it is in code"),
        remedy: Message(de: "\(code: "\\|") schreiben", en: "write \(code: "\\|")"),
        fixes: [FixIt(replacing: range, with: "\\|", isSafe: true)])
    default: preconditionFailure("no remark about a table")
    }
  }

  /// Makes the shorter one of the heading row and the delimiter row as long as the other one.
  private static func columnFix(
    _ heading: SourceRange, _ cells: Int, _ delimiter: SourceRange, _ columns: Int, in file: SourceFile
  ) -> FixIt {
    let range = cells < columns ? heading : delimiter
    let cell = cells < columns ? " " : "---"
    let isClosed = file.bytes[range.offsets].last == UInt8(ascii: "|")
    let added = String(repeating: isClosed ? "\(cell)|" : "|\(cell)", count: abs(cells - columns))
    // Without a bar at the end the last empty cell needs one.
    let isOpenEnd = !isClosed && cells < columns
    let end = Int(range.upper)
    return FixIt(replacing: SourceRange(end, end), with: added + (isOpenEnd ? "|" : ""), isSafe: true)
  }
}
