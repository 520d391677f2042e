import KBCatalog
import KBDocument
public import KBSchema
public import KBSource
import KBYAML

/// Which column of a sheet fills which field, and what words in it mean.
public struct ColumnMapping: Sendable {
  /// The target of a column.
  public struct Target: Sendable {
    public let heading: String
    /// `nil` for a column that is not taken over.
    public let column: String?
    /// Its turn among several columns of the same field: the first one that is not empty counts.
    var turn = 0
  }

  public var targets: [Target]
  /// For a field, the words of the sheet and what they stand for.
  public var values: [String: [String: String]] = [:]
  /// What new records have, beside the columns.
  public var defaults: [(field: String, value: String)] = []
  /// What new records have instead, where a field contains some letters, such as the address of a guest.
  var contains: [(field: String, letters: String, defaults: [(field: String, value: String)])] = []
  /// The columns without which a row is nothing for the knowledge base, such as a licence that never ends.
  public var needs: [String] = []
  public var kind: String?

  /// In `values`, every other word.
  static let anyWord = "*"
  /// The column of the ids.
  public static let id = "id"
  static let ignored: Set<String> = ["kind", "path", "kb.commit"]

  /// Proposes targets: by field name, then by label in either language and by German key, nested ones also by their last part, then by
  /// what these are called in a list of the kind, such as `Vertragsname`.
  ///
  /// `isExported`: the headings are those of an export, where every other name is that of another kind's field.
  public init(proposedFor headings: [String], kind: Kind, _ columns: [RecordColumn], isExported: Bool = false) {
    self.kind = kind.id
    var found: [Int: String] = [:]
    var taken: Set<String> = []
    // What is called exactly like a field is that field, wherever it is in the sheet.
    for closeness in isExported ? [Closeness.exact] : Closeness.allCases {
      for (number, heading) in headings.enumerated() where found[number] == nil {
        guard let target = ColumnMapping.target(of: heading, columns, kind, closeness),
          taken.insert(target).inserted
        else { continue }
        found[number] = target
      }
    }
    targets = headings.enumerated().map { Target(heading: $1, column: found[$0]) }
  }

  /// How much a heading must be like a field's names.
  private enum Closeness: CaseIterable { case exact, called, loose }

  private static func target(
    of heading: String, _ columns: [RecordColumn], _ kind: Kind, _ closeness: Closeness
  ) -> String? {
    let name = heading.trimmed
    guard !name.isEmpty, !ignored.contains(name) else { return nil }
    switch closeness {
    case .exact: return name == id ? id : columns.first { $0.name == name }?.name
    case .called:
      if ["kennung", "kb-id"].contains(name.lowercased()) { return id }
      let folded = FieldDeclaration.folded(name)
      // The amount is what people mean by the price.
      return column(columns.filter { [nil, "amount"].contains($0.moneyPart) }) { FieldDeclaration.folded($0) == folded }
    case .loose: return looseTarget(of: name, columns, kind)
    }
  }

  /// The first column, those of the record itself before nested ones, one of whose names fits.
  private static func column(_ columns: [RecordColumn], where fits: (String) -> Bool) -> String? {
    func isMeant(_ column: RecordColumn) -> Bool {
      let part = column.moneyPart.flatMap { $0 == "amount" ? nil : FieldDeclaration.money.named($0) }
      guard let declaration = part ?? column.declaration else { return false }
      return ([declaration.name] + declaration.aliases + [declaration.label.german, declaration.label.english])
        .contains(where: fits)
    }
    return columns.first { $0.path.count == 1 && isMeant($0) }?.name ?? columns.first(where: isMeant)?.name
  }

  /// What a heading means whose letters are a field's names, alone or after the name of the kind: "Server" and "Servername" in a list
  /// of servers are the title, "Vertragsnummer" is the number of a contract.
  private static func looseTarget(of heading: String, _ columns: [RecordColumn], _ kind: Kind) -> String? {
    let written = letters(heading)
    guard !written.isEmpty else { return nil }
    let own = [kind.label.german, kind.label.english, kind.plural.german, kind.plural.english].map(letters)
    if titles.contains(written) || own.contains(written) { return "title" }
    var names = [written]
    for prefix in own where written.hasPrefix(prefix) && !prefix.isEmpty {
      let rest = String(written.dropFirst(prefix.count))
      names += [rest] + ["s", "es", "n"].filter(rest.hasPrefix).map { String(rest.dropFirst($0.count)) }
    }
    for name in names where !name.isEmpty {
      if titles.contains(name) { return "title" }
      if let found = column(columns, where: { letters($0) == name }) { return found }
    }
    return nil
  }

  /// What people call the column of the names.
  private static let titles: Set<String> = ["title", "titel", "name", "bezeichnung", "benennung"]

  /// Reads a mapping that somebody keeps.
  public init(_ file: SourceFile, headings: [String], _ columns: (String?) -> [RecordColumn]) throws(EditRefusal) {
    let yaml = YAMLFile(parsing: file)
    guard let root = yaml.root, yaml.diagnostics.isEmpty else {
      throw EditRefusal(
        Message(
          de:
            "\(code: file.path) ist nicht lesbar: \(yaml.diagnostics.first?.message ?? Message(de: "leer", en: "empty"))",
          en: "\(code: file.path) can't be read: \(yaml.diagnostics.first?.message ?? Message(de: "leer", en: "empty"))"
        ))
    }
    kind = root["kind"]?.scalar
    let columns = columns(kind)
    let known = Set(columns.map(\.name) + [ColumnMapping.id])
    var byHeading: [String: Named] = [:]
    var byLetters: [String: Named] = [:]
    for entry in root["columns"]?.mapping ?? [] {
      guard let target = entry.value.scalar, !entry.value.isEmpty, target != "-" else { continue }
      guard known.contains(target) else {
        throw EditRefusal(
          NearMiss(target, among: known.sorted()).asked(
            after: Message(
              de: "\(code: file.path) ordnet \(name: entry.key) einem Feld zu, das es nicht gibt: \(code: target)",
              en: "\(code: file.path) maps \(name: entry.key) to a field that does not exist: \(code: target)")))
      }
      let named = (target: target, place: byHeading.count)
      byHeading[entry.key.trimmed.lowercased()] = named
      byLetters[ColumnMapping.letters(entry.key)] = byLetters[ColumnMapping.letters(entry.key)] ?? named
    }
    targets = ColumnMapping.targets(of: headings, byHeading, byLetters)
    for entry in root["values"]?.mapping ?? [] {
      for word in entry.value.mapping ?? [] {
        values[entry.key, default: [:]][word.key.lowercased()] = word.value.scalar ?? ""
      }
    }
    needs = root["needs"]?.sequence?.compactMap(\.scalar) ?? []
    defaults = ColumnMapping.defaults(root["defaults"])
    for field in root["contains"]?.mapping ?? [] {
      for letters in field.value.mapping ?? [] {
        contains.append((field.key, letters.key.lowercased(), ColumnMapping.defaults(letters.value)))
      }
    }
  }

  private static func defaults(_ node: YAMLNode?) -> [(field: String, value: String)] {
    (node?.mapping ?? []).compactMap { entry in entry.value.scalar.map { (entry.key, $0) } }
  }

  /// What a new record has beside the columns, by what its cells say.
  func defaults(by cell: (String) -> String) -> [(field: String, value: String)] {
    let special = contains.filter { cell($0.field).lowercased().contains($0.letters) }.flatMap(\.defaults)
    return special + defaults.filter { standard in !special.contains { $0.field == standard.field } }
  }

  /// The field that a mapping gives a heading, and the heading's place in the mapping.
  private typealias Named = (target: String, place: Int)

  /// The targets of headings: those that are called like in the mapping, and those that differ in nothing but case, spaces and
  /// signs, as `UserPrincipalName` and `User principal name *` do.
  ///
  /// Several columns may be the same field, in the order of the mapping: many devices have an inventory number and no name.
  private static func targets(
    of headings: [String], _ byHeading: [String: Named], _ byLetters: [String: Named]
  ) -> [Target] {
    let found = headings.map { byHeading[$0.trimmed.lowercased()] ?? byLetters[letters($0)] }
    var turns = [Int](repeating: 0, count: headings.count)
    let columns = headings.indices.filter { found[$0] != nil }
    for (_, same) in Dictionary(grouping: columns, by: { found[$0]?.target ?? "" }) {
      let order = same.sorted { (found[$0]?.place ?? 0, $0) < (found[$1]?.place ?? 0, $1) }
      for (turn, column) in order.enumerated() { turns[column] = turn }
    }
    return headings.indices.map { Target(heading: headings[$0], column: found[$0]?.target, turn: turns[$0]) }
  }

  /// The letters and digits of a heading in lower case, without what is in brackets: the words of one export differ in
  /// spaces, hyphens and signs from one version to the next.
  public static func letters(_ heading: String) -> String {
    var depth = 0
    var letters = ""
    for character in heading.lowercased() {
      switch character {
      case "(", "[": depth += 1
      case ")", "]": depth = max(0, depth - 1)
      default: if depth == 0, character.isLetter || character.isNumber { letters.append(character) }
      }
    }
    return letters
  }

  /// The mapping as a file to edit and keep.
  public var text: String {
    var lines = ["# Spalte: Feld; \"-\" übernimmt die Spalte nicht. Column: field; \"-\" leaves the column out."]
    if let kind { lines.append("kind: \(kind)") }
    lines.append("columns:")
    for target in targets where !target.heading.isEmpty && !ColumnMapping.ignored.contains(target.heading) {
      lines.append("  \(YAMLScalar.written(target.heading, in: .flow)): \(target.column ?? "\"-\"")")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
