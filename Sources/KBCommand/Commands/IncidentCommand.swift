import ArgumentParser
import KBAnswers
import KBCatalog
import KBDisk
import KBDocument
import KBEditing
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb incident`.
struct IncidentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incident",
    abstract: "Turn the log of a runbook into an incident record.",
    discussion: """
      FILE is a log as the site copies and downloads it, '-' reads it from standard input. A drill in which every step was done sets \
      'tested' and 'test_result' of its runbook; --result says it where that is not so. A real incident becomes an occurrence of the \
      problem given with --problem.

      The record, the runbook and the problem are written together, or nothing is.

        kb incident protokoll-erp-antwortet-nicht-2026-11-29.md
        kb incident - --problem erp-montags-langsam < log.md
        kb incident log.md --result fail --dry-run
      """)

  /// The result of a drill.
  enum DrillResult: String, ExpressibleByArgument, CaseIterable { case pass, partial, fail }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var changing: ChangeOptions

  @Argument(help: "The log, as Markdown; '-' for standard input.", completion: .file())
  var file: String

  @Option(help: "The title; by default that of the runbook with the day.")
  var title: String?

  @Option(help: "The id, and so the file's name; by default made from the runbook and the day.")
  var id: String?

  @Option(help: "The result of a drill: pass, partial or fail. By default pass when every step was done.")
  var result: DrillResult?

  @Option(help: "The problem that a real incident is an occurrence of.", completion: .recordIDs)
  var problem: String?

  @Option(
    name: .customLong("set"), help: ArgumentHelp("A field and its value; may be repeated.", valueName: "field=value"))
  var assignments: [String] = []

  private static let mostBytes = 4 << 20

  func run() async throws {
    let log = try read()
    let files = try await WorkspaceFiles(workspace, purpose: changing.purpose)
    var drafts = CatalogDrafts()
    let base = try await Workspace(files, workspace, reusing: &drafts)
    guard let kind = base.catalog.schema.kinds.first(where: { $0.field(.incidentLog) != nil }) else {
      throw CommandFailure(
        Message(de: "keine Art hat ein Protokoll", en: "no kind has a log"))
    }
    let runbook = try log.fact(.followedRunbook, of: kind).map { try base.record(named: $0) }
    let isDrill = try isDrill(log, kind)
    try checkOptions(isDrill)
    let title = title ?? self.title(log, isDrill, base.language)
    let target = try NewRecordFile(
      id: id ?? IncidentCommand.id(runbook, log.began, base.catalog), title: title, kind: kind,
      in: base.catalog)
    let text = try draft(log, kind, title, target.path, runbook, base.catalog).text + log.text(base.language)
    let report = try await target.checked(text, files, workspace, reusing: &drafts)
    var changes = ChangeSet()
    changes.create(SourceFile(path: target.path, bytes: Array(text.utf8)))
    var remarks: [Message] = []
    if isDrill {
      if let runbook { try record(log, on: runbook, &changes, &remarks, base.catalog) }
    } else {
      try occurrence(log, runbook, &changes, &remarks, base)
    }
    try base.publish(changes, changing)
    if !changing.dryRun { Console.standardOutput.line(Console.harmless(target.path.string)) }
    for remark in remarks { Console.standardError.line(Console.harmless(remark[base.language])) }
    if !report.findings.isEmpty { report.writeText(to: .standardError) }
  }

  /// Refuses an option that says nothing of such a log.
  private func checkOptions(_ isDrill: Bool) throws {
    if isDrill, problem != nil {
      throw CommandFailure(
        Message(
          de: "das Protokoll ist das einer Übung: \(code: "--problem") passt nur zu einem Ernstfall",
          en: "the log is that of a drill: \(code: "--problem") is for a real incident"))
    }
    if !isDrill, result != nil {
      throw CommandFailure(
        Message(
          de: "das Protokoll ist das eines Ernstfalls: \(code: "--result") passt nur zu einer Übung",
          en: "the log is that of a real incident: \(code: "--result") is for a drill"))
    }
  }

  private func read() throws -> IncidentLog {
    let bytes = file == "-" ? standardInput : try Disk.read(ProcessEnvironment.absolutePath(file), most: Self.mostBytes)
    guard let bytes else {
      throw CommandFailure(Message(de: "es gibt keine Datei \(code: file)", en: "there is no file \(code: file)"))
    }
    guard let log = IncidentLog(String(decoding: bytes, as: UTF8.self)) else {
      throw CommandFailure(
        Message(de: "\(code: file) ist kein Protokoll", en: "\(code: file) is not a log"),
        remedy: Message(
          de: "auf der Seite des Runbooks „Protokoll herunterladen“ wählen",
          en: "choose “Download log” on the page of the runbook"))
    }
    return log
  }

  private var standardInput: [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < Self.mostBytes, let line = readLine(strippingNewline: false) { bytes += Array(line.utf8) }
    return bytes
  }

  /// Whether the log says that it is of a drill, in any words for it.
  private func isDrill(_ log: IncidentLog, _ kind: Kind) throws -> Bool {
    guard let written = log.fact(.category, of: kind)?.lowercased(), let field = kind.field(.category) else {
      return false
    }
    guard case .choice(let choices) = field.type else { return false }
    let meant = choices.first { choice in
      [choice.value, choice.label.german.lowercased(), choice.label.english.lowercased()].contains(written)
    }
    return meant?.value == "drill"
  }

  /// An id that nothing has yet: a runbook may be used twice on one day.
  private static func id(_ runbook: Record?, _ day: CalendarDate, _ catalog: Catalog) -> String {
    let id = RecordID.made(from: "\(runbook?.id.prefix(50) ?? "incident")-\(day)")
    func isFree(_ id: String) -> Bool { catalog.record(Reference(written: id)) == nil }
    return isFree(id) ? id : (2...).lazy.map { "\(id)-\($0)" }.first(where: isFree) ?? id
  }

  private func title(_ log: IncidentLog, _ isDrill: Bool, _ language: Language) -> String {
    let day = KBSource.Format(language: language).date(log.began)
    return isDrill
      ? Message(de: "Übung: \(log.title), \(day)", en: "Drill: \(log.title), \(day)")[language] : "\(log.title), \(day)"
  }

  private func draft(
    _ log: IncidentLog, _ kind: Kind, _ title: String, _ path: RepoPath, _ runbook: Record?, _ catalog: Catalog
  ) throws -> RecordDraft {
    var draft = try RecordDraft(kind: kind, title: title, at: path, in: catalog)
    let given = Set(
      assignments.compactMap { $0.split(separator: "=").first.flatMap { kind.path(named: String($0))?.first?.name } })
    func assign(_ role: Role, _ value: String?) throws {
      guard let value, let field = kind.field(role), !given.contains(field.name) else { return }
      try draft.assign("\(field.name)=\(value)")
    }
    try assign(.category, log.fact(.category, of: kind) ?? "real")
    try assign(.owner, runbook.flatMap { catalog.records(.owner, of: $0).first?.id })
    try assign(.began, log.fact(.began, of: kind) ?? log.began.description)
    try assign(.ended, log.fact(.ended, of: kind))
    try assign(.affectedSystem, log.fact(.affectedSystem, of: kind))
    try assign(.followedRunbook, runbook?.id)
    for assignment in assignments { try draft.assign(assignment) }
    if let field = kind.field(.incidentLog) {
      for line in log.lines(in: catalog) { try draft.assign("\(field.name)+=\(line)") }
    }
    return draft
  }

  /// Enters the rehearsal in the runbook: a passed one, or one that failed.
  private func record(
    _ log: IncidentLog, on runbook: Record, _ changes: inout ChangeSet, _ remarks: inout [Message], _ catalog: Catalog
  ) throws {
    let outcome = result ?? (log.isComplete ? .pass : .partial)
    guard outcome != .partial, let tested = runbook.kind.field(.tested), let field = runbook.kind.field(.testResult)
    else {
      remarks.append(
        Message(
          de:
            "\(log.steps.count(where: \.isDone)) von \(log.steps.count) Schritten erledigt: \(runbook) gilt damit nicht als geprobt",
          en:
            "\(log.steps.count(where: \.isDone)) of \(log.steps.count) steps done: \(runbook) does not count as rehearsed by this"
        ))
      return
    }
    if let last = runbook.value(.tested)?.date, last > log.began {
      remarks.append(
        Message(
          de: "\(runbook): am \(last) erneut geprobt; dieser Eintrag bleibt",
          en: "\(runbook): rehearsed again on \(last); that entry stays"))
      return
    }
    var assignments = [
      try FieldAssignment("\(tested.name)=\(log.began)"), try FieldAssignment("\(field.name)=\(outcome.rawValue)"),
    ]
    // Who rehearsed it before did not do so this time.
    if let testedBy = runbook.kind.field(.testedBy) {
      if let person = log.person(in: catalog) {
        assignments.append(try FieldAssignment("\(testedBy.name)=\(person.id)"))
      } else if runbook.value(.testedBy) != nil {
        assignments.append(FieldAssignment(unsetting: testedBy.name))
        remarks.append(
          Message(
            de: "\(runbook): wer geprobt hat, sagt das Protokoll nicht; \(code: testedBy.name) ist jetzt leer",
            en: "\(runbook): the log does not say who rehearsed it; \(code: testedBy.name) is empty now"))
      }
    }
    let new = try FieldAssignment.apply(assignments, to: runbook.document, in: catalog)
    changes.change(runbook.document.source, to: new.bytes)
    remarks.append(
      outcome == .pass
        ? Message(de: "\(runbook): geprobt am \(log.began)", en: "\(runbook): rehearsed on \(log.began)")
        : Message(
          de: "\(runbook): Probe am \(log.began) gescheitert", en: "\(runbook): rehearsal on \(log.began) failed"))
  }

  /// Enters the day in the problem that was named; else proposes one that fits.
  private func occurrence(
    _ log: IncidentLog, _ runbook: Record?, _ changes: inout ChangeSet, _ remarks: inout [Message], _ base: Workspace
  ) throws {
    let catalog = base.catalog
    guard let problem else {
      let systems = Set(runbook.map { catalog.records(.handles, of: $0).map(\.index) } ?? [])
      let known = catalog.records.first { record in
        record.kind.field(.occurrences) != nil && record.choice(.category)?.value == "problem"
          && record.lifecycle.isInUse
          && catalog.records(.affects, of: record).contains { systems.contains($0.index) }
      }
      if let known, let occurrences = known.kind.field(.occurrences)?.name {
        remarks.append(
          Message(
            de: "Gehört es zu \(known)? Dann: \(code: "kb set \(known.id) \(occurrences)+=\(log.began)")",
            en: "Does it belong to \(known)? Then: \(code: "kb set \(known.id) \(occurrences)+=\(log.began)")"))
      }
      return
    }
    let record = try base.record(named: problem)
    guard let field = record.kind.field(.occurrences), [nil, "problem"].contains(record.choice(.category)?.value) else {
      throw CommandFailure(Message(de: "\(record) ist kein Problem", en: "\(record) is not a problem"))
    }
    guard !record.values(.occurrences).contains(where: { $0.date == log.began }) else { return }
    let new = try FieldAssignment.apply(
      [FieldAssignment("\(field.name)+=\(log.began)")], to: record.document, in: catalog)
    changes.change(record.document.source, to: new.bytes)
    remarks.append(
      Message(de: "\(record): aufgetreten am \(log.began)", en: "\(record): occurred on \(log.began)"))
  }
}
