import KBDocument
import KBSource

extension RecordCheck {
  /// Required, expected and recommended fields.
  static let requiredFields = RecordCheck { record in
    guard record.document.isReadable else { return [] }
    guard record.isDescribed else { return undescribed(record).map { [$0] } ?? [] }
    var findings: [Diagnostic] = []
    missingFields(of: record, record.fields, record.kind.fields, at: head(of: record), owner: nil, into: &findings)
    return findings
  }

  /// Returns the place to report a missing key: the title, or the place where front matter would begin.
  private static func head(of record: Record) -> SourceRange {
    record.fields.first { $0.declaration.name == "title" }?.value.range
      ?? SourceRange(Int(record.document.frontMatterRange.lower), Int(record.document.frontMatterRange.lower))
  }

  private static func missingFields(
    of record: Record, _ fields: [Field], _ declarations: [FieldDeclaration], at place: SourceRange, owner: String?,
    into findings: inout [Diagnostic]
  ) {
    for declaration in declarations where declaration.asksForSomething {
      let wanted = ObjectIdentifier(declaration)
      guard let field = fields.indices.first(where: { fields[$0].declarationID == wanted }).map({ fields[$0] }) else {
        if declaration.name == "title", owner == nil, !record.document.body.headings.isEmpty { continue }
        // A retired or planned record needs less.
        if let finding = missing(declaration, in: record, at: place, owner: owner) { findings.append(finding) }
        continue
      }
      // An access may have no holders; every other required field needs a value.
      if field.value.isEmpty, declaration.role != .holders {
        if let finding = missing(declaration, in: record, at: field.keyRange, owner: owner) { findings.append(finding) }
        continue
      }
      for element in field.value.list ?? [field.value] {
        guard let members = element.fields, case let inner = declaration.members, !inner.isEmpty else { continue }
        if members.contains(where: { $0.declaration.role == .backupNone }) { continue }
        missingFields(of: record, members, inner, at: field.keyRange, owner: declaration.name, into: &findings)
      }
    }
  }

  private static func missing(
    _ declaration: FieldDeclaration, in record: Record, at place: SourceRange, owner: String?
  ) -> Diagnostic? {
    let name = owner.map { "\($0).\(declaration.name)" } ?? declaration.name
    let described = declaration.description
    func finding(_ rule: Rule, _ message: Message) -> Diagnostic {
      let example = declaration.example
      return Diagnostic(
        rule, at: record.path, place, message,
        remedy: Message(
          de: "\(code: example) ergänzen\(described, { ": \($0)" })",
          en: "add \(code: example)\(described, { ": \($0)" })"))
    }
    func missing(_ rule: Rule) -> Diagnostic {
      finding(rule, Message(de: "in \(record) fehlt \(code: name)", en: "\(record) lacks \(code: name)"))
    }
    func missing(without other: String) -> Diagnostic {
      finding(
        FormRules.missing,
        Message(
          de: "\(record) braucht \(code: name) oder \(code: other)",
          en: "\(record) needs \(code: name) or \(code: other)"))
    }
    switch declaration.requirement {
    case .optional: return nil
    case .required:
      return missing(FormRules.missing)
    case .requiredUnless(let condition):
      guard !record.satisfies(condition) else { return nil }
      let other = condition.fields.map { "\($0.name): \($0.values.joined(separator: ", "))" }.joined(separator: "; ")
      return missing(without: other)
    case .requiredUnlessPresent(let other):
      guard record[other] == nil else { return nil }
      return missing(without: other)
    case .expectedWhen(let condition):
      guard record.lifecycle == .active || record.lifecycle == .deprecated, record.satisfies(condition) else {
        return nil
      }
      let reason = condition.fields.compactMap { name, _ in record.kind.field(named: name) }
      func reasons(_ label: (Message) -> Message) -> [Message.Text] {
        reason.map { "\(label($0.label)) \(name: record[$0.name]?.choice?.label ?? Message(""))" }
      }
      return finding(
        FormRules.expected,
        Message(
          de: "in \(record) fehlt \(code: name) (nötig bei \(list: reasons { $0 }))",
          en:
            "\(record) lacks \(code: name) (needed with \(list: reasons { Message(verbatim: $0.english.lowercased()) }))"
        ))
    case .recommended:
      return missing(FormRules.recommended)
    }
  }

  private static func undescribed(_ record: Record) -> Diagnostic? {
    let wanted = record.kind.fields.filter { if case .required = $0.requirement { $0.name != "title" } else { false } }
    guard !wanted.isEmpty else { return nil }
    let names = wanted.prefix(4).map(\.name)
    let start = record.document.frontMatterRange
    return Diagnostic(
      FormRules.undescribed, at: record.path, SourceRange(Int(start.lower), Int(start.lower)),
      Message(
        de: "\(record) ist noch nicht beschrieben", en: "\(record) is not described yet"),
      remedy: Message(de: "im Kopf angeben: \(codes: names)", en: "give in the front matter: \(codes: names)"))
  }
}

extension FieldDeclaration {
  /// An example of a line with this field.
  var example: String {
    switch type {
    case .choice(let choices): "\(name): \(choices.first?.value ?? "...")"
    case .date: "\(name): 2026-11-21"
    case .duration: "\(name): 4h"
    case .bool: "\(name): true"
    case .integer, .number: "\(name): 1"
    case .list: "\(name): [...]"
    case .reference(let kinds): "\(name): " + (kinds.first.map { "<\($0)>" } ?? "...")
    case .secretRef: "\(name): vault:..."
    default: "\(name): ..."
    }
  }
}
