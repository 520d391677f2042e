public import KBCatalog
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
  /// The contacts in the order in which they are called: who answers before who may answer, the crisis team after those who act, a
  /// closed line last; among them lines for emergencies first, and those without a condition.
  ///
  /// Without a moment, what is always answered comes first: that is right at any hour.
  public func ordered(at moment: LocalMoment?) -> [Contact] {
    enumerated().sorted { one, other in
      let (left, right) = (Self.turn(of: one.element, moment), Self.turn(of: other.element, moment))
      return left == right
        ? (one.element.line.rawValue, one.element.condition == nil ? 0 : 1, one.offset)
          < (other.element.line.rawValue, other.element.condition == nil ? 0 : 1, other.offset) : left < right
    }.map(\.element)
  }

  private static func turn(of contact: Contact, _ moment: LocalMoment?) -> Int {
    let isOpen = moment.map { contact.isOpen(at: $0) } ?? (contact.opening?.isAlways == true ? true : nil)
    if isOpen == false { return 3 }
    if contact.part == .crisis { return 2 }
    return isOpen == true ? 0 : 1
  }

  /// The contacts, each number once; the condition of a runbook counts before the one that a provider has for everything.
  func withoutRepeats() -> [Contact] {
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

  /// The numbers of a record: for emergencies, on call, the usual ones.
  public func lines(of record: Record, for system: Record? = nil) -> [Contact] {
    // Who has left, or is no longer worked with, is not called.
    guard isPublished(record), record.lifecycle != .retired else { return [] }
    var lines = ownLines(of: record)
    if record.kind.behaviour == .team {
      let people = [Role.lead, .member].flatMap { catalog.records($0, of: record) }.filter {
        $0.index != record.index && isPublished($0) && $0.lifecycle != .retired
      }
      let isSilent = lines.isEmpty
      for person in people {
        for var line in ownLines(of: person) where line.line == .onCall {
          line.name = "\(record.title), \(person.title)"
          lines.append(line)
        }
      }
      // A team without a number of its own is reached through its lead.
      if isSilent, let lead = people.first, catalog.records(.lead, of: record).first?.index == lead.index,
        let phone = lead.value(.phone)?.phone
      {
        lines.append(Contact(name: "\(record.title), \(lead.title)", phone: phone))
      }
    }
    let contract = system.flatMap { catalog.sources(.covers, to: $0).first { covers($0, by: record) } }
    let customer = record.value(.customerNumber)?.text
    return lines.map { line in
      var line = line
      line.customerNumber = customer
      line.contractNumber = contract?.value(.contractNumber)?.text
      return line
    }
  }

  private func ownLines(of record: Record) -> [Contact] {
    var lines: [Contact] = []
    func add(_ line: Contact.Line, _ role: Role, hours: Role?) {
      guard let phone = record.value(role)?.phone else { return }
      let hours = hours.flatMap { record.value($0) }
      lines.append(
        Contact(name: record.title, hours: hours?.text, opening: hours?.hours, phone: phone, line: line))
    }
    add(.emergency, .emergencyPhone, hours: .emergencyHours)
    add(.onCall, .onCallPhone, hours: .onCallHours)
    add(.service, .phone, hours: .supportHours)
    add(.service, .mobile, hours: nil)
    return (lines + escalationLines(of: record)).withoutRepeats()
  }

  /// The levels of a provider's own escalation, with the time after which each is called.
  private func escalationLines(of record: Record) -> [Contact] {
    guard let list = record.fields.first(where: { $0.declaration.members.contains { $0.role == .escalationAfter } })
    else { return [] }
    return (list.value.list ?? []).compactMap { level in
      guard let phone = level.fields?.lazy.compactMap(\.value.phone).first else { return nil }
      let name = level["contact"]?.text
      return Contact(
        name: name.map { "\(record.title), \($0)" } ?? record.title, phone: phone,
        condition: level.value(.escalationAfter)?.duration.map(after))
    }
  }

  /// "after 30 minutes".
  private func after(_ duration: CalendarDuration) -> String {
    Message(de: "nach \(duration, .dative)", en: "after \(duration)")[language]
  }

  private func covers(_ contract: Record, by provider: Record) -> Bool {
    contract.lifecycle.isInUse && isPublished(contract)
      && catalog.records(.contractProvider, of: contract).contains { $0.index == provider.index }
  }

  /// The people and providers to call when a system is down, in an order that is right at any hour: those who operate it, those whom its
  /// runbooks name, its owner.
  public func contacts(for system: Record) -> [Contact] { calls(for: system).withoutRepeats().ordered(at: nil) }

  /// Everybody to call when a system is down, in the order in which its records name them.
  func calls(for system: Record) -> [Contact] {
    func lines(_ role: Role, _ part: Contact.Part) -> [Contact] {
      catalog.records(role, of: system).flatMap { self.lines(of: $0, for: system) }.map { $0.taking(part) }
    }
    let escalations = runbooks(for: system).filter(\.isForOutage).flatMap { escalationCalls(of: $0, for: system) }
    return lines(.operator, .operator) + escalations + lines(.owner, .owner) + lines(.deputy, .deputy)
  }

  /// All numbers of those whom a record escalates to, each with its condition.
  func escalationCalls(of record: Record, for system: Record? = nil) -> [Contact] {
    catalog.relations(from: record).filter { $0.role == .escalation }.flatMap { relation in
      let after = relation.context?.value(.escalationAfter)?.duration.map(after)
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
  fileprivate func taking(_ part: Part) -> Contact {
    var contact = self
    contact.part = part
    return contact
  }
}
