internal import KBDocument
internal import KBSource

/// Compares the fields of two versions of one record. They may have been read by two schemas: fields are matched by name.
struct FieldComparison {
  private(set) var differences: [FieldDifference] = []

  init(_ old: [Field], _ new: [Field]) { compare(old, new, [], (nil, nil)) }

  private mutating func compare(
    _ old: [Field], _ new: [Field], _ path: [FieldDeclaration], _ line: (before: Value?, after: Value?)
  ) {
    for field in new {
      let before = old.first { $0.declaration.name == field.declaration.name }?.value
      compare(before, field.value, path + [field.declaration], line)
    }
    for field in old where !new.contains(where: { $0.declaration.name == field.declaration.name }) {
      compare(field.value, nil, path + [field.declaration], line)
    }
  }

  private mutating func compare(
    _ old: Value?, _ new: Value?, _ path: [FieldDeclaration], _ line: (before: Value?, after: Value?)
  ) {
    guard old?.written != new?.written else { return }
    if old?.list != nil || new?.list != nil {
      return compareLists(old?.list ?? old.map { [$0] } ?? [], new?.list ?? new.map { [$0] } ?? [], path, (old, new))
    }
    if old?.fields != nil || new?.fields != nil {
      return compare(old?.fields ?? [], new?.fields ?? [], path, line)
    }
    differences.append(FieldDifference(path: path, line: line, before: old, after: new, isOrder: false))
  }

  /// Lines of a list are matched by what they are about: the person, the system, or the whole text.
  private mutating func compareLists(
    _ old: [Value], _ new: [Value], _ path: [FieldDeclaration], _ whole: (before: Value?, after: Value?)
  ) {
    let count = differences.count
    let left = FieldComparison.keyed(old)
    let right = FieldComparison.keyed(new)
    for (key, value) in right {
      guard let before = left.first(where: { $0.key == key })?.value else {
        differences.append(FieldDifference(path: path, line: (nil, value), before: nil, after: value, isOrder: false))
        continue
      }
      if before.fields != nil || value.fields != nil {
        compare(before.fields ?? [], value.fields ?? [], path, (before, value))
      }
    }
    for (key, value) in left where !right.contains(where: { $0.key == key }) {
      differences.append(FieldDifference(path: path, line: (value, nil), before: value, after: nil, isOrder: false))
    }
    // Nothing came, went or changed: then only the order did.
    if count == differences.count {
      differences.append(
        FieldDifference(path: path, line: (nil, nil), before: whole.before, after: whole.after, isOrder: true))
    }
  }

  private static func keyed(_ values: [Value]) -> [(key: String, value: Value)] {
    var seen: [String: Int] = [:]
    return values.map { value in
      let key = value.lineKey
      seen[key, default: 0] += 1
      return ("\(key)\u{0}\(seen[key] ?? 0)", value)
    }
  }
}

extension Value {
  /// What a line of a list is about: its reference, else its first member, else itself.
  var lineKey: String {
    guard let fields else { return written }
    let main = fields.first { $0.value.reference != nil } ?? fields.first
    return main.map { "\($0.declaration.name)=\($0.value.written)" } ?? ""
  }

  /// The value as it would be written in the front matter.
  public var written: String {
    switch content {
    case .text(let text), .invalid(let text): text
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    case .date(let date): date.description
    case .duration(let duration): duration.description
    case .money(let money): money.written
    case .choice(let choice): choice.value
    case .reference(let reference): reference.id
    case .list(let elements): elements.map(\.written).joined(separator: ", ")
    case .object(let fields): fields.map { "\($0.declaration.name): \($0.value.written)" }.joined(separator: ", ")
    }
  }
}

extension Money {
  /// `4800 EUR/year`.
  var written: String {
    let cents = hundredths % 100
    let amount = cents == 0 ? String(hundredths / 100) : "\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)"
    return "\(amount) \(currency)/\(period.rawValue)" + (unit == .seat ? "/seat" : "")
  }
}

extension YAMLNode {
  /// The node as one line of text.
  var written: String {
    switch content {
    case .scalar(let text, _): text
    case .sequence(let nodes): nodes.map(\.written).joined(separator: ", ")
    case .mapping(let entries): entries.map { "\($0.key): \($0.value.written)" }.joined(separator: ", ")
    }
  }
}
