import KBAnswers
import KBCatalog
import KBSource

/// Who has which access: what needs a decision, people by system, and the lists that auditors ask for.
struct AccessPage: Page {
  let context: PageContext

  /// More rows are in the CSV of `kb access`.
  private static let mostRows = 400

  func write(_ html: inout HTML) {
    let held = answers.heldAccesses()
    let matrix = answers.accessMatrix(held)
    top(&html, words(AccessWords.title)) { html in
      html.text(words(AccessWords.lead(matrix.rows.count, matrix.systems.count)))
      html.text(" ")
      html.link(SitePage.accessReview.address, words(AccessWords.reviewTitle))
    }
    toSettle(&html)
    if !matrix.rows.isEmpty { table(&html, matrix) }
    list(&html, AccessWords.admins, held.filter { isPrivileged($0.access) })
    list(&html, AccessWords.external, held.filter { isExternal($0.who) })
    let elsewhere = matrix.elsewhere
    list(&html, AccessWords.elsewhere, elsewhere)
  }

  /// The findings about accesses, with the record that each is in.
  private func toSettle(_ html: inout HTML) {
    let open = answers.findings.filter { $0.rule.code.hasPrefix("access/") }
    guard !open.isEmpty else { return }
    html.section(words(AccessWords.toSettle)) { html in
      html.table("stack", columns(AccessWords.access, AccessWords.what)) { html in
        for finding in open.prefix(Self.mostRows) {
          html.element(.tr) { html in
            html.rowHead { html in
              if let record = catalog.record(at: finding.path) { link(&html, to: record, depth: 0) }
            }
            html.element(.td) { html in
              message(&html, finding.message)
              if let remedy = finding.remedy { html.element(.span, .class("what")) { message(&$0, remedy) } }
            }
          }
        }
      }
    }
  }

  // MARK: People by system

  private func table(_ html: inout HTML, _ matrix: AccessMatrix) {
    html.section(words(AccessWords.matrix), id: PageID.own("matrix")) { html in
      signs(&html)
      html.element(
        .div, .class("matrix-box"), .tabIndex, .role("region"), .aria("labelledby", PageID.own("matrix"))
      ) { html in
        html.element(.table, .class("matrix")) { html in
          html.element(.caption, .class("vh"), text: words(AccessWords.matrix))
          html.element(.thead) { html in
            html.element(.tr) { html in
              html.element(.th, .scope("col"), text: words(AccessWords.who))
              for system in matrix.systems { html.element(.th, .scope("col")) { link(&$0, to: system, depth: 0) } }
              html.element(.th, .scope("col"), .class("sum"), text: words(AccessWords.sum))
            }
          }
          html.element(.tbody) { html in for row in matrix.rows.prefix(Self.mostRows) { self.row(&html, row) } }
        }
      }
      if matrix.rows.count > Self.mostRows {
        html.element(.p, .class("muted"), text: words(AccessWords.more(matrix.rows.count - Self.mostRows)))
      }
    }
  }

  private func row(_ html: inout HTML, _ row: AccessMatrix.Row) {
    html.element(.tr) { html in
      html.rowHead { link(&$0, to: row.who, depth: 0) }
      for lines in row.cells {
        html.element(.td) { html in if let line = lines.max(by: { rank($0) < rank($1) }) { mark(&html, line) } }
      }
      html.element(.td, .class("sum"), text: format.integer(row.count))
    }
  }

  /// A letter for the kind of access, which leads to it.
  private func mark(_ html: inout HTML, _ line: HeldAccess) {
    guard let path = map.path(of: line.access) else { return }
    let type = line.access.choice(.category).map { words($0.label) } ?? line.access.title
    let style =
      hasNoFactor(line.access) ? " m-bad" : isPrivileged(line.access) ? " m-a" : isEmergency(line.access) ? " m-n" : ""
    html.element(
      .a, .class("m\(style)"), .href(.file(path, depth: 0)),
      .aria("label", "\(line.access.title) (\(type))"), text: String(type.prefix(1)))
  }

  private func signs(_ html: inout HTML) {
    html.list("signs", AccessWords.signs) { html, sign in
      html.element(.span, .class("m \(sign.style)"), text: words(sign.letter))
      html.text(" " + words(sign.text))
    }
  }

  private func rank(_ line: HeldAccess) -> Int {
    if hasNoFactor(line.access) { return 3 }
    return isPrivileged(line.access) ? 2 : isEmergency(line.access) ? 1 : 0
  }

  private func isPrivileged(_ access: Record) -> Bool { access.choice(.category)?.value == "admin" }
  private func isEmergency(_ access: Record) -> Bool { access.choice(.category)?.value == "emergency" }
  private func hasNoFactor(_ access: Record) -> Bool {
    answers.findings(of: access).contains { $0.rule.code == "access/no-mfa" }
  }
  private func isExternal(_ who: Record) -> Bool {
    who.kind.behaviour == .provider || !answers.records(.employer, of: who).isEmpty
      || who.choice(.category)?.value == "external"
  }

  // MARK: Lists

  private func list(_ html: inout HTML, _ title: Message, _ lines: [HeldAccess]) {
    guard !lines.isEmpty else { return }
    html.section(words(title), end: { $0.element(.p, .class("muted"), text: format.integer(lines.count)) }) { html in
      html.table(
        "stack", columns(AccessWords.who, AccessWords.system, AccessWords.access, AccessWords.until), isList: true
      ) { html in
        for line in lines.prefix(Self.mostRows) {
          html.element(.tr) { html in
            html.rowHead { html in
              link(&html, to: line.who, depth: 0)
              if let through = AccessWords.through(line) { html.what(words(through)) }
            }
            html.element(.td) { html in if let system = line.system { link(&html, to: system, depth: 0) } }
            html.element(.td) { link(&$0, to: line.access, depth: 0) }
            html.element(.td, .class("nb"), text: line.holding.until?.date.map(format.date) ?? "")
          }
        }
      }
    }
  }
}

/// A sheet for each owner of accesses, to print and to tick: who has it, since when, and whether that is still right.
struct AccessReviewPage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    top(&html, words(AccessWords.reviewTitle)) { $0.text(words(AccessWords.reviewLead)) }
    for review in answers.accessReviews(answers.heldAccesses()) {
      html.section(
        { html in
          html.element(.h2) { html in
            if let owner = review.owner { link(&html, to: owner, depth: 0) } else { html.text(words(AccessWords.noOwner)) }
          }
        }, end: { $0.element(.p, .class("muted"), text: format.integer(review.accesses.count)) }
      ) { html in
        for (access, lines) in review.accesses { sheet(&html, access, lines) }
      }
    }
  }

  private func sheet(_ html: inout HTML, _ access: Record, _ lines: [HeldAccess]) {
    html.element(.h3) { link(&$0, to: access, depth: 0) }
    let confirmed = access.value(.reviewed)?.date.map { words(AccessWords.confirmed(format.date($0))) }
    let due = access.reviewDue.map { words(AccessWords.due(format.date($0))) }
    html.element(
      .p, .class("muted"),
      text: [confirmed ?? words(AccessWords.neverConfirmed), due].compactMap(\.self).joined(separator: "; "))
    guard !lines.isEmpty else { return html.element(.p, text: words(AccessWords.nobody)) }
    html.table(
      "stack", columns(AccessWords.who, AccessWords.since, AccessWords.until, AccessWords.there, AccessWords.right)
    ) { html in
      for line in lines {
        html.element(.tr) { html in
          html.rowHead { html in
            link(&html, to: line.who, depth: 0)
            if let through = AccessWords.through(line) { html.what(words(through)) }
          }
          html.element(.td, .class("nb"), text: line.holding.since.map(format.date) ?? "")
          html.element(.td, .class("nb"), text: line.holding.until?.date.map(format.date) ?? "")
          html.element(.td, text: words(line.who.lifecycle == .retired ? AccessWords.gone : AccessWords.employed))
          html.element(.td, text: "☐")
        }
      }
    }
    html.element(.p) { $0.element(.code, text: "kb confirm \(access.id)") }
  }
}

/// The register of processing activities under Art. 30 GDPR.
struct PrivacyPage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    top(&html, words(AccessWords.register)) { $0.text(words(AccessWords.registerLead)) }
    let activities = answers.processingActivities()
    if activities.isEmpty { html.element(.p, text: words(AccessWords.noActivities)) }
    for activity in activities {
      html.section({ html in html.element(.h2) { link(&$0, to: activity.process, depth: 0) } }) { html in
        for missing in activity.missing { html.element(.p) { message(&$0, missing) } }
        html.element(.dl, .class("facts")) { html in
          for column in activity.columns {
            let letter = column.letter.isEmpty ? "" : "\(column.letter)) "
            html.entry(letter + words(column.label)) { $0.text(column.text.isEmpty ? "–" : column.text) }
          }
        }
      }
    }
    let missing = answers.unregisteredProcesses()
    guard !missing.isEmpty else { return }
    html.section(words(AccessWords.unregistered)) { html in
      html.list("rows", missing) { link(&$0, to: $1, depth: 0) }
    }
  }
}
