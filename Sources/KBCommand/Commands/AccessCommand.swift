import ArgumentParser
import KBAnswers
import KBCatalog
import KBGit
import KBPages
import KBReports
import KBSchema
import KBSheet
import KBSite
import KBSource
import KBTerminal
import KBWorkspace

/// `kb access`.
struct AccessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Say who has which access, today or on another day.",
    discussion: """
      With an ID only the accesses of that person, team or provider, to that system, or that access. A team is listed \
      member by member, with the teams that give the access; a provider with its people. Where a team has more people \
      than it lists, the line says so: 4 of 46 recorded.

      --at DAY reads the last commit of that day or before. Where git has none, today's files are read, and the days in their \
      lines count.

      Examples:
        kb access erp
        kb access erp --at 2026-10-01
        kb access maren-oltmanns --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Argument(
    help: "The id of a person, team, provider, system or access. Default: all.", completion: .recordIDs)
  var id: String?

  @Option(help: "Output format.")
  var format: Format = .text

  func run() async throws {
    let base = try await Workspace(workspace, asOf: revision)
    let answers = Answers(base.catalog, audience: .restricted)
    let lines = answers.heldAccesses(of: try id.map { try base.record(named: $0) })
    let output = Console.standardOutput
    switch format {
    case .json: output.line(JSON.array(lines.map { .object($0.json) }).text)
    case .csv: output.write(SiteSheets.accesses(lines).csv(base.language))
    case .text where lines.isEmpty: output.line(Message(de: "niemand", en: "nobody")[base.language])
    case .text: HeldAccess.table(lines, base.language).write(to: output)
    }
  }

  /// The holders, a row each.
  private func table(_ lines: [HeldAccess], _ language: Language) -> TextTable {
    let format = KBSource.Format(language: language)
    let head = [
      Message(verbatim: "SYSTEM"), Message(de: "WER", en: "WHO"), Message(de: "ZUGANG", en: "ACCESS"),
      Message(de: "TYP", en: "TYPE"), Message(verbatim: "MFA"), Message(de: "BIS", en: "UNTIL"),
    ]
    return TextTable(
      head: head.map { $0[language] },
      rows: lines.map { line in
        [
          line.system?.title ?? "–", line.holding.holder.title, line.access.title,
          line.access.choice(.category)?.label[language] ?? "", line.access.choice(.mfa)?.label[language] ?? "",
          line.holding.until?.date.map(format.date) ?? "",
        ]
      })
  }
}

extension Workspace {
  /// Reads the state that an option names, by the day of the option where that is one.
  ///
  /// Asked for a day, the answer is about that day, not about the day of the last commit before it. A day from which git
  /// has nothing is answered from the files of today.
  init(_ options: WorkspaceOptions, asOf revision: RevisionOptions) async throws {
    guard let day = revision.revision.flatMap({ CalendarDate(iso: $0) }) else {
      try await self.init(options, at: revision.state)
      return
    }
    var options = options
    options.today = day
    do {
      try await self.init(options, at: revision.state)
    } catch let error as GitError {
      guard [.unknownRevision, .empty, .noRepository].contains(error.kind) else { throw error }
      Console.standardError.note(
        Message(
          de:
            "git enthält keinen Stand vom \(day): gelesen werden die heutigen Dateien, es zählen die Tage in ihren Zeilen; was inzwischen gelöscht wurde, fehlt",
          en:
            "git has no state of \(day): today's files are read, and the days in their lines count; what was deleted since is missing"
        ))
      try await self.init(options)
    }
  }
}

extension HeldAccess {
  /// The name, and whether they have left.
  func name(_ language: Language) -> String {
    guard who.lifecycle == .retired else { return who.title }
    return Message(de: "\(who.title) (ausgeschieden)", en: "\(who.title) (left)")[language]
  }

  /// The holders, a row each.
  static func table(_ lines: [HeldAccess], _ language: Language) -> TextTable {
    let format = KBSource.Format(language: language)
    let head = [
      Message(verbatim: "SYSTEM"), Message(de: "WER", en: "WHO"), Message(de: "DURCH", en: "THROUGH"),
      Message(de: "ZUGANG", en: "ACCESS"), Message(de: "TYP", en: "TYPE"), Message(verbatim: "MFA"),
      Message(de: "BIS", en: "UNTIL"),
    ]
    return TextTable(
      head: head.map { $0[language] },
      rows: lines.map { line in
        [
          line.system?.title ?? "–", line.name(language), line.way?[language] ?? "", line.access.title,
          line.access.choice(.category)?.label[language] ?? "", line.access.choice(.mfa)?.label[language] ?? "",
          line.holding.until?.date.map(format.date) ?? "",
        ]
      })
  }

  /// The line as an object.
  var json: [(String, JSON)] {
    [
      ("access", .string(access.id)), ("title", .string(access.title)),
      ("system", system.map { .string($0.id) } ?? .null),
      ("type", access.choice(.category).map { .string($0.value) } ?? .null),
      ("mfa", access.choice(.mfa).map { .string($0.value) } ?? .null),
      ("who", .string(who.id)), ("name", .string(who.title)),
      ("through", .array(teams.map { .string($0.id) })),
      ("recorded", gap.map { .integer($0.recorded) } ?? .null),
      ("headcount", gap?.headcount.map { .integer($0) } ?? .null),
      ("since", holding.since.map { .string($0.description) } ?? .null),
      ("until", holding.until?.date.map { .string($0.description) } ?? .null),
    ]
  }
}
