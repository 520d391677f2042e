/// A kind of record, in the order in which records are planned: those that others refer to come first.
enum Kind: Int, CaseIterable {
  case team, person, provider, system, access, process, contract, runbook, decision, topic, page

  /// The folder of the kind.
  var folder: String {
    switch self {
    case .team: "teams"
    case .person: "people"
    case .provider: "providers"
    case .system: "systems"
    case .access: "accesses"
    case .process: "processes"
    case .contract: "contracts"
    case .runbook: "runbooks"
    case .decision: "decisions"
    case .topic: "topics"
    case .page: "pages"
    }
  }

  /// How many of a hundred records are of the kind, and at most how many there are.
  ///
  /// A company's teams, people and providers do not grow with its documentation. What the limits leave goes to the
  /// runbooks.
  var share: (percent: Int, limit: Int) {
    switch self {
    case .team: (1, 40)
    case .person: (6, 1_500)
    case .provider: (4, 250)
    case .system: (25, .max)
    case .access: (15, .max)
    case .process: (6, .max)
    case .contract: (8, .max)
    case .runbook: (20, .max)
    case .decision: (3, .max)
    case .topic: (7, .max)
    case .page: (5, .max)
    }
  }

  /// How many records of each kind a knowledge base of `total` records has, by the kind's raw value.
  static func counts(total: Int) -> [Int] {
    precondition(total >= allCases.count, "a knowledge base needs a record of each kind")
    var counts = allCases.map { kind in max(1, min(total * kind.share.percent / 100, kind.share.limit)) }
    counts[Kind.runbook.rawValue] += max(0, total - counts.reduce(0, +))
    // In a tiny knowledge base the kinds that have one record each leave less for the others.
    while counts.reduce(0, +) > total, let largest = counts.indices.max(by: { counts[$0] < counts[$1] }) {
      counts[largest] -= 1
    }
    return counts
  }
}
