public import ArgumentParser
import KBAnswers
import KBCatalog
import KBSite
import KBSheet
public import KBSource

/// `kb due`.
struct DueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due",
    abstract:
      "List what is due: notices to give, ends, expiries, reviews, rehearsals, with what happens if nobody acts.",
    discussion: """
      Every date with a deadline role counts, in any kind, also one of your own. The day of a notice is the last one on which \
      it can be received. Overdue dates are always listed.

      With --by owner, grouped by the person or team who must act; the deputy where the owner has left. With -o, one file per \
      person is written into a folder, as text or as a mail (.eml) that a mail program or 'sendmail -t' sends.

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
      throw ValidationError("eml writes one mail per person: say --by owner and -o DIR")
    }
    if output != nil, by == nil || ![.text, .eml].contains(format) {
      throw ValidationError("-o goes with --by owner, and with text or eml; write other formats with '> FILE'")
    }
    if by != nil, ![.text, .eml].contains(format) {
      throw ValidationError("--by owner goes with text and eml; the other formats name the owner in each entry")
    }
    if from != nil, format != .eml { throw ValidationError("--from belongs to --format eml") }
  }

  func run() async throws {
    let base = try await Workspace(workspace, at: revision.state)
    let answers = readers.answers(base.catalog)
    let kind = try kind.map { try base.catalog.schema.kind(named: $0) }
    let far = within ?? CalendarDuration(90, .days)
    let horizon = within == nil && format == .ics ? nil : answers.today.adding(far)
    let deadlines = answers.deadlines(until: horizon).filter { kind == nil || $0.record.kind === kind }
    let report = DueReport(answers: answers, deadlines: deadlines)
    switch format {
    case .json: Console.standardOutput.line(report.json.text)
    case .csv: Console.standardOutput.write(report.table.csv(base.language))
    case .ics:
      ProcessEnvironment.write(DeadlineCalendar(answers, deadlines).bytes, to: Console.standardOutput.descriptor)
    case .text where by == nil: report.writeText(to: .standardOutput)
    case .text, .eml: try write(report)
    }
    let isOverdue = deadlines.contains(where: \.isOverdue)
    if failOn == .overdue, isOverdue { throw ExitCode(1) }
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
      let bytes = format == .eml ? letter.mail(from: from, on: report.answers.today) : Array(letter.text.utf8)
      try OutputPlace.write(bytes, to: file)
      Console.standardOutput.line(Console.harmless(file))
    }
  }
}

extension CalendarDuration: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
