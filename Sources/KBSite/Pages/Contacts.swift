import KBCatalog
import KBSource

/// Somebody to call.
struct Contact: Sendable {
  var name: String
  /// When it is answered.
  var hours: String?
  var phone: String
  /// What to say first: customer and contract number.
  var note: String?
}

extension Site {
  /// The number to call for a record: a provider's for emergencies first, a team's or its lead's, a person's.
  func contact(of record: Record, for system: Record? = nil) -> Contact? {
    // Who has left, or is no longer worked with, is not called.
    guard map.isPublished(record), record.lifecycle != .retired else { return nil }
    let direct = record.value(.emergencyPhone)?.text ?? record.value(.phone)?.text
    guard let phone = direct else {
      // A team without a number of its own is reached through its lead.
      guard let lead = catalog.records(.lead, of: record).first, lead.index != record.index,
        let number = lead.value(.phone)?.text, map.isPublished(lead)
      else { return nil }
      return Contact(name: "\(record.title), \(lead.title)", phone: number)
    }
    var note: [String] = []
    if let number = record.value(.customerNumber)?.text { note.append("\(words(Words.customerNumber)) \(number)") }
    if let system, let contract = catalog.sources(.covers, to: system).first(where: { covers($0, by: record) }),
      let number = contract.value(.contractNumber)?.text
    {
      note.append("\(words(Words.contract)) \(number)")
    }
    return Contact(
      name: record.title, hours: record.value(.supportHours)?.text, phone: phone,
      note: note.isEmpty ? nil : note.joined(separator: ", "))
  }

  private func covers(_ contract: Record, by provider: Record) -> Bool {
    contract.lifecycle.isInUse && map.isPublished(contract)
      && catalog.records(.contractProvider, of: contract).contains { $0.index == provider.index }
  }

  /// Whom to call when a system is down: those who operate it, then its owner.
  func contacts(for system: Record) -> [Contact] {
    let operators = catalog.records(.operator, of: system).compactMap { contact(of: $0, for: system) }
    return unique(
      operators + [.owner, .deputy].flatMap { catalog.records($0, of: system) }.compactMap { contact(of: $0) })
  }

  /// Whom a runbook escalates to; without that, who operates its systems.
  func contacts(forRunbook runbook: Record) -> [Contact] {
    let systems = catalog.records(.handles, of: runbook)
    let named = catalog.records(.escalation, of: runbook).compactMap { contact(of: $0, for: systems.first) }
    return unique(named.isEmpty ? systems.flatMap(contacts(for:)) : named)
  }

  private func unique(_ contacts: [Contact]) -> [Contact] {
    var seen: Set<String> = []
    return contacts.filter { seen.insert($0.phone).inserted }
  }

  /// The active runbooks for a system in trouble; where none is for trouble, all of them.
  ///
  /// What to do about a failure comes before how to rebuild and how to get by without; what is written for this system
  /// before what is written for many.
  func runbooks(for system: Record) -> [Record] {
    let order = ["incident": 0, "recovery": 1, "emergency": 2]
    let all = catalog.sources(.handles, to: system).filter { $0.lifecycle.isInUse && map.isPublished($0) }
    let forTrouble = all.filter(isForTrouble)
    return (forTrouble.isEmpty ? all : forTrouble)
      .map { runbook in
        (
          runbook: runbook, place: order[runbook.choice(.category)?.value ?? ""] ?? 3,
          breadth: catalog.records(.handles, of: runbook).count
        )
      }
      .sorted { ($0.place, $0.breadth, $0.runbook.title) < ($1.place, $1.breadth, $1.runbook.title) }
      .map(\.runbook)
  }

  /// Whether a record is a runbook for trouble.
  func isForTrouble(_ record: Record) -> Bool {
    record.kind.behaviour == .runbook
      && ["incident", "emergency", "recovery"].contains(record.choice(.category)?.value ?? "")
  }

  /// The holders of an access as of today, with the line each stands in.
  func currentHolders(of access: Record) -> [(record: Record, line: Value)] {
    access.values(.holders).compactMap { line in
      guard let reference = line.value(.holder)?.reference, let record = catalog.record(reference),
        map.isPublished(record),
        record.lifecycle != .retired, line.value(.holderUntil)?.date.map({ $0 >= catalog.today }) ?? true
      else { return nil }
      return (record, line)
    }
  }
}
