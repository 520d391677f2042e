import KBCatalog
import KBDocument
import KBSource

/// The page of one record.
extension Site {
  func recordPage(_ record: Record, _ path: String) -> [UInt8] {
    render(path, title: record.title, current: SiteMap.list(of: record.kind), isAlarm: isForTrouble(record)) { html in
      let isRunbook = record.kind.behaviour == .runbook
      let prose = self.prose(of: record, path)
      let findings = self.diagnostics(of: record)
      let faults = findings.filter { $0.severity > .hint }
      // What could be written better must not stand between somebody in trouble and the steps.
      let comesLast = isRunbook && !faults.contains { $0.severity == .error }
      html.element(.div, .class(isRunbook ? "record run" : "record")) { html in
        html.element(.header) { self.head(&$0, of: record) }
        var sections = sections(of: record, isRunbook: isRunbook)
        sections.behind += self.pastSections(of: record)
        html.element(.aside, .class("side")) { html in
          self.helpBox(&html, for: record)
          let opening = lacksHeading(prose, sections.before) ? [self.descriptionHeading] : []
          self.contents(
            &html, sections.before.map(\.contents) + opening + prose.contents + sections.behind.map(\.contents))
        }
        html.element(.div, .class("body")) { html in
          if comesLast {
            self.findingsLine(&html, faults)
          } else {
            self.findingsBox(&html, faults)
            self.stalenessBox(&html, for: record)
          }
          if isRunbook, prose.hasSteps { self.clock(&html, for: record, steps: prose.stepCount) }
          for section in sections.before { section.write(&html) }
          if !prose.html.bytes.isEmpty {
            let attributes: [Attribute] = record.language == self.language ? [] : [.lang(record.language.rawValue)]
            html.open(.div, [.class("sec prose")] + attributes)
            if self.lacksHeading(prose, sections.before) {
              let heading = self.descriptionHeading
              html.element(.h2, .id(heading.anchor), .lang(self.language.rawValue), text: heading.text)
            }
            html.append(prose.html)
            html.close(.div)
          }
          for section in sections.behind { section.write(&html) }
          // Hints are for whoever edits the record: they stand beside the way to do it.
          if comesLast || faults.isEmpty { self.findingsBox(&html, findings) }
          if comesLast { self.stalenessBox(&html, for: record) }
          self.editLine(&html, for: record)
          self.dock(&html, for: record)
        }
      }
    }
  }

  /// Whether a body that stands behind other sections begins without a heading that parts it from them.
  private func lacksHeading(_ prose: Prose, _ before: [Section]) -> Bool {
    !before.isEmpty && !prose.html.bytes.isEmpty && !prose.html.bytes.starts(with: "<h2".utf8)
  }

  private var descriptionHeading: MarkdownRenderer.Contents {
    .init(text: words(Words.description), anchor: PageID.own("description"), level: 2)
  }

  // MARK: Head

  private func head(_ html: inout HTML, of record: Record) {
    html.element(.nav, .aria("label", words(Words.path))) { html in
      html.element(.ol, .class("crumb")) { html in
        html.element(.li) {
          $0.element(.a, .href(.file(SiteMap.list(of: record.kind), depth: 1)), text: self.words(record.kind.plural))
        }
        if let type = record.choice(.category) {
          html.element(.li) { html in
            html.element(
              .a, .href(.file(SiteMap.list(of: record.kind, type: type.value), depth: 1)), text: self.words(type.label))
          }
        }
      }
    }
    // A first heading that says the same stands for the title: links to it lead here.
    let anchor = record.headingIsTitle ? record.document.body.headings.first?.anchor ?? "" : ""
    if anchor.isEmpty {
      html.element(.h1, text: record.title)
    } else {
      html.element(.h1, .id(anchor), text: record.title)
    }
    if let summary = record.value(.summary)?.text { html.element(.p, .class("lead"), text: summary) }
    let traits = record.kind.traits.compactMap { name in
      record.kind.path(dotted: name).map { ($0, record.value(path: $0)) }
    }
    var rows = HTML(capacity: 1024)
    let showsStatus = traits.contains { [.status, .topicState].contains($0.0.last?.role) }
    if !showsStatus, let status = record.kind.field(.status), [.retired, .planned].contains(record.lifecycle) {
      // Where the status follows from something else, such as a person's last day, it is told when it matters.
      rows.element(.div) { html in
        html.element(.dt, text: self.words(status.label))
        html.element(.dd) { self.mark(&$0, status: record) }
      }
    }
    for (path, value) in traits {
      guard let declaration = path.last else { continue }
      if declaration.role == .status || declaration.role == .topicState {
        rows.element(.div) { html in
          html.element(.dt, text: self.words(declaration.label))
          html.element(.dd) { self.mark(&$0, status: record) }
        }
      } else if let value, !value.isInvalid {
        rows.element(.div) { html in
          html.element(.dt, text: self.words(declaration.label))
          html.element(.dd) { html in
            if declaration.role == .tested, let date = value.date {
              html.element(.span, .class("age ok")) { html in
                html.icon(.confirmed)
                html.text(self.format.date(date))
              }
            } else {
              self.write(&html, value, declaration, depth: 1)
            }
          }
        }
      }
    }
    if let freshness = freshness(of: record), record.lifecycle.isInUse, record.isDescribed {
      rows.element(.div) { html in
        html.element(.dt, text: self.words(Words.confirmed))
        html.element(.dd) { self.mark(&$0, freshness: freshness) }
      }
    }
    if !rows.bytes.isEmpty { html.element(.dl, .class("traits")) { $0.append(rows) } }
    let tags = record.values(.tags).compactMap(\.text)
    if !tags.isEmpty {
      html.element(.p, .class("tags also")) { html in
        for tag in tags { html.element(.a, .href(.file(SiteMap.tag(tag), depth: 1)), text: tag) }
      }
    }
  }

  // MARK: Side

  private func helpBox(_ html: inout HTML, for record: Record) {
    let contacts: [Contact]
    let title: Message
    var links: [(String, Address)] = []
    switch record.kind.behaviour {
    case .system:
      title = Words.emergency
      contacts = Array(self.contacts(for: record).prefix(2))
      for runbook in runbooks(for: record).prefix(4) {
        if let path = map.path(of: runbook) {
          links.append(("\(words(runbook.kind.label)): \(runbook.title)", .file(path, depth: 1)))
        }
      }
    case .runbook:
      title = Words.call
      contacts = Array(self.contacts(forRunbook: record).prefix(3))
      for system in catalog.records(.handles, of: record).prefix(4) {
        if let path = map.path(of: system) {
          links.append(("\(words(system.kind.label)): \(system.title)", .file(path, depth: 1)))
        }
      }
    default:
      title = Words.call
      contacts = contact(of: record).map { [$0] } ?? []
    }
    guard !contacts.isEmpty || !links.isEmpty else { return }
    html.element(.section, .class("help"), .aria("labelledby", PageID.own("help"))) { html in
      html.element(.h2, .ownID("help"), text: self.words(title))
      for contact in contacts {
        html.element(.div) { html in
          html.element(.a, .class("call"), .href(.phone(contact.phone))) { html in
            html.element(.span, text: contact.name + (contact.hours.map { ", \($0)" } ?? ""))
            html.element(.b, text: self.format.phone(contact.phone))
            if let note = contact.note { html.element(.span, text: note) }
          }
        }
      }
      if !links.isEmpty {
        html.element(.ul) { html in
          for (text, address) in links { html.element(.li) { $0.element(.a, .href(address), text: text) } }
        }
      }
    }
  }

  private func contents(_ html: inout HTML, _ entries: [MarkdownRenderer.Contents]) {
    let entries = entries.filter { !$0.anchor.isEmpty && $0.level <= 3 }
    guard entries.count > 1 else { return }
    html.element(.details, .class("toc"), .open(true)) { html in
      html.element(.summary, text: self.words(Words.contents))
      html.element(.ul) { html in
        var index = 0
        while index < entries.count {
          let entry = entries[index]
          index += 1
          html.open(.li)
          html.element(.a, .href(.anchor(entry.anchor)), text: entry.text)
          let below = entries[index...].prefix { $0.level > 2 }
          if entry.level <= 2, !below.isEmpty {
            html.element(.ul) { html in
              for entry in below {
                html.element(.li) { $0.element(.a, .href(.anchor(entry.anchor)), text: entry.text) }
              }
            }
            index += below.count
          }
          html.close(.li)
        }
      }
    }
  }

  // MARK: Body

  /// A line that leads to the box at the end.
  private func findingsLine(_ html: inout HTML, _ faults: [Diagnostic]) {
    guard !faults.isEmpty else { return }
    html.element(.p, .class("also no-print")) { html in
      html.element(.a, .href(.anchor(PageID.own("findings"))), text: self.counted(faults))
      html.text(" \(self.words(Words.atTheEnd))")
    }
  }

  private func counted(_ findings: [Diagnostic]) -> String {
    Severity.allCases.reversed().compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : severity.counted(count, language)
    }.joined(separator: ", ")
  }

  private func findingsBox(_ html: inout HTML, _ findings: [Diagnostic]) {
    guard let worst = findings.map(\.severity).max() else { return }
    let style = worst == .error ? "bad" : worst == .warning ? "warn" : "info"
    html.element(.section, .class("box \(style)"), .aria("labelledby", PageID.own("findings"))) { html in
      html.element(.h2, .ownID("findings"), text: self.counted(findings))
      html.element(.ul) { html in
        for finding in findings.sorted(by: { $0.severity > $1.severity }).prefix(20) {
          html.element(.li) { html in
            self.mark(&html, severity: finding.severity)
            html.text(" \u{2002}")
            self.sentence(&html, finding)
            html.text(" ")
            self.place(&html, of: finding)
          }
        }
        if findings.count > 20 { html.element(.li, text: "… \(findings.count - 20)") }
      }
    }
  }

  /// What is wrong, and the remedy.
  func sentence(_ html: inout HTML, _ finding: Diagnostic) {
    message(&html, asSentence(capitalized(words(finding.message))))
    if let remedy = finding.remedy {
      html.text(" ")
      html.element(.b, text: words(Words.remedy))
      html.text(" ")
      message(&html, asSentence(words(remedy)))
    }
  }

  private func asSentence(_ text: String) -> String { text.last.map { ".!?".contains($0) } == true ? text : text + "." }

  func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// A body, written.
  struct Prose {
    var html: HTML
    var contents: [MarkdownRenderer.Contents]
    var stepCount: Int
    var hasSteps: Bool { stepCount > 0 }
  }

  private func prose(of record: Record, _ path: String) -> Prose {
    guard !record.document.body.isEmpty else { return Prose(html: HTML(), contents: [], stepCount: 0) }
    let links = catalog.links[record.index]
    var renderer = MarkdownRenderer(
      record.document.body, of: record.document.file.bytes,
      options: .init(
        asSteps: record.kind.behaviour == .runbook, skipsFirstHeading: record.headingIsTitle, language: language),
      capacity: record.document.body.range.count * 2
    ) { number in
      self.target(of: links[number])
    }
    renderer.titles = { number in
      guard case .record(let index, _) = links[number] else { return nil }
      return self.catalog.records[index].title
    }
    renderer.phones = phones
    let html = renderer.render()
    let headings = record.document.body.headings.dropFirst(record.headingIsTitle ? 1 : 0)
    let contents = headings.map { MarkdownRenderer.Contents(text: $0.text, anchor: $0.anchor, level: max(2, $0.level)) }
    return Prose(html: html, contents: contents, stepCount: renderer.stepCount)
  }

  private func target(of link: Link) -> MarkdownRenderer.LinkTarget {
    switch link {
    case .record(let index, let anchor):
      guard let address = map.address(of: catalog.records[index], depth: 1, anchor: anchor) else { return .none }
      return .address(address, isExternal: false)
    case .attachment(let path):
      let address = Address.file(map.attachment(path), depth: 1)
      return AttachmentType.isImage(path) ? .image(address) : .address(address, isExternal: false)
    case .external(let text): return Address.external(text).map { .address($0, isExternal: true) } ?? .none
    case .anchor(let anchor): return .address(.anchor(anchor), isExternal: false)
    case .missing, .refused: return .none
    }
  }

  /// The clock of a runbook at work; it needs the script and appears with it.
  private func clock(_ html: inout HTML, for record: Record, steps: Int) {
    html.element(
      .div, .class("clock js"), .data("clock", record.id), .data("of", words(Words.ofWord)),
      .data("stamp", words(Words.done)),
      .data("again", words(Words.beginAgain)), .data("title", record.title), .data("copied", words(Words.copied)),
      .role("group"),
      .aria("label", words(Words.procedure))
    ) { html in
      html.element(.output, .ownID("time"), .aria("live", "off"), text: "00:00:00")
      html.element(.span) { html in
        html.element(.span, .ownID("done"), text: "0 \(self.words(Words.ofWord)) \(steps)")
        html.text(" ")
        html.element(.span, .class("opt"), text: self.words(Words.steps))
      }
      html.element(.span, .class("grow")) { html in
        html.element(.button, .class("btn main"), .type("button"), .ownID("begin"), text: self.words(Words.begin))
        html.element(.button, .class("btn opt"), .type("button"), .ownID("log"), text: self.words(Words.copyLog))
      }
    }
    html.element(.p, .class("print-only"), text: words(Words.printLine))
  }

  private func editLine(_ html: inout HTML, for record: Record) {
    guard let pattern = catalog.configuration.editURL,
      let address = Address.external(pattern.replacing("{path}", with: Address.encoded(record.path.string)))
    else { return }
    html.element(.p, .class("edit no-print")) { html in
      html.element(.a, .class("btn"), .href(address), .rel("noopener noreferrer"), text: self.words(Words.edit))
      html.text(" ")
      html.element(.span, .class("place"), text: record.path.string)
    }
  }

  /// On a phone the number to call stays at the lower edge.
  private func dock(_ html: inout HTML, for record: Record) {
    guard isForTrouble(record), let contact = contacts(forRunbook: record).first else { return }
    html.element(.div, .class("dock")) { html in
      html.element(.a, .class("ring"), .href(.phone(contact.phone))) { html in
        html.element(.span, text: contact.name)
        html.element(.b, text: self.format.phone(contact.phone))
      }
    }
  }
}
