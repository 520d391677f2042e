package import KBAnswers
package import KBCatalog
package import KBHistory
package import KBMarkup
package import KBSchema
package import KBSource

/// The marks of the look: shape, word, colour, in this order.
extension Page {
  package func mark(_ html: inout HTML, criticality choice: Choice) {
    let icon = Icon(rank: choice.rank ?? 0)
    html.element(.span, .class("crit \(icon.name)")) { html in
      html.icon(icon)
      html.text(words(choice.label))
    }
  }

  package func mark(_ html: inout HTML, status record: Record) {
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

  package func mark(_ html: inout HTML, severity: Severity, count: Int? = nil) {
    mark(&html, severity: severity, text: count.map(String.init) ?? words(severity.word))
  }

  package func mark(_ html: inout HTML, severity: Severity, text: String) { html.mark(severity: severity, text: text) }

  package func mark(_ html: inout HTML, freshness: Freshness) {
    switch freshness {
    case .never: html.element(.span, .class("age soon"), text: words(Words.never))
    case .fresh(let date): html.element(.span, .class("age")) { $0.text(format.date(date)) }
    case .dueSoon(let date):
      html.age("soon", .soon, format.date(date))
      html.element(.span, .class("vh"), text: " \(words(Words.dueSoon))")
    case .overdue(let date):
      html.age("late", .overdue, format.date(date))
      html.element(.span, .class("vh"), text: " \(words(Words.overdue))")
    }
  }

  /// A link to a record's page, or its name where it is not published.
  package func link(_ html: inout HTML, to record: Record, depth: Int, text: String? = nil) {
    guard let address = map.address(of: record, depth: depth) else {
      html.element(.span, .class("muted"), text: words(Words.notPublished))
      return
    }
    html.element(.a, .href(address), name: text ?? record.title)
  }

  package func phone(_ html: inout HTML, _ number: PhoneNumber) {
    html.element(.a, .class("nb"), .href(.phone(number)), text: format.phone(number))
  }

  /// Writes a link to a web page outside.
  package func external(_ html: inout HTML, _ address: Address, _ text: String) {
    html.element(.a, .href(address), .rel("noopener noreferrer"), text: text)
  }

  /// Writes the place of a finding.
  package func place(_ html: inout HTML, of diagnostic: Diagnostic) {
    let position = context.position(of: diagnostic)
    html.place("\(diagnostic.path.string):\(position.line):\(position.column)")
  }

  /// Writes what is wrong, and the remedy; on the page of a record without its name at the beginning.
  package func sentence(_ html: inout HTML, _ finding: Diagnostic, onPageOf record: Record? = nil) {
    MessageText(format: format, isCapitalized: true, endsWithStop: true, subject: record?.id)
      .write(&html, finding.message)
    if let remedy = finding.remedy {
      html.text(" ")
      html.element(.b, text: words(Words.remedy))
      html.text(" ")
      message(&html, remedy, endsWithStop: true)
    }
  }

  func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// The numbers of findings by severity, the worst first: "1 Fehler, 3 Warnungen"; empty without findings.
  package func counted(_ findings: [Diagnostic]) -> String {
    Severity.allCases.reversed().compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : severity.counted(count, language)
    }.joined(separator: ", ")
  }

  /// Writes a sentence about the past, in which records that have a page are links; where it is clear whom it is about, without
  /// that name at the beginning.
  func linked(_ html: inout HTML, _ message: Message, depth: Int, about subject: Record? = nil) {
    let link = { (html: inout HTML, id: String, text: String) -> Bool in
      // A record that took an id over later has another title, and is not meant.
      guard let record = catalog.record(id: id), text.contains(record.title), answers.isPublished(record),
        let address = map.address(of: record, depth: depth)
      else { return false }
      // A link needs no quotes.
      html.element(.a, .href(address), text: text == format.language.quoted(record.title) ? record.title : text)
      return true
    }
    MessageText(format: format, isCapitalized: subject != nil, subject: subject?.id, keepsSentences: true, link: link)
      .write(&html, message)
  }

  /// Writes a message, as people read it.
  package func message(_ html: inout HTML, _ message: Message, isCapitalized: Bool = false, endsWithStop: Bool = false)
  {
    MessageText(format: format, isCapitalized: isCapitalized, endsWithStop: endsWithStop).write(&html, message)
  }
}

extension HTML {
  /// Writes a word of a severity, with its shape.
  package mutating func mark(severity: Severity, text: String) {
    let (icon, style): (Icon, String) =
      switch severity {
      case .error: (.error, "sev-e")
      case .warning: (.warning, "sev-w")
      case .hint: (.hint, "sev-h")
      }
    element(.span, .class("sev \(style)")) { html in
      html.icon(icon)
      html.text(text)
    }
  }

  /// Writes the sign of a change in the margin.
  package mutating func sign(_ sign: Change.Sign) {
    let style =
      switch sign {
      case .better: "sign better"
      case .worse: "sign worse"
      case .confirmed: "sign ok"
      case .added, .removed, .neutral: "sign"
      }
    element(.span, .class(style), .ariaHidden, text: sign.glyph)
  }
}
