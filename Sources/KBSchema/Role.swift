/// The meaning of a field to the features: checks, pages and lists ask for roles, never for the name of a kind or field.
public enum Role: Int, Sendable, CaseIterable {
  // Every kind
  case status, owner, deputy, summary, tags, aliases, reviewed, audience, links, category, criticality
  case reviewEvery
  case language
  case finds
  // Systems
  case `operator`, impact, vendor, hosting, dependency, capability, location, network, classification
  case businessOwner
  case dependencyStrength
  case partOf
  case dataFlow
  case usedBy
  case personalData
  case confidentiality, integrity, availability, rto, rpo, backup, mfa
  case restoreOrder
  case backupBy
  case backupCycle
  case backupNone
  case restoreTested
  case restoreTestEvery
  case patchBy
  case patchLast
  case patchWindow
  case patchCycle
  case signIn
  case signInMethod
  case endOfSupport
  case replacedBy
  // Accesses
  case account, secret, holders, holder, approver
  case accessTo
  case holderSince
  case holderUntil
  case defaultFor
  case grantedBy
  case grantWith
  case revokeWith
  case seatContract
  // Processes
  case uses, participants, checklist, steps, fallback, processing, escalation, kpis, safeguards
  case thirdCountry
  case maxDowntime
  case kpiName, kpiTarget, kpiUnit, kpiValues
  case purpose, legalBasis, dataSubjects, dataCategories, recipients, erasure, measures
  case escalationAfter
  // Providers and people
  case support, phone, email, portal, scope, contacts, dpa, exit, function, employer, member, lead
  case emergencyPhone
  case mobile
  case onCallPhone
  case onCallHours
  case headcount
  case supportHours
  case emergencyHours
  case customerNumber
  case activeFrom
  case activeUntil
  case agreementDate, subprocessors, responsibleFor, notFor
  // Runbooks
  case handles, symptoms, duration, tested, print
  case escalationWhen
  case handlesProcess
  case audienceRole
  case needsAccess
  case testedBy
  case testEvery
  case testResult
  case situation
  // Contracts
  case covers, start, end, renewal, notice, cost, sla, document
  case contractProvider
  case contractNumber
  case openEnded
  case renewalMonths
  case noticeTo
  case noticeForm
  case cancelledOn
  case seatsBought
  case seatsUsed
  case costCentre
  case serviceHours
  case slaResponse
  case slaResolution
  case slaPriority
  case slaHours
  case serviceAvailability
  case remindBefore
  case positions
  case positionSeats
  case positionCost
  case sharedSystem
  case costShare
  case priceChanges
  case priceFrom
  case priceCost
  // Decisions and topics
  case deciders, affects, supersedes, revisit, requester, due, workaround, occurrences
  case decidedOn
  case topicState
  case priority, benefit, effort, risk, benefitLevel, effortLevel, riskLevel
  case handledBy, acceptance, criterion, criterionMet, rootCause
  // Deadlines and incidents
  case deadline
  case renewWith
  case began, ended, commander
  case affectedSystem
  case followedRunbook
  case incidentLog
  case loggedAt

  /// The role's name in a kind file: the case's, in words separated by hyphens.
  public var name: String {
    String("\(self)".flatMap { $0.isUppercase ? ["-", Character($0.lowercased())] : [$0] })
  }

  /// The role with a name.
  public init?(name: String) {
    guard let role = Role.byName[name] else { return nil }
    self = role
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
}
