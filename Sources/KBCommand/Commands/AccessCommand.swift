import ArgumentParser
import KBCatalog
import KBSource

/// `kb access`.
struct AccessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Say who has which access, today or on another day.",
    discussion: """
      With an ID only the accesses of that person or team, to that system, or that access.

      Examples:
        kb access erp
        kb access erp --at 2026-10-01
        kb access maren-oltmanns --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Argument(
    help: "The id of a person, team, provider, system or access; without it all.", completion: .recordIDs)
  var id: String?

  @Option(help: "Output format.")
  var format: Format = .text

  func run() async throws {
    // Asked for a day, the answer is about that day, not about the day of the last commit before it.
    let day = revision.revision.flatMap { CalendarDate(iso: $0) }
    let base = try await Workspace(workspace, at: revision.state, today: day)
    let catalog = base.catalog
    let chosen = try id.map { try base.record(named: $0) }
    let accesses = catalog.records.filter { $0.kind.behaviour == .access && $0.lifecycle.isInUse }
    let lines = accesses.flatMap { access in
      let system = catalog.records(.accessTo, of: access).first
      return catalog.currentHoldings(of: access).filter { holding in
        guard let chosen else { return true }
        return [access.index, system?.index, holding.holder.index].contains(chosen.index)
          || catalog.people(behind: holding.holder).contains(chosen.index)
      }.map { (access: access, system: system, holding: $0) }
    }.enumerated().sorted { left, right in
      // One system after the other, and its accesses by their titles.
      func key(_ line: (access: Record, system: Record?, holding: Holding)) -> [String] {
        [line.system?.title ?? line.access.title, line.system?.id ?? "", line.access.title, line.access.id].map {
          $0.lowercased()
        }
      }
      let (one, other) = (key(left.element), key(right.element))
      return one == other ? left.offset < right.offset : one.lexicographicallyPrecedes(other)
    }.map(\.element)
    switch format {
    case .json:
      Console.standardOutput.line(
        JSON.array(
          lines.map { line in
            [
              "access": .string(line.access.id), "title": .string(line.access.title),
              "system": line.system.map { .string($0.id) } ?? .null,
              "type": line.access.choice(.category).map { .string($0.value) } ?? .null,
              "mfa": line.access.choice(.mfa).map { .string($0.value) } ?? .null,
              "who": .string(line.holding.holder.id), "name": .string(line.holding.holder.title),
              "until": line.holding.until?.date.map { .string($0.description) } ?? .null,
            ]
          }
        ).text)
    case .text:
      for line in lines {
        let type = line.access.choice(.category)?.label[base.language] ?? ""
        let until = line.holding.until?.date.map { base.language == .german ? ", bis \($0)" : ", until \($0)" } ?? ""
        Console.standardOutput.line(
          Console.harmless(
            "\(line.system?.title ?? line.access.title): \(line.holding.holder.title), \(line.access.title) (\(type))\(until)"
          ))
      }
      if lines.isEmpty { Console.standardOutput.line(base.language == .german ? "niemand" : "nobody") }
    }
  }
}
