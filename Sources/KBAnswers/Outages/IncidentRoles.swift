public import KBCatalog
import KBSchema
import KBSource

/// What somebody does while something is down.
public enum IncidentRole: CaseIterable, Sendable {
  /// Decides, and watches the clocks.
  case leads
  /// Reads the steps and carries them out.
  case acts
  /// Tells everybody who has to know.
  case informs
}

/// Who takes a role, with the numbers.
public struct RoleCard: Sendable {
  public let role: IncidentRole
  public let contacts: [Contact]
}

extension Answers {
  /// The roles in trouble with some systems, each number in one of them: who owns what is down leads, in an emergency the crisis team;
  /// who operates it or has the accesses acts; the others whom the runbook escalates to, and whose business it is, inform or are informed.
  public func roleCards(for systems: [Record], runbook: Record? = nil) -> [RoleCard] {
    let isEmergency = runbook?.choice(.category)?.value == "emergency" || systems.isEmpty
    func lines(_ role: Role) -> [Contact] { systems.flatMap { records(role, of: $0) }.flatMap { self.lines(of: $0) } }
    let responsible = [runbook].compactMap(\.self).flatMap { records(.owner, of: $0) + records(.deputy, of: $0) }
    let owners = systems.prefix(1).flatMap { records(.owner, of: $0) + records(.deputy, of: $0) }
    var leads: [Contact] = (owners + responsible).flatMap { self.lines(of: $0) }
    leads = isEmergency ? crisisContacts + leads : leads + crisisContacts
    let accesses = runbook.map { records(.needsAccess, of: $0) } ?? []
    // What is down may not be known yet.
    let numbers = EmergencyNumbers(self)
    let anybody = systems.isEmpty ? numbers.alarms + numbers.lines : []
    let acts = lines(.operator) + accesses.flatMap(people(with:)).flatMap { self.lines(of: $0) } + anybody
    let escalations = runbook.map { escalationCalls(of: $0, for: systems.first) } ?? []
    let outside = systems.isEmpty ? (dataProtection + [insurer].compactMap(\.self)).flatMap { self.lines(of: $0) } : []
    let informs = escalations + lines(.businessOwner) + outside
    var seen: Set<PhoneNumber> = []
    return [(IncidentRole.leads, leads), (.acts, acts), (.informs, informs)].map { role, contacts in
      RoleCard(
        role: role, contacts: contacts.withoutRepeats().ordered(at: nil).filter { seen.insert($0.phone).inserted })
    }
  }

  /// The symptoms by which people notice an outage, each with the runbook that it leads to: of the runbooks for what is down; without any,
  /// of those for what it needs. The nearest runbook has most of them.
  public func symptoms(of outage: Outage, among helps: [Outage.Help], most: Int) -> [(symptom: String, runbook: Record)]
  {
    let down = Set(outage.systems.map(\.index))
    let own = helps.filter { down.contains($0.system.index) }
    let choices = (own.isEmpty ? helps : own).map(\.runbook).enumerated().flatMap { place, runbook in
      runbook.values(.symptoms).compactMap(\.text).prefix(place == 0 ? most / 2 : 2).map {
        (symptom: $0, runbook: runbook)
      }
    }
    return Array(choices.prefix(most))
  }
}
