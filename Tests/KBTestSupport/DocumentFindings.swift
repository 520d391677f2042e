import KBDocument
import KBSource
public import Testing

/// The findings of reading one marked file.
public func documentFindings(_ marked: String, path: String = "pages/seite.md") -> [Finding] {
  let text = MarkedText(marked)
  let file = text.file(path)
  return Document(parsing: file).diagnostics.inOrder().map { diagnostic in
    let position = file.position(of: diagnostic.range.lower)
    return Finding(
      diagnostic.rule.code, diagnostic.severity,
      text.marks.first { $0.offset == Int(diagnostic.range.lower) }?.mark ?? "\(position.line):\(position.column)",
      file.text(diagnostic.range), de: diagnostic.message.german, en: diagnostic.message.english)
  }
}

/// Expects exactly these findings of reading one marked file.
public func expectReading(_ marked: String, _ expected: Finding..., sourceLocation: SourceLocation = #_sourceLocation) {
  let found = documentFindings(marked)
  #expect(found == expected, sourceLocation: sourceLocation)
}
