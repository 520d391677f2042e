public import ArgumentParser
import KBAnswers
import KBCatalog
import KBDisk
import KBGit
import KBLive
import KBPages
import KBReports
import KBSchema
import KBSite
import KBSheet
public import KBSource
import KBTerminal
import KBWorkspace

/// `kb due`.
struct DueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due",
    abstract:
      "List what is due: notices to give, ends, expiries, reviews, rehearsals, with what happens if nobody acts.",
    discussion: """
      Every date with a deadline role counts, in any kind, also one of your own. The day of a notice is the last one on which \
      it can be received. Overdue dates are always listed.

      In a calendar (ics) an event keeps its identifier when its day moves, or its record is renamed with 'kb rename': importing \
      it again updates it.

      With --by owner, grouped by the person or team who must act; the deputy where the owner has left. With -o, one file per \
      person is written into a folder, as text or as a mail (.eml) that a mail program or 'sendmail -t' sends.

      In an overview, whose kb.yml names members, the dates of all members are listed.

      Exit status 1 when --fail-on asks for it, else 0.

      Examples:
        kb due --within 30d
        kb due --kind contract --format csv > deadlines.csv
        kb due --format ics > deadlines.ics
        kb due --by owner --format eml -o mails
        kb due --fail-on overdue
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv, ics, eml
  }

  enum Grouping: String, ExpressibleByArgument, CaseIterable { case owner }

  enum Limit: String, ExpressibleByArgument, CaseIterable { case overdue }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions
  @OptionGroup var readers: AudienceOption

  @Option(
    help: ArgumentHelp(
      "How far to look ahead, such as 30d or 6M. Default: 90d; for ics everything.", valueName: "duration"))
  var within: CalendarDuration?

  @Option(help: ArgumentHelp("Only records of this kind.", valueName: "kind"), completion: .kinds)
  var kind: String?

  @Option(help: "Group by the person or team who must act.")
  var by: Grouping?

  @Option(help: "Output format.")
  var format: Format = .text

  @Option(
    name: .shortAndLong, help: ArgumentHelp("With --by owner: a folder for one file per person.", valueName: "dir"))
  var output: String?

  @Option(help: ArgumentHelp("With eml: the sender's address.", valueName: "address"))
  var from: String?

  @Option(help: ArgumentHelp("Exit with status 1 if anything is overdue.", valueName: "what"))
  var failOn: Limit?

  func validate() throws {
    if format == .eml, by == nil || output == nil {
      throw ValidationError(
        Message(
          de: "eml schreibt eine Mail pro Person: --by owner und -o ORDNER angeben",
          en: "eml writes one mail per person: use --by owner and -o DIR"))
    }
    if output != nil, by == nil || ![.text, .eml].contains(format) {
      throw ValidationError(
        Message(
          de: "-o gilt mit --by owner und für text oder eml; andere Formate mit '> DATEI' schreiben",
          en: "-o needs --by owner, and text or eml; write other formats with '> FILE'"))
    }
    if by != nil, ![.text, .eml].contains(format) {
      throw ValidationError(
        Message(
          de: "--by owner gilt für text und eml; die anderen Formate nennen die Verantwortlichen in jedem Eintrag",
          en: "--by owner works with text and eml only; the other formats name the owner in each entry"))
    }
    if from != nil, format != .eml {
      throw ValidationError(
        Message(
          de: "--from gilt nur mit --format eml",
          en: "--from needs --format eml"))
    }
  }

  func run() async throws {
    if let settings = try OverviewSettings(workspace) { return try await listMembers(of: settings) }
    let base = try await readers.workspace(workspace, at: revision.state)
    let answers = readers.answers(base.catalog)
    let kind = try kind.map { try base.catalog.schema.kind(named: $0) }
    let far = within ?? CalendarDuration(90, .days)
    let horizon = within == nil && format == .ics ? nil : answers.today.adding(far)
    let deadlines = answers.deadlines(until: horizon).filter { kind == nil || $0.record.kind === kind }
    let rolling = answers.rollingContracts().filter { kind == nil || $0.record.kind === kind }
    let report = DueReport(answers: answers, deadlines: deadlines, rolling: rolling)
    switch format {
    case .json: Console.standardOutput.line(report.json.text)
    case .csv: Console.standardOutput.write(report.table.csv(base.language))
    case .ics:
      let history = try await history(of: base, for: answers)
      ProcessEnvironment.write(
        DeadlineCalendar(answers, deadlines, history: history).bytes, to: Console.standardOutput.descriptor)
    case .text where by == nil: report.writeText(to: .standardOutput)
    case .text, .eml: try write(report)
    }
    let isOverdue = deadlines.contains(where: \.isOverdue)
    if failOn == .overdue, isOverdue { throw ExitCode(1) }
  }

  /// The past, where it tells under which id a record of the calendar was first known.
  private func history(of base: Workspace, for answers: Answers) async throws -> History? {
    guard !base.catalog.redirects.isEmpty, base.git() != nil else { return nil }
    return try await Workspace.past(around: base.tree.root).history(upTo: base.revision?.commit?.id.description).get()
  }

  private func write(_ report: DueReport) throws {
    let letters = report.letters
    for letter in letters where output == nil { Console.standardOutput.write("\(letter.heading)\n\n\(letter.text)\n") }
    guard let output else {
      if letters.isEmpty { report.writeText(to: .standardOutput) }
      return
    }
    for letter in letters {
      let file = "\(output)/\(letter.name).\(format == .eml ? "eml" : "txt")"
      if format == .eml, !letter.hasAddress {
        Console.standardError.note(
          letter.recipient.map { recipient in
            Message(
              de: "\(name: recipient) hat keine Mailadresse: \(file) hat keinen Empfänger",
              en: "\(name: recipient) has no mail address: \(file) has no recipient")
          }
            ?? Message(
              de: "Fristen ohne Verantwortliche: \(file) hat keinen Empfänger",
              en: "deadlines without an owner: \(file) has no recipient"))
      }
      let bytes = format == .eml ? letter.mail(from: from, on: report.answers.today) : Array(letter.text.utf8)
      try OutputPlace.write(bytes, to: file)
      Console.standardOutput.line(Console.harmless(file))
    }
  }
}

extension CalendarDuration: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
