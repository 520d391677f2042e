import KBCatalog
import KBDocument
import KBSchema
import KBSheet
import KBSource
import KBYAML

/// Rows that make new records.
extension SheetImport {
  mutating func create(_ row: Row, id given: String, title: String, _ plan: inout ImportPlan) {
    let (cells, line) = (row.cells, row.line)
    let title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard let id = coming[line] else {
      plan.fault(
        line,
        Message(
          de: "aus \(name: title) lässt sich keine Kennung machen", en: "no id can be made from \(name: title)"))
      return
    }
    var fields: [NewRecordText.Assignment] = []
    var seen: Set<String> = ["title"]
    for (index, column) in columns where !seen.contains(column.field) {
      seen.insert(column.field)
      guard let text = text(of: cells[index], column, line, &plan, unless: .text("")) else { continue }
      do throws(EditRefusal) {
        let value = column.moneyPart == nil ? text : try value(of: column.field, [:], cells, nil)
        if !value.isEmpty { fields.append((column.path, column.name, try content(value, column.declaration))) }
      } catch {
        plan.faults.append(.init(line: line, heading: column.field, message: error.message, remedy: error.remedy))
      }
    }
    func cell(_ name: String) -> String {
      columns.first { $0.column.name == name }.map { Table.text(cells[$0.index], .english) } ?? ""
    }
    for (name, value) in mapping.defaults(by: cell)
    where !seen.contains(name) || !fields.contains(where: { $0.name == name }) {
      do throws(EditRefusal) {
        let path = kind.path(named: name) ?? []
        fields.append((path, name, try content(value, path.last)))
      } catch {
        plan.faults.append(.init(line: line, heading: name, message: error.message, remedy: error.remedy))
      }
    }
    let folder = catalog.configuration.folders.first { $0.kind == kind.id }?.folder ?? kind.folder
    let path = RepoPath(normalized: folder == "." ? "\(id).md" : "\(folder)/\(id).md")
    let text = NewRecordText.written(title: title, id: nil, fields, of: kind)
    add(SourceFile(path: path, bytes: Array(text.utf8)), fields, line, &plan)
  }

  /// Adds a new file, unless `kb check` would call something in it wrong; what is only missing can be added later.
  private func add(
    _ file: SourceFile, _ fields: [NewRecordText.Assignment], _ line: Int, _ plan: inout ImportPlan
  ) {
    let document = Document(parsing: file)
    let findings = catalog.record(reading: document).findings
    let wrong = findings.first { finding in
      finding.severity == .error && !["form/missing", "form/undescribed"].contains(finding.rule.code)
    }
    if let wrong {
      let place = wrong.range.lower
      let column = fields.first { field in
        let steps = field.path.isEmpty ? [field.name] : field.path.map(\.name)
        let node = steps.reduce(document.frontMatter) { $0?[$1] }
        return node.map { $0.range.lower <= place && place < max($0.range.upper, $0.range.lower + 1) } ?? false
      }
      plan.faults.append(
        .init(line: line, heading: column?.name ?? "", message: wrong.message, remedy: wrong.remedy))
      return
    }
    plan.changes.create(file)
  }

  private func content(_ value: String, _ declaration: FieldDeclaration?) throws(EditRefusal) -> FieldContent {
    let isStructured = value.hasPrefix("[") && !value.hasPrefix("[[") || value.hasPrefix("{")
    switch declaration?.type {
    case .list?, .object?, .map?, .money?, .any?, nil:
      if isStructured {
        guard let node = FlowText.read(value) else {
          throw EditRefusal(
            Message(de: "\(code: value) ist so nicht lesbar", en: "\(code: value) can't be read"))
        }
        return FieldContent(node)
      }
      if case .list? = declaration?.type {
        return .list(value.split(separator: ",").map { .text(String($0).trimmed) })
      }
      return .text(value)
    default: return .text(value)
    }
  }

  func unusedID(for title: String) -> String {
    let id = RecordID.made(from: title)
    func isFree(_ id: String) -> Bool { !taken.contains(id) && catalog.record(Reference(written: id)) == nil }
    if id.isEmpty || isFree(id) { return id }
    return (2...).lazy.map { "\(id.prefix(58))-\($0)" }.first(where: isFree) ?? id
  }
}
