public import KBSchema

/// The protection that a system needs because another one depends on it (maximum principle of BSI standard 200-2).
public struct InheritedProtection: Sendable {
  /// The roles of the fields that state a level of protection.
  public static let roles = [Role.confidentiality, .integrity, .availability]

  /// The highest level of the systems that have a hard dependency on it, even indirectly.
  public let level: Choice
  /// The number of that system.
  public let origin: Int
  /// Whether that system depends on it directly.
  public let isDirect: Bool

  package var rank: Int { level.rank ?? 0 }
}

extension Library {
  /// Returns what systems inherit, by their numbers; a system on which no system with a level depends has no entry.
  public func inheritedProtection(_ role: Role) -> [Int: InheritedProtection] {
    var targets: [Int: [Int]] = [:]
    for dependency in hardDependencies { targets[dependency.source.index, default: []].append(dependency.target.index) }
    let declared = inUse(.system).compactMap { system -> (index: Int, rank: Int, level: Choice)? in
      guard let level = system.value(role)?.choice, let rank = level.rank else { return nil }
      return (system.index, rank, level)
    }
    var inherited: [Int: InheritedProtection] = [:]
    // From the highest level down: whoever is reached first is reached by the highest, so each is visited once.
    for start in declared.sorted(by: { ($1.rank, $0.index) < ($0.rank, $1.index) }) {
      // Breadth first, so that a direct dependency is known as such.
      var queue = [start.index]
      var next = 0
      while next < queue.count {
        let source = queue[next]
        next += 1
        for target in targets[source] ?? [] where inherited[target] == nil {
          inherited[target] = InheritedProtection(
            level: start.level, origin: start.index, isDirect: source == start.index)
          queue.append(target)
        }
      }
    }
    return inherited
  }
}
