public import KBCatalog
import KBSchema
public import KBSource

/// A finding, and the record that it is in.
public struct RankedFinding: Sendable {
  public let finding: Diagnostic
  public let record: Record?
}

extension Answers {
  /// The published findings by severity, then by how critical the record is; what is wrong in the company before what is
  /// wrong in the writing. Otherwise they stay in the order of their places.
  public func rankedFindings() -> [RankedFinding] {
    // A finding is large: keys are sorted.
    let records = findings.map { catalog.record(at: $0.path) }
    let keys = findings.indices.map { index in
      (
        severity: findings[index].severity, weight: records[index].map(weight) ?? 0,
        isOnForm: findings[index].rule.code.hasPrefix("form/"), index: index
      )
    }
    let order = keys.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      if left.weight != right.weight { return left.weight > right.weight }
      return left.isOnForm == right.isOnForm ? left.index < right.index : right.isOnForm
    }
    return order.map { RankedFinding(finding: findings[$0.index], record: records[$0.index]) }
  }

  /// Returns how critical a record is: its own criticality, or that of the published systems it is about.
  private func weight(_ record: Record) -> Int {
    if let rank = record.choice(.criticality)?.rank { return rank }
    let roles: [Role] = [.accessTo, .handles, .covers]
    return roles.flatMap { records($0, of: record) }.compactMap { $0.choice(.criticality)?.rank }.max() ?? 0
  }
}
