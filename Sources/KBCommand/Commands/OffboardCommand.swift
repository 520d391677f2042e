import ArgumentParser
import KBAnswers
import KBCatalog
import KBSource

extension ChecklistFormat: ExpressibleByArgument {}

/// `kb offboard`.
struct OffboardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "offboard",
    abstract: "List what has to be done when somebody leaves.",
    discussion: """
      Every access that the person holds, also by way of a team, with how it is revoked and by whom; the teams to take them out \
      of; the shared secrets that they know and that have to be changed; and everything that has to be handed over. It works \
      before the day and after it. 'kb handover' hands over in one change.

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
  var format: ChecklistFormat = .text

  func run() async throws {
    let base = try await Workspace(workspace)
    let answers = Answers(base.catalog, audience: .restricted)
    let departure = answers.departure(of: try base.person(named: person), on: on)
    switch format {
    case .text: departure.checklist(answers).write(to: .standardOutput)
    case .markdown: Console.standardOutput.write(departure.checklist(answers).markdown)
    case .json: Console.standardOutput.line(departure.json(answers).text)
    }
  }
}

extension Workspace {
  /// The person that somebody names; a record of another kind is refused.
  func person(named written: String) throws -> Record {
    let record = try record(named: written)
    guard record.kind.behaviour == .person else {
      throw CommandFailure(
        Message(
          de: "\(id: record) ist keine Person, sondern: \(record.kind.label)",
          en: "\(id: record) is not a person, but: \(record.kind.label)"),
        remedy: Message(
          de: "eine Person nennen; \(code: "kb list person") zeigt alle",
          en: "name a person; \(code: "kb list person") shows all"))
    }
    return record
  }
}

extension Duty.Sort {
  /// What duties of this sort are called together.
  var heading: Message {
    switch self {
    case .ownership: Message(de: "Verantwortlich für", en: "Owner of")
    case .businessOwnership: Message(de: "Fachlich verantwortlich für", en: "Business owner of")
    case .deputyship: Message(de: "Vertretung für", en: "Deputy for")
    case .approval: Message(de: "Genehmigt", en: "Approves")
    case .escalation: Message(de: "Eskalationsstelle in", en: "Escalation contact in")
    case .operation: Message(de: "Betreibt", en: "Operates")
    case .patching: Message(de: "Patcht", en: "Patches")
    case .backup: Message(de: "Sichert", en: "Backs up")
    case .lead: Message(de: "Leitet", en: "Leads")
    case .participation: Message(de: "Beteiligt an", en: "Takes part in")
    case .step: Message(de: "Führt Schritte aus in", en: "Carries out steps in")
    case .other: Message(de: "Außerdem genannt in", en: "Also named in")
    }
  }
}

extension Departure {
  func checklist(_ answers: Answers) -> Checklist {
    let language = answers.language
    var sections = [
      Checklist.Section(
        heading: Message(de: "Zugänge entziehen", en: "Revoke accesses"),
        items: accesses.map { Checklist.Item(revoking: $0, answers, language) }),
      Checklist.records(Message(de: "Aus Teams austragen", en: "Take out of teams"), teams),
      Checklist.Section(
        heading: Message(de: "Geteilte Geheimnisse ändern", en: "Change shared secrets"),
        items: secrets.map { secret(of: $0, answers) }),
    ]
    sections += Duty.Sort.allCases.map { sort in
      Checklist.Section(
        heading: Message(de: "Übergeben: \(sort.heading)", en: "Hand over: \(sort.heading)"),
        items: duties(sort).map { duty in
          let standIn = duty.standIn?.title ?? Message(de: "niemand", en: "nobody")[language]
          return Checklist.Item(
            text: "\(duty.record.title) (\(duty.record.id)) → \(standIn)")
        })
    }
    sections.append(
      Checklist.records(
        Message(de: "Abläufe für den Austritt", en: "Processes for leaving"), checklists, isTicked: false))
    var facts = [Message(de: "Letzter Tag: \(day)", en: "Last day: \(day)")]
    if !duties.isEmpty {
      let command = "kb handover \(person.id) --to deputies --dry-run"
      facts.append(
        Message(
          de: "Übergabe in einem Schritt: \(code: command)", en: "Hand over in one step: \(code: command)"))
    }
    return Checklist(
      title: Message(de: "Austritt: \(person.title)", en: "Leaving: \(person.title)"), facts: facts, sections: sections,
      language: language)
  }

  private func secret(of line: HeldAccess, _ answers: Answers) -> Checklist.Item {
    let language = answers.language
    var item = Checklist.Item(text: Checklist.name(line.access, line.system, language))
    if let account = line.access.value(.account)?.text {
      item.details.append(Message(de: "Konto: \(account)", en: "Account: \(account)")[language])
    }
    if let place = line.access.value(.secret)?.text {
      item.details.append(Message(de: "abgelegt in \(place)", en: "kept in \(place)")[language])
    }
    let people = answers.grantors(of: line.access).filter { $0.index != person.index }
    if !people.isEmpty {
      item.details.append(
        Message(de: "durch \(Checklist.titles(people))", en: "by \(Checklist.titles(people))")[language])
    }
    return item
  }

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
              ])
          })
      ),
      ("teams", JSON.ids(teams)),
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
