public import KBCatalog
import KBChecks
public import KBSource
public import Testing

/// A finding as a test writes it down.
public struct Finding: Equatable, CustomStringConvertible, Sendable {
  public var code: String
  public var severity: Severity
  /// The mark at which it begins, else `path:line:column`.
  public var place: String
  /// The text of its range.
  public var covers: String
  public var german: String
  public var english: String

  public init(
    _ code: String, _ severity: Severity, _ place: String, _ covers: String, de german: String, en english: String
  ) {
    self.code = code
    self.severity = severity
    self.place = place
    self.covers = covers
    self.german = german
    self.english = english
  }

  public var description: String {
    let shown = String(String(reflecting: covers).dropFirst().dropLast())
    return
      "\nFinding(\"\(code)\", .\(severity), \"\(place)\", \"\(shown)\",\n  de: \"\(german)\",\n  en: \"\(english)\")"
  }
}

/// A file of a fixture: path and marked text.
public typealias File = (path: String, text: String)

/// The day on which every fixture is read.
public let today = CalendarDate(daysSinceEpoch: 20_778)  // 2026-11-21

/// The catalog of some marked files.
public func catalog(_ files: [File], today: CalendarDate = today) async throws -> Catalog {
  try await Catalog(Snapshot(texts: files.map { ($0.path, MarkedText($0.text).text) }), today: today)
}

/// The findings of a catalog of marked files, those of the rules that `code` names: `system/no-mfa`, `system/`, or all.
public func findings(_ code: String, in files: [File]) async throws -> [Finding] {
  let catalog = try await catalog(files)
  let marked = files.map { (path: $0.path, marks: MarkedText($0.text).marks) }
  return catalog.diagnostics.filter { $0.rule.code.hasPrefix(code) }.map { diagnostic in
    let offset = Int(diagnostic.range.lower)
    let mark = marked.first { $0.path == diagnostic.path.string }?.marks.first { $0.offset == offset }?.mark
    let file = catalog.file(diagnostic.path)
    let position = file?.position(of: diagnostic.range.lower) ?? (line: 0, column: 0)
    return Finding(
      diagnostic.rule.code, diagnostic.severity, mark ?? "\(diagnostic.path):\(position.line):\(position.column)",
      file?.text(diagnostic.range) ?? "", de: diagnostic.message.german, en: diagnostic.message.english)
  }
}

/// Expects that the rules named by `code` find exactly this.
public func expect(
  _ code: String, in files: [File], _ expected: Finding..., sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let found = try await findings(code, in: files)
  #expect(found == expected, sourceLocation: sourceLocation)
}

/// The day that `text` names in ISO 8601.
public func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }
