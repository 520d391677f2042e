import ArgumentParser
import KBAnswers
import KBCatalog
import KBDisk
import KBGit
import KBSite
import KBSource
import KBTerminal
import KBWorkspace

/// `kb handbook`.
struct HandbookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handbook",
    abstract: "Write the emergency handbook: one file to print, or to carry on the phone.",
    discussion: """
      The handbook is one HTML file that needs nothing beside it: emergency card, alarm and escalation, people, immediate measures, restart \
      order, every runbook with 'print', providers, fallbacks, duties to report, contents and index. It holds only what the site may tell. \
      Every page says its sheet, date, commit, and until when it is valid.

      With --since only the sheets that have changed since then are written, and a list of what to replace and to take out.

      Examples:
        kb handbook -o handbook.html
        kb handbook --pdf -o handbook.pdf
        kb handbook --pocket -o emergency.html
        kb handbook --since 2026-10-01 -o exchange.html
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions
  @OptionGroup var readers: PublishedOption

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to write it; by default to standard output.", valueName: "file"))
  var output: String?

  @Flag(help: "Write a PDF file, with WeasyPrint or Chromium.")
  var pdf = false

  @Flag(help: "Write the file for phones: emergency page, numbers and runbooks, at most 300 kB.")
  var pocket = false

  @Option(
    help: ArgumentHelp(
      "Write the sheets that changed since then: a tag, a branch, a commit, or a day.", valueName: "rev"))
  var since: String?

  @Option(help: ArgumentHelp("How long a print may be relied on. Default: 3M.", valueName: "time"))
  var valid: CalendarDuration?

  func validate() throws {
    if pocket, since != nil {
      throw ValidationError(
        Message(
          de: "--pocket und --since lassen sich nicht verbinden",
          en: "--pocket and --since can't be combined"))
    }
    if pdf, output == nil {
      throw ValidationError(
        Message(
          de: "--pdf braucht --output",
          en: "--pdf needs --output"))
    }
  }

  func run() async throws {
    // Where the PDF can't be made, nothing needs to be read.
    let printer = try pdf ? Printer() : nil
    let base = try await readers.workspace(workspace, at: revision.state)
    let bytes = try await file(base)
    guard let output else { return ProcessEnvironment.write(bytes, to: 1) }
    let path = ProcessEnvironment.absolutePath(output)
    guard let printer else { return try write(bytes, to: path) }
    let page = path + ".html"
    guard try Disk.status(page) == nil else {
      throw CommandFailure(
        Message(
          de: "neben dem PDF entsteht für einen Augenblick \(code: page); diese Datei gibt es schon",
          en: "\(code: page) is written beside the PDF for a moment, but there is such a file already"))
    }
    try write(bytes, to: page)
    let printing = Result { () throws(CommandFailure) in try printer.print(page, to: path) }
    _ = try FileReplacement.remove(page, expecting: bytes)
    try printing.get()
  }

  private func edition(_ base: Workspace) -> HandbookFile.Edition {
    .init(commit: base.commit, validUntil: base.catalog.today.adding(valid ?? CalendarDuration(3, .months)))
  }

  private func file(_ base: Workspace) async throws -> [UInt8] {
    let answers = Answers(base.catalog)
    if pocket { return PocketFile(answers, edition: edition(base)).bytes }
    let handbook = HandbookFile(answers, edition: edition(base))
    guard let since else { return handbook.bytes }
    // What is for fewer readers now is not told of the earlier state either.
    let old = try await Workspace(workspace.ofThen, at: .revision(since), for: answers.audience)
    let day = old.catalog.today
    return handbook.exchange(since: HandbookFile(Answers(old.catalog), edition: edition(old)), from: day)
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    try FileReplacement.write(
      bytes, to: String(parts.last ?? ""), in: parts.count > 2 ? parts.dropLast().joined(separator: "/") : "/")
  }

  /// A program that makes PDF files of pages.
  private struct Printer {
    private let program: String
    private let isWeasyPrint: Bool

    init() throws(CommandFailure) {
      if let program = ProcessEnvironment.find("weasyprint") {
        (self.program, isWeasyPrint) = (program, true)
        return
      }
      let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
      guard let program = names.lazy.compactMap(ProcessEnvironment.find).first else {
        throw CommandFailure(
          Message(
            de: "für ein PDF fehlt ein Programm: weder WeasyPrint noch Chromium ist in PATH",
            en: "there is no program to make a PDF: neither WeasyPrint nor Chromium is in PATH"),
          remedy: Message(
            de: "ohne \(code: "--pdf") schreiben, die Datei im Browser öffnen und dort als PDF drucken",
            en: "write it without \(code: "--pdf"), open the file in a browser and print it to PDF there"))
      }
      (self.program, isWeasyPrint) = (program, false)
    }

    func print(_ page: String, to path: String) throws(CommandFailure) {
      let address =
        "file://"
        + page.utf8.map { byte in
          byte.isUnreservedInPath ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
      let arguments =
        isWeasyPrint
        ? [program, "--quiet", page, path]
        : [program, "--headless", "--disable-gpu", "--no-pdf-header-footer"]
          // Chromium refuses to work for root inside its sandbox; the page has no script.
          + (ProcessEnvironment.isRoot ? ["--no-sandbox"] : []) + ["--print-to-pdf=\(path)", address]
      let status = ProcessEnvironment.run(arguments, streams: .nothing)
      guard status == 0, Disk.isWritable(path) else {
        throw CommandFailure(
          Message(
            de: "\(code: program) hat kein PDF geschrieben (Status \(Int(status)))",
            en: "\(code: program) wrote no PDF (status \(Int(status)))"))
      }
    }
  }
}

extension UInt8 {
  /// Whether a byte stands for itself in the path of an address.
  fileprivate var isUnreservedInPath: Bool { isASCIIAlphanumeric || "-._~/".utf8.contains(self) }
}
