public import KBCatalog
import KBSchema
public import KBSource

extension Deadline.Category {
  /// What is to be done, or happens, as a label.
  public var label: Message {
    switch self {
    case .cancelBy: Message(de: "Kündigen bis", en: "Cancel by")
    case .end: Message(de: "Endet", en: "Ends")
    case .expiry: Message(de: "Läuft ab", en: "Expires")
    case .endOfSupport: Message(de: "Support endet", en: "Support ends")
    case .accessEnd: Message(de: "Zugang endet", en: "Access ends")
    case .due: Message(de: "Fällig", en: "Due")
    case .revisit: Message(de: "Neu prüfen", en: "Revisit")
    case .review: Message(de: "Bestätigen", en: "Confirm")
    case .test: Message(de: "Proben", en: "Rehearse")
    case .restoreTest: Message(de: "Rücksicherung proben", en: "Test restore")
    case .patch: Message(de: "Patchen", en: "Patch")
    }
  }
}

/// What deadlines say: what is due, what happens if nobody acts, and how to act.
extension Answers {
  /// What is due: "Kündigung muss bis 31.01.2027 eingegangen sein: Leasing Drucker".
  public func text(of deadline: Deadline) -> Message {
    let day = deadline.date
    let title: Message.Text = "\(deadline.record.title)\(deadline.part, { " (\($0))" })"
    switch deadline.category {
    case .cancelBy:
      return Message(
        de: "\(title): Kündigung muss bis \(day) eingegangen sein",
        en: "\(title): notice must be received by \(day)")
    case .end:
      return deadline.isOverdue
        ? Message(de: "\(title): endete am \(day)", en: "\(title): ended on \(day)")
        : Message(de: "\(title): endet am \(day)", en: "\(title): ends on \(day)")
    case .expiry:
      return deadline.isOverdue
        ? Message(de: "\(title): lief am \(day) ab", en: "\(title): expired on \(day)")
        : Message(de: "\(title): läuft am \(day) ab", en: "\(title): expires on \(day)")
    case .endOfSupport:
      return deadline.isOverdue
        ? Message(de: "\(title): Support endete am \(day)", en: "\(title): support ended on \(day)")
        : Message(de: "\(title): Support endet am \(day)", en: "\(title): support ends on \(day)")
    case .accessEnd:
      guard let holder = deadline.holder?.title else {
        return Message(de: "\(title): Zugang endet am \(day)", en: "\(title): access ends on \(day)")
      }
      return Message(
        de: "\(title): Zugang von \(holder) \(deadline.isOverdue ? "endete" : "endet") am \(day)",
        en: "\(title): access of \(holder) \(deadline.isOverdue ? "ended" : "ends") on \(day)")
    case .due: return Message(de: "\(title): fällig am \(day)", en: "\(title): due on \(day)")
    case .revisit: return Message(de: "\(title): neu prüfen am \(day)", en: "\(title): revisit on \(day)")
    case .review: return Message(de: "\(title): bestätigen bis \(day)", en: "\(title): confirm by \(day)")
    case .test: return Message(de: "\(title): proben bis \(day)", en: "\(title): rehearse by \(day)")
    case .restoreTest:
      return Message(de: "\(title): Rücksicherung proben bis \(day)", en: "\(title): test a restore by \(day)")
    case .patch: return Message(de: "\(title): patchen bis \(day)", en: "\(title): patch by \(day)")
    }
  }

  /// What happens if nobody acts: "Verlängert sich um 12 Monate für 4.800 €".
  public func consequence(of deadline: Deadline) -> Message {
    switch deadline.category {
    case .cancelBy: consequence(of: deadline, ContractTerm(record: deadline.record))
    case .end: endConsequence(of: deadline)
    case .expiry: Message(de: "Gilt danach nicht mehr", en: "Is not valid after that")
    case .endOfSupport: Message(de: "Keine Sicherheitsupdates mehr", en: "No more security updates")
    case .accessEnd:
      Message(de: "Bleibt offen, bis jemand den Zugang entzieht", en: "Stays open until somebody revokes it")
    case .due: Message(de: "Der Termin verstreicht", en: "The date passes")
    case .revisit: Message(de: "Gilt ungeprüft weiter", en: "Stays in force unexamined")
    case .review: Message(de: "Angaben gelten als ungeprüft", en: "Counts as unconfirmed")
    case .test: Message(de: "Gilt als ungeprobt", en: "Counts as not rehearsed")
    case .restoreTest: Message(de: "Rücksicherung gilt als ungeprobt", en: "The restore counts as untested")
    case .patch: Message(de: "Sicherheitslücken bleiben offen", en: "Vulnerabilities stay open")
    }
  }

  /// How to act; `nil` where the record says nothing about it.
  public func action(of deadline: Deadline) -> Message? {
    let record = deadline.record
    switch deadline.category {
    case .cancelBy: return notice(of: deadline)
    case .review:
      return Message("\(code: "kb confirm \(record.id)")")
    case .test, .restoreTest:
      guard let duration = record.value(.duration)?.duration else { return nil }
      return Message(de: "rund \(duration)", en: "about \(duration)")
    default:
      guard let other = instruction(of: deadline) else { return nil }
      switch deadline.category {
      case .endOfSupport: return Message(de: "ablösen durch \(other)", en: "replace with \(other)")
      default: return Message(de: "nach \(other)", en: "as in \(other)")
      }
    }
  }

  /// The record that says how to act, or what comes next: the runbook for a renewal, the way to revoke an access, the successor.
  public func instruction(of deadline: Deadline) -> Record? {
    let role: Role? =
      switch deadline.category {
      case .expiry, .end: .renewWith
      case .accessEnd: .revokeWith
      case .endOfSupport: .replacedBy
      default: nil
      }
    return role.flatMap { records($0, of: deadline.record).first }
  }

  /// The days before the last one on which a letter should be posted.
  public static let daysInThePost = 5

  /// The day on which a notice on paper should be posted; `nil` where paper is not asked for.
  public func postBy(_ deadline: Deadline) -> CalendarDate? {
    guard deadline.category == .cancelBy, let form = deadline.record.value(.noticeForm)?.text?.lowercased(),
      Answers.paperWords.contains(where: form.contains)
    else { return nil }
    return deadline.date.adding(days: -Answers.daysInThePost)
  }

  private static let paperWords = [
    "schriftform", "schriftlich", "brief", "einschreiben", "papier", "postalisch", "per post", "unterschrift",
    "on paper", "by post", "letter", "registered mail", "signature", "signed",
  ]

  /// How far a day is from today: "in 14 Tagen", "4 Tage überfällig".
  public func distance(to date: CalendarDate) -> Message {
    switch today.days(until: date) {
    case 0: Message(de: "heute", en: "today")
    case 1: Message(de: "morgen", en: "tomorrow")
    case let days where days < 0:
      Message(de: "\(Noun.day.counted(-days)) überfällig", en: "\(Noun.day.counted(-days)) overdue")
    case let days: Message(de: "in \(Noun.day.counted(days, .dative))", en: "in \(Noun.day.counted(days))")
    }
  }

  // MARK: Contracts

  private func consequence(of deadline: Deadline, _ term: ContractTerm) -> Message {
    guard let months = term.interval else {
      return Message(de: "Verlängert sich", en: "Renews")
    }
    let price = renewalPrice(of: deadline)
    let amounts = price.amounts(first: currency).map { "\(amount: $0)" as Message.Text }
    let duration = CalendarDuration(months, .months)
    let free = seats(of: deadline.record).map(\.unused) ?? 0
    return Message(
      de:
        "Verlängert sich um \(duration)\(when: !amounts.isEmpty, " für \(list: amounts)")\(when: free > 0, "; \(Noun.seat.counted(free)) ungenutzt")",
      en:
        "Renews by \(duration)\(when: !amounts.isEmpty, " for \(list: amounts)")\(when: free > 0, "; \(Noun.seat.counted(free)) unused")"
    )
  }

  /// What the next term costs if nobody gives notice.
  public func renewalPrice(of deadline: Deadline) -> MoneySum {
    guard deadline.category == .cancelBy, let months = ContractTerm(record: deadline.record).interval else {
      return MoneySum()
    }
    return cost(of: deadline.record, on: deadline.termEnd).perYear.times(Double(months) / 12)
  }

  /// What an open-ended contract says: "Heute gekündigt, endet der Vertrag am 28.02.2027".
  public func text(of rolling: RollingContract) -> Message {
    Message(
      de: "heute gekündigt, endet der Vertrag am \(rolling.end)", en: "cancelled today, it ends on \(rolling.end)")
  }

  private func endConsequence(of deadline: Deadline) -> Message {
    let record = deadline.record
    let term = ContractTerm(record: record)
    if let cancelled = term.cancelledOn {
      return Message(de: "Endet, gekündigt am \(cancelled)", en: "Ends, cancelled on \(cancelled)")
    }
    guard record.choice(.renewal) != nil else {
      return Message(de: "Gilt danach nicht mehr", en: "Is not valid after that")
    }
    return switch term.renewal {
    case .none: Message(de: "Endet ohne Verlängerung", en: "Ends without renewal")
    case .manual: Message(de: "Endet, wenn niemand verlängert", en: "Ends unless somebody renews it")
    case .automatic:
      Message(
        de: "Verlängert sich; Kündigungsfrist nicht eingetragen", en: "Renews; the notice period is not recorded")
    }
  }

  private func notice(of deadline: Deadline) -> Message? {
    let record = deadline.record
    let form = record.value(.noticeForm)?.text
    let isAddressed = form.map { [" an ", " to ", "@"].contains(where: $0.contains) } ?? false
    let provider = isAddressed ? nil : records(.contractProvider, of: record).first?.title
    guard form != nil || provider != nil else { return nil }
    let post = postBy(deadline)
    return Message(
      de:
        "\(form ?? "")\(provider, { "\(when: form != nil, " ")an \($0)" })\(post, { "; bis \($0) absenden" })",
      en:
        "\(form ?? "")\(provider, { "\(when: form != nil, ", ")to \($0)" })\(post, { "; post it by \($0)" })")
  }
}
