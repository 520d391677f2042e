import KBDocument
public import KBSource

/// One thing that a catalog as a whole is held against: its rules, and the function that finds who breaks them.
public struct Check: Sendable {
  public let rules: [Rule]
  let findings: @Sendable (Catalog) -> [Diagnostic]

  init(_ rules: Rule..., findings: @escaping @Sendable (Catalog) -> [Diagnostic]) {
    self.rules = rules
    self.findings = findings
  }

  /// Every check of the catalog.
  public static let all: [Check] = [
    .retiredTarget, .partOfCycle, .dependencyCycle, .orphan,
    .systemRunbook, .systemSupport, .dependencyRecovery, .dependencyCriticality, .systemService, .systemContract,
    .backupCycle, .restoreTest, .protection, .endOfSupport, .systemSignIn, .sameCapability,
    .accessHolders, .accessMFA, .accessReview, .accessToRetired, .accessRole, .emergencyHolders,
    .contractDates, .contractRenewal, .contractDeadline, .contractSeats, .providerPrivacy,
    .processPrivacy, .processDowntime, .runbookHeadings, .runbookTests, .runbookAccess, .escalation,
  ]

  /// Every rule, of reading, of the schema and of the checks, by code.
  public static let allRules: [Rule] =
    (DocumentRules.all + FormRules.all + ReferenceRules.all + [SchemaRules.invalid] + WorkingTreeRules.all
    + RecordCheck.all.flatMap(\.rules) + all.flatMap(\.rules))
    .reduce(into: [Rule]()) { rules, rule in if !rules.contains(rule) { rules.append(rule) } }
    .sorted { $0.code < $1.code }
}
