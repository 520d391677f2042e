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
  /// When a runbook says to call, such as "after 15 minutes, if the database does not answer"; `nil` for a number that may
  /// be called at any time.
  public var condition: String?
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

  /// The people and providers to call when a runbook is needed.
  ///
  /// One outage has one number: it begins with whoever is called first for the first of its systems that has somebody to
  /// call. Then come those that the runbook escalates to, in its order; without any, everybody to call for its systems.
  /// A number that the runbook names carries its condition.
  public func contacts(forRunbook runbook: Record) -> [Contact] {
    let systems = catalog.records(.handles, of: runbook)
    let operators = systems.flatMap(contacts(for:))
    let named = escalations(of: runbook).compactMap(\.contact)
    guard !named.isEmpty else { return unique(operators) }
    let first = operators.first.map { first in named.first { $0.phone == first.phone } ?? first }
    return unique([first].compactMap(\.self) + named)
  }

  /// Whom a runbook escalates to, in its order, with the number to call where there is one.
  public func escalations(of runbook: Record) -> [(target: Record, condition: String?, contact: Contact?)] {
    guard let field = runbook.fields.first(where: { $0.declaration.holdsEscalation }) else { return [] }
    let system = catalog.records(.handles, of: runbook).first
    return (field.value.list ?? []).compactMap { line in
      guard let target = line.value(.escalation)?.reference.flatMap({ catalog.record($0) }), isPublished(target) else {
        return nil
      }
      let condition = line.value(.escalationWhen)?.text
      var contact = contact(of: target, for: system)
      contact?.condition = condition
      return (target, condition, contact)
    }
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

extension FieldDeclaration {
  /// Whether its lines name whom to escalate to.
  public var holdsEscalation: Bool { members.contains { $0.role == .escalation } }
}
