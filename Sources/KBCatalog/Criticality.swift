import KBSchema
import KBSource

/// How hard the failure of something hits the company, by the rank of its criticality.
extension Record {
  /// Whether its failure stops the company: the highest built-in level, or a custom one of its rank.
  public var isCritical: Bool { (choice(.criticality)?.rank ?? 0) >= 4 }

  /// Whether its failure hits the company hard.
  public var isVital: Bool { (choice(.criticality)?.rank ?? 0) >= 3 }
}
