import KBCatalog
import KBSource

/// The marks of the look: shape, word, colour, in this order.
extension Site {
  func mark(_ html: inout HTML, criticality choice: Choice) {
    let (icon, style): (Icon, String) =
      switch choice.rank ?? 0 {
      case 4...: (.critical, "c4")
      case 3: (.high, "c3")
      case 2: (.medium, "c2")
      default: (.low, "c1")
      }
    html.element(.span, .class("crit \(style)")) { html in
      html.icon(icon)
      html.text(words(choice.label))
    }
  }

  func mark(_ html: inout HTML, status record: Record) {
    let icon: Icon =
      switch record.lifecycle {
      case .draft: .draft
      case .planned: .planned
      case .active: .active
      case .deprecated: .deprecated
      case .retired: .retired
      }
    html.element(.span, .class("state")) { html in
      html.icon(icon)
      html.text(statusLabel(of: record))
    }
  }

  /// The word for a record's status: its own kind's, where the kind has one.
  func statusLabel(of record: Record) -> String {
    if let choice = record.value(.status)?.choice ?? record.value(.topicState)?.choice { return words(choice.label) }
    if case .choice(let choices)? = record.kind.field(.status)?.type,
      let choice = choices.first(where: { $0.means == record.lifecycle })
    {
      return words(choice.label)
    }
    return ""
  }

  func mark(_ html: inout HTML, severity: Severity, count: Int? = nil) {
    mark(&html, severity: severity, text: count.map(String.init) ?? words(severity.word))
  }

  func mark(_ html: inout HTML, severity: Severity, text: String) {
    let (icon, style): (Icon, String) =
      switch severity {
      case .error: (.error, "sev-e")
      case .warning: (.warning, "sev-w")
      case .hint: (.hint, "sev-h")
      }
    html.element(.span, .class("sev \(style)")) { html in
      html.icon(icon)
      html.text(text)
    }
  }

  /// How fresh a confirmation is.
  enum Freshness {
    case never, fresh(CalendarDate), dueSoon(CalendarDate), overdue(CalendarDate)
  }

  /// Thirty days before the due day a confirmation counts as due soon.
  func freshness(of record: Record) -> Freshness? {
    guard let reviewed = record.value(.reviewed)?.date else { return record.reviewEvery == nil ? nil : .never }
    guard let due = record.reviewDue else { return .fresh(reviewed) }
    if due < catalog.today { return .overdue(reviewed) }
    return due <= catalog.today.adding(days: 30) ? .dueSoon(reviewed) : .fresh(reviewed)
  }

  func mark(_ html: inout HTML, freshness: Freshness) {
    switch freshness {
    case .never: html.element(.span, .class("age soon"), text: words(Words.never))
    case .fresh(let date): html.element(.span, .class("age")) { $0.text(format.date(date)) }
    case .dueSoon(let date):
      html.element(.span, .class("age soon")) { html in
        html.icon(.soon)
        html.text(format.date(date))
      }
      html.element(.span, .class("vh"), text: " \(words(Words.dueSoon))")
    case .overdue(let date):
      html.element(.span, .class("age late")) { html in
        html.icon(.overdue)
        html.text(format.date(date))
      }
      html.element(.span, .class("vh"), text: " \(words(Words.overdue))")
    }
  }

  /// A link to a record's page, or its name where it is not published.
  func link(_ html: inout HTML, to record: Record, depth: Int, text: String? = nil) {
    guard let address = map.address(of: record, depth: depth) else {
      html.element(.span, .class("muted"), text: words(Words.notPublished))
      return
    }
    html.element(.a, .href(address), text: text ?? record.title)
  }

  func phone(_ html: inout HTML, _ number: String) {
    html.element(.a, .class("nb"), .href(.phone(number)), text: format.phone(number))
  }

  /// A place in a file, linked to where it can be edited.
  func place(_ html: inout HTML, of diagnostic: Diagnostic) {
    let position = catalog.file(diagnostic.path)?.position(of: diagnostic.range.lower) ?? (line: 1, column: 1)
    html.element(.span, .class("place"), text: "\(diagnostic.path.string):\(position.line):\(position.column)")
  }

  /// A message, as people read it.
  func message(_ html: inout HTML, _ text: String) { MessageText(format: format).write(&html, text) }
}
