import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// Compares the fields of two versions of one record. They may have been read by two schemas: fields are matched by name.
struct FieldComparison {
  private(set) var differences: [FieldDifference] = []
  /// Whether references are written in another way and mean the same records as before.
  private(set) var hasAdjustedReferences = false

  private let names: NameMeanings

  init(_ old: [Field], _ new: [Field], _ names: NameMeanings) {
    self.names = names
    compare(old, new, [], (nil, nil))
  }

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
    guard old?.written != new?.written || !(names.reused.isEmpty || meansTheSame(old, new)) else { return }
    if old?.list != nil || new?.list != nil {
      return compareLists(old?.list ?? old.map { [$0] } ?? [], new?.list ?? new.map { [$0] } ?? [], path, (old, new))
    }
    if old?.fields != nil || new?.fields != nil {
      return compare(old?.fields ?? [], new?.fields ?? [], path, line)
    }
    if meansTheSame(old, new) {
      hasAdjustedReferences = true
      return
    }
    differences.append(FieldDifference(path: path, line: line, before: old, after: new, isOrder: false))
  }

  private func meansTheSame(_ old: Value?, _ new: Value?) -> Bool {
    old?.written(names.before) == new?.written(names.after)
  }

  /// Lines of a list are matched by what they are about: the person, the system, or the whole text.
  private mutating func compareLists(
    _ old: [Value], _ new: [Value], _ path: [FieldDeclaration], _ whole: (before: Value?, after: Value?)
  ) {
    let count = differences.count
    let partners = partners(old, new, of: path.last)
    for (value, partner) in zip(new, partners) {
      guard let before = partner.map({ old[$0] }) else {
        differences.append(FieldDifference(path: path, line: (nil, value), before: nil, after: value, isOrder: false))
        continue
      }
      if before.fields != nil || value.fields != nil {
        compare(before.fields ?? [], value.fields ?? [], path, (before, value))
      } else if before.written != value.written {
        hasAdjustedReferences = true
      }
    }
    let kept = Set(partners.compactMap(\.self))
    for (number, value) in old.enumerated() where !kept.contains(number) {
      differences.append(FieldDifference(path: path, line: (value, nil), before: value, after: nil, isOrder: false))
    }
    // Nothing came, went or changed: then only the order did.
    if count == differences.count, partners.compactMap(\.self) != Array(old.indices) {
      differences.append(
        FieldDifference(path: path, line: (nil, nil), before: whole.before, after: whole.after, isOrder: true))
    }
  }

  /// For each new line the number of the old one that is about the same: the same line, one about the same thing, or a sentence
  /// in other words. As it is written, else as it is meant.
  func partners(_ old: [Value], _ new: [Value], of list: FieldDeclaration?) -> [Int?] {
    var partners = [Int?](repeating: nil, count: new.count)
    var isTaken = [Bool](repeating: false, count: old.count)
    func match(_ before: (Value) -> String, _ after: (Value) -> String) {
      var open: [String: [Int]] = [:]
      for number in old.indices.reversed() where !isTaken[number] {
        open[before(old[number]), default: []].append(number)
      }
      for number in new.indices where partners[number] == nil {
        guard let partner = open[after(new[number])]?.popLast() else { continue }
        partners[number] = partner
        isTaken[partner] = true
      }
    }
    let key = list?.lineKey
    for key in [{ value, name in value.written(name) }, { value, name in value.lineKey(key, name) }] as [LineKey] {
      if names.reused.isEmpty { match({ key($0, \.id) }, { key($0, \.id) }) }
      match({ key($0, names.before) }, { key($0, names.after) })
    }
    // A step in other words is still that step. Each is compared with each: of very many they are others.
    let open = (old.indices.filter { !isTaken[$0] }, new.indices.filter { partners[$0] == nil })
    guard open.0.count * open.1.count <= FieldComparison.mostComparisons else { return partners }
    let texts = open.0.map { index in old[index].mainText(key).map { Set($0.split(separator: " ")) } }
    for number in open.1 {
      guard let words = new[number].mainText(key).map({ Set($0.split(separator: " ")) }) else { continue }
      let place = open.0.indices.first { place in
        !isTaken[open.0[place]] && texts[place].map { RecordChanges.isAlike($0, words) } ?? false
      }
      guard let place else { continue }
      partners[number] = open.0[place]
      isTaken[open.0[place]] = true
    }
    return partners
  }

  /// The maximum number of pairs of sentences that are compared.
  private static let mostComparisons = 10_000

  private typealias LineKey = (Value, (Reference) -> String) -> String
}

extension FieldDeclaration {
  /// The member that the lines of this list are about: the person, the system, what is to be done; `nil` for single values.
  var lineKey: String? {
    guard case .list(let element) = type else { return nil }
    let members = element.members
    if case .markdown? = members.first?.type { return members.first?.name }
    return members.first { $0.relation != nil }?.name ?? members.first?.name
  }
}

extension Value {
  /// Returns what a line of a list is about: the member of a name, else its reference, else its first member, else itself.
  func lineKey(_ key: String?, _ name: (Reference) -> String) -> String {
    guard let main = mainMember(key) else { return fields == nil ? written(name) : "" }
    return "\(main.declaration.name)=\(main.value.written(name))"
  }

  /// The member of a line that it is about.
  func mainMember(_ key: String?) -> Field? {
    fields?.first { $0.declaration.name == key } ?? fields?.first { $0.value.reference != nil } ?? fields?.first
  }

  /// The sentence that a line is about, if it is about one.
  fileprivate func mainText(_ key: String?) -> String? {
    guard let main = mainMember(key), main.declaration.name == key, case .markdown = main.declaration.type else {
      return nil
    }
    return main.value.text
  }
}
