public import KBCatalog
public import KBSchema
public import KBSource

/// Somebody to call: one number, with what one must know before dialling it.
public struct Contact: Sendable {
  /// The use of a line.
  public enum Line: Int, Sendable, Comparable {
    case emergency, onCall, service

    public static func < (one: Line, other: Line) -> Bool { one.rawValue < other.rawValue }
  }

  /// The reason why somebody is called.
  public enum Part: Sendable {
    case `operator`, escalation, owner, deputy, crisis
  }

  public var name: String
  /// When it is answered, as written.
  public var hours: String?
  /// The same, read; `nil` where nobody has said it, or nobody understands it.
  public var opening: OpeningHours?
  public var phone: PhoneNumber
  public var line = Line.service
  public var part: Part?
  /// The number of the record of the person who answers; `nil` where it is not one person.
  var person: Int?
  /// When a runbook says to call, such as "after 15 minutes, if the database does not answer"; `nil` for a number that may
  /// be called at any time.
  public var condition: String?
  /// The numbers to say first.
  public var customerNumber: String?
  public var contractNumber: String?

  /// A number of somebody, about which no more is known.
  public init(
    name: String, hours: String? = nil, opening: OpeningHours? = nil, phone: PhoneNumber, line: Line = .service,
    condition: String? = nil
  ) {
    (self.name, self.hours, self.opening, self.phone) = (name, hours, opening, phone)
    (self.line, self.condition) = (line, condition)
  }

  /// Whether somebody answers at a moment; `nil` where that is not known.
  public func isOpen(at moment: LocalMoment) -> Bool? { opening?.isOpen(at: moment) }

  /// The next moment at which somebody answers; `nil` where somebody does now, or where it is not known.
  public func opens(after moment: LocalMoment) -> LocalMoment? {
    isOpen(at: moment) == false ? opening?.opening(from: moment) : nil
  }
}

extension [Contact] {
  /// The contacts in the order in which they are called: who always answers before who may answer, the crisis team after those who
  /// act; among them lines for emergencies first, and those without a condition.
  ///
  /// At a moment the order stays as it is, so that every page and command begins with the same number, but for this: who
  /// answers then comes before who may answer, and a closed line comes last, the one first that opens first.
  ///
  /// `weight`: of how much of what is down a contact knows; of those who answer alike the one with most of it comes first.
  public func ordered(at moment: LocalMoment?, weight: (Contact) -> Int = { _ in 0 }) -> [Contact] {
    let anytime = sorted { contact in
      let isAlways = contact.opening?.isAlways == true
      return [
        Self.turn(of: contact, isOpen: isAlways ? true : nil), -weight(contact), contact.line.rawValue,
        contact.condition == nil ? 0 : 1,
      ]
    }
    guard let moment else { return anytime }
    return anytime.sorted { contact in
      [
        Self.turn(of: contact, isOpen: contact.isOpen(at: moment)),
        contact.opens(after: moment).map { moment.minutes(until: $0) } ?? 0,
      ]
    }
  }

  private static func turn(of contact: Contact, isOpen: Bool?) -> Int {
    switch isOpen {
    case false: 3
    case _ where contact.part == .crisis: 2
    case true: 0
    default: 1
    }
  }

  /// The contacts by some numbers; those with the same ones stay in their order.
  private func sorted(by key: (Contact) -> [Int]) -> [Contact] {
    enumerated().map { (key: key($0.element) + [$0.offset], contact: $0.element) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.contact)
  }

  /// The contacts, each number once; the condition of a runbook counts before the one that a provider has for everything.
  func withoutRepeats() -> [Contact] {
    guard count > 1 else { return self }
    var places: [PhoneNumber: Int] = [:]
    var kept: [Contact] = []
    for contact in self {
      if let known = places[contact.phone] {
        let isNearer = contact.part == .escalation && kept[known].part != .escalation && contact.condition != nil
        kept[known].condition = isNearer ? contact.condition : kept[known].condition ?? contact.condition
        // Of several runbooks the first one counts.
        if isNearer { kept[known].part = .escalation }
        kept[known].contractNumber = kept[known].contractNumber ?? contact.contractNumber
      } else {
        places[contact.phone] = kept.count
        kept.append(contact)
      }
    }
    return kept
  }
}

/// The people and numbers to call.
extension Answers {
  /// The number to call for a record: a provider's for emergencies first, a team's or its lead's, a person's.
  public func contact(of record: Record, for system: Record? = nil) -> Contact? {
    lines(of: record, for: system).min { $0.line < $1.line }
  }

  /// The numbers of a record: for emergencies, on call, the usual ones; to be called about a system with the number of its contract.
  public func lines(of record: Record, for system: Record? = nil) -> [Contact] {
    let lines = book[record]
    guard !lines.isEmpty else { return [] }
    let contract = system.flatMap { catalog.sources(.covers, to: $0).first { covers($0, by: record) } }
    let (customer, number) = (record.value(.customerNumber)?.text, contract?.value(.contractNumber)?.text)
    guard customer != nil || number != nil else { return lines }
    return lines.map { line in
      var line = line
      (line.customerNumber, line.contractNumber) = (customer, number)
      return line
    }
  }

  private func covers(_ contract: Record, by provider: Record) -> Bool {
    contract.lifecycle.isInUse && isPublished(contract)
      && catalog.records(.contractProvider, of: contract).contains { $0.index == provider.index }
  }

  /// The people and providers to call when a system is down, in an order that is right at any hour: those who operate it, those whom its
  /// runbooks name, its owner.
  public func contacts(for system: Record) -> [Contact] { calls(for: system).withoutRepeats().ordered(at: nil) }

  /// Everybody to call when several systems are down at once, and for how many of them each number is the right one.
  ///
  /// What a runbook for one of them says about when to call says nothing of all: it carries that runbook's title, and only where a
  /// number is not called anyway.
  func calls(forAll systems: [Record]) -> (contacts: [Contact], counts: [PhoneNumber: Int]) {
    let all = systems.map { calls(for: $0, isAlone: false) }
    var counts: [PhoneNumber: Int] = [:]
    for calls in all { for phone in Set(calls.map(\.phone)) { counts[phone, default: 0] += 1 } }
    let usual = all.joined().filter { $0.part != .escalation }
    let known = Set(usual.map(\.phone))
    return (usual + all.joined().filter { $0.part == .escalation && !known.contains($0.phone) }, counts)
  }

  /// Everybody to call when a system is down, in the order in which its records name them; `isAlone`: nothing else is down.
  func calls(for system: Record, isAlone: Bool = true) -> [Contact] {
    func lines(_ role: Role, _ part: Contact.Part) -> [Contact] {
      catalog.records(role, of: system).flatMap { self.lines(of: $0, for: system) }.map { $0.taking(part) }
    }
    let escalations = outageRunbooks(for: system).flatMap { runbook -> [Contact] in
      let calls = escalationCalls(of: runbook, for: system)
      // A condition out of a runbook for many systems means nothing without it.
      guard !isAlone || catalog.records(.handles, of: runbook).count > Self.mostSystemsOfOneOutage else { return calls }
      return calls.map { $0.conditioned(by: runbook) }
    }
    return lines(.operator, .operator) + escalations + lines(.owner, .owner) + lines(.deputy, .deputy)
  }

  /// A runbook for more systems is about something that befalls them all, such as a power failure.
  private static let mostSystemsOfOneOutage = 3

  /// All numbers of those whom a record escalates to, each with its condition.
  func escalationCalls(of record: Record, for system: Record? = nil) -> [Contact] {
    catalog.relations(from: record).filter { $0.role == .escalation }.flatMap { relation in
      let after = relation.context?.value(.escalationAfter)?.duration.map { ContactBook.after($0)[language] }
      let texts = [after].compactMap(\.self) + (relation.context?.fields ?? []).compactMap(\.value.text)
      let condition = texts.isEmpty ? nil : texts.joined(separator: ", ")
      return lines(of: catalog.records[relation.target], for: system).map { line in
        var line = line.taking(.escalation)
        line.condition = condition ?? line.condition
        return line
      }
    }
  }

  /// The teams that decide in a crisis, with their numbers.
  public var crisisContacts: [Contact] {
    records(.team).filter { $0.lifecycle.isInUse && $0.choice(.category)?.value == "body" }
      .flatMap { lines(of: $0) }.map { $0.taking(.crisis) }.withoutRepeats().ordered(at: nil)
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
    guard !named.isEmpty else { return operators.withoutRepeats() }
    let first = operators.first.map { first in named.first { $0.phone == first.phone } ?? first }
    return ([first].compactMap(\.self) + named).withoutRepeats()
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

extension Contact {
  /// With the runbook before its condition: "Restart after a power failure: before switching on".
  fileprivate func conditioned(by runbook: Record) -> Contact {
    var contact = self
    contact.condition = condition.map { "\(runbook.title): \($0)" }
    return contact
  }

  fileprivate func taking(_ part: Part) -> Contact {
    var contact = self
    contact.part = part
    return contact
  }
}
