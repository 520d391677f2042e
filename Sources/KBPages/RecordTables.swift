import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
import KBSource

/// Lists of a record that are tables and rows: links, messages, accesses, whom to escalate to.
struct RecordTables: Page {
  let context: PageContext
  let record: Record

  /// Its lists of objects, a table each.
  var fields: [FieldTable] {
    record.fields.compactMap { field in
      guard field.declaration.isTable, field.declaration.role != .links else { return nil }
      let rows = (field.value.list ?? []).filter { $0.fields?.isEmpty == false }
      guard !rows.isEmpty, !(record.kind.behaviour == .runbook && field.declaration.holdsEscalation) else { return nil }
      return FieldTable(context: context, declaration: field.declaration, rows: rows)
    }
  }

  func links(_ html: inout HTML) {
    let links = record.values(.links)
    guard !links.isEmpty else { return }
    html.element(.ul, .class("rows")) { html in
      for link in links {
        guard let text = link["url"]?.text, let address = Address.external(text) else { continue }
        html.element(.li) { html in
          html.element(.span, .class("key"), text: link["type"]?.choice.map { words($0.label) } ?? "")
          html.element(.div) { external(&$0, address, link["title"]?.text ?? text) }
        }
      }
    }
  }

  func symptoms(_ html: inout HTML) {
    let symptoms = record.values(.symptoms).compactMap(\.text)
    guard !symptoms.isEmpty else { return }
    html.list("symptoms", symptoms) { $0.element(.code, text: $1) }
  }

  func neededAccesses(_ html: inout HTML) {
    let accesses = answers.records(.needsAccess, of: record)
    guard !accesses.isEmpty else { return }
    html.table("", columns(Words.access, Words.whoHasIt)) { html in
      for access in accesses {
        html.element(.tr) { html in
          html.rowHead { html in
            link(&html, to: access, depth: 1)
            if let mfa = access.choice(.mfa) { html.what("MFA \(words(mfa.label))") }
          }
          html.element(.td) { html in
            let holders = answers.holders(of: access)
            if holders.isEmpty { html.text(words(Words.nobody)) }
            html.joined(holders) { link(&$0, to: $1, depth: 1) }
            if let secret = access.value(.secret)?.text {
              html.element(.span, .class("what")) { html in
                html.text("\(words(Words.secretIn)) ")
                html.element(.code, text: secret)
              }
            }
          }
        }
      }
    }
  }

  /// Whom to escalate to, when, and their number.
  func escalations(_ html: inout HTML) {
    let lines = answers.escalations(of: record)
    guard !lines.isEmpty else { return }
    html.table("stack", columns(Words.whom, Words.when, Words.phone)) { html in
      for (target, condition, contact) in lines {
        html.element(.tr) { html in
          html.rowHead { html in
            link(&html, to: target, depth: 1)
            if let note = contact.flatMap(note) { html.what(note) }
          }
          html.element(.td, text: condition ?? "")
          html.element(.td) { html in if let contact { phone(&html, contact.phone) } }
        }
      }
    }
  }
}

/// A list of objects as a table.
struct FieldTable: Page {
  let context: PageContext
  let declaration: FieldDeclaration
  let rows: [Value]

  func write(_ html: inout HTML) {
    let columns = declaration.members.filter { column in
      rows.contains { $0.fields?.contains { $0.declaration === column } ?? false }
    }
    html.table("stack", columns.map { .init(label: words($0.label)) }) { html in
      for row in rows {
        let isOver = row.value(.holderUntil)?.date.map { $0 < catalog.today } ?? false
        html.element(.tr, .class(isOver ? "gone" : "")) { html in
          for (index, column) in columns.enumerated() {
            // On a phone the cells are below each other and name their columns.
            html.element(index == 0 ? .th : .td, index == 0 ? .scope("row") : .data("label", words(column.label))) {
              cell(&$0, row, column)
            }
          }
        }
      }
    }
  }

  private func cell(_ html: inout HTML, _ row: Value, _ column: FieldDeclaration) {
    guard let value = row.fields?.first(where: { $0.declaration === column })?.value else { return }
    // Short values stay on one line: ">= 95" and "P1" are read at a glance.
    let isShort = !column.type.isMarkdown && value.text.map { $0.utf8.count <= ($0.contains(" ") ? 8 : 14) } ?? false
    if isShort {
      html.element(.span, .class("nb")) { write(&$0, value, column, depth: 1) }
    } else {
      write(&html, value, column, depth: 1)
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
}
