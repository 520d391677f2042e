import ArgumentParser
import KBAnswers
import KBCatalog
import KBDisk
import KBGit
import KBHistory
import KBLive
import KBPapers
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb offboard`.
struct OffboardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "offboard",
    abstract: "List what has to be done when somebody leaves.",
    discussion: """
      Every access that the person holds, also by way of a team, with how it is revoked and by whom; the teams to take them out \
      of; the shared secrets that they know and that have to be changed; and everything that has to be handed over. What is done \
      already is named with the commit that proves it. It works before the day and after it. 'kb handover' hands over in one change.

      Examples:
        kb offboard maren-oltmanns
        kb offboard maren-oltmanns --on 2026-12-31 --format markdown > leaving.md
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The person's id.", completion: .recordIDs)
  var person: String

  @Option(help: ArgumentHelp("The last day. Default: what the record says, else today.", valueName: "date"))
  var on: CalendarDate?

  @Option(help: "Output format.")
  var format: PaperFormat = .text

  func run() async throws {
    let base = try await Workspace(workspace)
    let answers = Answers(base.catalog, history: try await base.pastOfAccesses(), audience: .restricted)
    let departure = answers.departure(of: try base.record(named: person, as: .person), on: on)
    PaperReport(departure.paper(answers), answers).write(format, to: .standardOutput) { departure.json(answers) }
  }
}

extension Workspace {
  /// What git knows of accesses and teams; `nil` without git.
  func pastOfAccesses() async throws -> SiteHistory? {
    guard git() != nil else { return nil }
    return try await Workspace.past(around: tree.root).accesses(of: catalog, upTo: revision?.commit?.id.description)
  }
}

extension Departure {
  func json(_ answers: Answers) -> JSON {
    var members: [(String, JSON)] = [
      ("person", .string(person.id)), ("name", .string(person.title)), ("day", .string(day.description)),
      (
        "accesses",
        .array(
          accesses.map { line in
            .object(
              line.json + [
                ("how", JSON.ids(answers.records(.revokeWith, of: line.access))),
                ("by", JSON.ids(answers.grantors(of: line.access))),
                ("path", .string(line.access.path.string)),
                ("granted", answers.grant(of: line).map(JSON.proof) ?? .null),
              ])
          })
      ),
      ("teams", JSON.ids(teams)),
      (
        "done",
        .array(done.map { .object([("id", .string($0.record.id)), ("proof", JSON.proof($0.edit))]) })
      ),
      (
        "secrets",
        .array(
          secrets.map { line in
            [
              "access": .string(line.access.id), "title": .string(line.access.title),
              "system": line.system.map { .string($0.id) } ?? .null,
              "account": line.access.value(.account)?.text.map { .string($0) } ?? .null,
              "kept_in": line.access.value(.secret)?.text.map { .string($0) } ?? .null,
              "by": JSON.ids(answers.grantors(of: line.access)),
            ]
          })
      ),
    ]
    members.append(
      (
        "duties",
        .object(
          Duty.Sort.allCases.map { sort in
            (
              sort.rawValue,
              .array(
                duties(sort).map { duty in
                  [
                    "id": .string(duty.record.id), "kind": .string(duty.record.kind.id),
                    "title": .string(duty.record.title), "to": duty.standIn.map { .string($0.id) } ?? .null,
                  ]
                })
            )
          })
      ))
    members.append(("processes", JSON.ids(checklists)))
    return .object(members)
  }
}

extension JSON {
  /// The commit that proves something.
  static func proof(_ edit: RecordEdit) -> JSON {
    [
      "commit": .string(edit.commit.id.description),
      "date": (edit.commit.committed?.date).map { .string($0.description) } ?? .null,
      "author": .string(edit.commit.author),
    ]
  }
}
