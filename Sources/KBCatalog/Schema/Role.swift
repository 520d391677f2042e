/// What a field means to the features: checks, pages and lists ask for roles, never for the name of a kind or field.
public enum Role: String, Sendable, CaseIterable {
  // Every kind
  case status, owner, deputy, summary, tags, aliases, reviewed, audience, links, category, criticality
  case reviewEvery = "review-every"
  case language
  // Systems
  case `operator`, impact, vendor, hosting, dependency, capability, location, network, classification
  case businessOwner = "business-owner"
  case dependencyStrength = "dependency-strength"
  case partOf = "part-of"
  case dataFlow = "data-flow"
  case usedBy = "used-by"
  case personalData = "personal-data"
  case confidentiality, integrity, availability, rto, rpo, backup, mfa
  case restoreOrder = "restore-order"
  case backupBy = "backup-by"
  case backupCycle = "backup-cycle"
  case backupNone = "backup-none"
  case restoreTested = "restore-tested"
  case restoreTestEvery = "restore-test-every"
  case patchBy = "patch-by"
  case patchLast = "patch-last"
  case signIn = "sign-in"
  case endOfSupport = "end-of-support"
  case replacedBy = "replaced-by"
  // Accesses
  case account, secret, holders, holder, approver
  case accessTo = "access-to"
  case holderSince = "holder-since"
  case holderUntil = "holder-until"
  case defaultFor = "default-for"
  case grantedBy = "granted-by"
  case grantWith = "grant-with"
  case revokeWith = "revoke-with"
  case seatContract = "seat-contract"
  // Processes
  case uses, participants, checklist, steps, fallback, processing, escalation, kpis, safeguards
  case thirdCountry = "third-country"
  case maxDowntime = "max-downtime"
  case escalationAfter = "escalation-after"
  // Providers and people
  case support, phone, email, portal, scope, contacts, dpa, exit, function, employer, member, lead
  case emergencyPhone = "emergency-phone"
  case supportHours = "support-hours"
  case customerNumber = "customer-number"
  case activeFrom = "active-from"
  case activeUntil = "active-until"
  // Runbooks
  case handles, symptoms, duration, tested, print
  case handlesProcess = "handles-process"
  case audienceRole = "audience-role"
  case needsAccess = "needs-access"
  case testedBy = "tested-by"
  case testEvery = "test-every"
  case testResult = "test-result"
  // Contracts
  case covers, start, end, renewal, notice, cost, sla, document
  case contractProvider = "contract-provider"
  case contractNumber = "contract-number"
  case openEnded = "open-ended"
  case renewalMonths = "renewal-months"
  case noticeTo = "notice-to"
  case noticeForm = "notice-form"
  case cancelledOn = "cancelled-on"
  case seatsBought = "seats-bought"
  case seatsUsed = "seats-used"
  case costCentre = "cost-centre"
  case serviceHours = "service-hours"
  case slaResponse = "sla-response"
  case slaResolution = "sla-resolution"
  case slaPriority = "sla-priority"
  case serviceAvailability = "service-availability"
  case remindBefore = "remind-before"
  // Decisions and topics
  case deciders, affects, supersedes, revisit, requester, due, workaround, occurrences
  case decidedOn = "decided-on"
  case topicState = "topic-state"
}
