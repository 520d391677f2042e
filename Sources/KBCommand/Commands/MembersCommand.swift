import ArgumentParser
import KBCatalog
import KBDisk
import KBMembers
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb members`.
struct MembersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "members",
    abstract: "List the members of an overview of several knowledge bases: commit, records, findings.",
    discussion: """
      An overview is a folder whose kb.yml names members, each with an id and the path of its checkout. kb reads the checkouts \
      and never fetches. 'kb check', 'kb due' and 'kb build' work on all members then; every other command is about one of them: -C ../acme.

      With --with, the members that have a product, by what their systems, providers and contracts say. Exit status 1 when a \
      member can't be read, or with --locked when one is not as 'kb members lock' pinned it.

      Examples:
        kb members
        kb members --with firewall
        kb members --locked
      """,
    subcommands: [Lock.self])

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var workspace: WorkspaceOptions

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp("List who has this product, vendor or provider, and where.", valueName: "product"))
  var product: String?

  @Flag(help: "Compare with members.lock: exit with status 1 unless every member is as pinned.")
  var locked = false

  @Option(help: "Output format.")
  var format: Format = .text

  /// `kb members lock`.
  struct Lock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Pin the commit of every member in members.lock.",
      discussion:
        "The file is written beside kb.yml, one line per member. Files in no commit are named, and not pinned.")

    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
      let overview = try await MembersCommand.overview(workspace)
      let lock = try MembersLock(pinning: overview)
      try lock.write(in: overview.settings.tree.root)
      for member in overview.members {
        guard let count = member.uncommitted, count > 0 else { continue }
        Console.standardError.note(
          Message("\(code: member.id): \(OverviewWords.uncommitted(count))"), in: overview.language)
      }
      Console.standardOutput.line(
        Message(
          de: "\(MembersLock.name): \(Noun.member.counted(lock.commits.count)) festgehalten",
          en: "\(MembersLock.name): \(Noun.member.counted(lock.commits.count)) pinned")[overview.language])
    }
  }

  private static func overview(_ options: WorkspaceOptions) async throws -> Overview {
    guard let settings = try OverviewSettings(options) else {
      throw CommandFailure(
        Message(
          de: "das ist kein Überblick: die \(code: "kb.yml") nennt keine Mitglieder",
          en: "this is no overview: its \(code: "kb.yml") names no members"),
        remedy: Message(
          de:
            "\(code: "members: [{id: acme, path: ../acme}]") in die \(code: "kb.yml") eines eigenen Ordners schreiben",
          en: "write \(code: "members: [{id: acme, path: ../acme}]") into the \(code: "kb.yml") of a folder of its own")
      )
    }
    return try await Overview(settings, options)
  }

  func run() async throws {
    let overview = try await MembersCommand.overview(workspace)
    for failure in overview.failures { failure.tell(in: overview.language) }
    if let product {
      write(overview.uses(of: product), overview.language)
    } else {
      try list(overview)
    }
    if !overview.failures.isEmpty { throw ExitCode(1) }
  }

  private func write(_ uses: [MemberRecord], _ language: Language) {
    let output = Console.standardOutput
    if format == .json {
      return output.line(
        JSON.array(
          uses.map { used in
            [
              "member": .string(used.member.id), "id": .string(used.record.id), "kind": .string(used.record.kind.id),
              "title": .string(used.record.title),
            ]
          }
        ).text)
    }
    if uses.isEmpty { return output.line(Message(de: "Kein Mitglied hat das.", en: "No member has that.")[language]) }
    TextTable(
      head: [
        Message(de: "Mitglied", en: "Member")[language], Message(de: "Kennung", en: "Id")[language],
        Message(de: "Titel", en: "Title")[language],
      ],
      rows: uses.map { [$0.member.title, "\($0.member.id)/\($0.record.id)", $0.record.title] }
    ).write(to: output)
  }

  private func list(_ overview: Overview) throws {
    let lock = try MembersLock(in: overview.settings.tree.root)
    if locked, lock == nil {
      throw CommandFailure(
        Message(de: "es gibt keine \(code: MembersLock.name)", en: "there is no \(code: MembersLock.name)"),
        remedy: Message(de: "mit \(code: "kb members lock") anlegen", en: "create it with \(code: "kb members lock")"))
    }
    let list = MembersList(overview: overview, lock: lock)
    switch format {
    case .json: Console.standardOutput.line(list.json.text)
    case .text: list.writeText(to: .standardOutput)
    }
    guard locked, let lock else { return }
    let missing = lock.missing(in: overview)
    for id in missing {
      Console.standardError.note(
        Message(de: "\(code: id) ist festgehalten und fehlt", en: "\(code: id) is pinned and missing"),
        in: overview.language)
    }
    if !missing.isEmpty || overview.members.contains(where: { lock.state(of: $0) != .same }) { throw ExitCode(1) }
  }
}

extension MemberFailure {
  /// Says on the terminal which member fails, and why.
  func tell(in language: Language) {
    let remedy = reason.remedy.map { "; \($0[language])" } ?? ""
    Console.standardError.line(Console.harmless("kb: \(member.id): \(reason.message[language])\(remedy)"))
  }
}
