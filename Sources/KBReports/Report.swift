package import KBCatalog
import KBDisk
package import KBSource

/// Findings, ready to be written in one of the formats.
package struct Report {
  package let catalog: Catalog
  /// In order: path, offset, code.
  package let findings: [Diagnostic]
  /// Path of the knowledge base below its repository; empty when it is the root.
  package let prefix: String

  package var language: Language { catalog.configuration.language }

  /// The places in the files that findings point into.
  private let places = FindingPlaces()

  /// The number of the records that the findings are about.
  private let recordCount: Int

  /// The folder of the knowledge base from where the reader is, in front of every path; empty when they are in it.
  private let folder: String

  /// `records`: the number of the records that the findings are about; by default all.
  package init(
    catalog: Catalog, findings: [Diagnostic], prefix: String, records: Int? = nil, folder: String = ""
  ) {
    self.folder = folder
    recordCount = records ?? catalog.records.count
    self.catalog = catalog
    self.findings = findings
    self.prefix = prefix
  }

  /// Where a finding begins and ends, lines and columns from 1.
  struct Position {
    let line: Int
    let column: Int
    let endLine: Int
    let endColumn: Int
  }

  func position(_ path: RepoPath, _ range: SourceRange) -> Position {
    guard let lines = places.lines(path, catalog) else { return Position(line: 1, column: 1, endLine: 1, endColumn: 1) }
    let start = lines.position(of: range.lower)
    let end = lines.position(of: range.upper)
    return Position(line: start.line, column: start.column, endLine: end.line, endColumn: end.column)
  }

  /// The line on which a finding begins, and the file that it is in.
  package func line(of finding: Diagnostic) -> (file: SourceFile, range: SourceRange)? {
    guard let file = places.file(finding.path, catalog), let lines = places.lines(finding.path, catalog) else {
      return nil
    }
    return (file, lines.line(around: finding.range.lower))
  }

  /// What is wrong and what to do, in one text.
  package func text(_ finding: Diagnostic) -> String {
    finding.message[language]
      + (finding.remedy.map { "; \(Message(de: "Abhilfe", en: "remedy")[language]): \($0[language])" } ?? "")
  }

  /// A path as the reader can open it.
  func readersPath(_ path: RepoPath) -> String { folder.isEmpty ? path.string : "\(folder)/\(path.string)" }

  /// A finding's path in the repository, not only in the knowledge base.
  func repositoryPath(_ path: RepoPath) -> String { prefix.isEmpty ? path.string : "\(prefix)/\(path)" }

  /// A name for each finding that stays when lines above it change: rule, file, words of its line, and a number for repeats.
  func fingerprints() -> [String] {
    var seen: [String: Int] = [:]
    var last: (path: RepoPath, line: SourceRange, words: String)?
    return findings.map { finding in
      var words = ""
      if let (file, range) = line(of: finding) {
        if let last, last.path == finding.path, last.line == range {
          words = last.words
        } else {
          words = file.text(range).split(whereSeparator: \.isWhitespace).joined(separator: " ")
          // Of a line that no person writes its hash will do: there may be as many findings on it.
          if words.utf8.count > 4096 { words = ContentHash(of: Array(words.utf8)).description }
          last = (finding.path, range, words)
        }
      }
      let key = [finding.rule.code, finding.path.string, words, finding.message.english].joined(separator: "\u{0}")
      seen[key, default: 0] += 1
      return ContentHash(of: Array("\(key)\u{0}\(seen[key, default: 0])".utf8)).description
    }
  }

  package func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

  /// "2 errors, 1 warning in 155 records".
  package var summary: String {
    let parts = Severity.allCases.reversed().compactMap { severity -> Message.Text? in
      let count = count(severity)
      return count == 0 ? nil : "\(severity.noun.counted(count))"
    }
    let found: Message.Text =
      parts.isEmpty ? "\(Message(de: "keine Befunde", en: "no findings"))" : "\(list: parts, .none)"
    let records = Noun.record.counted(recordCount, .dative)
    return Message("\(found) in \(records)")[language]
  }
}

/// The files that findings point into and their lines, each looked at once.
private final class FindingPlaces {
  private var known: [RepoPath: (file: SourceFile, lines: LineIndex)] = [:]

  func file(_ path: RepoPath, _ catalog: Catalog) -> SourceFile? { place(path, catalog)?.file }

  func lines(_ path: RepoPath, _ catalog: Catalog) -> LineIndex? { place(path, catalog)?.lines }

  private func place(_ path: RepoPath, _ catalog: Catalog) -> (file: SourceFile, lines: LineIndex)? {
    if let known = known[path] { return known }
    guard let file = catalog.file(path) else { return nil }
    known[path] = (file, LineIndex(file.bytes))
    return known[path]
  }
}
