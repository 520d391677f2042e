import KBDocument
import KBSchema
import KBSource

extension RecordCheck {
  /// Required, expected and recommended fields.
  static let requiredFields = RecordCheck { record in
    guard record.document.isReadable else { return [] }
    guard record.isDescribed else { return undescribed(record).map { [$0] } ?? [] }
    var missing: [MissingField] = []
    missingFields(of: record, record.fields, record.kind.fields, at: head(of: record), owner: nil, into: &missing)
    return MissingField.findings(missing, of: record)
  }

  /// Returns the place to report a missing key: the title, or the place where front matter would begin.
  private static func head(of record: Record) -> SourceRange {
    record.fields.first { $0.declaration.name == "title" }?.value.range
      ?? SourceRange(Int(record.document.frontMatterRange.lower), Int(record.document.frontMatterRange.lower))
  }

  private static func missingFields(
    of record: Record, _ fields: [Field], _ declarations: [FieldDeclaration], at place: SourceRange, owner: String?,
    into missing: inout [MissingField]
  ) {
    func add(_ declaration: FieldDeclaration, at place: SourceRange) {
      // A retired or planned record needs less.
      guard let need = MissingField.need(of: declaration, in: record) else { return }
      missing.append(MissingField(declaration: declaration, owner: owner, need: need, place: place))
    }
    for declaration in declarations where declaration.asksForSomething {
      let wanted = ObjectIdentifier(declaration)
      guard let field = fields.indices.first(where: { fields[$0].declarationID == wanted }).map({ fields[$0] }) else {
        if declaration.name == "title", owner == nil, !record.document.body.headings.isEmpty { continue }
        add(declaration, at: place)
        continue
      }
      // An access may have no holders; every other required field needs a value.
      if field.value.isEmpty, declaration.role != .holders {
        add(declaration, at: field.keyRange)
        continue
      }
      for element in field.value.list ?? [field.value] {
        guard let members = element.fields, case let inner = declaration.members, !inner.isEmpty else { continue }
        if members.contains(where: { $0.declaration.role == .backupNone }) { continue }
        missingFields(of: record, members, inner, at: field.keyRange, owner: declaration.name, into: &missing)
      }
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
      remedy: Message(de: "im Kopf angeben: \(codes: names)", en: "add to the front matter: \(codes: names)"))
  }
}

/// A field that a record lacks.
private struct MissingField {
  let declaration: FieldDeclaration
  /// The field that it is a part of; `nil` for one of the record itself.
  let owner: String?
  let need: Need
  let place: SourceRange

  /// Why a field is needed. Fields with one need are one finding.
  enum Need: Equatable {
    case always
    /// This field or another one.
    case unless(String)
    /// Needed because of what other fields say.
    case because([String])
    case recommended
  }

  var name: String { owner.map { "\($0).\(declaration.name)" } ?? declaration.name }

  /// Why a record needs a field; `nil` where it does not.
  static func need(of declaration: FieldDeclaration, in record: Record) -> Need? {
    switch declaration.requirement {
    case .optional: return nil
    case .required: return .always
    case .requiredUnless(let condition):
      guard !record.satisfies(condition) else { return nil }
      return .unless(
        condition.fields.map { "\($0.name): \($0.values.joined(separator: ", "))" }.joined(separator: "; "))
    case .requiredUnlessPresent(let other): return record[other] == nil ? .unless(other) : nil
    case .expectedWhen(let condition):
      let isInUse = record.lifecycle == .active || record.lifecycle == .deprecated
      return isInUse && record.satisfies(condition) ? .because(condition.fields.map(\.name)) : nil
    case .recommended: return .recommended
    }
  }

  /// A finding for all fields with the same need, in the order of the first ones, at the first place.
  static func findings(_ missing: [MissingField], of record: Record) -> [Diagnostic] {
    var groups: [[MissingField]] = []
    for field in missing {
      let isSame = { (group: [MissingField]) in
        if case .unless = field.need { return false }
        return group[0].need == field.need && group[0].owner == field.owner
      }
      if let index = groups.firstIndex(where: isSame) { groups[index].append(field) } else { groups.append([field]) }
    }
    return groups.map { finding($0, of: record) }
  }

  private static func finding(_ group: [MissingField], of record: Record) -> Diagnostic {
    let first = group[0]
    let rule: Rule =
      switch first.need {
      case .always, .unless: FormRules.missing
      case .because: FormRules.expected
      case .recommended: FormRules.recommended
      }
    // What a single field is for helps; of several it would be a page.
    let described = group.count == 1 ? first.declaration.description : nil
    let examples = group.map(\.declaration.example)
    return Diagnostic(
      rule, at: record.path, group.map(\.place).min { $0.lower < $1.lower } ?? first.place,
      message(group, of: record),
      remedy: Message(
        de: "\(codes: examples) ergänzen\(described, { ": \($0)" })",
        en: "add \(codes: examples)\(described, { ": \($0)" })"))
  }

  private static func message(_ group: [MissingField], of record: Record) -> Message {
    let names = group.map(\.name)
    // Written out: on the record's own page the text after its name begins with "fehl".
    let lacks: Message.Text =
      group.count == 1 ? "in \(record) fehlt \(codes: names)" : "in \(record) fehlen \(codes: names)"
    switch group[0].need {
    case .always, .recommended:
      return Message(de: lacks, en: "\(record) lacks \(codes: names)")
    case .unless(let other):
      return Message(
        de: "\(record) braucht \(codes: names) oder \(code: other)",
        en: "\(record) needs \(codes: names) or \(code: other)")
    case .because(let fields):
      let reason = fields.compactMap { record.kind.field(named: $0) }
      func reasons(_ label: (Message) -> Message) -> [Message.Text] {
        reason.map { "\(label($0.label)) \(name: record[$0.name]?.choice?.label ?? Message(""))" }
      }
      return Message(
        de: "\(lacks) (nötig bei \(list: reasons { $0 }))",
        en:
          "\(record) lacks \(codes: names) (needed with \(list: reasons { Message(verbatim: $0.english.lowercased()) }))"
      )
    }
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
