public import KBAnswers
package import KBCatalog
package import KBHistory
import KBSchema
public import KBSource

/// Checklists for those who come, move and leave.
extension Arrival {
  public func paper(_ answers: Answers) -> Paper {
    var facts: [Message] = []
    if !roles.isEmpty {
      let names = Message.titles(roles)
      facts.append(Message(de: "Rollen: \(names)", en: "Roles: \(names)"))
    } else {
      facts.append(
        Message(
          de: "in keinem Team eingetragen; was zu einer Rolle gehört, sagt \(code: "kb onboard") mit ihrer Kennung",
          en: "listed in no team; what belongs to a role is said by \(code: "kb onboard") with its id"))
    }
    if let left = person?.leftFact { facts.append(left) }
    let name = person?.title ?? roles.first?.title ?? ""
    let lines = answers.lines(of: person)
    return Paper(
      Message(de: "Eintritt: \(name)", en: "Joining: \(name)"), facts: facts,
      [
        Paper.Section(
          Message(de: "Zugänge vergeben", en: "Grant accesses"),
          items: accesses.filter { !$0.isHeld }.map { Paper.Cell(granting: $0, answers) }, isTicked: true),
        Paper.Section(
          Message(de: "Schon vergeben", en: "Held already"),
          items: accesses.filter(\.isHeld).map { Paper.Cell(held: $0, lines[$0.access.index], answers) }),
        Paper.Section(Message(de: "Lesen", en: "Read"), items: reading.map { Paper.Cell(read: $0) }, isTicked: true),
        Paper.Section(
          Message(de: "Abläufe für den Eintritt", en: "Processes for joining"), items: checklists.map { Paper.Cell($0) }
        ),
      ])
  }
}

extension Transfer {
  public func paper(_ answers: Answers) -> Paper {
    let plain = { (line: HeldAccess) in Paper.Cell(line.access, of: line.system) }
    let ends = from.isEmpty ? Message(de: "keine Rolle", en: "no role") : Message(Message.titles(from))
    return Paper(
      Message(de: "Wechsel: \(person.title)", en: "Moving: \(person.title)"),
      facts: [Message(de: "von: \(ends); zu: \(to.title)", en: "from: \(ends); to: \(to.title)")]
        + [person.leftFact].compactMap(\.self),
      [
        Paper.Section(
          Message(de: "Zugänge entziehen", en: "Revoke accesses"),
          items: revoked.map { Paper.Cell(revoking: $0, answers) }, isTicked: true),
        Paper.Section(
          Message(de: "Zugänge vergeben", en: "Grant accesses"),
          items: granted.map { Paper.Cell(granting: $0, answers) }, isTicked: true),
        Paper.Section(
          Message(de: "Entscheiden: wird es noch gebraucht?", en: "Decide: is it still needed?"),
          items: undecided.map(plain), isTicked: true),
        Paper.Section(Message(de: "Bleibt", en: "Stays"), items: kept.map(plain)),
        Paper.Section(
          Message(de: "Aufgaben: bleiben sie?", en: "Duties: do they stay?"),
          items: duties.map { Paper.Cell($0.record, Message("(\($0.sort.heading))")) }, isTicked: true),
        Paper.Section(Message(de: "Lesen", en: "Read"), items: reading.map { Paper.Cell(read: $0) }, isTicked: true),
        Paper.Section(
          Message(de: "Abläufe für den Wechsel", en: "Processes for moving"), items: checklists.map { Paper.Cell($0) }),
      ])
  }
}

extension Departure {
  public func paper(_ answers: Answers) -> Paper {
    var sections = [
      Paper.Section(
        Message(de: "Zugänge entziehen", en: "Revoke accesses"),
        items: accesses.map { Paper.Cell(revoking: $0, answers) }, isTicked: true),
      Paper.Section(
        Message(de: "Aus Teams austragen", en: "Take out of teams"), items: teams.map { Paper.Cell($0) }, isTicked: true
      ),
      Paper.Section(
        Message(de: "Geteilte Geheimnisse ändern", en: "Change shared secrets"),
        items: secrets.map { secret(of: $0, answers) }, isTicked: true),
      Paper.Section(
        Message(de: "Geräte und Karten zurückgeben", en: "Return devices and cards"),
        items: duties(.device).map { Paper.Cell($0.record) }, isTicked: true),
    ]
    for sort in Duty.Sort.allCases where sort != .device {
      let columns: [Message] = [
        Message(de: "Eintrag", en: "Record"), Message(de: "Art", en: "Kind"), Message(de: "An", en: "To"),
      ]
      var section = Paper.Section(
        Message(de: "Übergeben: \(sort.heading)", en: "Hand over: \(sort.heading)"), columns: columns,
        rows: duties(sort).map { duty in
          [
            Paper.Cell(duty.record), Paper.Cell(duty.record.kind.label),
            duty.standIn.map { Paper.Cell($0) } ?? Paper.Cell(Message(de: "niemand", en: "nobody"), mark: .bad),
          ]
        })
      section.isTicked = true
      sections.append(section)
    }
    sections.append(
      Paper.Section(Message(de: "Schon erledigt", en: "Done already"), items: done.map { Paper.Cell(done: $0) }))
    sections.append(
      Paper.Section(
        Message(de: "Abläufe für den Austritt", en: "Processes for leaving"), items: checklists.map { Paper.Cell($0) }))
    var facts = [Message(de: "Letzter Tag: \(day)", en: "Last day: \(day)")]
    if !duties.isEmpty {
      let command = "kb handover \(person.id) --to deputies --dry-run"
      facts.append(
        Message(de: "Übergabe in einem Schritt: \(code: command)", en: "Hand over in one step: \(code: command)"))
    }
    if answers.catalog.configuration.controller?.dataProtection?.id == person.id {
      facts.append(
        Message(
          de: "in \(code: "kb.yml") als Datenschutz eingetragen: neu benennen",
          en: "named in \(code: "kb.yml") for data protection: name somebody else"))
    }
    return Paper(Message(de: "Austritt: \(person.title)", en: "Leaving: \(person.title)"), facts: facts, sections)
  }

  private func secret(of line: HeldAccess, _ answers: Answers) -> Paper.Cell {
    var cell = Paper.Cell(line.access, of: line.system)
    if let account = line.access.value(.account)?.text {
      cell.details.append(Message(de: "Konto: \(code: account)", en: "Account: \(code: account)"))
    }
    if let until = line.holding.until?.date, until < answers.today {
      cell.details.append(Message(de: "Zugang bis \(until)", en: "access until \(until)"))
    }
    if let place = line.access.value(.secret)?.text {
      cell.details.append(Message(de: "abgelegt in \(code: place)", en: "kept in \(code: place)"))
    }
    let people = Message.titles(answers.grantors(of: line.access).filter { $0.index != person.index })
    if !people.isEmpty { cell.details.append(Message(de: "durch \(people)", en: "by \(people)")) }
    return cell
  }
}

extension Duty.Sort {
  /// What duties of this sort are called together.
  public var heading: Message {
    switch self {
    case .ownership: Message(de: "Verantwortlich für", en: "Owner of")
    case .businessOwnership: Message(de: "Fachlich verantwortlich für", en: "Business owner of")
    case .deputyship: Message(de: "Vertretung für", en: "Deputy for")
    case .approval: Message(de: "Genehmigt", en: "Approves")
    case .escalation: Message(de: "Eskalationsstelle in", en: "Escalation contact in")
    case .operation: Message(de: "Betreibt", en: "Operates")
    case .patching: Message(de: "Patcht", en: "Patches")
    case .backup: Message(de: "Sichert", en: "Backs up")
    case .lead: Message(de: "Leitet", en: "Leads")
    case .participation: Message(de: "Beteiligt an", en: "Takes part in")
    case .step: Message(de: "Führt Schritte aus in", en: "Carries out steps in")
    case .device: Message(de: "Benutzt", en: "Uses")
    case .other: Message(de: "Außerdem genannt in", en: "Also named in")
    }
  }
}

extension Record {
  /// That somebody has left, for lists of what they get.
  fileprivate var leftFact: Message? {
    guard kind.behaviour == .person, lifecycle == .retired else { return nil }
    let day = value(.activeUntil)?.date
    return Message(de: "\(title) ist \(day, { "am \($0) " })ausgeschieden", en: "\(title) left\(day, { " on \($0)" })")
  }
}

extension Paper.Cell {
  /// "ERP: ERP administration (Administration)", of which the access is the record.
  package init(_ access: Record, of system: Record?) {
    self.init(access)
    let type = access.choice(.category)?.label
    switch (system, type) {
    case (let system?, let type?): text = Message("(\(system.title), \(type))")
    case (let system?, nil): text = Message("(\(system.title))")
    case (nil, let type?): text = Message("(\(type))")
    case (nil, nil): break
    }
  }

  /// A record to read, with its kind.
  package init(read record: Record) { self.init(record, Message("(\(record.kind.label))")) }

  /// An access to grant: how, and by whom.
  package init(granting need: NeededAccess, _ answers: Answers) {
    self.init(need.access, of: need.system)
    details.append(
      need.isByMembership
        ? Message(
          de: "kommt mit der Zugehörigkeit zu \(need.role.title)", en: "comes with membership of \(need.role.title)")
        : Message(de: "Standard für \(need.role.title)", en: "default for \(need.role.title)"))
    details += Paper.Cell.ways(need.access, .grantWith, answers)
    let approvers = Message.titles(answers.records(.approver, of: need.access))
    if !approvers.isEmpty {
      details.append(Message(de: "genehmigt durch \(approvers)", en: "approved by \(approvers)"))
    }
    let log = "kb log \((need.isByMembership ? need.joined : need.access).id)"
    details.append(
      need.isByMembership
        ? Message(
          de: "der Commit, der die Zugehörigkeit einträgt, ist der Beleg, zu sehen mit \(code: log)",
          en: "the commit that adds the membership is the proof, seen with \(code: log)")
        : Message(
          de: "der Commit mit der neuen Zeile ist der Beleg, zu sehen mit \(code: log)",
          en: "the commit with the new line is the proof, seen with \(code: log)"))
  }

  /// What is proven by a commit: that an access or a membership ended.
  package init(done ending: EndedAccess) {
    if ending.isThere { self.init(ending.record) } else { self.init(Message(verbatim: ending.record.title)) }
    if let day = ending.lastDay { details.append(Message(de: "befristet bis \(day)", en: "limited until \(day)")) }
    details.append(Paper.Cell.proof(ending.edit))
  }

  /// An access that somebody has: since which commit.
  package init(held need: NeededAccess, _ line: HeldAccess?, _ answers: Answers) {
    self.init(need.access, of: need.system)
    guard let line else { return }
    if let through = line.through { details.append(through) }
    if let grant = answers.grant(of: line) { details.append(Paper.Cell.proof(grant)) }
  }

  /// The commit that proves something, and who made it.
  package static func proof(_ edit: RecordEdit) -> Message {
    let author = edit.commit.author
    return Message(de: "Beleg: \(edit.commit.words), \(author)", en: "proof: \(edit.commit.words), \(author)")
  }

  /// An access to revoke: how, and by whom.
  package init(revoking line: HeldAccess, _ answers: Answers) {
    self.init(line.access, of: line.system)
    if let through = line.through { details.append(through) }
    if let until = line.holding.until?.date {
      details.append(Message(de: "befristet bis \(until)", en: "limited until \(until)"))
    }
    if let grant = answers.grant(of: line) {
      details.append(
        Message(de: "vergeben mit \(grant.commit.words)", en: "granted with \(grant.commit.words)"))
    }
    details += Paper.Cell.ways(line.access, .revokeWith, answers)
    let log = "kb log \(line.isOwn ? line.access.id : line.teams.last?.id ?? line.access.id)"
    details.append(
      line.isOwn
        ? Message(
          de:
            "danach die Zeile in \(code: line.access.path) streichen oder \(code: "until") setzen; der Commit ist der Beleg, zu sehen mit \(code: log)",
          en:
            "then delete the line in \(code: line.access.path) or set \(code: "until"); the commit is the proof, seen with \(code: log)"
        )
        : Message(
          de: "endet mit der Zugehörigkeit; der Commit, der sie austrägt, ist der Beleg, zu sehen mit \(code: log)",
          en: "ends with the membership; the commit that ends it is the proof, seen with \(code: log)"))
  }

  /// What to follow, and who does it.
  private static func ways(_ access: Record, _ role: Role, _ answers: Answers) -> [Message] {
    let ways = Message.titles(answers.records(role, of: access))
    let people = Message.titles(answers.grantors(of: access))
    switch (ways.isEmpty, people.isEmpty) {
    case (true, true):
      return [Message(de: "wie und durch wen, ist nicht eingetragen", en: "how and by whom is not recorded")]
    case (true, false):
      return [Message(de: "durch \(people); wie, ist nicht eingetragen", en: "by \(people); how is not recorded")]
    case (false, true): return [Message(de: "nach \(ways)", en: "following \(ways)")]
    case (false, false): return [Message(de: "durch \(people), nach \(ways)", en: "by \(people), following \(ways)")]
    }
  }
}
