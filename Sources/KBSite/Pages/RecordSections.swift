internal import KBCatalog
internal import KBDocument
internal import KBSource

/// The sections of a record's page beside its body: facts, tables, relations.
extension Site {
  /// A section with a heading.
  struct Section {
    let title: String
    let anchor: String
    let content: HTML

    var contents: MarkdownRenderer.Contents { .init(text: title, anchor: anchor, level: 2) }

    func write(_ html: inout HTML) {
      html.element(.section, .class("sec")) { html in
        html.element(.h2, .id(anchor), text: title)
        html.append(content)
      }
    }
  }

  /// A record shows its facts before its body; a runbook shows its steps first.
  func sections(of record: Record, isRunbook: Bool) -> (before: [Section], behind: [Section]) {
    let reserved = Set(record.document.body.headings.map(\.anchor))
    func section(_ title: Message, _ anchor: String, _ content: HTML?) -> Section? {
      guard let content, !content.bytes.isEmpty else { return nil }
      return Section(
        title: words(title), anchor: reserved.contains(anchor) ? PageID.own(anchor) : anchor, content: content)
    }
    let facts = section(Words.facts, "eckdaten", self.facts(of: record))
    let diagram = section(Words.surroundings, "umfeld", surroundings(of: record))
    let relations = section(Words.relations, "beziehungen", self.relations(of: record))
    let tables = self.tables(of: record).compactMap { section($0.title, $0.anchor, $0.content) }
    let links = section(Words.links, "adressen", self.links(of: record))
    let symptoms = section(Words.messages, "meldungen", self.symptoms(of: record))
    let needed = section(Words.neededAccess, "zugaenge", neededAccesses(of: record))
    let escalation = section(Words.escalation, "eskalationsstellen", escalations(of: record))
    if isRunbook {
      return (
        [symptoms].compactMap(\.self),
        [escalation, needed].compactMap(\.self) + tables + [links, facts, relations].compactMap(\.self)
      )
    }
    // Many relations would push the text out of sight.
    let isTall = relationCount(of: record) > Site.tallRelations
    let before = [links, facts].compactMap(\.self) + tables + [escalation, diagram].compactMap(\.self)
    // Of a system one asks first what it hangs on; of anything else, what its text says.
    let comesFirst = record.kind.behaviour == .system && !isTall
    return comesFirst ? (before + [relations].compactMap(\.self), []) : (before, [relations].compactMap(\.self))
  }

  /// More relations on one side than this stand below each other, in columns.
  private static let tallRelations = 40

  // MARK: Facts

  /// A fact: its label and what writes it.
  private struct Fact {
    let label: String
    let value: Value
    let declaration: FieldDeclaration
  }

  private func facts(of record: Record) -> HTML? {
    var groups: [(title: String, facts: [Fact])] = []
    let traits = Set(record.kind.traits)
    for group in record.kind.groups {
      let declared = record.kind.fields.filter {
        $0.group == group.id && !traits.contains($0.name) && !isToldElsewhere($0, record)
      }
      let facts =
        declared.flatMap { self.facts($0, in: record) }
        + (declared.contains { $0.role == .end } ? termFacts(of: record) : [])
      if !facts.isEmpty { groups.append((words(group.label), facts)) }
    }
    let known = Set(record.kind.groups.map(\.id))
    let others = record.kind.fields.filter { field in
      !field.isHidden && !traits.contains(field.name) && field.group.map { !known.contains($0) } ?? true
        && !isToldElsewhere(field, record) && field.role != .audience && field.role != .criticality
    }.flatMap { self.facts($0, in: record) }
    let extras = record.extras.filter { record.isDescribed || $0.key.hasPrefix("x-") }
    guard !groups.isEmpty || !others.isEmpty || !extras.isEmpty else { return nil }
    var html = HTML(capacity: 2048)
    html.element(.div, .class("facts")) { html in
      for (title, facts) in groups { self.factGroup(&html, title, facts, []) }
      if !others.isEmpty || !extras.isEmpty { self.factGroup(&html, self.words(Words.furtherFacts), others, extras) }
    }
    return html
  }

  /// Whether the page says it in a place of its own: the crumbs, a section, or the relations, when they are many.
  private func isToldElsewhere(_ field: FieldDeclaration, _ record: Record) -> Bool {
    switch field.role {
    case .category, .symptoms: return true
    case .needsAccess: return record.kind.behaviour == .runbook
    default: break
    }
    guard case .list(let element) = field.type, case .reference = element.type else { return field.isOnlyRelation }
    return record.fields.first { $0.declaration === field }?.value.list?.count ?? 0 > 3
  }

  private func factGroup(_ html: inout HTML, _ title: String, _ facts: [Fact], _ extras: [YAMLNode.Entry]) {
    // Sentences need room: a group of them takes the whole width.
    let lengths = facts.map { roughLength($0.value) } + extras.map { plainText($0.value).count }
    let isWide = lengths.count { $0 > 60 } >= 2 || lengths.reduce(0, +) > 300
    html.element(.section, .class(isWide ? "wide-group" : "")) { html in
      html.element(.h3, text: title)
      html.element(.dl) { html in
        for fact in facts {
          html.element(.div) { html in
            html.element(.dt, text: fact.label)
            html.element(.dd) { self.write(&$0, fact.value, fact.declaration, depth: 1) }
          }
        }
        for extra in extras {
          html.element(.div) { html in
            html.element(.dt, text: extra.key)
            html.element(.dd, text: self.plainText(extra.value))
          }
        }
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
  private func termFacts(of record: Record) -> [Fact] {
    guard let next = ContractTerm(record: record).next(on: catalog.today) else { return [] }
    return [(Words.nextEnd, next.termEnd), (Words.cancelBy, next.cancelBy)].map { label, day in
      Fact(label: words(label), value: Value(.date(day), .start), declaration: FieldDeclaration(name: "", type: .date))
    }
  }

  /// An object becomes a fact for each of its fields; a list of objects is a table elsewhere.
  private func facts(_ declaration: FieldDeclaration, in record: Record) -> [Fact] {
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

  private func plainText(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let text, _): text
    case .sequence(let nodes): nodes.map(plainText).joined(separator: ", ")
    case .mapping(let entries): entries.map { "\($0.key): \(plainText($0.value))" }.joined(separator: ", ")
    }
  }

  // MARK: Tables

  /// Lists of objects, a table each.
  private func tables(of record: Record) -> [(title: Message, anchor: String, content: HTML)] {
    var tables: [(Message, String, HTML)] = []
    for field in record.fields where field.declaration.isTable && field.declaration.role != .links {
      let rows = (field.value.list ?? []).filter { $0.fields?.isEmpty == false }
      guard !rows.isEmpty, !(record.kind.behaviour == .runbook && field.declaration.holdsEscalation) else { continue }
      let columns = field.declaration.members.filter { column in
        rows.contains { $0.fields?.contains { $0.declaration === column } ?? false }
      }
      var html = HTML(capacity: 2048)
      html.element(.table, .class("stack")) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            for column in columns { html.element(.th, .scope("col"), text: self.words(column.label)) }
          }
        }
        html.element(.tbody) { html in
          for row in rows {
            let isOver = row.value(.holderUntil)?.date.map { $0 < self.catalog.today } ?? false
            html.open(.tr, isOver ? [.class("gone")] : [])
            for (index, column) in columns.enumerated() {
              // On a phone the cells stand below each other and name their columns.
              html.open(index == 0 ? .th : .td, index == 0 ? [.scope("row")] : [.data("label", words(column.label))])
              if let value = row.fields?.first(where: { $0.declaration === column })?.value {
                self.write(&html, value, column, depth: 1)
              }
              html.close(index == 0 ? .th : .td)
            }
            html.close(.tr)
          }
        }
      }
      tables.append((field.declaration.label, "feld-\(field.declaration.name)", html))
    }
    return tables
  }

  private func links(of record: Record) -> HTML? {
    let links = record.values(.links)
    guard !links.isEmpty else { return nil }
    var html = HTML(capacity: 2048)
    html.element(.ul, .class("rows")) { html in
      for link in links {
        guard let text = link["url"]?.text, let address = Address.external(text) else { continue }
        html.element(.li) { html in
          html.element(.span, .class("key"), text: link["type"]?.choice.map { self.words($0.label) } ?? "")
          html.element(.div) { html in
            html.element(.a, .href(address), .rel("noopener noreferrer"), text: link["title"]?.text ?? text)
          }
        }
      }
    }
    return html
  }

  private func symptoms(of record: Record) -> HTML? {
    let symptoms = record.values(.symptoms).compactMap(\.text)
    guard !symptoms.isEmpty else { return nil }
    var html = HTML(capacity: 2048)
    html.element(.ul, .class("symptoms")) { html in
      for symptom in symptoms { html.element(.li) { $0.element(.code, text: symptom) } }
    }
    return html
  }

  private func neededAccesses(of record: Record) -> HTML? {
    let accesses = catalog.records(.needsAccess, of: record).filter(map.isPublished)
    guard !accesses.isEmpty else { return nil }
    var html = HTML(capacity: 2048)
    html.element(.table) { html in
      html.element(.thead) { html in
        html.element(.tr) { html in
          html.element(.th, .scope("col"), text: self.words(Words.access))
          html.element(.th, .scope("col"), text: self.words(Words.whoHasIt))
        }
      }
      html.element(.tbody) { html in
        for access in accesses {
          html.element(.tr) { html in
            html.element(.th, .scope("row")) { html in
              self.link(&html, to: access, depth: 1)
              if let mfa = access.choice(.mfa) {
                html.element(.span, .class("what"), text: "MFA \(self.words(mfa.label))")
              }
            }
            html.element(.td) { html in
              let holders = self.currentHolders(of: access)
              if holders.isEmpty { html.text(self.words(Words.nobody)) }
              for (index, holder) in holders.enumerated() {
                if index > 0 { html.text(", ") }
                self.link(&html, to: holder.record, depth: 1)
              }
              if let secret = access.value(.secret)?.text {
                html.element(.span, .class("what")) { html in
                  html.text("\(self.words(Words.secretIn)) ")
                  html.element(.code, text: secret)
                }
              }
            }
          }
        }
      }
    }
    return html
  }

  /// Whom to escalate to, when, and their number.
  private func escalations(of record: Record) -> HTML? {
    guard let field = record.fields.first(where: { $0.declaration.holdsEscalation }), record.kind.behaviour == .runbook
    else { return nil }
    let lines = (field.value.list ?? []).compactMap { line -> (Record, Value)? in
      line.value(.escalation)?.reference.flatMap { catalog.record($0) }.map { ($0, line) }
    }.filter { map.isPublished($0.0) }
    guard !lines.isEmpty else { return nil }
    let systems = catalog.records(.handles, of: record)
    var html = HTML(capacity: 2048)
    html.element(.table, .class("stack")) { html in
      html.element(.thead) { html in
        html.element(.tr) { html in
          for word in [Words.whom, Words.when, Words.phone] { html.element(.th, .scope("col"), text: self.words(word)) }
        }
      }
      html.element(.tbody) { html in
        for (target, line) in lines {
          let contact = self.contact(of: target, for: systems.first)
          html.element(.tr) { html in
            html.element(.th, .scope("row")) { html in
              self.link(&html, to: target, depth: 1)
              if let note = contact?.note { html.element(.span, .class("what"), text: note) }
            }
            html.element(.td, text: line["when"].map(self.plainText) ?? "")
            html.element(.td) { html in if let contact { self.phone(&html, contact.phone) } }
          }
        }
      }
    }
    return html
  }

  // MARK: Relations

  /// How many relations the longer side has.
  private func relationCount(of record: Record) -> Int {
    max(
      grouped(catalog.relations(from: record), isForward: true).reduce(0) { $0 + $1.entries.count },
      grouped(catalog.relations(to: record), isForward: false).reduce(0) { $0 + $1.entries.count })
  }

  private func relations(of record: Record) -> HTML? {
    let forward = grouped(catalog.relations(from: record), isForward: true)
    let inverse = grouped(catalog.relations(to: record), isForward: false)
    guard !forward.isEmpty || !inverse.isEmpty else { return nil }
    var html = HTML(capacity: 2048)
    // Long lists take the whole width.
    let isWide = (forward + inverse).contains { isLong($0.entries) }
    let isTall = [forward, inverse].contains { $0.reduce(0) { $0 + $1.entries.count } > Site.tallRelations }
    html.element(.div, .class(isWide ? "rels wide-lists" : isTall ? "rels tall" : "rels")) { html in
      self.relationList(&html, "\(record.title) …", forward)
      self.relationList(&html, self.words(Words.inverse), inverse)
    }
    return html
  }

  /// Relations under their names, in the order of their first appearance; mentions last.
  private func grouped(_ relations: [Relation], isForward: Bool) -> [(name: String, entries: [(Record, String?)])] {
    var groups: [(name: String, entries: [(Record, String?)])] = []
    var numbers: [String: Int] = [:]
    // Most relations come from a field that came before: its number is known without its name.
    var numbersOfFields: [ObjectIdentifier?: Int] = [:]
    // A record stands once under a name, unless its lines say different things.
    var plain: [Set<Int>] = []
    // A mention says nothing new about a record that a field already names.
    let named = Set(relations.filter { !$0.isMention }.map { isForward ? $0.target : $0.source })
    for relation in relations.filter({ !$0.isMention }) + relations.filter(\.isMention) {
      let other = catalog.records[isForward ? relation.target : relation.source]
      guard map.isPublished(other), !(relation.isMention && named.contains(other.index)) else { continue }
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

  private func shortList(_ html: inout HTML, _ entries: [(Record, String?)]) {
    html.element(.ul) { html in
      for (record, note) in entries {
        html.element(.li) { html in
          self.link(&html, to: record, depth: 1)
          if let note {
            html.text(" ")
            html.element(.span, .class("muted"), text: note)
          }
        }
      }
    }
  }

  /// A list of more than this would be a column of its own to scroll.
  private func isLong(_ entries: [(Record, String?)]) -> Bool {
    entries.count > 9 && entries.allSatisfy { $0.1 == nil }
  }

  /// Many records as running text, a line a kind, the critical ones first.
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
        html.element(.b, text: "\(self.words(kind.plural)) \(self.format.integer(members.count)) ")
        for (index, record) in ordered.enumerated() {
          if index > 0 { html.text(", ") }
          self.link(&html, to: record, depth: 1)
        }
      }
    }
  }

  private func relationList(
    _ html: inout HTML, _ title: String, _ groups: [(name: String, entries: [(Record, String?)])]
  ) {
    guard !groups.isEmpty else { return }
    html.element(.section) { html in
      html.element(.h3, text: title)
      html.element(.dl) { html in
        for group in groups {
          html.element(.div) { html in
            html.element(.dt, text: group.name)
            html.element(.dd) { html in
              if self.isLong(group.entries) {
                self.longList(&html, group.entries)
              } else {
                self.shortList(&html, group.entries)
              }
            }
          }
        }
      }
    }
  }
}

extension FieldDeclaration {
  /// Whether it is a list of lines with several facts each.
  var isTable: Bool {
    guard case .list(let element) = type, case .object = element.type else { return false }
    return !isOnlyRelation
  }

  /// Whether its lines are little more than a reference: the relations say it all.
  var isOnlyRelation: Bool {
    guard case .list(let element) = type else { return false }
    guard case .object(let members, let shorthand) = element.type, let shorthand, members.count <= 3 else {
      return false
    }
    let isReference =
      members.first { $0.name == shorthand }.map { if case .reference = $0.type { true } else { false } } ?? false
    return isReference && !holdsEscalation
  }

  /// Whether its lines name whom to escalate to.
  var holdsEscalation: Bool { members.contains { $0.role == .escalation } }
}
