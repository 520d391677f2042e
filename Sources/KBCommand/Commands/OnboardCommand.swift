import ArgumentParser
import KBAnswers
import KBCatalog
import KBHistory
import KBPapers
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb onboard`.
struct OnboardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "onboard",
    abstract: "List what somebody needs who joins: accesses by role, and what to read.",
    discussion: """
      Of a role or team: the accesses that come with it, with how they are granted, by whom, and who approves. Of a person: \
      those of all their teams that they do not hold yet, and with which commit they got the others.

      Examples:
        kb onboard team-office
        kb onboard maren-oltmanns --format markdown > joining.md
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The id of a role, a team or a person.", completion: .recordIDs)
  var id: String

  @Option(help: "Output format.")
  var format: PaperFormat = .text

  func run() async throws {
    let base = try await Workspace(workspace)
    let answers = Answers(base.catalog, history: try await base.pastOfAccesses(), audience: .restricted)
    let record = try base.record(named: id, as: .roleOrPerson)
    let arrival = answers.arrival(of: record)
    PaperReport(arrival.paper(answers), answers).write(format, to: .standardOutput) { arrival.json(answers) }
  }
}

/// `kb move`.
struct MoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "List what changes when somebody goes to another role.",
    discussion: """
      What to revoke, what to grant, what stays, and what somebody has to decide on because no role explains it. The teams of \
      the same type as the new one end, unless --from names others. Nothing is written.

      Example:
        kb move maren-oltmanns --to team-production
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The person's id.", completion: .recordIDs)
  var person: String

  @Option(help: ArgumentHelp("The new role or team.", valueName: "role"), completion: .recordIDs)
  var to: String

  @Option(
    help: ArgumentHelp("A role or team that ends; can be given several times.", valueName: "role"),
    completion: .recordIDs)
  var from: [String] = []

  @Option(help: "Output format.")
  var format: PaperFormat = .text

  func run() async throws {
    let base = try await Workspace(workspace)
    let answers = Answers(base.catalog, history: try await base.pastOfAccesses(), audience: .restricted)
    let who = try base.record(named: person, as: .person)
    let role = try base.record(named: to, as: .role)
    let old = try from.map { try base.record(named: $0, as: .role) }
    let transfer = answers.transfer(of: who, to: role, from: old.isEmpty ? nil : old)
    PaperReport(transfer.paper(answers), answers).write(format, to: .standardOutput) { transfer.json(answers) }
  }
}

extension NeededAccess {
  func json(_ answers: Answers, granted: RecordEdit? = nil) -> JSON {
    [
      "access": .string(access.id), "title": .string(access.title), "system": system.map { .string($0.id) } ?? .null,
      "type": access.choice(.category).map { .string($0.value) } ?? .null, "role": .string(role.id),
      "by_membership": .bool(isByMembership), "held": .bool(isHeld),
      "how": JSON.ids(answers.records(.grantWith, of: access)), "by": JSON.ids(answers.grantors(of: access)),
      "approver": JSON.ids(answers.records(.approver, of: access)), "granted": granted.map(JSON.proof) ?? .null,
    ]
  }
}

extension Arrival {
  func json(_ answers: Answers) -> JSON {
    let lines = answers.lines(of: person)
    return [
      "person": person.map { .string($0.id) } ?? .null, "roles": JSON.ids(roles),
      "accesses": .array(
        accesses.map { $0.json(answers, granted: lines[$0.access.index].flatMap(answers.grant)) }),
      "reading": .array(reading.map(JSON.record)),
      "processes": JSON.ids(checklists),
    ]
  }
}

extension Transfer {
  func json(_ answers: Answers) -> JSON {
    let lines = { (lines: [HeldAccess]) in JSON.array(lines.map { .object($0.json) }) }
    return [
      "person": .string(person.id), "from": JSON.ids(from), "to": .string(to.id), "revoke": lines(revoked),
      "grant": .array(granted.map { $0.json(answers) }), "decide": lines(undecided), "keep": lines(kept),
      "reading": .array(reading.map(JSON.record)), "processes": JSON.ids(checklists),
    ]
  }
}
