import ArgumentParser
import KBDisk
import KBSite
import KBSource
import KBTerminal

/// `kb verify`.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Say whether a copy of the site is complete and unchanged, of which commit it is, and how old.",
    discussion: """
      For a copy on a stick, a phone or a web server's disk. It is compared with the list that kb wrote into the folder \
      .kb, so that one has to be copied, too. The page copy.html of the site says without a command whether files are missing.

      Exit status 1 when something is missing or changed.
      """)

  @Argument(help: ArgumentHelp("The folder of the copy.", valueName: "dir"))
  var folder: String

  @Option(help: ArgumentHelp("Treat this date (YYYY-MM-DD) as today. Default: the system's date.", valueName: "date"))
  var today: CalendarDate?

  /// The number of files that are named.
  private static let mostNamed = 20

  func run() async throws {
    let language = SpokenLanguage.current
    let path = ProcessEnvironment.absolutePath(folder)
    let check = try CopyCheck(of: path)
    let stamp = try Disk.read("\(path)/\(CopyStamp.path)").flatMap { CopyStamp(reading: $0) }
    guard let check else {
      throw CommandFailure(
        Message(
          de:
            "\(code: folder) ist keine Kopie einer Site oder ohne den Ordner \(code: ".kb") kopiert, der die Liste der Dateien enthält",
          en:
            "\(code: folder) is not a copy of a site, or was copied without the folder \(code: ".kb") that holds the list of files"
        ))
    }
    let output = Console.standardOutput
    for (files, heading) in [
      (check.missing, Message(de: "fehlt", en: "missing")), (check.changed, Message(de: "verändert", en: "changed")),
      (check.further, Message(de: "nicht auf der Liste", en: "not on the list")),
    ] {
      for file in files.prefix(VerifyCommand.mostNamed) {
        output.line("\(heading[language]): \(Console.harmless(file.string))")
      }
      let more = files.count - VerifyCommand.mostNamed
      if more > 0 {
        output.line(Message(de: "\(heading): und \(more) weitere", en: "\(heading): and \(more) more")[language])
      }
    }
    if !check.isListWhole {
      output.line(
        Message(
          de: "die Liste der Dateien ist selbst unvollständig oder verändert, oder von einer älteren Version",
          en: "the list of files is itself incomplete or changed, or from an older version")[language])
    }
    output.line(output.coloured(summary(check, stamp)[language], check.isWhole ? .green : .red))
    ExitStatus.end(check.isWhole ? 0 : 1)
  }

  private func summary(_ check: CopyCheck, _ stamp: CopyStamp?) -> Message {
    let (missing, changed, foreign) = (check.missing.count, check.changed.count, check.foreign.count)
    let state =
      check.isWhole
      ? Message(
        de: "vollständig und unverändert: \(check.count) Dateien", en: "complete and unchanged: \(check.count) files")
      : missing + changed == 0
        ? Message(
          de: foreign == 0
            ? "nicht prüfbar; neu kopieren" : "verändert: Seiten oder Skripte kamen hinzu (\(foreign)); neu kopieren",
          en: foreign == 0
            ? "can't be verified; copy it again" : "changed: pages or scripts were added (\(foreign)); copy it again")
        : Message(
          de:
            "unvollständig: von \(check.count) Dateien \(missing == 1 ? "fehlt" : "fehlen") \(missing), \(changed) \(changed == 1 ? "ist" : "sind") verändert; neu kopieren",
          en:
            "incomplete: of \(check.count) files, \(missing) \(missing == 1 ? "is" : "are") missing and \(changed) \(changed == 1 ? "has" : "have") changed; copy it again"
        )
    guard let stamp else { return state }
    let commit = stamp.commit.map { Message(de: ", Commit \($0)", en: ", commit \($0)") } ?? Message(verbatim: "")
    let age = stamp.day.days(until: today ?? ProcessEnvironment.today())
    let old =
      age == 1 ? Message(de: "1 Tag alt", en: "1 day old") : Message(de: "\(age) Tage alt", en: "\(age) days old")
    return Message(
      de: "\(state)\(commit), Stand \(stamp.day) (\(old))", en: "\(state)\(commit), as of \(stamp.day) (\(old))")
  }
}
