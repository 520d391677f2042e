import KBCatalog
import KBDocument
import KBSource

/// Lists of a record that are tables and rows: links, messages, accesses, whom to escalate to.
extension Site {
  /// Lists of objects, a table each.
  func tables(of record: Record) -> [(title: Message, anchor: String, content: HTML)] {
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
                // Short values stay on one line: ">= 95" and "P1" are read at a glance.
                let isShort =
                  column.type.isMarkdown
                  ? false : value.text.map { $0.utf8.count <= ($0.contains(" ") ? 8 : 14) } ?? false
                if isShort { html.open(.span, [.class("nb")]) }
                self.write(&html, value, column, depth: 1)
                if isShort { html.close(.span) }
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

  func links(of record: Record) -> HTML? {
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

  func symptoms(of record: Record) -> HTML? {
    let symptoms = record.values(.symptoms).compactMap(\.text)
    guard !symptoms.isEmpty else { return nil }
    var html = HTML(capacity: 2048)
    html.element(.ul, .class("symptoms")) { html in
      for symptom in symptoms { html.element(.li) { $0.element(.code, text: symptom) } }
    }
    return html
  }

  func neededAccesses(of record: Record) -> HTML? {
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
  func escalations(of record: Record) -> HTML? {
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
