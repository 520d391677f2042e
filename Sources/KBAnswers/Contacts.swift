public import KBCatalog
public import KBSource

/// Somebody to call.
public struct Contact: Sendable {
  public var name: String
  /// When it is answered.
  public var hours: String?
  public var phone: PhoneNumber
  /// The numbers to say first.
  public var customerNumber: String?
  public var contractNumber: String?
}

/// The people and numbers to call.
extension Answers {
  /// The number to call for a record: a provider's for emergencies first, a team's or its lead's, a person's.
  public func contact(of record: Record, for system: Record? = nil) -> Contact? {
    // Who has left, or is no longer worked with, is not called.
    guard isPublished(record), record.lifecycle != .retired else { return nil }
    guard let phone = record.value(.emergencyPhone)?.phone ?? record.value(.phone)?.phone else {
      // A team without a number of its own is reached through its lead.
      guard let lead = catalog.records(.lead, of: record).first, lead.index != record.index,
        let number = lead.value(.phone)?.phone, isPublished(lead)
      else { return nil }
      return Contact(name: "\(record.title), \(lead.title)", phone: number)
    }
    let contract = system.flatMap { catalog.sources(.covers, to: $0).first { covers($0, by: record) } }
    return Contact(
      name: record.title, hours: record.value(.supportHours)?.text, phone: phone,
      customerNumber: record.value(.customerNumber)?.text, contractNumber: contract?.value(.contractNumber)?.text)
  }

  private func covers(_ contract: Record, by provider: Record) -> Bool {
    contract.lifecycle.isInUse && isPublished(contract)
      && catalog.records(.contractProvider, of: contract).contains { $0.index == provider.index }
  }

  /// The people and providers to call when a system is down, in this order: those who operate it, then its owner.
  public func contacts(for system: Record) -> [Contact] {
    let operators = catalog.records(.operator, of: system).compactMap { contact(of: $0, for: system) }
    return unique(
      operators + [.owner, .deputy].flatMap { catalog.records($0, of: system) }.compactMap { contact(of: $0) })
  }

  /// The people and providers that a runbook escalates to; without any, those who operate its systems.
  public func contacts(forRunbook runbook: Record) -> [Contact] {
    let systems = catalog.records(.handles, of: runbook)
    let named = catalog.records(.escalation, of: runbook).compactMap { contact(of: $0, for: systems.first) }
    return unique(named.isEmpty ? systems.flatMap(contacts(for:)) : named)
  }

  private func unique(_ contacts: [Contact]) -> [Contact] {
    var seen: Set<PhoneNumber> = []
    return contacts.filter { seen.insert($0.phone).inserted }
  }

  /// The published providers in use that have a number for emergencies, with that number; those that operate most of the
  /// systems in use first.
  public var emergencyNumbers: [(provider: Record, phone: PhoneNumber)] {
    records(.provider).filter(\.lifecycle.isInUse).compactMap { provider in
      provider.value(.emergencyPhone)?.phone.map { phone in
        let operated = catalog.sources(.operator, to: provider).count { $0.lifecycle.isInUse && isPublished($0) }
        return (provider: provider, phone: phone, operated: operated)
      }
    }.enumerated().sorted { ($1.element.operated, $0.offset) < ($0.element.operated, $1.offset) }
      .map { ($0.element.provider, $0.element.phone) }
  }
}
