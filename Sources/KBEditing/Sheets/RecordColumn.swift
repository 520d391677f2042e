public import KBCatalog
import KBDocument
public import KBSchema
public import KBSheet
import KBSource
import KBYAML

/// A column of a sheet of records: a field, nested ones by their dotted names, and of an amount of money each part.
public struct RecordColumn: Sendable {
  /// `recovery.rto`, `cost.amount`.
  public let name: String
  /// The declarations down to the field; empty for a key that no kind declares.
  public let path: [FieldDeclaration]
  /// The part of an amount of money: `amount`, `currency`, `per` or `unit`.
  public let moneyPart: String?

  public var declaration: FieldDeclaration? { path.last }
  /// The name of the whole field: of a part of an amount, that of the amount.
  public var field: String { moneyPart == nil ? name : path.map(\.name).joined(separator: ".") }

  /// The columns of a kind in the order in which `kb fmt` has the keys, and those of keys that records of it have beside them.
  public static func all(of kind: Kind, in records: [Record]) -> [RecordColumn] {
    let order = KeyOrder(kind)
    let fields = kind.fields.enumerated().sorted { left, right in
      (order.rank(left.element.name), left.offset) < (order.rank(right.element.name), right.offset)
    }.map(\.element)
    var columns = fields.filter { $0.name != "id" }.flatMap { Self.columns(of: [$0]) }
    var extras: Set<String> = []
    for record in records { extras.formUnion(record.extras.map(\.key)) }
    columns += extras.sorted().map { RecordColumn(name: $0, path: [], moneyPart: nil) }
    return columns
  }

  private static func columns(of path: [FieldDeclaration]) -> [RecordColumn] {
    let name = path.map(\.name).joined(separator: ".")
    guard let declaration = path.last else { return [] }
    switch declaration.type {
    case .object(let members, _): return members.flatMap { columns(of: path + [$0]) }
    case .money:
      return FieldDeclaration.money.map {
        RecordColumn(name: "\(name).\($0.name)", path: path, moneyPart: $0.name)
      }
    default: return [RecordColumn(name: name, path: path, moneyPart: nil)]
    }
  }

  /// What a record has there.
  public func cell(of record: Record) -> Table.Cell {
    if name == "title" { return .text(record.title) }
    guard !path.isEmpty else {
      return .text(record.extras.first { $0.key == name }.map { FlowText.written(FieldContent($0.value)) } ?? "")
    }
    // A record of an earlier state was read by the declarations of that state: they are told by their names.
    let own = record.kind.path(named: path.map(\.name).joined(separator: ".")) ?? path
    guard let value = record.value(path: own) else { return .text("") }
    if let moneyPart { return Self.cell(of: value, moneyPart) }
    switch value.content {
    case .bool(let bool): return .bool(bool)
    case .integer(let integer): return .number(Double(integer))
    case .number(let number): return .number(number)
    case .date(let date): return .date(date)
    case .list(let elements): return .text(list(elements, of: record))
    case .object: return .text(written(in: record))
    default: return .text(value.written)
    }
  }

  private static func cell(of value: Value, _ part: String) -> Table.Cell {
    guard let money = value.money else { return .text(part == "amount" ? value.written : "") }
    switch part {
    case "amount": return .number(Double(money.hundredths) / 100)
    case "currency": return .text(money.currency)
    case "per": return .text(money.period.rawValue)
    default: return .text(money.unit.rawValue)
    }
  }

  /// Items with commas between them; prose, and groups, between brackets.
  private func list(_ elements: [Value], of record: Record) -> String {
    guard case .list(let element)? = declaration?.type else { return written(in: record) }
    switch element.type {
    case .object, .map, .any, .money, .list: return written(in: record)
    case .text, .markdown:
      let texts = elements.map { FieldContent.text($0.written) }
      return texts.isEmpty ? "" : FlowText.written(.list(texts))
    default: return elements.map(\.written).joined(separator: ", ")
    }
  }

  /// The field as the file has it, on one line.
  private func written(in record: Record) -> String {
    var node = record.document.frontMatter
    for declaration in path {
      let entries = node?.mapping ?? []
      node =
        entries.first { [declaration.name].contains($0.key) || declaration.aliases.contains($0.key) }?.value
        ?? entries.first { [declaration].named($0.key) != nil }?.value
    }
    return node.map { FlowText.written(FieldContent($0)) } ?? ""
  }

  /// What may be chosen in the column, where it is one of few: choices, and the ids of records.
  public func choices(in catalog: Catalog, isTold: (Record) -> Bool) -> [String]? {
    if let moneyPart {
      guard case .choice(let choices)? = FieldDeclaration.money.named(moneyPart)?.type else { return nil }
      return choices.map(\.value)
    }
    switch declaration?.type {
    case .choice(let choices)?: return choices.map(\.value)
    case .bool?: return ["true", "false"]
    case .reference(let kinds)?:
      return catalog.records.filter { (kinds.isEmpty || kinds.contains($0.kind.id)) && isTold($0) }.map(\.id).sorted()
    default: return nil
    }
  }
}

/// Contents of fields on one line, as YAML between brackets and braces.
enum FlowText {
  static func written(_ content: FieldContent) -> String {
    switch content {
    case .nothing: ""
    case .text(let text): text
    case .list, .group: nested(content)
    }
  }

  /// One value of YAML; `nil` where the text is none.
  static func read(_ text: String) -> YAMLNode? {
    let yaml = YAMLFile(
      parsing: SourceFile(path: RepoPath(normalized: "value.yml"), bytes: Array("value: \(text)\n".utf8)))
    guard let node = yaml.root?["value"], yaml.diagnostics.isEmpty, yaml.root?.mapping?.count == 1 else { return nil }
    return node
  }

  private static func nested(_ content: FieldContent) -> String {
    switch content {
    case .nothing: "~"
    case .text(let text): scalar(text)
    case .list(let items): "[\(items.map(nested).joined(separator: ", "))]"
    case .group(let members): "{\(members.map { "\(scalar($0.key)): \(nested($0.content))" }.joined(separator: ", "))}"
    }
  }

  /// A scalar; most need no look at what YAML makes of them.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.utf8.first.map { $0.isASCIIAlphanumeric } ?? false
      && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    return isPlain ? text : YAMLScalar.written(text, in: .flow)
  }
}
