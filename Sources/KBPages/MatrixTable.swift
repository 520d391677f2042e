import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
import KBSource

/// People by system, a letter for each access; what nobody has is left out.
struct MatrixTable: Page {
  let context: PageContext
  let matrix: AccessMatrix
  /// The numbers of the accesses without a second factor.
  private let open: Set<Int>

  init(context: PageContext, matrix: AccessMatrix) {
    (self.context, self.matrix) = (context, matrix)
    open = context.answers.accessesWithoutFactor()
  }

  private static let mostRows = 400
  private static let mostColumns = 120

  func write(_ html: inout HTML) {
    html.section(
      { $0.element(.h2, .ownID("matrix"), text: words(AccessWords.matrix)) },
      end: { $0.link(.file(SiteSheets.accessPath, depth: 0), words(AccessWords.csv)) }
    ) { html in
      signs(&html)
      html.element(
        .div, .class("matrix-box"), .tabIndex, .role("region"), .aria("labelledby", PageID.own("matrix"))
      ) { table(&$0) }
      notes(&html)
    }
  }

  private var columns: ArraySlice<Record> { matrix.systems.prefix(Self.mostColumns) }

  private func table(_ html: inout HTML) {
    html.element(.table, .class("matrix")) { html in
      html.element(.caption, .class("vh"), text: words(AccessWords.matrix))
      html.element(.thead) { html in
        html.element(.tr) { html in
          html.element(.th, .scope("col"), text: words(AccessWords.who))
          for system in columns { html.element(.th, .scope("col")) { link(&$0, to: system, depth: 0) } }
          html.element(.th, .scope("col"), .class("sum"), text: words(AccessWords.sum))
        }
      }
      html.element(.tbody) { html in
        var isOutside = false
        for row in matrix.rows.prefix(Self.mostRows) {
          let begins = row.isExternal && !isOutside
          isOutside = isOutside || row.isExternal
          self.row(&html, row, begins: begins)
        }
      }
      html.element(.tfoot) { html in
        html.element(.tr) { html in
          html.rowHead { $0.text(words(AccessWords.people)) }
          for column in columns.indices { html.element(.td, text: format.integer(matrix.count(in: column))) }
          html.element(.td, .class("sum"), text: format.integer(matrix.rows.reduce(0) { $0 + $1.cells.count }))
        }
      }
    }
  }

  private func row(_ html: inout HTML, _ row: AccessMatrix.Row, begins: Bool) {
    html.element(.tr, .class(begins ? "grp" : "")) { html in
      html.rowHead { html in
        link(&html, to: row.who, depth: 0)
        if let employer = row.employer { html.element(.span, .class("muted"), text: " \(employer.title)") }
      }
      for column in columns.indices {
        html.element(.td) { html in
          if let line = row.cells[column]?.max(by: { rank($0) < rank($1) }) { mark(&html, line, row.who) }
        }
      }
      html.element(.td, .class("sum"), text: format.integer(row.cells.count))
    }
  }

  /// A letter for the kind of access, which leads to it.
  private func mark(_ html: inout HTML, _ line: HeldAccess, _ who: Record) {
    guard let path = map.path(of: line.access) else { return }
    let type = line.access.choice(.category).map { words($0.label) } ?? line.access.title
    let style =
      switch rank(line) {
      case 3: "m m-bad"
      case 2: "m m-a"
      case 1: "m m-n"
      default: "m"
      }
    let label = [type, who.title, line.system?.title].compactMap(\.self).joined(separator: ", ")
    html.element(
      .a, .class(style), .href(.file(path, depth: 0)), .aria("label", label), text: String(type.prefix(1)))
  }

  private func rank(_ line: HeldAccess) -> Int {
    if open.contains(line.access.index) { return 3 }
    switch line.access.choice(.category)?.value {
    case "admin": return 2
    case "emergency": return 1
    default: return 0
    }
  }

  private func signs(_ html: inout HTML) {
    html.list("signs", AccessWords.signs) { html, sign in
      html.element(.span, .class(sign.style.isEmpty ? "m" : "m \(sign.style)"), text: words(sign.letter))
      html.text(" " + words(sign.text))
    }
  }

  private func notes(_ html: inout HTML) {
    var notes: [Message] = []
    if matrix.unheldCount > 0 { notes.append(AccessWords.hiddenColumns(matrix.unheldCount)) }
    let (rows, columns) = (matrix.rows.count - Self.mostRows, matrix.systems.count - Self.mostColumns)
    if rows > 0 { notes.append(AccessWords.moreRows(rows)) }
    if columns > 0 { notes.append(AccessWords.moreColumns(columns)) }
    guard rows > 0 || columns > 0 || !notes.isEmpty else { return }
    html.element(.p, .class("muted small"), text: (notes + [AccessWords.allInCSV]).map(words).joined(separator: " "))
  }
}
