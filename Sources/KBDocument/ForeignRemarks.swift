import KBSource
import KBYAML

/// The findings about marks that only other programs know.
extension TextRules {
  static func foreignFinding(about remark: Markdown.Remark, in file: SourceFile) -> Diagnostic {
    switch remark {
    case .foreignComment(let range, let sign, let replacement):
      let written = file.text(sign)
      return Diagnostic(
        foreign, at: file.path, sign,
        Message(
          de:
            "\(code: written) beginnt nur in anderen Programmen einen Kommentar: kb verbirgt ihn, GitHub zeigt ihn an",
          en: "\(code: written) begins a comment only in other programs: kb hides it, GitHub shows it"),
        remedy: Message(
          de: "\(code: "<!-- … -->") schreiben; ist es Text, in Backticks setzen",
          en: "write \(code: "<!-- … -->"); if it is text, put it in backticks"),
        fixes: replacement.map { [FixIt(replacing: range, with: $0, isSafe: true)] } ?? [])
    case .foreignMarks(let marks):
      return Diagnostic(
        foreign, at: file.path, marks[0].range,
        marks[0].isHidden
          ? Message(
            de: "\(code: marks[0].text) gehört zu einem anderen Programm und wird nicht gezeigt",
            en: "\(code: marks[0].text) belongs to another program and is not shown")
          : Message(
            de: "\(code: marks[0].text) gehört zu einem anderen Programm und wird hier als Text gezeigt",
            en: "\(code: marks[0].text) belongs to another program and is shown as text here"),
        remedy: Message(
          de: "durch das ersetzen, was dort zu sehen sein soll, oder löschen; ist es Text, in Backticks setzen",
          en: "replace it with what people are to see there, or delete it; if it is text, put it in backticks"),
        notes: marks.dropFirst().map {
          Note(at: file.path, $0.range, Message(de: "\(code: $0.text) hier", en: "\(code: $0.text) here"))
        })
    default: preconditionFailure("no mark of another program")
    }
  }
}
