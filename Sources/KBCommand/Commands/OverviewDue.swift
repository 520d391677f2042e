import ArgumentParser
import KBAnswers
import KBCatalog
import KBMembers
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

extension DueCommand {
  /// A deadline of a member.
  private struct Entry {
    let member: MemberBase
    let deadline: Deadline
    let report: DueReport
  }

  /// Lists what is due in every member of an overview, the first day first.
  func listMembers(of settings: OverviewSettings) async throws {
    try settings.refuse(
      (revision.revision != nil, "--at"), (readers.audience != .restricted, "--audience"), (by != nil, "--by"),
      (output != nil, "-o"), (![.text, .json].contains(format), "--format \(format.rawValue)"))
    let overview = try await Overview(settings, workspace)
    for failure in overview.failures { failure.tell(in: overview.language) }
    let horizon = overview.today.adding(within ?? CalendarDuration(90, .days))
    var entries: [Entry] = []
    for member in overview.members {
      let answers = readers.answers(member.base.catalog)
      let wanted = try kind.map { try member.base.catalog.schema.kind(named: $0) }
      let deadlines = answers.deadlines(until: horizon).filter { wanted == nil || $0.record.kind === wanted }
      let report = DueReport(answers: answers, deadlines: deadlines)
      entries += deadlines.map { Entry(member: member, deadline: $0, report: report) }
    }
    // Members stay in their order on one day.
    entries = entries.enumerated().sorted {
      ($0.element.deadline.date, $0.offset) < ($1.element.deadline.date, $1.offset)
    }.map(\.element)
    write(entries, overview.language)
    if failOn == .overdue, entries.contains(where: \.deadline.isOverdue) || !overview.failures.isEmpty {
      throw ExitCode(1)
    }
  }

  private func write(_ entries: [Entry], _ language: Language) {
    let console = Console.standardOutput
    if format == .json {
      return console.line(
        JSON.array(
          entries.map { entry in
            guard case .object(let fields) = entry.report.object(entry.deadline) else { return .null }
            return .object([("member", .string(entry.member.id))] + fields)
          }
        ).text)
    }
    if entries.isEmpty { console.line(Message(de: "Nichts ist fällig.", en: "Nothing is due.")[language]) }
    for entry in entries {
      let lines = entry.report.lines(entry.deadline, namesOwner: true).map(Console.harmless)
      let head = "\(lines[0])  [\(Console.harmless(entry.member.title))]"
      console.line(console.coloured(head, entry.deadline.isOverdue ? .red : .bold))
      for line in lines.dropFirst() { console.line(line) }
    }
  }
}
