import ArgumentParser
import KBMembers
import KBReports
import KBSource
import KBTerminal
import KBWorkspace

extension CheckCommand {
  /// Checks every member of an overview, or the one that is asked for; the path of a member is in front of its findings.
  func checkMembers(of settings: OverviewSettings) async throws {
    try settings.refuse(
      (revision.revision != nil, "--at"), (staged, "--staged"), (!paths.isEmpty, "PATH"), (history, "--history"),
      (fix, "--fix"), (search, "--search"), (watch, "--watch"),
      (![.text, .json].contains(format), "--format \(format.rawValue)"))
    if let id = chosen.member { _ = try await MemberChoice(id, workspace) }
    let overview = try await Overview(settings, workspace)
    let members = overview.members.filter { chosen.member == nil || $0.id == chosen.member }
    let reports = (chosen.member == nil ? [overview.report] : []) + members.map(\.report)
    switch format {
    case .json: Console.standardOutput.line(JSON.array(reports.flatMap { $0.findings.map($0.object) }).text)
    default:
      if chosen.member == nil { overview.report.writeFindings(to: .standardOutput) }
      for member in members { member.report.writeText(to: .standardOutput, of: member.id) }
    }
    let fails = reports.contains { $0.findings.contains { $0.severity >= failOn } }
    withExtendedLifetime(overview) { ExitStatus.end(fails ? 1 : 0) }
  }
}
