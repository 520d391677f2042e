import KBCatalog
import KBSource

/// The start page: what matters now.
extension Site {
  func homePage(_ html: inout HTML) {
    html.element(.h1, .class("vh"), text: catalog.configuration.title)
    figures(&html)
    var critical = HTML()
    criticalSystems(&critical, limit: 12, showsRecovery: true)
    // Where nothing is critical, the directory is what one came for.
    let leadsWithDirectory = critical.bytes.isEmpty
    html.element(.div, .class("cols")) { html in
      html.element(.div) { if leadsWithDirectory { self.directory(&$0) } else { $0.append(critical) } }
      html.element(.div) { html in
        self.reviewsDue(&html)
        self.recentlyConfirmed(&html)
      }
    }
    html.element(.div, .class(findings.isEmpty ? "" : "cols half")) { html in
      html.element(.div) { self.fixNext(&$0) }
      html.element(.div) { self.responsibility(&$0) }
    }
    if !leadsWithDirectory { directory(&html) }
  }

  private func figures(_ html: inout HTML) {
    let health = health
    var figures: [(String, String)] = []
    if health.critical > 0 {
      let all = health.withRunbook == health.critical
      figures.append(
        (
          format.integer(health.critical),
          language == .german
            ? (health.critical == 1 ? "System ist kritisch, " : "Systeme sind kritisch, ")
              + (all ? "alle mit Runbook" : "davon \(health.withRunbook) mit Runbook")
            : (health.critical == 1 ? "critical system, " : "critical systems, ")
              + (all ? "all with a runbook" : "\(health.withRunbook) with a runbook")
        ))
    }
    figures.append((format.integer(health.errors), language == .german ? "Fehler offen" : "open errors"))
    figures.append(
      (
        format.integer(health.warnings),
        language == .german ? (health.warnings == 1 ? "Warnung offen" : "Warnungen offen") : "open warnings"
      ))
    if health.confirmable > 0 {
      figures.append(
        (
          "\(health.confirmed * 100 / health.confirmable)\u{A0}%",
          language == .german
            ? "der Einträge fristgerecht bestätigt, \(format.integer(health.confirmed))\u{A0}von\u{A0}\(format.integer(health.confirmable))"
            : "of the records confirmed in time, \(format.integer(health.confirmed))\u{A0}of\u{A0}\(format.integer(health.confirmable))"
        ))
    } else {
      figures.append((format.integer(records.count), words(Words.records)))
    }
    html.element(.dl, .class("figures")) { html in
      for (number, text) in figures {
        html.element(.div) { html in
          html.element(.dt, text: text)
          html.element(.dd, text: number)
        }
      }
    }
  }

  /// Critical systems, what stops without them, whom to call, what to do.
  func criticalSystems(_ html: inout HTML, limit: Int, showsRecovery: Bool) {
    let systems = records.filter {
      $0.kind.behaviour == .system && $0.lifecycle.isInUse && ($0.choice(.criticality)?.rank ?? 0) >= 3
    }
    let critical = systems.filter { $0.choice(.criticality)?.rank == 4 }
    // The start page keeps to the critical ones; where there are none, it has room for those of high criticality.
    let listed =
      showsRecovery && health.critical > 0 ? critical : critical + systems.filter { $0.choice(.criticality)?.rank == 3 }
    let shown = Array(listed.prefix(limit))
    guard !shown.isEmpty else { return }
    html.element(.section, .class("sec")) { html in
      html.element(.div, .class("sec-h")) { html in
        html.element(.h2, text: self.words(Words.criticalSystems))
        if showsRecovery {
          html.element(.a, .href(SitePage.emergency.address), text: self.words(Words.somethingIsDown))
        }
      }
      html.element(.table, .class(showsRecovery ? "calls" : "stack calls")) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            html.element(.th, .scope("col"), text: self.words(Words.systemAndWhatStops))
            html.element(.th, .scope("col"), text: self.words(Words.emergencyNumber))
            html.element(.th, .scope("col"), .class(showsRecovery ? "opt" : ""), text: self.words(Words.runbook))
            html.element(.th, .scope("col"), .class("num opt"), text: "RTO")
          }
        }
        html.element(.tbody) { html in
          for system in shown { self.criticalRow(&html, system, runbookIsOptional: showsRecovery) }
        }
      }
      if listed.count > shown.count, let kind = listed.first?.kind {
        let target = showsRecovery ? SitePage.emergency.path : SiteMap.list(of: kind)
        html.element(.p, .class("also small")) {
          $0.element(
            .a, .href(.file(target, depth: 0)),
            text: "\(self.words(Words.all)) \(self.format.integer(listed.count))")
        }
      }
    }
  }

  private func criticalRow(_ html: inout HTML, _ system: Record, runbookIsOptional: Bool) {
    html.element(.tr) { html in
      html.element(.th, .scope("row")) { html in
        self.link(&html, to: system, depth: 0)
        if let impact = system.value(.impact)?.text { html.element(.span, .class("what"), text: impact) }
      }
      html.element(.td) { html in
        if let contact = self.contacts(for: system).first {
          self.phone(&html, contact.phone)
          html.element(.span, .class("what"), text: contact.name)
        }
      }
      html.element(.td, .class(runbookIsOptional ? "opt" : "")) { html in
        for (index, runbook) in self.runbooks(for: system).prefix(runbookIsOptional ? 1 : 4).enumerated() {
          if index > 0 { html.void(.br) }
          self.link(&html, to: runbook, depth: 0)
        }
      }
      html.element(.td, .class("num opt"), text: system.value(.rto)?.duration.map { self.format.duration($0) } ?? "–")
    }
  }

  private func reviewsDue(_ html: inout HTML) {
    let horizon = catalog.today.adding(days: 30)
    var due: [(date: CalendarDate, record: Record)] = []
    for record in records where record.lifecycle.isInUse {
      if let date = record.reviewDue, date <= horizon { due.append((date, record)) }
    }
    due.sort { $0.date == $1.date ? $0.record.id < $1.record.id : $0.date < $1.date }
    html.element(.section, .class("sec")) { html in
      html.element(.h2, text: self.words(Words.reviewsDue))
      self.neverConfirmed(&html, isAll: due.isEmpty)
      guard !due.isEmpty else { return }
      html.element(.ul, .class("rows")) { html in
        for (date, record) in due.prefix(8) {
          html.element(.li) { html in
            html.element(.time, .datetime(date.description), text: self.format.date(date))
            html.element(.div) { html in
              self.link(&html, to: record, depth: 0)
              if date < self.catalog.today {
                html.text(" ")
                html.element(.span, .class("age late")) { html in
                  html.icon(.overdue)
                  html.text(self.words(Words.overdue))
                }
              }
            }
          }
        }
      }
      if due.count > 8 { html.element(.p, .class("small muted also"), text: "… \(due.count - 8)") }
    }
  }

  /// How many records nobody has confirmed yet; they have no day on which that would be due.
  private func neverConfirmed(_ html: inout HTML, isAll: Bool) {
    let count = records.count { record in
      guard record.lifecycle.isInUse, record.isDescribed, case .never? = freshness(of: record) else { return false }
      return true
    }
    let isGerman = language == .german
    guard count > 0 else {
      guard isAll else { return }
      html.element(
        .p, .class("muted small"),
        text: isGerman
          ? "In den nächsten 30 Tagen ist nichts zu bestätigen." : "Nothing needs confirming in the next 30 days.")
      return
    }
    let text =
      isGerman
      ? (count == 1 ? "Einen Eintrag hat" : "\(format.integer(count)) Einträge hat") + " noch niemand bestätigt."
      : (count == 1 ? "One record was" : "\(format.integer(count)) records were") + " never confirmed."
    html.element(.p, .class("small")) { html in
      if options.history == nil {
        html.text(text)
      } else {
        html.element(.a, .href(SitePage.confirm.address), text: text)
      }
    }
  }

  private func fixNext(_ html: inout HTML) {
    let ranked = findings
    guard !ranked.isEmpty else { return }
    html.element(.section, .class("sec")) { html in
      html.element(.div, .class("sec-h")) { html in
        html.element(.h2, text: self.words(Words.fixNext))
        html.element(
          .a, .href(SitePage.findings.address),
          text: "\(self.words(Words.findings)): \(self.format.integer(ranked.count))")
      }
      html.element(.ol, .class("rank")) { html in for finding in ranked.prefix(3) { self.rankedFinding(&html, finding) }
      }
    }
  }

  private func recentlyConfirmed(_ html: inout HTML) {
    var confirmed: [(date: CalendarDate, record: Record)] = []
    for record in records {
      if let date = record.value(.reviewed)?.date, date <= catalog.today { confirmed.append((date, record)) }
    }
    confirmed.sort { $0.date == $1.date ? $0.record.id < $1.record.id : $0.date > $1.date }
    guard !confirmed.isEmpty else { return }
    html.element(.section, .class("sec")) { html in
      html.element(.h2, text: self.words(Words.recentlyConfirmed))
      html.element(.ul, .class("rows")) { html in
        for (date, record) in confirmed.prefix(6) {
          html.element(.li) { html in
            html.element(.time, .datetime(date.description), text: self.format.date(date))
            html.element(.div) { html in
              self.link(&html, to: record, depth: 0)
              html.element(.span, .class("what"), text: self.words(record.kind.label))
            }
          }
        }
      }
    }
  }

  func directory(_ html: inout HTML) {
    html.element(.section, .class("sec")) { html in
      html.element(.h2, text: self.words(Words.directory))
      html.element(.ul, .class("index")) { html in
        for kind in self.catalog.schema.kinds {
          let count = self.records.count { $0.kind === kind }
          guard count > 0 else { continue }
          html.element(.li) { html in
            html.element(.a, .href(.file(SiteMap.list(of: kind), depth: 0)), text: self.words(kind.plural))
            html.text(" ")
            html.element(.span, text: self.format.integer(count))
          }
        }
      }
    }
  }

  private func responsibility(_ html: inout HTML) {
    var counts: [Int: Int] = [:]
    for record in records where record.lifecycle.isInUse {
      for owner in catalog.records(.owner, of: record) { counts[owner.index, default: 0] += 1 }
    }
    var owners: [(record: Record, count: Int)] = []
    for (index, count) in counts where map.isPublished(catalog.records[index]) {
      owners.append((catalog.records[index], count))
    }
    owners.sort { $0.count == $1.count ? $0.record.id < $1.record.id : $0.count > $1.count }
    guard !owners.isEmpty else { return }
    html.element(.section, .class("sec")) { html in
      html.element(.h2, text: self.words(Words.responsibility))
      html.element(.ul, .class("rows")) { html in
        for (owner, count) in owners.prefix(8) {
          html.element(.li) { html in
            let word =
              self.language == .german ? (count == 1 ? "Eintrag" : "Einträge") : (count == 1 ? "record" : "records")
            html.element(.span, .class("key"), text: "\(self.format.integer(count)) \(word)")
            html.element(.div) { html in
              self.link(&html, to: owner, depth: 0)
              if let function = owner.value(.function)?.text { html.text(", \(function)") }
            }
          }
        }
      }
    }
  }
}
