public import KBCatalog
public import KBSchema
import KBSource

/// What people need in an emergency without the network: the contents of the emergency handbook.
public struct Handbook: Sendable {
  public let answers: Answers

  public init(_ answers: Answers) { self.answers = answers }

  /// Who can be called.
  public var numbers: EmergencyNumbers { EmergencyNumbers(answers) }

  /// The people who have an access now.
  public func holders(of access: Record) -> [Record] { answers.people(with: access) }

  /// The runbooks that are printed: those for emergencies first, then what to do about a failure, then how to rebuild.
  public var runbooks: [Record] {
    let order = ["emergency": 0, "incident": 1, "recovery": 2]
    return answers.records(.runbook).filter { $0.lifecycle.isInUse && Handbook.isPrinted($0) }
      .enumerated().sorted { one, other in
        let (left, right) = (
          order[one.element.choice(.category)?.value ?? ""] ?? 3,
          order[other.element.choice(.category)?.value ?? ""] ?? 3
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
      guard process.lifecycle.isInUse, let fallback = answers.fallback(of: process) else { return nil }
      return (process, fallback.runbook, fallback.text)
    }
  }

  /// The duties to report that may apply to the company.
  public var duties: [ReportingDuty] {
    ReportingDuty.all.filter { $0.condition != .insurance || answers.insurer != nil }
  }
}
