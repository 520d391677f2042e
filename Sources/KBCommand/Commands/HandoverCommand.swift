import ArgumentParser
import KBAnswers
import KBCatalog
import KBChecks
import KBDocument
import KBEditing
import KBHistory
import KBPapers
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb handover`.
struct HandoverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handover",
    abstract: "Hand over what somebody owns, deputises for, approves and is called for, in one change.",
    discussion: """
      To one person or team everything; to 'deputies' each record to its deputy, and where the person approves or is called, to \
      whoever else is in charge of the record. What nobody takes over is listed and stays as it is. The change is written only \
      when it brings no new error. Accesses are not handed over: 'kb offboard' lists them.

      Examples:
        kb handover maren-oltmanns --to deputies --dry-run
        kb handover maren-oltmanns --to jonas
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The person's id.", completion: .recordIDs)
  var person: String

  @Option(
    help: ArgumentHelp("Who takes over: a person, a team, or 'deputies'.", valueName: "who"), completion: .recordIDs)
  var to: String

  @Flag(help: "Say what would change, and change nothing.")
  var dryRun = false

  func run() async throws {
    let files = try await WorkspaceFiles(workspace, purpose: dryRun ? .reading : .changing)
    let base = try await Workspace(files, workspace)
    let answers = Answers(base.catalog, audience: .restricted)
    let who = try base.record(named: person, as: .person)
    let handover = answers.handover(of: who, to: try receiver(in: base, from: who))
    let changes = try handover.changes()
    let after = try await Catalog(changes.applied(to: files.snapshot), today: base.catalog.today)
    let difference = CatalogDifference(from: base.catalog, to: after)
    let output = Console.standardOutput
    write(handover, difference, base, after, to: output)
    let errors = difference.newFindings.filter { $0.severity == .error }
    guard errors.isEmpty else {
      throw CommandFailure(
        Message(
          de: "nichts geschrieben: die Übergabe verursacht \(Noun.error.counted(errors.count)): \(errors[0].message)",
          en: "nothing written: the handover would cause \(Noun.error.counted(errors.count)): \(errors[0].message)"),
        remedy: errors[0].remedy)
    }
    guard !dryRun else { return }
    try base.publish(changes)
    output.line()
    output.line(
      Message(
        de: "\(Noun.record.counted(changes.changes.count)) geändert.",
        en: "\(Noun.record.counted(changes.changes.count)) changed.")[base.language])
  }

  private func receiver(in base: Workspace, from person: Record) throws -> Handover.Receiver {
    if to == "deputies" || to == "vertretungen" { return .deputies }
    let record = try base.record(named: to)
    let refusal: Message? =
      if ![.person, .team].contains(record.kind.behaviour) {
        Message(
          de: "\(id: record) ist weder Person noch Team, sondern: \(record.kind.label)",
          en: "\(id: record) is neither a person nor a team, but: \(record.kind.label)")
      } else if record.lifecycle == .retired {
        Message(de: "\(id: record) ist nicht mehr da", en: "\(id: record) is no longer there")
      } else if record.index == person.index {
        Message(de: "\(id: record) übergibt an sich selbst", en: "\(id: record) would take over from themselves")
      } else {
        nil
      }
    if let refusal {
      throw CommandFailure(
        refusal,
        remedy: Message(
          de: "eine andere Person, ein Team oder \(code: "deputies") nennen",
          en: "name another person, a team, or \(code: "deputies")"))
    }
    return .one(record)
  }

  private func write(
    _ handover: Handover, _ difference: CatalogDifference, _ base: Workspace, _ after: Catalog, to output: Console
  ) {
    let language = base.language
    let review = Review(
      difference: difference, before: base.catalog, after: after, from: "", to: nil, commits: [], touched: [:])
    output.line(
      output.coloured(
        Console.harmless(
          Message(de: "Übergabe: \(handover.person.title)", en: "Handover: \(handover.person.title)")[language]),
        .bold))
    for (group, changes) in review.groups {
      output.line()
      output.line(output.coloured("\(group.heading[language]) (\(changes.count))", .bold))
      for change in changes { output.line("  \(change.sign.glyph) \(Console.harmless(change.text[language]))") }
    }
    if difference.changes.isEmpty {
      output.line()
      output.line(Message(de: "Nichts zu übergeben.", en: "Nothing to hand over.")[language])
    }
    guard !handover.open.isEmpty else { return }
    output.line()
    output.line(
      output.coloured(
        Message(de: "Offen (\(handover.open.count))", en: "Open (\(handover.open.count))")[language], .bold))
    for duty in handover.open { output.line("  ☐ " + Console.harmless(duty.message[language])) }
  }
}

extension Handover {
  /// The changes of all files together.
  func changes() throws(EditRefusal) -> ChangeSet {
    var places: [Int: [(place: SourceRange, id: String?)]] = [:]
    var records: [Int: Record] = [:]
    for change in changes {
      records[change.duty.record.index] = change.duty.record
      places[change.duty.record.index, default: []].append((change.duty.relation.range, change.to?.id))
    }
    for (record, relation) in deputiesBecomingOwners {
      records[record.index] = record
      places[record.index, default: []].append((relation.range, nil))
    }
    var all = ChangeSet()
    for (index, record) in records.sorted(by: { $0.key < $1.key }) {
      let file = try HandedReferences(record, places[index] ?? []).applied()
      all.change(record.document.source, to: file.bytes)
    }
    return all
  }
}

extension Handover.OpenDuty {
  /// "ERP (erp): a new deputy is needed".
  var message: Message {
    let head = "\(record.title) (\(record.id))"
    let what: Message =
      switch reason {
      case .nobodyElse: Message(de: "niemand vertritt", en: "has no deputy")
      case .deputyNeeded: Message(de: "braucht eine neue Vertretung", en: "needs a new deputy")
      case .holdsIt(let heir):
        Message(
          de: "braucht eine andere Genehmigung: \(heir.title) hat den Zugang selbst",
          en: "needs another approver: \(heir.title) holds the access")
      case .unfit(let heir): Message(de: "darf nicht \(heir.title) nennen", en: "may not name \(heir.title)")
      case .undecided: Message(de: "von Hand entscheiden", en: "decide by hand")
      }
    return Message(de: "\(sort.heading): \(head): \(what)", en: "\(sort.heading): \(head): \(what)")
  }
}
