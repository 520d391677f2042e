import KBCatalog
import KBDocument
import KBSource

/// A function that finds what in a library breaks some rules.
struct Check: Sendable {
  let findings: @Sendable (Library) -> [Diagnostic]

  init(_ findings: @escaping @Sendable (Library) -> [Diagnostic]) { self.findings = findings }

  /// Every check of a library.
  static let all: [Check] = [
    .questionnaires, .retiredTarget, .helpers, .controller, .partOfCycle, .dependencyCycle, .orphan,
    .systemRunbook, .systemSupport, .dependencyRecovery, .dependencyCriticality, .restartOrder, .systemService,
    .systemContract,
    .backupCycle, .restoreTest, .protection, .endOfSupport, .systemSignIn, .sameCapability,
    .accessHolders, .accessMFA, .accessReview, .accessToRetired, .accessRole, .emergencyHolders,
    .contractDates, .contractRenewal, .contractDeadline, .contractSeats, .providerPrivacy,
    .deadlines, .processPrivacy, .processDowntime, .runbookHeadings, .runbookTests, .runbookAccess, .runbookSteps,
    .escalation,
    .futureDates,
  ]
}
