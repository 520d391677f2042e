import KBAnswers
import KBCatalog
import KBHistory
import KBMarkup
import KBSchema
import KBSource

/// The start page: what matters now.
struct HomePage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    html.element(.h1, .class("vh"), text: catalog.configuration.title)
    searchField(&html)
    healthFigures(&html)
    let critical = criticalSystems
    let directory = Directory(context: context)
    let findings = answers.rankedFindings()
    // Where nothing is critical, the directory is what readers came for.
    html.element(.div, .class("cols")) { html in
      html.element(.div) { if critical.isEmpty { directory.write(&$0) } else { list(&$0, critical) } }
      html.element(.div) { html in
        deadlines(&html)
        reviewsDue(&html)
        recentlyConfirmed(&html)
      }
    }
    let further: [(inout HTML) -> Void] = [
      { fixNext(&$0, findings) }, recentlyChanged, { if !critical.isEmpty { directory.write(&$0) } }, responsibility,
    ]
    let blocks = further.map { write in
      var block = HTML()
      write(&block)
      return block
    }.filter { !$0.bytes.isEmpty }
    for start in stride(from: 0, to: blocks.count, by: 2) {
      html.element(.div, .class("cols half")) { html in
        for block in blocks[start...].prefix(2) { html.element(.div) { $0.append(block) } }
      }
    }
  }

  private func searchField(_ html: inout HTML) {
    html.element(
      .form, .class("ask"), .role("search"), Attribute(name: "action", value: SitePage.search.path),
      .data("failed", words(Words.searchFailed)), .data("close", words(Words.close))
    ) { html in
      html.element(.label, .for(PageID.own("ask")), text: words(Words.lookUpAnything))
      html.element(.div) { html in
        html.void(
          .input, .ownID("ask"), Attribute(name: "name", value: "q"), .type("search"), .noAutocomplete,
          Attribute(name: "enterkeyhint", value: "search"),
          Attribute(name: "placeholder", value: words(Words.findWhat)),
          .aria("keyshortcuts", "/ Control+K"))
        html.element(.button, .type("submit"), text: words(Words.searchInBar))
      }
    }
  }

  /// The critical systems; where none of them is active, there is room for those of high criticality.
  private var criticalSystems: [Record] {
    let (critical, high, _) = answers.systemsInUse
    return critical.contains { $0.lifecycle == .active } ? critical : critical + high
  }

  private func list(_ html: inout HTML, _ systems: [Record]) {
    CriticalSystems(context: context, title: words(Words.criticalSystems), systems: systems).write(&html)
  }

  private func healthFigures(_ html: inout HTML) {
    let health = answers.health
    var entries: [(number: String, text: String)] = []
    if health.critical > 0 {
      entries.append(
        (format.integer(health.critical), words(Words.critical(health.critical, withRunbook: health.withRunbook))))
    }
    entries.append((format.integer(health.errors), words(Words.openErrors(health.errors))))
    entries.append((format.integer(health.warnings), words(Words.openWarnings(health.warnings))))
    if health.confirmable > 0 {
      let text = words(Words.confirmedInTime(format.integer(health.confirmed), of: format.integer(health.confirmable)))
      entries.append(("\(health.confirmed * 100 / health.confirmable)\u{A0}%", text))
    } else {
      entries.append((format.integer(records.count), words(Words.records)))
    }
    html.figures(entries)
  }

  /// What ends within 90 days, and what is overdue; confirmations have a section of their own.
  private func deadlines(_ html: inout HTML) {
    let due = answers.deadlines(until: catalog.today.adding(days: 90)).filter {
      $0.category.isHard || $0.category != .review && $0.isOverdue
    }
    guard !due.isEmpty else { return }
    html.section(
      words(Words.nextDeadlines), end: { $0.link(SitePage.deadlines.address, words(Words.all)) }
    ) { html in
      html.list("rows", due.prefix(6)) { html, deadline in
        html.element(.time, .datetime(deadline.date.description), text: format.date(deadline.date))
        html.element(.div) { html in
          link(&html, to: deadline.record, depth: 0)
          html.text(" ")
          html.element(.span, .class("what")) { html in
            html.text("\(words(deadline.category.label)), ")
            distance(&html, to: deadline)
          }
        }
      }
      if due.count > 6 { html.element(.p, .class("small muted also"), text: "… \(due.count - 6)") }
    }
  }

  private func reviewsDue(_ html: inout HTML) {
    let due = answers.reviewsDue()
    html.section(words(Words.toConfirm)) { html in
      neverConfirmed(&html, isAll: due.isEmpty)
      guard !due.isEmpty else { return }
      html.list("rows", due.prefix(8)) { html, entry in
        html.element(.time, .datetime(entry.date.description), text: format.date(entry.date))
        html.element(.div) { html in
          link(&html, to: entry.record, depth: 0)
          guard entry.date < catalog.today else { return }
          html.text(" ")
          html.age("late", .overdue, words(Words.overdue))
        }
      }
      if due.count > 8 { html.element(.p, .class("small muted also"), text: "… \(due.count - 8)") }
    }
  }

  private func neverConfirmed(_ html: inout HTML, isAll: Bool) {
    let count = answers.neverConfirmedCount()
    guard count > 0 else {
      if isAll { html.element(.p, .class("muted small"), text: words(Words.nothingDue)) }
      return
    }
    html.element(.p, .class("small")) { html in
      let text = words(Words.neverConfirmed(count, format.integer(count)))
      if answers.history == nil { html.text(text) } else { html.link(SitePage.confirm.address, text) }
    }
  }

  private func fixNext(_ html: inout HTML, _ findings: [RankedFinding]) {
    guard !findings.isEmpty else { return }
    html.section(
      words(Words.fixNext),
      end: { $0.link(SitePage.findings.address, "\(words(Words.findings)): \(format.integer(findings.count))") }
    ) { html in
      // Three of one kind would say one thing three times.
      var rules: Set<String> = []
      let shown = findings.filter { rules.insert($0.finding.rule.code).inserted }.prefix(3)
      html.element(.ol, .class("rank")) { html in for finding in shown { ranked(&html, finding) } }
    }
  }

  private func recentlyConfirmed(_ html: inout HTML) {
    let confirmed = answers.recentlyConfirmed()
    guard !confirmed.isEmpty else { return }
    html.section(words(Words.recentlyConfirmed)) { html in
      html.list("rows", confirmed.prefix(6)) { html, entry in
        html.element(.time, .datetime(entry.date.description), text: format.date(entry.date))
        html.element(.div) { html in
          link(&html, to: entry.record, depth: 0)
          html.what(words(entry.record.kind.label))
        }
      }
    }
  }

  private func recentlyChanged(_ html: inout HTML) {
    let recent = answers.lastEdits(5)
    guard !recent.isEmpty else { return }
    html.section(words(Words.recentlyChanged), end: { $0.link(SitePage.changes.address, words(Words.all)) }) { html in
      html.list("rows", recent) { html, entry in
        if let day = entry.day {
          html.element(.time, .datetime(day.description), text: format.date(day))
        } else {
          html.element(.span, .class("key"), text: words(Words.unknownDay))
        }
        html.element(.div) { html in
          for record in entry.records { link(&html, to: record, depth: 0) }
          html.element(.span, .class("what")) { html in
            html.text(author(of: entry.edit.commit))
            for sentence in told(entry, most: 1) {
              html.text(": ")
              linked(&html, sentence, depth: 0, about: entry.records.count == 1 ? entry.records[0] : nil)
            }
          }
        }
      }
    }
  }

  private func responsibility(_ html: inout HTML) {
    let owners = answers.owners()
    guard !owners.isEmpty else { return }
    html.section(words(Words.responsibility)) { html in
      html.list("rows", owners.prefix(8)) { html, owner in
        let word = words(owner.count == 1 ? Words.oneRecord : Words.records)
        html.element(.span, .class("key"), text: "\(format.integer(owner.count)) \(word)")
        html.element(.div) { html in
          link(&html, to: owner.record, depth: 0)
          if let function = owner.record.value(.function)?.text { html.text(", \(function)") }
        }
      }
    }
  }
}

/// The kinds, each with the number of its records.
struct Directory: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    let counts = Dictionary(grouping: records) { ObjectIdentifier($0.kind) }
    html.section(words(Words.directory)) { html in
      index(
        &html,
        catalog.schema.kinds.compactMap { kind in
          counts[ObjectIdentifier(kind)].map { (SiteMap.list(of: kind), words(kind.plural), $0.count) }
        })
    }
  }
}
