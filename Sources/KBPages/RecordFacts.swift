import KBAnswers
import KBCatalog
import KBDocument
import KBMarkup
import KBSchema
import KBSource
import KBYAML

/// The facts of a record: its fields, in the groups of its kind.
struct RecordFacts: Page {
  let context: PageContext
  let record: Record

  /// A fact: its label and what writes it.
  private struct Fact {
    let label: String
    let value: Value
    let declaration: FieldDeclaration
  }

  func write(_ html: inout HTML) {
    var groups: [(title: String, facts: [Fact])] = []
    let traits = Set(record.kind.traits)
    for group in record.kind.groups {
      let declared = record.kind.fields.filter {
        $0.group == group.id && !traits.contains($0.name) && !isToldElsewhere($0)
      }
      let facts =
        declared.flatMap(facts) + (declared.contains { $0.role == .end } ? termFacts : [])
        + declared.flatMap(inheritedFacts)
      if !facts.isEmpty { groups.append((words(group.label), facts)) }
    }
    let known = Set(record.kind.groups.map(\.id))
    let others = record.kind.fields.filter { field in
      !field.isHidden && !traits.contains(field.name) && field.group.map { !known.contains($0) } ?? true
        && !isToldElsewhere(field) && field.role != .audience && field.role != .criticality
    }.flatMap(facts)
    let extras = record.extras.filter { record.isDescribed || $0.key.hasPrefix("x-") }
    guard !groups.isEmpty || !others.isEmpty || !extras.isEmpty else { return }
    html.element(.div, .class("facts")) { html in
      var all = groups.map { (title: $0.title, facts: $0.facts, extras: [YAMLNode.Entry]()) }
      if !others.isEmpty || !extras.isEmpty {
        // "Further" facts need others that they come after.
        all.append((groups.isEmpty ? "" : words(Words.furtherFacts), others, extras))
      }
      // Those that take the whole width come last, so that the others are beside each other.
      for group in all where !isWide(group.facts, group.extras) {
        factGroup(&html, group.title, group.facts, group.extras, isWide: false)
      }
      for group in all where isWide(group.facts, group.extras) {
        factGroup(&html, group.title, group.facts, group.extras, isWide: true)
      }
    }
  }

  /// The fields that the facts and the traits show, with what they consist of.
  var shown: Set<ObjectIdentifier> {
    let traits = Set(record.kind.traits)
    var shown: Set<ObjectIdentifier> = []
    func add(_ field: FieldDeclaration) {
      guard shown.insert(ObjectIdentifier(field)).inserted else { return }
      if case .list(let element) = field.type { add(element) }
      field.members.forEach(add)
    }
    for field in record.kind.fields where traits.contains(field.name) || !isToldElsewhere(field) && !field.isTable {
      add(field)
    }
    return shown
  }

  /// Whether the page says it in a place of its own: the crumbs, a section, or the relations, when they are many.
  private func isToldElsewhere(_ field: FieldDeclaration) -> Bool {
    switch field.role {
    case .category, .symptoms: return true
    case .needsAccess: return record.kind.behaviour == .runbook
    default: break
    }
    guard case .list(let element) = field.type, case .reference = element.type else { return field.isOnlyRelation }
    return record.fields.first { $0.declaration === field }?.value.list?.count ?? 0 > 3
  }

  /// Sentences need room: a group of them takes the whole width.
  private func isWide(_ facts: [Fact], _ extras: [YAMLNode.Entry]) -> Bool {
    let lengths = facts.map { roughLength($0.value) } + extras.map { $0.value.written.count }
    return lengths.count { $0 > 60 } >= 2 || lengths.reduce(0, +) > 300
  }

  private func factGroup(
    _ html: inout HTML, _ title: String, _ facts: [Fact], _ extras: [YAMLNode.Entry], isWide: Bool
  ) {
    html.element(.section, .class(isWide ? "wide-group" : "")) { html in
      if !title.isEmpty { html.element(.h3, text: title) }
      html.element(.dl) { html in
        for fact in facts { html.entry(fact.label) { write(&$0, fact.value, fact.declaration, depth: 1) } }
        for extra in extras { html.entry(extra.key) { $0.text(answers.omission.value(extra.value.written)) } }
      }
    }
  }

  /// About how many letters a value takes.
  private func roughLength(_ value: Value) -> Int {
    switch value.content {
    case .text(let text), .invalid(let text): text.utf8.count
    case .list(let elements): elements.reduce(0) { $0 + roughLength($1) + 2 }
    case .object(let fields): fields.reduce(0) { $0 + roughLength($1.value) + 2 }
    case .reference: 18
    default: 10
    }
  }

  /// What follows from a contract's dates: its next end, and the day to cancel by.
  private var termFacts: [Fact] {
    var days: [(Message, CalendarDate)] = []
    if let next = answers.cancelBy(of: record) {
      days = [(Words.nextEnd, next.termEnd), (Words.cancelBy, next.cancelBy)]
    }
    if let rolling = answers.rolling(record) { days.append((Words.cancelledToday, rolling.end)) }
    return days.map { label, day in
      Fact(label: words(label), value: Value(.date(day), .start), declaration: FieldDeclaration(name: "", type: .date))
    }
  }

  /// The protection that a system does not say itself, and needs since another one depends on it.
  private func inheritedFacts(_ declaration: FieldDeclaration) -> [Fact] {
    declaration.members.compactMap { member in
      guard let role = member.role, InheritedProtection.roles.contains(role), record.value(role) == nil,
        let inherited = context.inheritedProtection(of: record, role)
      else { return nil }
      let origin = catalog.records[inherited.origin]
      let text = words(
        answers.isPublished(origin)
          ? Words.inheritedFrom(words(inherited.level.label), origin.title)
          : Words.inherited(words(inherited.level.label)))
      return Fact(
        label: words(member.label), value: Value(.text(text), .start),
        declaration: FieldDeclaration(name: "", type: .text))
    }
  }

  /// An object becomes a fact for each of its fields; a list of objects is a table elsewhere.
  private func facts(_ declaration: FieldDeclaration) -> [Fact] {
    guard let field = record.fields.first(where: { $0.declaration === declaration }), !declaration.isHidden else {
      return []
    }
    if declaration.isTable || declaration.isOnlyRelation { return [] }
    if case .object = declaration.type, let members = field.value.fields {
      return members.filter { !$0.value.isInvalid && !$0.declaration.isTable }.map { member in
        Fact(label: words(member.declaration.label), value: member.value, declaration: member.declaration)
      }
    }
    return [Fact(label: words(declaration.label), value: field.value, declaration: declaration)]
  }
}
