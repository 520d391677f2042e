package import KBAnswers
package import KBCatalog
import KBDocument
import KBHistory
import KBMarkup
import KBSchema
import KBSource

/// The page of one record.
package struct RecordPage: Page {
  package let context: PageContext
  package let record: Record
  /// The file of the page.
  package let path: String

  /// More findings are folded.
  private static let mostFindings = 5

  private var isRunbook: Bool { record.kind.behaviour == .runbook }

  /// The page; `nil` for a record that is not published.
  package static func page(_ context: PageContext, _ record: Record) -> PlannedPage? {
    context.map.path(of: record).map { path in
      PlannedPage(
        path: path, title: record.title, current: SiteMap.list(of: record.kind),
        isAlarm: context.answers.isForTrouble(record),
        write: RecordPage(context: context, record: record, path: path).write)
    }
  }

  private func write(_ html: inout HTML) {
    let prose = RecordBody(context: context, record: record).prose()
    let findings = answers.findings(of: record)
    let faults = findings.filter { $0.severity > .hint }
    // What could be written better must not be between somebody in trouble and the steps.
    let comesLast = isRunbook && !faults.contains { $0.severity == .error }
    let staleness = StalenessBox(context: context, record: record)
    let sections = RecordSections(context: context, record: record).sections
    let opening = opening(of: prose, after: sections.before)
    let help = HelpBox(context: context, record: record)
    html.element(.div, .class(isRunbook ? "record run" : "record")) { html in
      html.element(.header) { RecordHead(context: context, record: record).write(&$0) }
      html.element(.aside, .class("side")) { html in
        help.write(&html)
        if let facts = sections.beside { html.element(.div, .class("told")) { facts.write(&$0) } }
        if isSheet(prose) { IncidentParts(context: context, systems: systems, runbook: record).write(&html) }
        contents(
          &html,
          sections.before.map(\.contents) + [opening].compactMap(\.self) + prose.contents
            + ([sections.beside].compactMap(\.self) + sections.after).map(\.contents))
      }
      html.element(.div, .class("body")) { html in
        if comesLast {
          findingsLine(&html, faults)
        } else {
          findingsBox(&html, faults)
          if !isRunbook { staleness.write(&html) }
        }
        if isRunbook, prose.hasSteps {
          clock(prose).write(&html)
          html.element(.p, .class("jumps only-phone no-print")) {
            $0.link(.anchor(PageID.own("s1")), words(LogWords.toFirstStep))
          }
        }
        for section in sections.before { section.write(&html) }
        write(&html, prose, opening)
        if isRunbook, prose.hasSteps { clock(prose).writeLog(&html) }
      }
      html.element(.div, .class("body rest")) { html in
        for section in sections.after { section.write(&html) }
        // Hints are for whoever edits the record: they are beside the way to do it.
        if comesLast || faults.isEmpty { findingsBox(&html, findings) }
        if isRunbook { staleness.write(&html) }
      }
      help.writeDock(&html)
    }
  }

  // MARK: Runbooks

  private var systems: [Record] { answers.records(.handles, of: record) }

  /// Whether the page is that of an incident at work: it has roles and clocks beside the steps.
  private func isSheet(_ prose: Prose) -> Bool { prose.hasSteps && answers.isForTrouble(record) }

  private func clock(_ prose: Prose) -> RunbookClock {
    let systems = systems.map(\.id).joined(separator: ", ")
    return RunbookClock(
      context: context, title: record.title, name: record.id,
      facts: [(role: Role.followedRunbook, text: record.id)]
        + (systems.isEmpty ? [] : [(role: Role.affectedSystem, text: systems)]),
      steps: prose.stepCount)
  }

  private func write(_ html: inout HTML, _ prose: Prose, _ opening: MarkdownRenderer.Contents?) {
    guard !prose.html.bytes.isEmpty else { return }
    let attributes: [Attribute] = record.language == language ? [] : [.lang(record.language.rawValue)]
    html.open(.div, [.class("sec prose")] + attributes)
    if let opening {
      html.element(.h2, .id(opening.anchor), .lang(language.rawValue), text: opening.text)
    }
    html.append(prose.html)
    html.close(.div)
  }

  /// The heading of a body after other sections that begins without a heading that separates it from them.
  private func opening(of prose: Prose, after sections: [RecordSection]) -> MarkdownRenderer.Contents? {
    guard !sections.isEmpty, !prose.html.bytes.isEmpty, !prose.html.bytes.starts(with: "<h2".utf8) else { return nil }
    return .init(text: words(Words.description), anchor: PageID.own("description"), level: 2)
  }

  private func contents(_ html: inout HTML, _ entries: [MarkdownRenderer.Contents]) {
    let entries = entries.filter { !$0.anchor.isEmpty && $0.level <= 3 }
    guard entries.count > 1 else { return }
    html.element(.details, .class("toc"), .open(true)) { html in
      html.element(.summary, text: words(Words.contents))
      html.element(.ul) { html in
        var index = 0
        while index < entries.count {
          let entry = entries[index]
          index += 1
          html.open(.li)
          html.link(.anchor(entry.anchor), entry.text)
          let below = entries[index...].prefix { $0.level > 2 }
          if entry.level <= 2, !below.isEmpty {
            html.list("", below) { $0.link(.anchor($1.anchor), $1.text) }
            index += below.count
          }
          html.close(.li)
        }
      }
    }
  }

  /// A line that leads to the box at the end.
  private func findingsLine(_ html: inout HTML, _ faults: [Diagnostic]) {
    guard !faults.isEmpty else { return }
    html.element(.p, .class("also no-print")) { html in
      html.link(.anchor(PageID.own("findings")), counted(faults))
      html.text(" \(words(Words.atTheEnd))")
    }
  }

  private func findingsBox(_ html: inout HTML, _ findings: [Diagnostic]) {
    guard let worst = findings.map(\.severity).max() else { return }
    let style = worst == .error ? "bad" : worst == .warning ? "warn" : "info"
    html.element(.section, .class("box \(style)"), .aria("labelledby", PageID.own("findings"))) { html in
      html.element(.h2, .ownID("findings"), text: counted(findings))
      let sorted = findings.sorted { $0.severity > $1.severity }
      html.list("", sorted.prefix(Self.mostFindings), item: finding)
      let rest = sorted.dropFirst(Self.mostFindings)
      guard !rest.isEmpty else { return }
      html.element(.details) { html in
        html.element(.summary, text: words(Words.more(rest.count)))
        html.list("", rest, item: finding)
      }
    }
  }

  private func finding(_ html: inout HTML, _ finding: Diagnostic) {
    mark(&html, severity: finding.severity)
    html.text(" \u{2002}")
    sentence(&html, finding, onPageOf: record)
    html.text(" ")
    place(&html, of: finding)
  }
}

/// The head of a record's page: where it belongs, title, summary, traits.
struct RecordHead: Page {
  let context: PageContext
  let record: Record

  func write(_ html: inout HTML) {
    let kind = record.kind
    let type = record.choice(.category).map { (SiteMap.list(of: kind, type: $0.value), words($0.label)) }
    crumbs(&html, [(SiteMap.list(of: kind), words(kind.plural))] + [type].compactMap(\.self))
    // A first heading that says the same is replaced by the title: links to it lead here.
    let anchor = record.headingIsTitle ? record.document.body.headings.first?.anchor ?? "" : ""
    html.element(.div, .class("title")) { html in
      html.open(.h1, anchor.isEmpty ? [] : [.id(anchor)])
      html.name(record.title)
      html.close(.h1)
      guard let pattern = catalog.configuration.editURL,
        let address = Address.external(pattern.replacing("{path}", with: Address.encoded(record.path.string)))
      else { return }
      html.element(
        .a, .class("btn tiny no-print"), .href(address), .rel("noopener noreferrer"), text: words(Words.edit))
    }
    if let summary = record.value(.summary)?.text { html.element(.p, .class("lead"), text: summary) }
    var rows = HTML(capacity: 1024)
    traits(&rows)
    if !rows.bytes.isEmpty { html.element(.dl, .class("traits")) { $0.append(rows) } }
    let tags = record.values(.tags).compactMap(\.text)
    if !tags.isEmpty {
      html.element(.p, .class("tags also")) { html in
        for tag in tags { html.link(.file(SiteMap.tag(tag), depth: 1), tag) }
      }
    }
  }

  private func traits(_ html: inout HTML) {
    let traits = record.kind.traits.compactMap { record.kind.path(named: $0) }
    let showsStatus = traits.contains { [.status, .topicState].contains($0.last?.role) }
    if !showsStatus, let status = record.kind.field(.status), [.retired, .planned].contains(record.lifecycle) {
      // Where the status follows from something else, such as a person's last day, it is told when it matters.
      html.entry(words(status.label)) { mark(&$0, status: record) }
    }
    for path in traits {
      guard let declaration = path.last else { continue }
      // Of a page without facts nobody asks whether it is in use.
      if declaration.role == .status, record.kind.behaviour == .page, record["status"] == nil { continue }
      if declaration.role == .status || declaration.role == .topicState {
        html.entry(words(declaration.label)) { mark(&$0, status: record) }
      } else if let value = record.value(path: path), !value.isInvalid {
        html.entry(words(declaration.label)) { html in
          if declaration.role == .tested, let date = value.date {
            guard let doubt = record.rehearsalDoubt else { return html.age("ok", .confirmed, format.date(date)) }
            html.text("\(format.date(date)), \(words(doubt))")
          } else {
            write(&html, value, declaration, depth: 1)
          }
        }
      }
    }
    if let next = answers.deadlines(of: record).first(where: { $0.category == .cancelBy }) {
      html.entry(words(next.category.label)) { html in
        html.element(.time, .class("nb"), .datetime(next.date.description), text: format.date(next.date))
        html.text(", ")
        distance(&html, to: next)
      }
    }
    if let freshness = answers.freshness(of: record), record.lifecycle.isInUse, record.isDescribed {
      html.entry(words(Words.confirmed)) { mark(&$0, freshness: freshness) }
    }
  }
}

/// The box that says who to call about a record, and where to read on.
struct HelpBox: Page {
  let context: PageContext
  let record: Record

  private let contacts: [Contact]

  init(context: PageContext, record: Record) {
    (self.context, self.record) = (context, record)
    let answers = context.answers
    contacts =
      switch record.kind.behaviour {
      case .system: Array(answers.contacts(for: record).prefix(2))
      case .runbook: Array(answers.contacts(forRunbook: record).prefix(3))
      // Whoever calls at once, and whom to call when that does not help.
      default: Array(answers.lines(of: record).prefix(3))
      }
  }

  /// The runbooks of a system, the systems of a runbook.
  private var further: [Record] {
    switch record.kind.behaviour {
    case .system: Array(answers.runbooks(for: record).prefix(4))
    case .runbook: catalog.records(.handles, of: record).prefix(4).filter(answers.isPublished)
    default: []
    }
  }

  func write(_ html: inout HTML) {
    let further = further
    let canFail = SiteMap.canFail(record) && record.kind.behaviour != .person
    guard !contacts.isEmpty || !further.isEmpty || canFail else { return }
    html.element(.section, .class("help"), .aria("labelledby", PageID.own("help"))) { html in
      html.element(.h2, .ownID("help"), text: words(record.kind.behaviour == .system ? Words.emergency : Words.call))
      for contact in contacts {
        html.element(.div) { html in
          html.element(.a, .class("call"), .href(.phone(contact.phone))) { html in
            html.element(.span, text: contact.name + (contact.hours.map { ", \($0)" } ?? ""))
            html.element(.b, text: format.phone(contact.phone))
            if let condition = contact.condition { html.element(.span, text: condition) }
            if let note = note(on: contact) { html.element(.span, text: note) }
          }
        }
      }
      guard !further.isEmpty || canFail else { return }
      html.element(.ul) { html in
        if canFail {
          html.element(.li) { $0.link(.file(SiteMap.outage(of: record), depth: 1), words(Words.outagePage)) }
        }
        if canFail, record.kind.behaviour == .provider {
          html.element(.li) { $0.link(.file(SiteMap.meeting(with: record), depth: 1), words(AccessWords.meetingLink)) }
        }
        for record in further {
          html.element(.li) { link(&$0, to: record, depth: 1, text: "\(words(record.kind.label)): \(record.title)") }
        }
      }
    }
  }

  /// On a phone the number to call stays at the lower edge.
  func writeDock(_ html: inout HTML) {
    guard answers.isForTrouble(record), let contact = contacts.first else { return }
    html.element(.div, .class("dock")) { html in
      html.element(.a, .class("ring"), .href(.phone(contact.phone))) { html in
        html.element(.span, text: contact.name)
        html.element(.b, text: format.phone(contact.phone))
        if let condition = contact.condition { html.element(.small, text: condition) }
      }
    }
  }
}

extension Page {
  /// What to say first on the phone: customer and contract number.
  package func note(on contact: Contact) -> String? {
    let numbers = [
      contact.customerNumber.map { "\(words(Words.customerNumber)) \($0)" },
      contact.contractNumber.map { "\(words(Words.contract)) \($0)" },
    ].compactMap(\.self)
    return numbers.isEmpty ? nil : numbers.joined(separator: ", ")
  }
}
