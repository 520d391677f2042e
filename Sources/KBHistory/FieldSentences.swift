import KBCatalog
import KBSchema
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
      return say(difference, sign, secondFactor(title, old, new))
    case .restoreTested:
      guard let new, let day = difference.after?.date else { break }
      if let past = difference.before?.date, day < past { return sayMovedBack(difference, title, old, new) }
      return say(
        difference, .added,
        Message(
          de: "Die Rücksicherung von \(title) wurde am \(new) geprobt.",
          en: "A restore of \(title) was tested on \(new)."
        ))
    case .status, .topicState:
      return say(difference, difference.after?.choice?.means == .retired ? .removed : .neutral, state(title, old, new))
    case .dependency where difference.line.before == nil || difference.line.after == nil:
      return writeDependency(difference, title)
    case .dependencyStrength:
      guard let line = difference.line.after, let reference = (line.value(.dependency) ?? line.value(.uses))?.reference
      else { break }
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
    return Message(
      de: "\(title): die Reihenfolge von „\(label)“ ist jetzt anders.",
      en: "\(title): the order of “\(label)” has changed.")
  }

  private func owner(_ title: Message, _ old: Message?, _ new: Message?) -> Message {
    let was = old ?? Message(de: "niemand", en: "nobody")
    return new.map {
      Message(
        de: "Für \(title) ist jetzt \($0) verantwortlich (vorher \(was)).",
        en: "\($0) now owns \(title) (before: \(was)).")
    }
      ?? Message(
        de: "Für \(title) ist niemand mehr verantwortlich (vorher \(was)).",
        en: "\(title) no longer has an owner (before: \(was)).")
  }

  /// The sentence about the deputy, or about who answers for it on the business side.
  private func standIn(_ title: Message, _ old: Message?, _ new: Message?, isDeputy: Bool) -> Message {
    let nobody = Message(de: "niemand", en: "nobody")
    let (was, now) = (old ?? nobody, new ?? nobody)
    return isDeputy
      ? Message(
        de: "Vertretung von \(title) ist jetzt \(now) (vorher \(was)).",
        en: "The deputy for \(title) is now \(now) (before: \(was)).")
      : Message(
        de: "Fachlich verantwortlich für \(title) ist jetzt \(now) (vorher \(was)).",
        en: "The business owner of \(title) is now \(now) (before: \(was)).")
  }

  private func secondFactor(_ title: Message, _ old: Message?, _ new: Message?) -> Message {
    let nothing = Message(de: "keine Angabe", en: "not given")
    return Message(
      de: "\(title): MFA ist jetzt \(new ?? nothing) (vorher \(old ?? nothing)).",
      en: "\(title): MFA is now \(new ?? nothing) (before: \(old ?? nothing)).")
  }

  private func state(_ title: Message, _ old: Message?, _ new: Message?) -> Message {
    let usual = (after ?? before)?.kind.field(.status)?.defaultLabel ?? Message("")
    return Message(
      de: "\(title) hat jetzt den Status \(quoted: new ?? usual) (vorher \(quoted: old ?? usual)).",
      en: "\(title) now has the status \(quoted: new ?? usual) (before: \(quoted: old ?? usual)).")
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
    let (sign, label) = (direction(difference), difference.label)
    guard let before = difference.before?.duration, let after = difference.after?.duration else {
      return given(label, title, old, new)
    }
    return Message(
      de:
        "\(title): \(label) von \(before, .dative) auf \(after, .accusative) \(sign == .better ? "verkürzt" : sign == .worse ? "verlängert" : "geändert").",
      en:
        "\(title): \(label) \(sign == .better ? "shortened" : sign == .worse ? "extended" : "changed") from \(before) to \(after)."
    )
  }

  /// That a value is given now, or no longer; `quoted`: a text, whose end nobody would see.
  private func given(
    _ label: Message, _ title: Message, _ old: Message?, _ new: Message?, quoted: Bool = false
  ) -> Message {
    func shown(_ value: Message) -> Message { quoted ? Message("\(quoted: value)") : value }
    return switch (old, new) {
    case (let old?, let new?):
      Message(
        de: "\(title): \(label) jetzt \(shown(new)) (vorher \(shown(old))).",
        en: "\(title): \(label) now \(shown(new)) (was \(shown(old))).")
    case (nil, let new?):
      Message(
        de: "\(title): \(label) jetzt \(shown(new)) (vorher nicht angegeben).",
        en: "\(title): \(label) now \(shown(new)) (not given before).")
    case (let old, nil):
      Message(
        de: "\(title): \(label) entfernt\(old, { " (vorher \(shown($0)))" }).",
        en: "\(title): \(label) removed\(old, { " (was \(shown($0)))" }).")
    }
  }

  private func ranked(_ difference: FieldDifference, _ title: Message, _ old: Message?, _ new: Message?) -> Message {
    let label = difference.label
    let ranks = (difference.before?.choice?.rank ?? 0, difference.after?.choice?.rank ?? 0)
    let rises = ranks.1 > ranks.0
    guard let old, let new else { return given(label, title, old, new) }
    return Message(
      de: "\(title): \(label) von \(old) auf \(new) \(rises ? "erhöht" : "gesenkt").",
      en: "\(title): \(label) \(rises ? "raised" : "lowered") from \(old) to \(new).")
  }

  // MARK: Days

  /// Days of tests and rehearsals only move forward; one that moves back takes a proof away.
  mutating func sayMovedBack(_ difference: FieldDifference, _ title: Message, _ old: Message?, _ new: Message) {
    let behaviour = record.kind.behaviour
    let group = RecordChanges.group(difference.role, behaviour)
    say(
      group, .worse, difference.name, (difference.before?.written, difference.after?.written),
      Message(
        de: "\(title): „\(difference.label)“ wurde vom \(old ?? Message("")) auf den \(new) zurückgesetzt.",
        en: "\(title): “\(difference.label)” was set back from \(old ?? Message("")) to \(new)."))
  }

  // MARK: All other fields

  private func plain(_ difference: FieldDifference, _ title: Message, _ old: Message?, _ new: Message?) -> Message {
    // A reference has a name for what it means: "sends data to".
    if let names = difference.relation, difference.isLine || difference.before == nil || difference.after == nil,
      let value = difference.after ?? difference.before, let reference = difference.mainReference(of: value)
    {
      let words = difference.after == nil ? was : now
      let target = words.name(reference)
      let relation = Message(
        "\(names.forward) \(target)\(words.details(of: value, without: reference), { " (\($0))" })")
      return difference.after == nil
        ? Message(de: "\(title), entfallen: \(relation).", en: "\(title), removed: \(relation).")
        : Message(de: "\(title), neu: \(relation).", en: "\(title), new: \(relation).")
    }
    let label = difference.label
    if difference.isLine {
      return new.map {
        Message(
          de: "\(title), neu unter „\(label)“: \($0).", en: "\(title), new under “\(label)”: \($0).")
      }
        ?? Message(
          de: "\(title), entfallen unter „\(label)“: \(old ?? Message("")).",
          en: "\(title), removed from “\(label)”: \(old ?? Message("")).")
    }
    // The line that it is in; what a line is about says that itself.
    let list = difference.path.dropLast().last
    let main = (difference.line.after ?? difference.line.before)?.mainMember(list?.lineKey)
    let isMain = main.map { $0.declaration.name == difference.path.last?.name } ?? false
    let line: Message? =
      if isMain, let list {
        Message(de: " unter „\(list.label)“", en: " under “\(list.label)”")
      } else {
        main.map { Message(" (\(now.message($0.value)))") }
      }
    // Two records may be called alike: then their ids say which is meant.
    let isAlike = old != nil && old == new
    let (old, new) =
      isAlike
      ? (difference.before.map(was.written), difference.after.map(now.written)) : (old, new)
    let what = Message("\(label)\(line ?? Message(""))")
    return given(what, title, old, new, quoted: [difference.before, difference.after].contains { $0?.isProse == true })
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
      return Message(verbatim: defaultText ?? "")
    }
    return choice.label
  }
}
