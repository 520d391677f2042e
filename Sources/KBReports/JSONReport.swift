package import KBSource

extension Report {
  /// The findings as an array of objects.
  package var json: JSON { .array(findings.map(object)) }

  package func object(_ finding: Diagnostic) -> JSON {
    let position = position(finding.path, finding.range)
    return [
      "code": .string(finding.rule.code),
      "severity": .string(finding.severity.rawValue),
      "path": .string(readersPath(finding.path)),
      "line": .integer(position.line),
      "column": .integer(position.column),
      "endLine": .integer(position.endLine),
      "endColumn": .integer(position.endColumn),
      "message": .string(finding.message[language]),
      "remedy": finding.remedy.map { .string($0[language]) } ?? .null,
      "notes": .array(
        finding.notes.map { note in
          let place = self.position(note.path, note.range)
          return [
            "path": .string(readersPath(note.path)), "line": .integer(place.line), "column": .integer(place.column),
            "message": .string(note.message[language]),
          ]
        }),
      "fixes": .array(
        finding.fixes.map { fix in
          let place = self.position(finding.path, fix.range)
          return [
            "line": .integer(place.line), "column": .integer(place.column), "endLine": .integer(place.endLine),
            "endColumn": .integer(place.endColumn), "replacement": .string(fix.replacement), "safe": .bool(fix.isSafe),
          ]
        }),
    ]
  }
}
