import ArgumentParser
import KBCatalog
import KBDisk
import KBGit
import KBLive
import KBReports
import KBServer
import KBSource
import KBTerminal
import KBWorkspace

/// `kb serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the site while you write: a saved file is on the page instantly.",
    discussion: """
      Nothing is written: the pages are made in memory when a browser asks for them. A page that is open reloads when it has \
      changed, and stays where you were reading. Its findings lie over it. While kb.yml or a file in kinds/ has an error, the \
      settings before it count.

      Only this machine reaches the server, unless --host names another address. Ctrl-C ends it.
      """)

  private static let firstPort: UInt16 = 4400
  private static let triedPorts: UInt16 = 20

  @OptionGroup var workspace: WorkspaceOptions

  @Option(
    help: ArgumentHelp(
      "The port; by default 4400 or the next one that is free. 0: any that is free.", valueName: "port"))
  var port: UInt16?

  @Option(
    help: ArgumentHelp(
      "The address to listen at; 0.0.0.0 makes it readable for the whole network.", valueName: "address"))
  var host = "localhost"

  @Flag(name: .customLong("open"), help: "Open the start page in the browser.")
  var opensBrowser = false

  @Flag(
    name: .customLong("no-reload"), help: "Hand out the pages exactly as 'kb build' writes them: they do not reload.")
  var isStill = false

  @Flag(
    name: .customLong("poll"),
    help: "Look for changes at intervals; where the OS sends no change events, e.g. network drives.")
  var polls = false

  func validate() throws {
    guard ListeningAddress(host: host) != nil else {
      throw ValidationError(
        Message(
          de: "--host braucht eine Adresse dieses Rechners, zum Beispiel 127.0.0.1, 192.168.1.20 oder 0.0.0.0",
          en: "--host takes an address of this machine, such as 127.0.0.1, 192.168.1.20 or 0.0.0.0"))
    }
  }

  func run() async throws {
    let start = ProcessEnvironment.seconds()
    let tree = try WorkspaceFiles.tree(workspace)
    guard let address = ListeningAddress(host: host) else { return }
    let site = LiveSite(tree, .init(marker: OutputTree.marker, past: Workspace.past(around: tree.root)))
    let following = Following(tree, looks: polls)
    let look: @Sendable (Bool) async throws -> FolderLook = { [workspace] waits in
      try await site.refresh(on: workspace.today ?? ProcessEnvironment.today(), waits: waits)
    }
    _ = try await look(false)
    guard let catalog = await site.catalog else { return }
    let language = catalog.configuration.language
    let server = try listen(at: address)
    if !address.isLoopback {
      Console.standardError.line(
        Message(
          de:
            "kb: \(address.text) ist aus dem Netz erreichbar: wer dort ist, liest die ganze Wissensbasis, ohne Anmeldung und unverschlüsselt.",
          en:
            "kb: \(address.text) can be reached from the network: everyone there can read the whole knowledge base, without signing in and unencrypted."
        )[language]
      )
    }
    let stop = StopSignal()
    let report = Report(catalog: catalog, findings: await site.diagnostics, prefix: "")
    let milliseconds = Int((ProcessEnvironment.seconds() - start) * 1000)
    Console.standardOutput.line(
      Message(
        de: "\(server.address)  (\(report.summary); \(String(milliseconds)) ms; Strg-C beendet)",
        en: "\(server.address)  (\(report.summary); \(String(milliseconds)) ms; Ctrl-C ends)")[language])
    if opensBrowser, !Browser.open(server.address) {
      Console.standardError.line(
        Message(
          de: "kb: kein Programm zum Öffnen eines Browsers gefunden (xdg-open)",
          en: "kb: no program found to open a browser (xdg-open)")[language])
    }

    let answers = SiteAnswers(site: site, reloads: !isStill)
    let settling = Settling(site)
    await settling.begin()
    let work = Task {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run { await answers.answer($0) } }
        group.addTask {
          // What takes longer than a page comes after it, and makes room for the next change.
          try await following.run { waits in
            let found = try await look(waits)
            if found.isNew, !found.mayBeHalfDone { await settling.begin() }
            return found
          }
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
    let failure = await stop.wait(orEndOf: work) { await settling.end() }
    if let failure { throw failure }
    ExitStatus.end(0)
  }

  /// Listens at the port that was asked for, else at the first one that is free.
  private func listen(at address: ListeningAddress) throws -> WebServer {
    let wanted = port.map { [$0] } ?? (0..<ServeCommand.triedPorts).map { ServeCommand.firstPort + $0 } + [0]
    var last = WebServer.Failure.portTaken
    for port in wanted {
      do throws(WebServer.Failure) {
        return try WebServer(host: address, port: port)
      } catch {
        last = error
        if error != .portTaken { break }
      }
    }
    throw ServeCommand.refusal(last, port: wanted.first ?? 0, address)
  }

  private static func refusal(
    _ failure: WebServer.Failure, port: UInt16, _ address: ListeningAddress
  ) -> CommandFailure {
    switch failure {
    case .portTaken:
      CommandFailure(
        Message(
          de: "Port \(String(port)) ist belegt, vielleicht von einem anderen 'kb serve'",
          en: "port \(String(port)) is taken, perhaps by another 'kb serve'"),
        remedy: Message(de: "ohne --port wählt kb einen freien", en: "without --port, kb picks a free one"))
    case .notAllowed:
      CommandFailure(
        Message(
          de: "Port \(String(port)) darf dieser Benutzer nicht verwenden",
          en: "this user may not use port \(String(port))"),
        remedy: Message(de: "einen ab 1024 nehmen", en: "use 1024 or higher"))
    case .noSuchAddress:
      CommandFailure(
        Message(
          de: "\(address.text) ist keine Adresse dieses Rechners",
          en: "\(address.text) is not an address of this machine"))
    case .other(let words):
      CommandFailure(
        Message(de: "der Server lässt sich nicht starten: \(words)", en: "the server can't be started: \(words)"))
    }
  }
}
