import KBAnswers
import KBCatalog
import KBMarkup
import KBPapers
import KBSchema
import KBSource

/// Who has which access: what needs a decision, people by system, and the lists that auditors ask for.
struct AccessPage: Page {
  let context: PageContext

  /// More rows are in the CSV.
  private static let mostRows = 400

  func write(_ html: inout HTML) {
    let held = context.held.all
    let matrix = answers.accessMatrix(held)
    let lists = lists(held, matrix)
    top(&html, words(AccessWords.title)) { html in
      html.text(words(AccessWords.lead(matrix.rows.count, matrix.systems.count)))
      html.text(" ")
      html.link(SitePage.accessReview.address, words(AccessWords.reviewTitle))
    }
    // The lists that are asked for most come after a matrix that fills a phone.
    html.element(.p, .class("jumps no-print")) { html in
      for section in lists { html.link(.anchor(anchor(of: section)), words(section.heading)) }
    }
    toSettle(&html)
    if !matrix.rows.isEmpty { MatrixTable(context: context, matrix: matrix).write(&html) }
    for section in lists {
      PaperSections(context: context, depth: 0).write(&html, section, id: anchor(of: section))
    }
  }

  private func anchor(of section: Paper.Section) -> String { PageID.own(slug(words(section.heading))) }

  /// The findings about accesses, with the record that each is in.
  private func toSettle(_ html: inout HTML) {
    let open = answers.findings.filter { $0.rule.code.hasPrefix("access/") }
    guard !open.isEmpty else { return }
    html.section(words(AccessWords.toSettle)) { html in
      html.table("stack paper", columns(AccessWords.access, AccessWords.what)) { html in
        for finding in open.prefix(Self.mostRows) {
          html.element(.tr) { html in
            html.rowHead { html in
              if let record = catalog.record(at: finding.path) { link(&html, to: record, depth: 0) }
            }
            html.element(.td) { html in
              mark(&html, severity: finding.severity)
              html.text(" ")
              sentence(&html, finding)
            }
          }
        }
      }
    }
  }

  private func lists(_ held: [HeldAccess], _ matrix: AccessMatrix) -> [Paper.Section] {
    let external = held.filter { answers.isExternal($0.who) }
    return [
      answers.accessSection(answers.administrators(held), AccessWords.admins),
      answers.accessSection(answers.withoutFactor(held), AccessWords.withoutFactor), expired, toReview,
      answers.accessSection(external, AccessWords.external), withoutSSO,
      answers.accessSection(matrix.elsewhere, AccessWords.elsewhere),
    ].compactMap(\.self).filter { !$0.isEmpty }
  }

  private var expired: Paper.Section {
    Paper.Section(
      AccessWords.expired, columns: [AccessWords.access, AccessWords.who, AccessWords.until],
      rows: answers.expired().map { access, holding in
        [Paper.Cell(access), Paper.Cell(holding.holder), Paper.Cell(holding.until?.date, mark: .bad)]
      })
  }

  private var toReview: Paper.Section {
    Paper.Section(
      AccessWords.toReview, columns: [AccessWords.access, AccessWords.dueColumn, AccessWords.owner],
      rows: answers.accessesToReview().map { access, due in
        let day = due.map { Paper.Cell($0, mark: .bad) } ?? Paper.Cell(AccessWords.neverConfirmed, mark: .soon)
        return [Paper.Cell(access), day, Paper.Cell(answers.records(.owner, of: access))]
      })
  }

  private var withoutSSO: Paper.Section {
    Paper.Section(
      AccessWords.withoutSSO, columns: [AccessWords.system, AccessWords.method, AccessWords.owner],
      rows: answers.systemsWithoutSSO().map { system, method in
        [
          Paper.Cell(system), Paper.Cell(method?.label ?? Message("")),
          Paper.Cell(answers.records(.owner, of: system)),
        ]
      })
  }
}
