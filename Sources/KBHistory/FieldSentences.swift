import KBCatalog
import KBSource

/// The sentences about single fields: by what their role means, and for all others by their label.
extension RecordChanges {
  /// The group of a change, by the role of the field and the kind of the record.
  static func group(_ role: Role?, _ behaviour: Kind.Behaviour) -> Change.Group {
    switch role {
    case .mfa: return .access
    case .status, .topicState: return .record
    case .owner, .deputy, .businessOwner, .operator: return .responsibility
    case .rto, .rpo, .criticality, .confidentiality, .integrity, .availability, .maxDowntime, .backup, .backupBy,
      .backupCycle, .backupNone, .restoreTested, .restoreTestEvery, .restoreOrder:
      return .recovery
    case .dependency, .dependencyStrength, .partOf, .dataFlow, .signIn, .uses: return .dependency
    default: break
    }
    switch behaviour {
    case .access: return .access
    case .contract: return .contract
    case .runbook: return .runbook
    default: return .other
    }
  }

  mutating func write(_ difference: FieldDifference) {
    guard let title = (after ?? before)?.spokenTitle else { return }
    let old = difference.before.map(was.message)
    let new = difference.after.map(now.message)
    if difference.isOrder { return say(difference, .neutral, order(difference, title)) }
    switch difference.role ?? difference.lineRole {
    case .owner: return say(difference, new == nil ? .worse : .neutral, owner(title, old, new))
    case .deputy, .businessOwner:
      let isDeputy = difference.role == .deputy
      return say(difference, new == nil ? .worse : .neutral, standIn(title, old, new, isDeputy: isDeputy))
    case .rto, .rpo, .maxDowntime, .backupCycle, .restoreTestEvery:
      return say(difference, direction(difference), duration(difference, title, old, new))
    case .criticality, .confidentiality, .integrity, .availability:
      return say(difference, .neutral, ranked(difference, title, old, new))
    case .mfa:
      let ranks = (difference.before?.choice?.rank ?? 0, difference.after?.choice?.rank ?? 0)
      let sign: Change.Sign = ranks.1 > ranks.0 ? .better : ranks.1 < ranks.0 ? .worse : .neutral
      return say(difference, sign, secondFactor(title, old, new, sign))
    case .restoreTested:
      guard let new, let day = difference.after?.date else { break }
      if let past = difference.before?.date, day < past { return sayMovedBack(difference, title, old, new) }
      return say(
        difference, .better,
        .both {
          $0 == .german
            ? "Die Rücksicherung von \(title.german) wurde am \(new.german) geprüft."
            : "The restore of \(title.english) was tested on \(new.english)."
        })
    case .status, .topicState:
      return say(difference, difference.after?.choice?.means == .retired ? .removed : .neutral, state(title, old, new))
    case .dependency where difference.line.before == nil || difference.line.after == nil:
      return writeDependency(difference, title)
    case .dependencyStrength:
      guard let reference = difference.line.after?.value(.dependency)?.reference else { break }
      return writeStrength(difference, of: reference, title)
    default: break
    }
    say(difference, difference.sign, plain(difference, title, old, new))
  }

  /// Adds a sentence about a field.
  private mutating func say(_ difference: FieldDifference, _ sign: Change.Sign, _ text: Message) {
    let behaviour = (after ?? before)?.kind.behaviour ?? .page
    say(
      RecordChanges.group(difference.role ?? difference.lineRole, behaviour), sign, difference.name,
      (difference.before?.written, difference.after?.written), text)
  }

  // MARK: Single roles

  private func order(_ difference: FieldDifference, _ title: Message) -> Message {
    let label = difference.label
    return .both {
      $0 == .german
        ? "\(title.german): \(label.german) stehen jetzt in anderer Reihenfolge."
        : "\(title.english): \(label.english) are now in another order."
    }
  }

  private func owner(_ title: Message, _ old: Message?, _ new: Message?) -> Message {
    .both { language in
      let (old, new) = (old?[language], new?[language])
      switch (language, old, new) {
      case (.german, let old?, let new?):
        return "Für \(title.german) ist jetzt \(new) verantwortlich (vorher \(old))."
      case (.german, nil, let new?): return "Für \(title.german) ist jetzt \(new) verantwortlich (vorher niemand)."
      case (.german, _, nil): return "Für \(title.german) ist niemand mehr verantwortlich (vorher \(old ?? ""))."
      case (.english, let old?, let new?): return "\(new) now owns \(title.english) (before: \(old))."
      case (.english, nil, let new?): return "\(new) now owns \(title.english) (before: nobody)."
      case (.english, _, nil): return "\(title.english) has no owner any more (before: \(old ?? ""))."
      }
    }
  }

  /// The sentence about the deputy, or about who answers for it on the business side.
  private func standIn(_ title: Message, _ old: Message?, _ new: Message?, isDeputy: Bool) -> Message {
    .both { language in
      let was = old?[language] ?? (language == .german ? "niemand" : "nobody")
      let what = language == .german ? (isDeputy ? "Vertretung" : "fachlich verantwortlich") : ""
      switch (language, new?[language]) {
      case (.german, let new?):
        return "Für \(title.german) ist jetzt \(new) \(isDeputy ? "die \(what)" : what) (vorher \(was))."
      case (.german, nil):
        return "Für \(title.german) ist niemand mehr \(isDeputy ? "die \(what)" : what) (vorher \(was))."
      case (.english, let new?):
        return "\(new) is now \(isDeputy ? "deputy" : "business owner") for \(title.english) (before: \(was))."
      case (.english, nil):
        return "\(title.english) has no \(isDeputy ? "deputy" : "business owner") any more (before: \(was))."
      }
    }
  }

  private func secondFactor(_ title: Message, _ old: Message?, _ new: Message?, _ sign: Change.Sign) -> Message {
    .both { language in
      let nothing = language == .german ? "keine Angabe" : "not given"
      let (old, new) = (old?[language] ?? nothing, new?[language] ?? nothing)
      let way = RecordChanges.word(sign, language)
      return language == .german
        ? "\(title.german): MFA ist jetzt \(new) (vorher \(old))\(way)."
        : "\(title.english): MFA is now \(new) (before: \(old))\(way)."
    }
  }

  private func state(_ title: Message, _ old: Message?, _ new: Message?) -> Message {
    .both { language in
      let usual = (after ?? before)?.kind.field(.status)?.defaultLabel[language] ?? ""
      let (old, new) = (old?[language] ?? usual, new?[language] ?? usual)
      return language == .german
        ? "\(title.german) hat jetzt den Status „\(new)“ (vorher „\(old)“)."
        : "\(title.english) now has the status “\(new)” (before: “\(old)”)."
    }
  }

  // MARK: Directions

  /// Shorter is better: it must run again sooner, and less is lost.
  private func direction(_ difference: FieldDifference) -> Change.Sign {
    switch (difference.before?.duration, difference.after?.duration) {
    case (let old?, let new?):
      let (one, other) = (old.approximateMinutes, new.approximateMinutes)
      return other < one ? .better : other > one ? .worse : .neutral
    case (nil, _?): return .better
    case (_?, nil): return .worse
    case (nil, nil): return .neutral
    }
  }

  private func duration(_ difference: FieldDifference, _ title: Message, _ old: Message?, _ new: Message?) -> Message {
    let sign = direction(difference)
    let label = difference.label
    return .both { language in
      let way = RecordChanges.word(sign, language)
      switch (language, old?[language], new?[language]) {
      case (.german, let old?, let new?):
        let verb = sign == .better ? "verkürzt" : sign == .worse ? "verlängert" : "geändert"
        return "\(label.german) von \(title.german) wurde von \(old) auf \(new) \(verb)\(way)."
      case (.english, let old?, let new?):
        let verb = sign == .better ? "shortened" : sign == .worse ? "extended" : "changed"
        return "\(label.english) of \(title.english) was \(verb) from \(old) to \(new)\(way)."
      case (.german, nil, let new):
        return "\(label.german) von \(title.german) ist jetzt angegeben: \(new ?? "")\(way)."
      case (.english, nil, let new): return "\(label.english) of \(title.english) is now given: \(new ?? "")\(way)."
      case (.german, let old?, nil):
        return "\(label.german) von \(title.german) ist nicht mehr angegeben (vorher \(old))\(way)."
      case (.english, let old?, nil):
        return "\(label.english) of \(title.english) is no longer given (before: \(old))\(way)."
      }
    }
  }

  private func ranked(_ difference: FieldDifference, _ title: Message, _ old: Message?, _ new: Message?) -> Message {
    let label = difference.label
    let ranks = (difference.before?.choice?.rank ?? 0, difference.after?.choice?.rank ?? 0)
    let rises = ranks.1 > ranks.0
    return .both { language in
      switch (language, old?[language], new?[language]) {
      case (.german, let old?, let new?):
        "\(label.german) von \(title.german) \(rises ? "stieg" : "sank") von \(old) auf \(new)."
      case (.english, let old?, let new?):
        "\(label.english) of \(title.english) \(rises ? "rose" : "fell") from \(old) to \(new)."
      case (.german, nil, let new): "\(label.german) von \(title.german) ist jetzt angegeben: \(new ?? "")."
      case (.english, nil, let new): "\(label.english) of \(title.english) is now given: \(new ?? "")."
      case (.german, let old?, nil): "\(label.german) von \(title.german) ist nicht mehr angegeben (vorher \(old))."
      case (.english, let old?, nil): "\(label.english) of \(title.english) is no longer given (before: \(old))."
      }
    }
  }

  /// The word for a direction, in parentheses.
  static func word(_ sign: Change.Sign, _ language: Language) -> String {
    switch (sign, language) {
    case (.better, .german): " (besser)"
    case (.worse, .german): " (schlechter)"
    case (.better, .english): " (better)"
    case (.worse, .english): " (worse)"
    default: ""
    }
  }

  // MARK: Days

  /// Days of tests and rehearsals only move forward; one that moves back takes a proof away.
  mutating func sayMovedBack(_ difference: FieldDifference, _ title: Message, _ old: Message?, _ new: Message) {
    let behaviour = record.kind.behaviour
    let group = RecordChanges.group(difference.role, behaviour)
    say(
      group, .worse, difference.name, (difference.before?.written, difference.after?.written),
      .both { language in
        let was = old?[language] ?? ""
        return language == .german
          ? "\(title.german): „\(difference.label.german)“ wurde vom \(was) auf den \(new.german) zurückgesetzt."
          : "\(title.english): “\(difference.label.english)” was set back from \(was) to \(new.english)."
      })
  }

  // MARK: All other fields

  private func plain(_ difference: FieldDifference, _ title: Message, _ old: Message?, _ new: Message?) -> Message {
    // A reference has a name for what it means: "sends data to".
    if let names = difference.relation, difference.isLine || difference.before == nil || difference.after == nil,
      let value = difference.after ?? difference.before, let reference = difference.mainReference(of: value)
    {
      let words = difference.after == nil ? was : now
      let target = words.name(reference)
      let details = words.details(of: value, without: reference)
      return .both { language in
        let relation = "\(names.forward[language]) \(target[language])" + (details.map { " (\($0[language]))" } ?? "")
        switch (language, difference.after != nil) {
        case (.german, true): return "\(title.german) hat eine neue Verknüpfung: \(relation)."
        case (.german, false): return "\(title.german) hat eine Verknüpfung weniger: \(relation)."
        case (.english, true): return "\(title.english) has a new relation: \(relation)."
        case (.english, false): return "\(title.english) has lost a relation: \(relation)."
        }
      }
    }
    let label = difference.label
    if difference.isLine {
      return .both { language in
        switch (language, old?[language], new?[language]) {
        case (.german, _, let new?): "\(title.german): „\(new)“ steht jetzt unter „\(label.german)“."
        case (.english, _, let new?): "\(title.english): “\(new)” now stands under “\(label.english)”."
        case (.german, let old, nil): "\(title.german): „\(old ?? "")“ steht nicht mehr unter „\(label.german)“."
        case (.english, let old, nil): "\(title.english): “\(old ?? "")” no longer stands under “\(label.english)”."
        }
      }
    }
    // The line that it is in; what a line is about says that itself.
    let list = difference.path.dropLast().last
    let main = (difference.line.after ?? difference.line.before)?.mainMember(list?.lineKey)
    let isMain = main.map { $0.declaration.name == difference.path.last?.name } ?? false
    let line: Message? =
      if isMain, let list {
        Message(de: " unter „\(list.label.german)“", en: " under “\(list.label.english)”")
      } else {
        main.map { main in .both { " (\(now.message(main.value)[$0]))" } }
      }
    // Two records may be called alike: then their ids say which is meant.
    let isAlike = old != nil && old == new
    let (old, new) =
      isAlike
      ? (difference.before.map { Message($0.written) }, difference.after.map { Message($0.written) }) : (old, new)
    return .both { language in
      let what = label[language] + (line?[language] ?? "")
      switch (language, old?[language], new?[language]) {
      case (.german, let old?, let new?): return "\(title.german): \(what) ist jetzt „\(new)“ (vorher „\(old)“)."
      case (.english, let old?, let new?): return "\(title.english): \(what) is now “\(new)” (before: “\(old)”)."
      case (.german, nil, let new): return "\(title.german): \(what) ist jetzt „\(new ?? "")“ (vorher nicht angegeben)."
      case (.english, nil, let new): return "\(title.english): \(what) is now “\(new ?? "")” (before: not given)."
      case (.german, let old?, nil): return "\(title.german): \(what) ist nicht mehr angegeben (vorher „\(old)“)."
      case (.english, let old?, nil): return "\(title.english): \(what) is no longer given (before: “\(old)”)."
      }
    }
  }
}

extension FieldDifference {
  var label: Message { path.last?.label ?? Message("") }

  /// Whether a whole line of a list came or went.
  var isLine: Bool { (line.before == nil) != (line.after == nil) }

  /// The role of the reference in the elements of a list.
  var lineRole: Role? {
    guard case .list(let element)? = path.last?.type else { return nil }
    return element.role ?? element.members.lazy.compactMap(\.role).first
  }

  /// The record that a value, or a line of the list, is about; a step that names one is about what is to be done.
  func mainReference(of value: Value) -> Reference? {
    value.reference ?? value.mainMember(path.last?.lineKey)?.value.reference
  }

  var sign: Change.Sign { before == nil ? .added : after == nil ? .removed : .neutral }

  /// The names of the relation that the field, or the elements of the list, make.
  var relation: RelationNames? {
    guard let last = path.last else { return nil }
    if let names = last.relation { return names }
    guard case .list(let element) = last.type else { return nil }
    return element.relation ?? element.members.lazy.compactMap(\.relation).first
  }
}

extension FieldDeclaration {
  /// The label of the value that counts when the field is missing.
  fileprivate var defaultLabel: Message {
    guard case .choice(let choices) = type, let choice = choices.first(where: { $0.value == defaultText }) else {
      return Message(defaultText ?? "")
    }
    return choice.label
  }
}
