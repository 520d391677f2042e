import KBDocument
public import KBSource

/// A function that finds which records of a catalog break some rules.
public struct Check: Sendable {
  public static var allRules: [Rule] { Rule.all }

  let findings: @Sendable (Library) -> [Diagnostic]

  init(_ findings: @escaping @Sendable (Library) -> [Diagnostic]) { self.findings = findings }

  /// Every check of the catalog.
  static let all: [Check] = [
    .retiredTarget, .partOfCycle, .dependencyCycle, .orphan,
    .systemRunbook, .systemSupport, .dependencyRecovery, .dependencyCriticality, .systemService, .systemContract,
    .backupCycle, .restoreTest, .protection, .endOfSupport, .systemSignIn, .sameCapability,
    .accessHolders, .accessMFA, .accessReview, .accessToRetired, .accessRole, .emergencyHolders,
    .contractDates, .contractRenewal, .contractDeadline, .contractSeats, .providerPrivacy,
    .processPrivacy, .processDowntime, .runbookHeadings, .runbookTests, .runbookAccess, .escalation,
  ]
}
