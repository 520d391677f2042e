import KBCatalog
import KBSchema
import KBSource

/// The sentences about what a record depends on, and how far an outage reaches.
extension RecordChanges {
  /// Says what a record that came or went depends on, where an outage of that now reaches further, or less far.
  mutating func sayDependencies(of record: Record, isNew: Bool) {
    for field in record.fields {
      for line in field.value.list ?? [] {
        guard let reference = line.value(.dependency)?.reference, reach(of: reference, isNew: isNew) != nil else {
          continue
        }
        writeDependency(
          FieldDifference(
            path: [field.declaration], line: isNew ? (nil, line) : (line, nil), before: isNew ? nil : line,
            after: isNew ? line : nil, isOrder: false), record.spokenTitle)
      }
    }
  }

  mutating func writeDependency(_ difference: FieldDifference, _ title: Message) {
    let isNew = difference.after != nil
    let value = difference.after ?? difference.before
    guard let reference = value?.value(.dependency)?.reference ?? value?.reference else { return }
    let words = isNew ? now : was
    let target = words.name(reference)
    let isSoft = value?.value(.dependencyStrength)?.choice?.value == "soft"
    let reach = reach(of: reference, isNew: isNew)
    let text =
      isNew
      ? Message(
        de: "\(title): neue \(isSoft ? "weiche" : "harte") Abhängigkeit: \(target).\(reach ?? Message(""))",
        en: "\(title) has a new \(isSoft ? "soft" : "hard") dependency on \(target).\(reach ?? Message(""))")
      : Message(
        de: "\(title) hängt nicht mehr von \(target) ab.\(reach ?? Message(""))",
        en: "\(title) no longer depends on \(target).\(reach ?? Message(""))")
    say(
      .dependency, isNew ? .worse : .better, difference.name, (difference.before?.written, difference.after?.written),
      text)
  }

  mutating func writeStrength(_ difference: FieldDifference, of reference: Reference, _ title: Message) {
    let (other, reach) = (now.name(reference), reach(of: reference, isNew: true))
    let isHard = difference.after?.choice?.value != "soft"
    say(
      .dependency, isHard ? .worse : .better, difference.name,
      (difference.before?.written, difference.after?.written),
      Message(
        de:
          "\(title): Abhängigkeit von \(other) ist jetzt \(isHard ? "hart (vorher weich)" : "weich (vorher hart)").\(reach ?? Message(""))",
        en:
          "\(title): the dependency on \(other) is now \(isHard ? "hard (before: soft)" : "soft (before: hard)").\(reach ?? Message(""))"
      ))
  }

  /// Returns how many systems stop with the one that is depended on, where that changed.
  private func reach(of reference: Reference, isNew: Bool) -> Message? {
    // Between two versions of one record nothing else changed.
    guard old !== new else { return nil }
    let target = (isNew ? now : was).name(reference)
    let records = names.records(isNew ? names.after(reference) : names.before(reference))
    guard let before = records.before.map(old.blastRadius), let after = records.after.map(new.blastRadius),
      before != after
    else { return nil }
    return Message(
      de: " Ein Ausfall von \(target) betrifft nun \(Noun.system.counted(after)) (vorher \(before)).",
      en: " An outage of \(target) now affects \(Noun.system.counted(after)) (before: \(before)).")
  }
}

extension Catalog {
  /// Returns how many systems stop, sooner or later, when one does: those that depend on it hard, and those that depend on them.
  func blastRadius(of system: Record) -> Int {
    var reached: Set<Int> = [system.index]
    var open = [system]
    while let next = open.popLast() {
      for relation in relations(to: next) where relation.role == .dependency {
        guard relation.context?.value(.dependencyStrength)?.choice?.value != "soft",
          reached.insert(relation.source).inserted
        else { continue }
        open.append(records[relation.source])
      }
    }
    return reached.count - 1
  }
}
