import KBAnswers
import KBCatalog
import KBDocument
import KBMarkup
import KBSchema
import KBSource

/// The records under the name of a relation, each with what the line says beside it.
private typealias RelationGroup = (name: String, entries: [(Record, String?)])

/// The relations of a record both ways, under their names.
struct RecordRelations: Page {
  let context: PageContext
  let record: Record
  /// The records that it points to, and those that point to it.
  private let forward: [RelationGroup]
  private let inverse: [RelationGroup]

  /// `told`: the fields that the page shows elsewhere.
  init(context: PageContext, record: Record, told: Set<ObjectIdentifier>) {
    (self.context, self.record) = (context, record)
    let grouping = RelationGrouping(context: context)
    // What a table of the page names is not named again.
    let inTables = record.kind.fields.filter { $0.isTable && !$0.holdsEscalation }.flatMap(\.members)
    let told = told.union(inTables.map { ObjectIdentifier($0) })
    let forward = context.answers.catalog.relations(from: record).filter { relation in
      relation.declaration.map { !told.contains(ObjectIdentifier($0)) } ?? true
    }
    self.forward = grouping.grouped(forward, isForward: true)
    // Whoever can hold an access has a section about it.
    let holds = [.person, .team, .provider].contains(record.kind.behaviour)
    let inverse = context.answers.catalog.relations(to: record).filter { !(holds && $0.role == .holder) }
    self.inverse = grouping.grouped(inverse, isForward: false)
  }

  /// Whether one side has so many that they are below each other, in columns.
  private var isTall: Bool { [forward, inverse].contains { $0.reduce(0) { $0 + $1.entries.count } > 40 } }

  func write(_ html: inout HTML) {
    guard !forward.isEmpty || !inverse.isEmpty else { return }
    // Long lists take the whole width.
    let isWide = (forward + inverse).contains { isLong($0.entries) }
    html.element(.div, .class(isWide ? "rels wide-lists" : isTall ? "rels tall" : "rels")) { html in
      relationList(&html, "\(record.title) …", forward)
      relationList(&html, words(Words.inverse), inverse)
    }
  }

  private func shortList(_ html: inout HTML, _ entries: [(Record, String?)]) {
    html.list("", entries) { html, entry in
      link(&html, to: entry.0, depth: 1)
      if let note = entry.1 {
        html.text(" ")
        html.element(.span, .class("muted"), text: note)
      }
    }
  }

  /// A list of more than this would be a column of its own to scroll.
  private func isLong(_ entries: [(Record, String?)]) -> Bool {
    entries.count > 9 && entries.allSatisfy { $0.1 == nil }
  }

  /// Many records as running text, one line per kind, the critical ones first.
  private func longList(_ html: inout HTML, _ entries: [(Record, String?)]) {
    for kind in catalog.schema.kinds {
      let members = entries.map(\.0).filter { $0.kind === kind }
      guard !members.isEmpty else { continue }
      let ordered = members.enumerated().sorted { left, right in
        let (first, second) = (
          left.element.choice(.criticality)?.rank ?? 0, right.element.choice(.criticality)?.rank ?? 0
        )
        return first == second ? left.offset < right.offset : first > second
      }.map(\.element)
      html.element(.p, .class("run-in")) { html in
        html.element(.b, text: "\(words(kind.plural)) \(format.integer(members.count)) ")
        html.joined(ordered) { link(&$0, to: $1, depth: 1) }
      }
    }
  }

  private func relationList(_ html: inout HTML, _ title: String, _ groups: [RelationGroup]) {
    guard !groups.isEmpty else { return }
    html.element(.section) { html in
      html.element(.h3, text: title)
      html.element(.dl) { html in
        for group in groups {
          html.entry(group.name) { html in
            if isLong(group.entries) { longList(&html, group.entries) } else { shortList(&html, group.entries) }
          }
        }
      }
    }
  }
}

/// Relations under their names, with what their lines say beside the reference.
private struct RelationGrouping: Page {
  let context: PageContext

  /// Relations under their names, in the order of their first appearance; mentions last.
  func grouped(_ relations: [Relation], isForward: Bool) -> [RelationGroup] {
    var groups: [RelationGroup] = []
    var numbers: [String: Int] = [:]
    // Most relations come from a field that came before: its number is known without its name.
    var numbersOfFields: [ObjectIdentifier?: Int] = [:]
    // A record is listed once under a name, unless its lines say different things.
    var plain: [Set<Int>] = []
    // A mention says nothing new about a record that a field already names.
    let named = Set(relations.filter { !$0.isMention }.map { isForward ? $0.target : $0.source })
    for relation in relations.filter({ !$0.isMention }) + relations.filter(\.isMention) {
      let other = catalog.records[isForward ? relation.target : relation.source]
      guard answers.isPublished(other), !(relation.isMention && named.contains(other.index)) else { continue }
      let note = note(on: relation)
      let field = relation.declaration.map { ObjectIdentifier($0) }
      let number: Int
      if let known = numbersOfFields[field] {
        number = known
      } else {
        let name = words(isForward ? relation.names.forward : relation.names.inverse)
        number = numbers[name] ?? groups.count
        if number == groups.count {
          numbers[name] = number
          groups.append((name, []))
          plain.append([])
        }
        numbersOfFields[field] = number
      }
      if note == nil, !plain[number].insert(other.index).inserted { continue }
      groups[number].entries.append((other, note))
    }
    return groups
  }

  /// What the line says beside the reference: strength, note, until when.
  private func note(on relation: Relation) -> String? {
    guard let fields = relation.context?.fields else { return nil }
    let parts = fields.compactMap { field -> String? in
      guard field.declaration !== relation.declaration, field.value.fields == nil, field.value.reference == nil else {
        return nil
      }
      if field.declaration.role == .dependencyStrength, field.value.choice?.value == field.declaration.defaultText {
        return nil
      }
      guard relation.context?.fields?.count ?? 0 <= 5 else { return nil }
      if relation.role == .holder, field.declaration.role != .holderUntil { return nil }
      let text = plainText(field.value)
      return field.declaration.role == .holderUntil ? "\(words(Words.until).lowercased()) \(text)" : text
    }
    let isObjectField =
      relation.declaration.map { [.backupBy, .signIn, .patchBy, .replacedBy].contains($0.role) } ?? false
    return parts.isEmpty || isObjectField ? nil : parts.joined(separator: ", ")
  }
}
