import ArgumentParser
import KBCatalog
import KBSource
import KBTerminal
import KBWorkspace

/// The option that names one member of an overview.
struct MemberOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "In an overview of several knowledge bases: only this member; nothing of any other gets in but what all share.",
      valueName: "id"))
  var member: String?
}

extension OverviewSettings {
  /// Refuses options that are about a single knowledge base.
  func refuse(_ options: (isGiven: Bool, name: String)...) throws(CommandFailure) {
    let given = options.filter(\.isGiven).map(\.name)
    guard !given.isEmpty else { return }
    let first = configuration.members[0]
    throw CommandFailure(
      Message(
        de:
          "\(codes: given, .and) \(given.count == 1 ? "gilt" : "gelten") für eine Wissensbasis, nicht für einen Überblick über mehrere",
        en:
          "\(codes: given, .and) \(given.count == 1 ? "is" : "are") about one knowledge base, not about an overview of several"
      ),
      remedy: Message(
        de: "weglassen oder ein Mitglied nennen, etwa \(code: "-C \(first.path)")",
        en: "leave it out, or name a member, such as \(code: "-C \(first.path)")"))
  }
}
