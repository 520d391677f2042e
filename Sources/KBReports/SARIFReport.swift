import KBCatalog
import KBSource

extension Report {
  /// SARIF 2.1.0 (OASIS), for code scanning of GitHub and others.
  package var sarif: JSON {
    let rules = Array(Set(findings.map(\.rule))).sorted { $0.code < $1.code }
    let results = zip(findings, fingerprints()).map { finding, fingerprint -> JSON in
      [
        "ruleId": .string(finding.rule.code),
        "level": .string(sarifLevel(finding.severity)),
        "message": ["text": .string(text(finding))],
        "locations": [location(finding.path, finding.range)],
        "relatedLocations": .array(
          finding.notes.map { note in
            guard case .object(let members) = location(note.path, note.range) else { return .null }
            return .object(members + [("message", ["text": .string(note.message[language])])])
          }),
        "partialFingerprints": ["kb/v1": .string(fingerprint)],
      ]
    }
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "kb",
              "rules": .array(
                rules.map { rule in
                  [
                    "id": .string(rule.code),
                    "shortDescription": ["text": .string(rule.title[language])],
                    "fullDescription": ["text": .string(rule.explanation[language])],
                    "defaultConfiguration": ["level": .string(sarifLevel(rule.severity))],
                  ]
                }),
            ]
          ],
          "columnKind": "unicodeCodePoints",
          "results": .array(results),
        ]
      ],
    ]
  }

  private func sarifLevel(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .hint: "note"
    }
  }

  private func location(_ path: RepoPath, _ range: SourceRange) -> JSON {
    let position = position(path, range)
    return [
      "physicalLocation": [
        "artifactLocation": ["uri": .string(repositoryPath(path).percentEncodedPath), "uriBaseId": "%SRCROOT%"],
        "region": [
          "startLine": .integer(position.line), "startColumn": .integer(position.column),
          "endLine": .integer(position.endLine),
          "endColumn": .integer(position.endColumn),
        ],
      ]
    ]
  }

  /// GitLab's Code Quality report (a subset of Code Climate's).
  package var gitlab: JSON {
    .array(
      zip(findings, fingerprints()).map { finding, fingerprint in
        let position = position(finding.path, finding.range)
        let severity: JSON =
          switch finding.severity {
          case .error: "critical"
          case .warning: "minor"
          case .hint: "info"
          }
        return [
          "description": .string(text(finding)),
          "check_name": .string(finding.rule.code),
          "fingerprint": .string(fingerprint),
          "severity": severity,
          "location": ["path": .string(repositoryPath(finding.path)), "lines": ["begin": .integer(position.line)]],
        ]
      })
  }
}

extension String {
  /// The path as a relative URI reference (RFC 3986).
  package var percentEncodedPath: String {
    utf8.map { byte in
      if byte.isASCIIAlphanumeric || "-._~/".utf8.contains(byte) { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
