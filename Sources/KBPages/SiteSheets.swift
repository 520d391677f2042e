public import KBAnswers
import KBCatalog
import KBSchema
public import KBSheet
public import KBSource

/// Sheets that the site offers beside its pages, and the commands print.
public enum SiteSheets {
  package static let accessPath = "access.csv"
  package static let registerPath = "privacy.csv"

  /// Who has which access, a line for each.
  public static func accesses(_ lines: [HeldAccess]) -> Table {
    Table(
      columns: [
        "system", "system_title", "access", "access_title", "type", "mfa", "who", "name", "through", "recorded",
        "headcount", "since", "until",
      ],
      rows: lines.map { line in
        [
          .text(line.system?.id ?? ""), .text(line.system?.title ?? ""), .text(line.access.id),
          .text(line.access.title), .text(line.access.choice(.category)?.value ?? ""),
          .text(line.access.choice(.mfa)?.value ?? ""), .text(line.who.id), .text(line.who.title),
          .text(line.teams.map(\.id).joined(separator: " > ")), cell(line.gap?.recorded), cell(line.gap?.headcount),
          cell(line.holding.since), cell(line.holding.until?.date),
        ]
      })
  }

  /// The register of processing activities, with the columns of Art. 30(1) GDPR.
  public static func register(_ activities: [ProcessingActivity], _ language: Language) -> Table {
    let head = ProcessingActivity.headings.map { column in
      column.letter.isEmpty ? column.label[language] : "\(column.letter)) \(column.label[language])"
    }
    return Table(
      columns: ["id", Message(de: "Verarbeitungstätigkeit", en: "Processing activity")[language]] + head,
      rows: activities.map { activity in
        ([activity.process.id, activity.process.title] + activity.columns.map(\.text)).map { .text($0) }
      })
  }

  private static func cell(_ number: Int?) -> Table.Cell { number.map { .number(Double($0)) } ?? .text("") }
  private static func cell(_ date: CalendarDate?) -> Table.Cell { date.map { .date($0) } ?? .text("") }
}
