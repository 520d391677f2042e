import KBCatalog
import KBSchema
import KBSource

/// The numbers of everybody, read once: every page of a system asks for those of its team, and of all its members.
struct ContactBook: Sendable {
  /// The lines of each published record that has some, by its index; nobody else has an entry.
  private let lines: [Int: [Contact]]

  /// Reads the numbers of the published records.
  init(_ catalog: Catalog, _ isPublished: (Record) -> Bool) {
    let language = catalog.configuration.language
    // Few kinds have a number at all.
    let reachable = Set(catalog.schema.kinds.filter(ContactBook.isReachable).map(\.id))
    // Who has left, or is no longer worked with, is not called.
    let people = catalog.records.filter {
      reachable.contains($0.kind.id) && $0.lifecycle != .retired && isPublished($0)
    }
    var lines: [Int: [Contact]] = [:]
    for record in people {
      var own = ContactBook.ownLines(of: record, language)
      if record.kind.behaviour == .person { for place in own.indices { own[place].person = record.index } }
      if !own.isEmpty { lines[record.index] = own }
    }
    for team in people where team.kind.behaviour == .team {
      let all = ContactBook.teamLines(of: team, in: catalog, own: lines, isPublished)
      lines[team.index] = all.isEmpty ? nil : all
    }
    self.lines = lines
  }

  /// The numbers of a record: for emergencies, on call, the usual ones.
  subscript(record: Record) -> [Contact] { lines[record.index] ?? [] }

  /// Whether records of a kind can have a number: a team also by its people.
  private static func isReachable(_ kind: Kind) -> Bool {
    let numbers: [Role] = [.emergencyPhone, .onCallPhone, .phone, .mobile, .escalationAfter]
    return kind.behaviour == .team || numbers.contains { kind.field($0) != nil }
  }

  private static func ownLines(of record: Record, _ language: Language) -> [Contact] {
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
    return (lines + escalationLines(of: record, language)).withoutRepeats()
  }

  /// The levels of a provider's own escalation, with the time after which each is called.
  private static func escalationLines(of record: Record, _ language: Language) -> [Contact] {
    guard let list = record.fields.first(where: { $0.declaration.members.contains { $0.role == .escalationAfter } })
    else { return [] }
    return (list.value.list ?? []).compactMap { level in
      guard let phone = level.fields?.lazy.compactMap(\.value.phone).first else { return nil }
      let name = level["contact"]?.text
      return Contact(
        name: name.map { "\(record.title), \($0)" } ?? record.title, phone: phone,
        condition: level.value(.escalationAfter)?.duration.map { after($0)[language] })
    }
  }

  /// "after 30 minutes".
  static func after(_ duration: CalendarDuration) -> Message {
    Message(de: "nach \(duration, .dative)", en: "after \(duration)")
  }

  /// A team's own numbers, and those on which its people are on call.
  private static func teamLines(
    of team: Record, in catalog: Catalog, own: [Int: [Contact]], _ isPublished: (Record) -> Bool
  ) -> [Contact] {
    let people = [Role.lead, .member].flatMap { catalog.records($0, of: team) }.filter {
      $0.index != team.index && isPublished($0) && $0.lifecycle != .retired
    }
    var lines = own[team.index] ?? []
    let isSilent = lines.isEmpty
    for person in people {
      for var line in own[person.index] ?? [] where line.line == .onCall {
        line.name = "\(team.title), \(person.title)"
        lines.append(line)
      }
    }
    // A team without a number of its own is reached through its lead.
    if isSilent, let lead = people.first, catalog.records(.lead, of: team).first?.index == lead.index,
      let phone = lead.value(.phone)?.phone
    {
      var line = Contact(name: "\(team.title), \(lead.title)", phone: phone)
      line.person = lead.index
      lines.append(line)
    }
    return lines
  }
}
