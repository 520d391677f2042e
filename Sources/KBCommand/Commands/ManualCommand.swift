import ArgumentParser
import KBDisk
import KBReports
import KBSource
import KBTerminal

/// `kb manual`.
struct ManualCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page, or open the manual.",
    discussion: """
      To read the page without installing it:  kb manual | man -l -

      The manual with tutorials, how-to guides and reference is a site of plain files, installed beside the program; --open shows it \
      in the browser, from disk.
      """)

  @Flag(name: .customLong("open"), help: "Open the manual in the browser, in English and German.")
  var isOpened = false

  func run() throws {
    guard isOpened else { return Console.standardOutput.write(try ManualPage(of: KnowledgeBaseCommand.self).text) }
    guard let page = Self.page else {
      throw CommandFailure(
        Message(
          de: "neben diesem Programm liegt kein Handbuch", en: "there is no manual beside this program"),
        remedy: Message(
          de: "die Pakete bringen es mit, \(code: "make install") auch; aus den Quellen baut es \(code: "make docs")",
          en:
            "the packages include it, and so does \(code: "make install"); \(code: "make docs") builds it from the sources"
        ))
    }
    let address = "file://\(page.percentEncodedPath)"
    Console.standardOutput.line(address)
    // Who works over SSH opens the address elsewhere.
    _ = Browser.open(address)
  }

  /// The first page of the manual: where packages put it, or in the sources that the program was built in.
  private static var page: String? {
    guard let program = ProcessEnvironment.executable else { return nil }
    var folders = program.split(separator: "/").dropLast()
    while !folders.isEmpty {
      let folder = "/" + folders.joined(separator: "/")
      for place in ["share/doc/kb/manual", "dist/manual"] where Disk.isReadable("\(folder)/\(place)/index.html") {
        return "\(folder)/\(place)/index.html"
      }
      folders.removeLast()
    }
    return nil
  }
}
