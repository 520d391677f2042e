import KBAnswers
import KBCatalog
import KBDisk
import KBHistory
import KBMarkup
import KBPages
import KBReports
import KBSchema
import KBSource
import KBWorkspace

/// The page of all members, in one language; it needs no other file.
struct OverviewPage {
  let overview: Overview
  let lock: MembersLock?
  let language: Language

  /// More rows of a table are not shown.
  private static let most = 500

  private var format: Format { Format(language: language) }
  private func words(_ message: Message) -> String { message[language] }

  /// The file of the page in a language: the overview's own is the first one.
  static func path(_ language: Language, in overview: Overview) -> String {
    language == overview.language ? "index.html" : "index-\(language.rawValue).html"
  }

  var bytes: [UInt8] {
    var html = HTML(capacity: 65_536)
    write(&html)
    let title = overview.settings.configuration.title
    return LonePage(title: words(OverviewWords.members), siteTitle: title, language: language).bytes(html)
  }

  private func write(_ html: inout HTML) {
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: overview.settings.configuration.title)
      html.element(.p, .class("lead"), text: words(OverviewWords.lead))
      html.element(.p, .class("range")) { html in
        html.element(.span, text: "\(words(Words.asOf)) \(format.date(overview.today))")
        for other in Language.allCases where other != language {
          html.element(.span) { html in
            html.link(.file(OverviewPage.path(other, in: overview), depth: 0), other == .german ? "Deutsch" : "English")
          }
        }
      }
    }
    members(&html)
    cancellations(&html)
    findings(&html)
    products(&html, OverviewWords.systems, overview.products(.system))
    products(&html, OverviewWords.providers, overview.products(.provider))
    if overview.shared != nil { runbooks(&html) }
  }

  private func columns(_ words: Message...) -> [HTML.Column] { words.map { HTML.Column(label: self.words($0)) } }

  private func link(_ html: inout HTML, to used: MemberRecord) {
    let place = SiteMap.page(used.record.id, of: used.record.kind)
    html.link(.file("\(used.member.id)/\(place)", depth: 0), used.record.title)
  }

  /// Writes a table whose first rows are shown, and says how many are left out.
  private func table<Row>(
    _ html: inout HTML, _ columns: [HTML.Column], _ rows: [Row], row: (inout HTML, Row) -> Void
  ) {
    html.table("stack", columns) { html in
      for entry in rows.prefix(OverviewPage.most) { html.element(.tr) { row(&$0, entry) } }
    }
    if rows.count > OverviewPage.most {
      html.element(
        .p, .class("muted small also"),
        text: "\(words(OverviewWords.more)) \(format.integer(rows.count - OverviewPage.most))")
    }
  }

  // MARK: Sections

  private func members(_ html: inout HTML) {
    html.section(words(OverviewWords.members)) { html in
      var columns = columns(
        OverviewWords.member, OverviewWords.commit, OverviewWords.records, OverviewWords.errors, OverviewWords.warnings,
        OverviewWords.hints)
      for index in 2..<6 { columns[index].classes = "num" }
      table(&html, columns, overview.members) { html, member in
        html.rowHead { html in
          html.link(.file("\(member.id)/index.html", depth: 0), member.title)
          html.what(member.id)
        }
        html.element(.td) { commit(&$0, of: member) }
        let counts = [member.answers.records.count] + [Severity.error, .warning, .hint].map(member.report.count)
        for (column, count) in zip(columns.dropFirst(2), counts) {
          html.element(
            .td, .class("num"), .data("label", column.label), text: count == 0 ? "" : format.integer(count))
        }
      }
      html.list("rows", overview.failures) { html, failure in
        html.element(.b, text: failure.member.id)
        html.text(words(OverviewWords.unreadable))
      }
    }
  }

  private func commit(_ html: inout HTML, of member: MemberBase) {
    guard let commit = member.commit else { return html.text(words(OverviewWords.noCommit)) }
    html.element(.code, text: commit.id.short)
    var notes = [commit.committed.map { format.date($0.date) }].compactMap(\.self)
    if let count = member.uncommitted, count > 0 { notes.append(words(OverviewWords.uncommitted(count))) }
    if let lock { notes.append(words(lock.state(of: member).words)) }
    html.what(notes.joined(separator: " · "))
  }

  private func cancellations(_ html: inout HTML) {
    let found = overview.cancellations()
    html.section(words(OverviewWords.cancel)) { html in
      if found.isEmpty { return html.element(.p, text: words(OverviewWords.nothingToCancel)) }
      let columns = columns(
        OverviewWords.day, OverviewWords.member, OverviewWords.contract, OverviewWords.consequence)
      table(&html, columns, found) { html, entry in
        let (deadline, answers) = (entry.deadline, entry.member.answers)
        html.element(.td) { html in
          html.element(.time, .class("nb"), .datetime(deadline.date.description), text: format.date(deadline.date))
          html.what(words(answers.distance(to: deadline.date)))
        }
        html.element(.td, text: entry.member.title)
        html.rowHead { link(&$0, to: MemberRecord(member: entry.member, record: deadline.record)) }
        html.element(.td, text: words(answers.consequence(of: deadline)))
      }
    }
  }

  private func findings(_ html: inout HTML) {
    let rules = overview.rules
    html.section(words(OverviewWords.findings)) { html in
      if rules.isEmpty { return html.element(.p, text: words(OverviewWords.noFindings)) }
      table(&html, columns(Words.severity, OverviewWords.rule, OverviewWords.place), rules) { html, rule in
        html.element(.td) { $0.mark(severity: rule.severity, text: words(rule.severity.word)) }
        html.rowHead { html in
          html.text(words(rule.rule.title))
          html.what(rule.rule.code)
        }
        html.element(.td) { html in
          separated(&html, rule.counts) { html, entry in
            html.link(.file("\(entry.member.id)/findings.html", depth: 0), entry.member.title)
            html.text(" \(format.integer(entry.count))")
          }
        }
      }
    }
  }

  private func products(_ html: inout HTML, _ title: Message, _ products: [SharedProduct]) {
    guard !products.isEmpty else { return }
    html.section(words(title), end: { $0.element(.p, .class("muted"), text: format.integer(products.count)) }) { html in
      table(&html, columns(Words.entry, OverviewWords.members), products) { html, product in
        html.rowHead { $0.text(product.title) }
        html.element(.td) { html in
          separated(&html, product.uses) { html, used in
            let place = SiteMap.page(used.record.id, of: used.record.kind)
            html.link(.file("\(used.member.id)/\(place)", depth: 0), used.member.title)
          }
        }
      }
    }
  }

  private func runbooks(_ html: inout HTML) {
    let copies = overview.runbookCopies
    let differing = copies.filter { if case .same = $0.comparison { false } else { true } }
    html.section(words(OverviewWords.runbooks)) { html in
      if differing.isEmpty {
        html.element(.p, text: words(OverviewWords.noneDiffers))
      } else {
        table(&html, columns(OverviewWords.runbook, OverviewWords.member, OverviewWords.difference), differing) {
          html, copy in
          html.rowHead { link(&$0, to: copy.own) }
          html.element(.td, text: copy.own.member.title)
          html.element(.td, text: words(copy.difference))
        }
      }
      let same = copies.count - differing.count
      if same > 0 { html.element(.p, .class("muted small also"), text: words(OverviewWords.same(same))) }
    }
  }

  private func separated<Items: Sequence>(
    _ html: inout HTML, _ items: Items, write: (inout HTML, Items.Element) -> Void
  ) {
    for (number, item) in items.enumerated() {
      if number > 0 { html.text(", ") }
      write(&html, item)
    }
  }
}

extension RunbookCopy {
  /// How it differs, in words; empty where it does not.
  var difference: Message {
    switch comparison {
    case .same: Message("")
    case .steps(let steps): steps
    case .text: OverviewWords.otherText
    }
  }
}
