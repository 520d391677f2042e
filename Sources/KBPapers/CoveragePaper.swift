public import KBAnswers
package import KBCatalog
import KBSchema
import KBSource

/// What is covered and what is not, a table for each question, the worst first, each with what to do next.
extension Answers {
  public func coveragePaper() -> Paper {
    Paper(
      Message(de: "Abdeckung", en: "Coverage"),
      facts: [
        Message(
          de: "Was gesichert, geregelt und besetzt ist und was nicht, die größten Lücken zuerst.",
          en: "What is protected, agreed and staffed and what is not, the largest gaps first.")
      ],
      [
        factorSection(), backupSection(), patchSection(), ownerSection(), runbookSection(), contractSection(),
        agreementsSection(), supportSection(),
      ])
  }

  private static let toDo = Message(de: "Als Nächstes", en: "Next")
  private static let systemColumn = Message(de: "System", en: "System")

  /// "12 von 14", as the note of a section.
  private func share(_ good: Int, _ all: Int) -> Message {
    all == 0
      ? Message(de: "keine", en: "none")
      : Message(de: "\(good) von \(all) in Ordnung", en: "\(good) of \(all) in order")
  }

  /// The important systems in use, the critical first.
  private var importantSystems: [Record] { systemsInUse.critical + systemsInUse.high }

  // MARK: MFA

  private func factorSection() -> Paper.Section {
    let wanted: Set<String> = ["admin", "remote", "external", "emergency"]
    let accesses = records(.access).filter {
      $0.lifecycle.isInUse && wanted.contains($0.choice(.category)?.value ?? "")
    }
    func rank(_ record: Record) -> Int {
      switch record.choice(.mfa)?.value {
      case "enforced": 4
      case "optional": 2
      case "impossible": 3
      case "none": 0
      default: 1
      }
    }
    let open = accesses.filter { rank($0) < 4 }.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.map(\.element)
    return Paper.Section(
      Message(verbatim: "MFA"), note: share(accesses.count - open.count, accesses.count),
      columns: [
        Message(de: "Zugang", en: "Access"), Message(de: "Typ", en: "Type"), Message(verbatim: "MFA"), Answers.toDo,
      ],
      rows: open.map { access in
        [
          Paper.Cell(access), Paper.Cell(access.choice(.category)?.label ?? Message("")),
          Paper.Cell(
            access.choice(.mfa)?.label ?? Message(de: "nicht eingetragen", en: "not recorded"),
            mark: rank(access) == 0 ? .bad : .soon), Paper.Cell(nextForFactor(access)),
        ]
      })
  }

  private func nextForFactor(_ access: Record) -> Message {
    switch access.choice(.mfa)?.value {
    case "none": Message(de: "MFA einrichten", en: "set MFA up")
    case "optional": Message(de: "MFA erzwingen", en: "enforce MFA")
    case "impossible": Message(de: "den Weg dorthin absichern", en: "protect the way there")
    default: Message(de: "\(code: "mfa") eintragen", en: "record \(code: "mfa")")
    }
  }

  // MARK: Backups

  private func backupSection() -> Paper.Section {
    let others = systemsInUse.others.filter { !records(.backupBy, of: $0).isEmpty || $0.value(.backupCycle) != nil }
    let systems = (importantSystems + others).filter { $0.value(.backupNone) == nil }
    let judged = systems.map { system in (system: system, judgement: backup(of: system)) }
    let open = judged.filter { $0.judgement.place < 9 }
    return Paper.Section(
      Message(de: "Datensicherung", en: "Backups"), note: share(judged.count - open.count, judged.count),
      columns: [
        Answers.systemColumn, Message(de: "Intervall", en: "Cycle"), Message(verbatim: "RPO"),
        Message(de: "Rücksicherung geprobt", en: "Restore tested"), Answers.toDo,
      ],
      rows: open.enumerated().sorted {
        ($0.element.judgement.place, $0.offset) < ($1.element.judgement.place, $1.offset)
      }.map(\.element).map { system, judgement in
        func time(_ role: Role) -> Message { system.value(role)?.duration.map { Message("\($0)") } ?? Message("") }
        return [
          Paper.Cell(system), Paper.Cell(time(.backupCycle), mark: judgement.place == 1 ? .bad : nil),
          Paper.Cell(time(.rpo)),
          system.value(.restoreTested)?.date.map { Paper.Cell($0, mark: judgement.place == 3 ? .soon : nil) }
            ?? Paper.Cell(Message(de: "nie", en: "never"), mark: .soon),
          Paper.Cell(judgement.next),
        ]
      })
  }

  private func backup(of system: Record) -> (place: Int, next: Message) {
    guard !records(.backupBy, of: system).isEmpty || system.value(.backupCycle) != nil else {
      return (
        0,
        Message(
          de: "sichern oder \(code: "backup: {none: Grund}") eintragen",
          en: "back up, or record \(code: "backup: {none: reason}")")
      )
    }
    if let cycle = system.value(.backupCycle)?.duration, let rpo = system.value(.rpo)?.duration,
      cycle.approximateMinutes > rpo.approximateMinutes
    {
      return (1, Message(de: "öfter sichern oder die RPO lockern", en: "back up more often, or relax the RPO"))
    }
    guard let tested = system.value(.restoreTested)?.date else {
      return (2, Message(de: "Rücksicherung proben", en: "test a restore"))
    }
    if tested.adding(system.interval(.restoreTestEvery)) < today {
      return (3, Message(de: "Rücksicherung wieder proben", en: "test a restore again"))
    }
    return (9, Message(""))
  }

  // MARK: Patches

  /// The week, with what may restart when; what says no hours is below the days.
  private func patchSection() -> Paper.Section {
    let systems = records(.system).filter { $0.lifecycle.isInUse && $0.value(.patchWindow)?.text != nil }
    let weekdays = (0..<7).map { day in Message.both { Message.Text(verbatim: Format.weekdays($0)[day]) } }
    var groups: [(window: String, systems: [Record])] = []
    for system in systems {
      let window = system.value(.patchWindow)?.text ?? ""
      if let place = groups.firstIndex(where: { $0.window == window }) {
        groups[place].systems.append(system)
      } else {
        groups.append((window, [system]))
      }
    }
    let unpatched = importantSystems.filter { $0.value(.patchWindow) == nil && records(.patchBy, of: $0).isEmpty }
    var section = Paper.Section(
      Message(de: "Wartungsfenster", en: "Patch windows"),
      note: unpatched.isEmpty
        ? nil
        : Message(
          de:
            "Ohne Angabe zum Patchen (\(unpatched.count)): \(list: unpatched.map { Message.Text(verbatim: $0.title) }, .none, most: 12)",
          en:
            "No patch information (\(unpatched.count)): \(list: unpatched.map { Message.Text(verbatim: $0.title) }, .none, most: 12)"
        ),
      columns: [Message(de: "Systeme", en: "Systems")] + weekdays, rows: [])
    section.rows = groups.map { window, systems -> [Paper.Cell] in
      let days = Answers.days(in: window)
      return [Paper.Cell(systems, details: [Message(verbatim: window)])]
        + (0..<7).map { day in Paper.Cell(Message(verbatim: days.contains(day) ? "●" : "")) }
    }.enumerated().sorted { one, other in
      let (left, right) = (firstDay(one.element), firstDay(other.element))
      return left == right ? one.offset < other.offset : left < right
    }.map(\.element)
    return section
  }

  private func firstDay(_ row: [Paper.Cell]) -> Int { row.dropFirst().firstIndex { !$0.text.german.isEmpty } ?? 8 }

  /// The days of the week that a text names: "3. Sonntag 6–10 Uhr", "Tuesday 6 am".
  private static func days(in window: String) -> Set<Int> {
    let names: [[String]] = [
      ["mo", "montag", "montags", "mon", "monday"], ["di", "dienstag", "dienstags", "tue", "tuesday"],
      ["mi", "mittwoch", "mittwochs", "wed", "wednesday"], ["do", "donnerstag", "donnerstags", "thu", "thursday"],
      ["fr", "freitag", "freitags", "fri", "friday"], ["sa", "samstag", "samstags", "sonnabend", "sat", "saturday"],
      ["so", "sonntag", "sonntags", "sun", "sunday"],
    ]
    // A range of days is understood by the grammar of hours.
    if let hours = OpeningHours(window) {
      return Set(hours.spans.map { $0.lowerBound / (24 * 60) })
    }
    let words = Set(window.lowercased().split { !$0.isLetter }.map(String.init))
    return Set((0..<7).filter { day in names[day].contains(where: words.contains) })
  }

  // MARK: Owners

  private func ownerSection() -> Paper.Section {
    let systems = importantSystems + records(.process).filter { $0.lifecycle.isInUse && $0.isVital }
    let judged = systems.compactMap { record -> (record: Record, place: Int, next: Message)? in
      let owners = records(.owner, of: record)
      let deputies = records(.deputy, of: record)
      if owners.allSatisfy({ $0.lifecycle == .retired }) {
        return (record, 0, Message(de: "Verantwortliche Person eintragen", en: "name an owner"))
      }
      if deputies.allSatisfy({ $0.lifecycle == .retired }) {
        return (record, 1, Message(de: "Vertretung eintragen", en: "name a deputy"))
      }
      return nil
    }
    return Paper.Section(
      Message(de: "Verantwortung und Vertretung", en: "Owner and deputy"),
      note: share(systems.count - judged.count, systems.count),
      columns: [
        Message(de: "Eintrag", en: "Record"), Message(de: "Verantwortlich", en: "Owner"),
        Message(de: "Vertretung", en: "Deputy"), Answers.toDo,
      ],
      rows: judged.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map { entry in
        let record = entry.element.record
        return [
          Paper.Cell(record), Paper.Cell(records(.owner, of: record)), Paper.Cell(records(.deputy, of: record)),
          Paper.Cell(entry.element.next, mark: entry.element.place == 0 ? .bad : .soon),
        ]
      })
  }

  // MARK: Runbooks

  private func runbookSection() -> Paper.Section {
    let systems = importantSystems
    let open = systems.filter { outageRunbooks(for: $0).isEmpty }
    return Paper.Section(
      Message(de: "Runbooks für den Ausfall", en: "Runbooks for an outage"),
      note: share(systems.count - open.count, systems.count),
      columns: [Answers.systemColumn, Message(de: "Kritikalität", en: "Criticality"), Answers.toDo],
      rows: open.map { system in
        [
          Paper.Cell(system), Paper.Cell(system.choice(.criticality)),
          Paper.Cell(
            Message(
              de: "Runbook schreiben: \(code: "kb new runbook")", en: "write a runbook: \(code: "kb new runbook")"),
            mark: system.isCritical ? .bad : .soon),
        ]
      })
  }

  // MARK: Contracts and agreements

  private func contractSection() -> Paper.Section {
    let systems = records(.system).filter { system in
      system.lifecycle.isInUse && records(.operator, of: system).contains { $0.kind.behaviour == .provider }
    }
    let open = systems.filter { system in
      !catalog.sources(.covers, to: system).contains { isInForce($0) && isPublished($0) }
    }
    let ordered = open.enumerated().sorted {
      let (one, other) = ($0.element.choice(.criticality)?.rank ?? 0, $1.element.choice(.criticality)?.rank ?? 0)
      return one == other ? $0.offset < $1.offset : one > other
    }.map(\.element)
    return Paper.Section(
      Message(de: "Verträge", en: "Contracts"), note: share(systems.count - open.count, systems.count),
      columns: [Answers.systemColumn, Message(de: "Betreiber", en: "Operator"), Answers.toDo],
      rows: ordered.map { system in
        let providers = records(.operator, of: system).filter { $0.kind.behaviour == .provider }
        return [
          Paper.Cell(system), Paper.Cell(providers),
          Paper.Cell(
            Message(
              de: "Vertrag eintragen oder \(code: "covers") ergänzen",
              en: "record the contract, or extend \(code: "covers")"),
            mark: system.isCritical ? .bad : .soon),
        ]
      })
  }

  /// Whether a provider operates or supplies a system with personal data.
  func handlesPersonalData(_ provider: Record) -> Bool {
    (catalog.sources(.operator, to: provider) + catalog.sources(.vendor, to: provider)).contains {
      $0.lifecycle.isInUse && $0.isPersonal && isPublished($0)
    }
  }

  static let agreementColumns = [
    Message(de: "Dienstleister", en: "Provider"), Message(de: "AV-Vertrag", en: "Agreement"),
    Message(de: "Vom", en: "Of"), Message(de: "Drittland", en: "Third country"),
    Message(de: "Unterauftragnehmer", en: "Subprocessors"), toDo,
  ]

  /// What is agreed with a provider about personal data.
  package func agreement(with provider: Record) -> [Paper.Cell] {
    let state = provider.choice(.dpa)
    let isMissing = state?.value != "signed" && state?.value != "not-needed"
    let next =
      isMissing && handlesPersonalData(provider)
      ? Message(de: "AV-Vertrag schließen", en: "sign an agreement") : Message("")
    let subprocessors = provider.values(.subprocessors).compactMap(\.text).joined(separator: ", ")
    return [
      Paper.Cell(provider),
      Paper.Cell(state?.label ?? Message(de: "nicht eingetragen", en: "not recorded"), mark: isMissing ? .bad : nil),
      Paper.Cell(provider.value(.agreementDate)?.date), Paper.Cell(verbatim: provider.value(.thirdCountry)?.text),
      Paper.Cell(verbatim: subprocessors), Paper.Cell(next),
    ]
  }

  /// The agreements with the providers that handle personal data, the missing ones first.
  public func agreementsSection() -> Paper.Section {
    let providers = records(.provider).filter {
      $0.lifecycle.isInUse && (handlesPersonalData($0) || $0.value(.dpa)?.choice?.value == "signed")
    }
    func isSettled(_ provider: Record) -> Bool {
      ["signed", "not-needed"].contains(provider.choice(.dpa)?.value ?? "")
    }
    let missing = providers.filter { !isSettled($0) }
    return Paper.Section(
      Message(de: "Auftragsverarbeitung", en: "Data processing agreements"),
      note: share(providers.count - missing.count, providers.count), columns: Answers.agreementColumns,
      rows: (missing + providers.filter(isSettled)).map(agreement))
  }

  // MARK: End of support

  private func supportSection() -> Paper.Section {
    let systems = records(.system).filter(\.lifecycle.isInUse).compactMap { system in
      system.value(.endOfSupport)?.date.map { (system: system, day: $0) }
    }.sorted { ($0.day, $0.system.id) < ($1.day, $1.system.id) }
    return Paper.Section(
      Message(de: "Ende des Supports nach Jahren", en: "End of support by year"),
      columns: [Message(de: "Jahr", en: "Year"), Answers.systemColumn, Message(de: "Tag", en: "Day"), Answers.toDo],
      rows: systems.map { system, day in
        let heirs = records(.replacedBy, of: system)
        let next: Message =
          heirs.isEmpty
          ? Message(de: "ablösen oder verlängern", en: "replace or extend")
          : Message(de: "ersetzt durch \(Message.titles(heirs))", en: "replaced by \(Message.titles(heirs))")
        return [
          Paper.Cell(Message(verbatim: String(day.year))), Paper.Cell(system),
          Paper.Cell(day, mark: day < today ? .bad : today.days(until: day) <= 365 ? .soon : nil), Paper.Cell(next),
        ]
      })
  }
}
