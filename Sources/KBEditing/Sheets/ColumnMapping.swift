public import KBCatalog
import KBDocument
public import KBSource

/// Which column of a sheet fills which field, and what words in it mean.
public struct ColumnMapping: Sendable {
  /// The target of a column.
  public struct Target: Sendable {
    public let heading: String
    /// `nil` for a column that is not taken over.
    public let column: String?
  }

  public var targets: [Target]
  /// For a field, the words of the sheet and what they stand for.
  public var values: [String: [String: String]] = [:]
  /// What new records have, beside the columns.
  public var defaults: [(field: String, value: String)] = []
  public var kind: String?

  /// The column of the ids.
  public static let id = "id"
  static let ignored: Set<String> = ["kind", "path", "kb.commit"]

  /// Proposes targets: by field name, then by label in either language and by German key, nested ones also by their last part.
  ///
  /// `isExported`: the headings are those of an export, where every other name is that of another kind's field.
  public init(proposedFor headings: [String], kind: Kind, _ columns: [RecordColumn], isExported: Bool = false) {
    self.kind = kind.id
    var found: [Int: String] = [:]
    var taken: Set<String> = []
    // What is called exactly like a field is that field, wherever it is in the sheet.
    for isExact in isExported ? [true] : [true, false] {
      for (number, heading) in headings.enumerated() where found[number] == nil {
        guard let target = ColumnMapping.target(of: heading, columns, isExact: isExact),
          taken.insert(target).inserted
        else { continue }
        found[number] = target
      }
    }
    targets = headings.enumerated().map { Target(heading: $1, column: found[$0]) }
  }

  private static func target(of heading: String, _ columns: [RecordColumn], isExact: Bool) -> String? {
    let name = heading.trimmed
    guard !name.isEmpty, !ignored.contains(name) else { return nil }
    if isExact { return name == id ? id : columns.first { $0.name == name }?.name }
    if ["kennung", "kb-id"].contains(name.lowercased()) { return id }
    let folded = FieldDeclaration.folded(name)
    func fits(_ column: RecordColumn) -> Bool {
      guard let declaration = column.declaration else { return false }
      if let part = column.moneyPart {
        // The amount is what people mean by the price.
        guard part == "amount" else { return false }
      }
      return ([declaration.name] + declaration.aliases + [declaration.label.german, declaration.label.english])
        .contains { FieldDeclaration.folded($0) == folded }
    }
    return columns.first { $0.path.count == 1 && fits($0) }?.name ?? columns.first { fits($0) }?.name
  }

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
    var byHeading: [String: String] = [:]
    for entry in root["columns"]?.mapping ?? [] {
      guard let target = entry.value.scalar, !entry.value.isEmpty, target != "-" else { continue }
      guard known.contains(target) else {
        throw EditRefusal(
          NearMiss(target, among: known.sorted()).asked(
            after: Message(
              de: "\(code: file.path) ordnet \(name: entry.key) einem Feld zu, das es nicht gibt: \(code: target)",
              en: "\(code: file.path) maps \(name: entry.key) to a field that does not exist: \(code: target)")))
      }
      byHeading[entry.key.trimmed.lowercased()] = target
    }
    var taken: Set<String> = []
    targets = headings.map { heading in
      let target = byHeading[heading.trimmed.lowercased()].flatMap { taken.insert($0).inserted ? $0 : nil }
      return Target(heading: heading, column: target)
    }
    for entry in root["values"]?.mapping ?? [] {
      for word in entry.value.mapping ?? [] {
        values[entry.key, default: [:]][word.key.lowercased()] = word.value.scalar ?? ""
      }
    }
    for entry in root["defaults"]?.mapping ?? [] {
      if let value = entry.value.scalar { defaults.append((entry.key, value)) }
    }
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
