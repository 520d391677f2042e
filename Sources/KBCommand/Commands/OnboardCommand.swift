import ArgumentParser
import KBAnswers
import KBCatalog
import KBSource

/// `kb onboard`.
struct OnboardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "onboard",
    abstract: "List what somebody needs who joins: accesses by role, and what to read.",
    discussion: """
      Of a role or team: the accesses that come with it, with how they are granted, by whom, and who approves. Of a person: \
      those of all their teams that they do not hold yet.

      Examples:
        kb onboard team-office
        kb onboard maren-oltmanns --format markdown > joining.md
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The id of a role, a team or a person.", completion: .recordIDs)
  var id: String

  @Option(help: "Output format.")
  var format: ChecklistFormat = .text

  func run() async throws {
    let base = try await Workspace(workspace)
    let answers = Answers(base.catalog, audience: .restricted)
    let record = try base.record(named: id)
    guard [.person, .team].contains(record.kind.behaviour) else {
      throw CommandFailure(
        Message(
          de: "\(id: record) ist weder Rolle noch Person, sondern: \(record.kind.label)",
          en: "\(id: record) is neither a role nor a person, but: \(record.kind.label)"),
        remedy: Message(
          de: "eine Rolle, ein Team oder eine Person nennen; \(code: "kb list team") zeigt alle Rollen",
          en: "name a role, a team or a person; \(code: "kb list team") shows all roles"))
    }
    let arrival = answers.arrival(of: record)
    switch format {
    case .text: arrival.checklist(answers).write(to: .standardOutput)
    case .markdown: Console.standardOutput.write(arrival.checklist(answers).markdown)
    case .json: Console.standardOutput.line(arrival.json(answers).text)
    }
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
  var format: ChecklistFormat = .text

  func run() async throws {
    let base = try await Workspace(workspace)
    let answers = Answers(base.catalog, audience: .restricted)
    let who = try base.person(named: person)
    let role = try base.team(named: to)
    let old = try from.map { try base.team(named: $0) }
    let transfer = answers.transfer(of: who, to: role, from: old.isEmpty ? nil : old)
    switch format {
    case .text: transfer.checklist(answers).write(to: .standardOutput)
    case .markdown: Console.standardOutput.write(transfer.checklist(answers).markdown)
    case .json: Console.standardOutput.line(transfer.json(answers).text)
    }
  }
}

extension Workspace {
  /// The role or team that somebody names; a record of another kind is refused.
  func team(named written: String) throws -> Record {
    let record = try record(named: written)
    guard record.kind.behaviour == .team else {
      throw CommandFailure(
        Message(
          de: "\(id: record) ist keine Rolle, sondern: \(record.kind.label)",
          en: "\(id: record) is not a role, but: \(record.kind.label)"),
        remedy: Message(
          de: "eine Rolle oder ein Team nennen; \(code: "kb list team") zeigt alle",
          en: "name a role or a team; \(code: "kb list team") shows all"))
    }
    return record
  }
}

extension NeededAccess {
  func json(_ answers: Answers) -> JSON {
    [
      "access": .string(access.id), "title": .string(access.title), "system": system.map { .string($0.id) } ?? .null,
      "type": access.choice(.category).map { .string($0.value) } ?? .null, "role": .string(role.id),
      "by_membership": .bool(isByMembership), "held": .bool(isHeld),
      "how": JSON.ids(answers.records(.grantWith, of: access)), "by": JSON.ids(answers.grantors(of: access)),
      "approver": JSON.ids(answers.records(.approver, of: access)),
    ]
  }
}

extension Arrival {
  func checklist(_ answers: Answers) -> Checklist {
    let language = answers.language
    let held = accesses.filter(\.isHeld)
    var facts: [Message] = []
    if !roles.isEmpty {
      facts.append(Message(de: "Rollen: \(Checklist.titles(roles))", en: "Roles: \(Checklist.titles(roles))"))
    }
    let title = person?.title ?? roles.first?.title ?? ""
    return Checklist(
      title: Message(de: "Eintritt: \(title)", en: "Joining: \(title)"), facts: facts,
      sections: [
        Checklist.Section(
          heading: Message(de: "Zugänge vergeben", en: "Grant accesses"),
          items: accesses.filter { !$0.isHeld }.map { Checklist.Item(granting: $0, answers, language) }),
        Checklist.Section(
          heading: Message(de: "Schon vergeben", en: "Held already"),
          items: held.map { Checklist.Item(text: Checklist.name($0.access, $0.system, language)) }, isTicked: false),
        Checklist.records(Message(de: "Lesen", en: "Read"), reading),
        Checklist.records(
          Message(de: "Abläufe für den Eintritt", en: "Processes for joining"), checklists, isTicked: false),
      ], language: language)
  }

  func json(_ answers: Answers) -> JSON {
    [
      "person": person.map { .string($0.id) } ?? .null, "roles": JSON.ids(roles),
      "accesses": .array(accesses.map { $0.json(answers) }), "reading": .array(reading.map(JSON.record)),
      "processes": JSON.ids(checklists),
    ]
  }
}

extension Transfer {
  func checklist(_ answers: Answers) -> Checklist {
    let language = answers.language
    let plain = { (line: HeldAccess) in Checklist.Item(text: Checklist.name(line.access, line.system, language)) }
    let ends = from.isEmpty ? Message(de: "keine Rolle", en: "no role") : Message(verbatim: Checklist.titles(from))
    return Checklist(
      title: Message(de: "Wechsel: \(person.title)", en: "Moving: \(person.title)"),
      facts: [Message(de: "von: \(ends); zu: \(to.title)", en: "from: \(ends); to: \(to.title)")],
      sections: [
        Checklist.Section(
          heading: Message(de: "Zugänge entziehen", en: "Revoke accesses"),
          items: revoked.map { Checklist.Item(revoking: $0, answers, language) }),
        Checklist.Section(
          heading: Message(de: "Zugänge vergeben", en: "Grant accesses"),
          items: granted.map { Checklist.Item(granting: $0, answers, language) }),
        Checklist.Section(
          heading: Message(de: "Entscheiden: wird es noch gebraucht?", en: "Decide: is it still needed?"),
          items: undecided.map(plain)),
        Checklist.Section(heading: Message(de: "Bleibt", en: "Stays"), items: kept.map(plain), isTicked: false),
        Checklist.Section(
          heading: Message(de: "Aufgaben: bleiben sie?", en: "Duties: do they stay?"),
          items: duties.map { Checklist.Item(text: "\($0.sort.heading[language]): \($0.record.title)") }),
        Checklist.records(Message(de: "Lesen", en: "Read"), reading),
        Checklist.records(
          Message(de: "Abläufe für den Wechsel", en: "Processes for moving"), checklists, isTicked: false),
      ], language: language)
  }

  func json(_ answers: Answers) -> JSON {
    let lines = { (lines: [HeldAccess]) in JSON.array(lines.map { .object($0.json) }) }
    return [
      "person": .string(person.id), "from": JSON.ids(from), "to": .string(to.id), "revoke": lines(revoked),
      "grant": .array(granted.map { $0.json(answers) }), "decide": lines(undecided), "keep": lines(kept),
      "reading": .array(reading.map(JSON.record)), "processes": JSON.ids(checklists),
    ]
  }
}
