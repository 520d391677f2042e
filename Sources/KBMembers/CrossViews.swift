package import KBAnswers
package import KBCatalog
package import KBHistory
import KBReports
package import KBSchema
package import KBSource

/// A record of a member.
package struct MemberRecord {
  package let member: MemberBase
  package let record: Record
}

/// A product or a provider, and the members that have it.
package struct SharedProduct {
  package let title: String
  package let uses: [MemberRecord]
  package var memberCount: Int { Set(uses.map(\.member.id)).count }
}

/// A contract of a member that must be cancelled by a day, or goes on.
package struct Cancellation {
  package let member: MemberBase
  package let deadline: Deadline
}

/// The findings of one rule in all members.
package struct SharedRule {
  package let rule: Rule
  package let severity: Severity
  package let counts: [(member: MemberBase, count: Int)]
  package var total: Int { counts.reduce(0) { $0 + $1.count } }
}

/// A runbook of a member beside the shared one of the same id or title.
package struct RunbookCopy {
  package let own: MemberRecord
  package let standard: Record
  package let comparison: RunbookComparison
}

/// The answers that no single knowledge base has.
extension Overview {
  /// How far ahead contracts are looked at.
  package static let ahead = CalendarDuration(6, .months)

  /// The contracts to cancel, the first day first.
  package func cancellations(within duration: CalendarDuration = Overview.ahead) -> [Cancellation] {
    let horizon = today.adding(duration)
    return members.flatMap { member in
      member.answers.deadlines(until: horizon).filter { $0.category == .cancelBy }.map {
        Cancellation(member: member, deadline: $0)
      }
    }.sorted {
      ($0.deadline.date, $0.member.id, $0.deadline.record.id) < ($1.deadline.date, $1.member.id, $1.deadline.record.id)
    }
  }

  /// The findings by rule, the worst and most frequent first.
  package var rules: [SharedRule] {
    struct Key: Hashable {
      let code: String
      let severity: Severity
    }
    var found: [Key: (rule: Rule, counts: [(member: MemberBase, count: Int)])] = [:]
    for member in members {
      for (key, findings) in Dictionary(
        grouping: member.report.findings, by: { Key(code: $0.rule.code, severity: $0.severity) })
      {
        found[key, default: (findings[0].rule, [])].counts.append((member, findings.count))
      }
    }
    return found.map { SharedRule(rule: $1.rule, severity: $0.severity, counts: $1.counts) }.sorted {
      $0.severity != $1.severity
        ? $0.severity > $1.severity : $0.total != $1.total ? $0.total > $1.total : $0.rule.code < $1.rule.code
    }
  }

  /// The systems, or the providers, of all members by title; those that most have first.
  package func products(_ behaviour: Kind.Behaviour) -> [SharedProduct] {
    var found: [String: [MemberRecord]] = [:]
    for member in members {
      for record in member.answers.records(behaviour) where record.lifecycle.isInUse {
        found[Record.proposedID(for: record.title), default: []].append(MemberRecord(member: member, record: record))
      }
    }
    return found.map { SharedProduct(title: $1[0].record.title, uses: $1) }.sorted {
      $0.memberCount != $1.memberCount
        ? $0.memberCount > $1.memberCount : ($0.title, $0.uses[0].member.id) < ($1.title, $1.uses[0].member.id)
    }
  }

  /// The records in use that say of themselves, or of their vendor, operator or provider, that they are a product.
  package func uses(of product: String) -> [MemberRecord] {
    let wanted = Record.proposedID(for: product)
    guard !wanted.isEmpty else { return [] }
    return members.flatMap { member in
      member.answers.records.filter { record in
        guard [.system, .provider, .contract].contains(record.kind.behaviour), record.lifecycle.isInUse else {
          return false
        }
        let named = [.vendor, .operator, .contractProvider].flatMap {
          member.answers.records($0, of: record).map(\.title)
        }
        let texts = record.values(.vendor).compactMap(\.text) + record.values(.aliases).compactMap(\.text)
        return ([record.id, record.title] + named + texts).contains {
          "-\(Record.proposedID(for: $0))-".contains("-\(wanted)-")
        }
      }.map { MemberRecord(member: member, record: $0) }
    }
  }

  /// The runbooks that members have beside the shared ones, those that differ first.
  package var runbookCopies: [RunbookCopy] {
    guard let shared else { return [] }
    let standards = shared.answers.records(.runbook)
    let byID = Dictionary(standards.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let byTitle = Dictionary(
      standards.map { (Record.proposedID(for: $0.title), $0) }, uniquingKeysWith: { first, _ in first })
    return members.filter { $0.id != shared.id }.flatMap { member in
      member.answers.records(.runbook).compactMap { record -> RunbookCopy? in
        guard let standard = byID[record.id] ?? byTitle[Record.proposedID(for: record.title)] else { return nil }
        return RunbookCopy(
          own: MemberRecord(member: member, record: record), standard: standard,
          comparison: RunbookComparison(of: record, with: standard))
      }
    }
  }
}
