import KBAnswers
package import KBCatalog
import KBDocument
package import KBMarkup
package import KBSchema
import KBSource

/// Values as text and as HTML.
extension Page {
  /// Writes a value.
  package func write(_ html: inout HTML, _ value: Value, _ declaration: FieldDeclaration, depth: Int) {
    switch value.content {
    case .reference(let reference):
      if let record = catalog.record(reference) {
        link(&html, to: record, depth: depth)
      } else if let record = catalog.library.sharedRecord(reference) {
        if let found = map.sharedAddress(of: record, depth: depth) {
          html.link(found.address, record.title)
        } else {
          html.text(record.title)
        }
      } else {
        html.text(answers.omission.value(reference.id))
      }
    case .list(let elements):
      guard case .list(let element) = declaration.type else { return }
      html.joined(elements) { write(&$0, $1, element, depth: depth) }
    case .object(let fields):
      html.joined(fields) { html, field in
        if case .map = declaration.type {
          html.element(.span, .class("nb"), text: "\(field.declaration.name): \(plainText(field.value))")
        } else {
          write(&html, field.value, field.declaration, depth: depth)
        }
      }
    case .text(let text):
      if declaration.type.isMarkdown {
        html.append(fieldText(text, depth: depth))
      } else {
        html.text(answers.omission.value(text))
      }
    case .phone(let number): phone(&html, number)
    case .email(let text): html.link(.email(text), text)
    case .url(let text):
      if let address = Address.external(text) { external(&html, address, text) } else { html.text(text) }
    case .code(let text): html.element(.code, text: text)
    case .integer(let months) where declaration.role == .renewalMonths:
      html.element(.span, .class("nb"), text: format.duration(CalendarDuration(months, .months)))
    case .choice(let choice) where declaration.role == .criticality: mark(&html, criticality: choice)
    default:
      if let nonbreaking = compactText(value) {
        html.element(.span, .class("nb"), text: nonbreaking)
      } else {
        html.text(plainText(value))
      }
    }
  }

  /// Numbers with their unit, which must not break.
  private func compactText(_ value: Value) -> String? {
    switch value.content {
    case .date, .duration: plainText(value)
    default: nil
    }
  }

  /// A value as plain text, for tables to sort and filter by.
  func plainText(_ value: Value) -> String {
    value.text(
      .spoken(format) { [catalog, answers] reference in
        catalog.record(reference).map { answers.isPublished($0) ? $0.title : "" }
          ?? catalog.library.sharedRecord(reference)?.title ?? answers.omission.value(reference.id)
      })
  }

  /// What a column sorts by, when that is not its text.
  func sortValue(_ value: Value) -> String? {
    switch value.content {
    case .date(let date): date.description
    case .duration(let duration): String(duration.approximateMinutes)
    case .money(let money): String(money.hundredths * (money.period == .month ? 12 : money.period == .quarter ? 4 : 1))
    case .integer(let integer): String(integer)
    case .choice(let choice): choice.rank.map { String(9 - $0) }
    default: nil
    }
  }
}
