public import KBCatalog
import KBSource

/// What people need in an emergency without the network: the contents of the emergency handbook.
public struct Handbook: Sendable {
  public let answers: Answers

  public init(_ answers: Answers) { self.answers = answers }

  // MARK: People

  /// The number to report an emergency to: that of the team which operates the most systems, a line that is always answered first; without a
  /// team, that of a provider.
  public var alarm: Contact? {
    var counts: [Int: Int] = [:]
    for system in answers.landscape {
      for record in answers.records(.operator, of: system) { counts[record.index, default: 0] += 1 }
    }
    let operators = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { answers.catalog.records[$0.key] }
    let teams = operators.filter { $0.kind.behaviour == .team }
    return (teams + operators).lazy.compactMap { answers.lines(of: $0).ordered(at: nil).first }.first
      ?? answers.crisisContacts.first
  }

  /// The teams that decide in a crisis.
  public var crisisTeams: [Record] { teams.filter { $0.choice(.category)?.value == "body" } }

  /// The other teams that can be called.
  public var otherTeams: [Record] {
    teams.filter { $0.choice(.category)?.value != "body" && (!answers.lines(of: $0).isEmpty || !members(of: $0).isEmpty) }
  }

  private var teams: [Record] { answers.records(.team).filter(\.lifecycle.isInUse) }

  /// The people of a team that may be told of, those who lead it first.
  public func members(of team: Record) -> [Record] {
    var seen: Set<Int> = []
    return (answers.records(.lead, of: team) + answers.records(.member, of: team)).filter {
      $0.lifecycle.isInUse && seen.insert($0.index).inserted
    }
  }

  /// Everybody with a number.
  public var people: [Record] {
    answers.records(.person).filter { $0.lifecycle.isInUse && !answers.lines(of: $0).isEmpty }
  }

  /// The providers in use: those with a number for emergencies first, then those that operate systems.
  public var providers: [Record] {
    let all = answers.records(.provider).filter(\.lifecycle.isInUse)
    return all.filter { $0.value(.emergencyPhone) != nil } + all.filter { $0.value(.emergencyPhone) == nil }
  }

  /// Every line for emergencies: of teams, people and providers; each number once.
  public var emergencyLines: [Contact] {
    (teams + people + providers).flatMap { answers.lines(of: $0) }.filter { $0.line != .service }
      .withoutRepeats().ordered(at: nil)
  }

  /// The people who have an access now.
  public func holders(of access: Record) -> [Record] { answers.people(with: access) }

  // MARK: Deeds

  /// The runbooks that are printed: those for emergencies first, then what to do about a failure, then how to rebuild.
  public var runbooks: [Record] {
    let order = ["emergency": 0, "incident": 1, "recovery": 2]
    return answers.records(.runbook).filter { $0.lifecycle.isInUse && Handbook.isPrinted($0) }
      .enumerated().sorted { one, other in
        let (left, right) = (
          order[one.element.choice(.category)?.value ?? ""] ?? 3, order[other.element.choice(.category)?.value ?? ""] ?? 3
        )
        return (left, one.offset) < (right, other.offset)
      }.map(\.element)
  }

  /// Whether a runbook belongs in the handbook: as it says, else those for emergencies and recovery.
  public static func isPrinted(_ runbook: Record) -> Bool {
    runbook.value(.print)?.bool ?? ["emergency", "recovery"].contains(runbook.choice(.category)?.value ?? "")
  }

  /// The systems in use in the order in which they are started again, in steps: what a system needs is in an earlier step.
  public var restart: [[Record]] {
    let systems = answers.landscape.filter(\.lifecycle.isInUse)
    return Outage(of: systems, graph: OutageGraph(answers), answers: answers).restart
  }

  /// The processes that can go on without their systems, and how.
  public var fallbacks: [(process: Record, runbook: Record?, text: String?)] {
    answers.byCriticality(answers.records(.process)).compactMap { process in
      guard process.lifecycle.isInUse, let value = process.value(.fallback) else { return nil }
      if let runbook = answers.records(.fallback, of: process).first { return (process, runbook, nil) }
      guard let text = value.text else { return nil }
      return (process, nil, text)
    }
  }

  /// The duties to report that may apply to the company.
  public var duties: [ReportingDuty] {
    ReportingDuty.all.filter { $0.condition != .insurance || answers.insurer != nil }
  }
}
