public import KBCatalog
import KBSchema
import KBSource

/// The runbook to open, and the systems that come first.
extension Answers {
  /// The active runbooks for a system in trouble; where none is for trouble, all of them.
  ///
  /// What to do about a failure comes before how to rebuild and how to get by without; what is written for this system
  /// before what is written for many.
  public func runbooks(for system: Record) -> [Record] {
    let all = activeRunbooks(for: system)
    let forTrouble = all.filter(isForTrouble)
    return forTrouble.isEmpty ? all : forTrouble
  }

  private func activeRunbooks(for system: Record) -> [Record] {
    let order = ["incident": 0, "recovery": 1, "emergency": 2]
    return catalog.sources(.handles, to: system).filter { $0.lifecycle.isInUse && isPublished($0) }
      .map { runbook in
        (
          runbook: runbook, place: order[runbook.choice(.category)?.value ?? ""] ?? 3,
          breadth: catalog.records(.handles, of: runbook).count
        )
      }
      .sorted { ($0.place, $0.breadth, $0.runbook.title) < ($1.place, $1.breadth, $1.runbook.title) }
      .map(\.runbook)
  }

  /// The active runbooks that help when a system is down; "mailbox hacked" is none for "mail is down".
  public func outageRunbooks(for system: Record) -> [Record] {
    runbooks(for: system).filter { isForTrouble($0) && $0.isForOutage }
  }

  /// The active runbooks to open first when a system is down: those for an outage; where there are none, those that may help in one.
  public func runbooksToOpen(for system: Record) -> [Record] {
    let forOutage = outageRunbooks(for: system)
    return forOutage.isEmpty ? activeRunbooks(for: system).filter(\.mayHelpInOutage) : forOutage
  }

  /// The published runbooks for trouble that are in use.
  public var runbooksForTrouble: [Record] { records.filter { isForTrouble($0) && $0.lifecycle.isInUse } }

  /// Those for trouble; where no runbook says what it is for, as in a folder of plain Markdown, all of them.
  public var runbooksToShow: [Record] {
    let forTrouble = runbooksForTrouble
    return forTrouble.isEmpty ? records(.runbook).filter(\.lifecycle.isInUse) : forTrouble
  }

  /// Whether a record is a runbook for trouble.
  public func isForTrouble(_ record: Record) -> Bool {
    record.kind.behaviour == .runbook
      && ["incident", "emergency", "recovery"].contains(record.choice(.category)?.value ?? "")
  }

  /// The systems in use: those whose failure stops the company, those whose failure hits it hard, and the others.
  public var systemsInUse: (critical: [Record], high: [Record], others: [Record]) {
    let systems = records(.system).filter(\.lifecycle.isInUse)
    return (
      systems.filter(\.isCritical), systems.filter { $0.isVital && !$0.isCritical }, systems.filter { !$0.isVital }
    )
  }
}
