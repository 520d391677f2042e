import KBCatalog
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
    let text = Message.both { language in
      let strength = language == .german ? (isSoft ? "weich" : "hart") : (isSoft ? "softly" : "hard")
      let sentence =
        switch (language, isNew) {
        case (.german, true): "\(title.german) hängt jetzt \(strength) von \(target.german) ab."
        case (.german, false): "\(title.german) hängt nicht mehr von \(target.german) ab."
        case (.english, true): "\(title.english) now depends \(strength) on \(target.english)."
        case (.english, false): "\(title.english) no longer depends on \(target.english)."
        }
      return sentence + (reach?[language] ?? "")
    }
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
      .both {
        ($0 == .german
          ? "\(title.german) hängt jetzt \(isHard ? "hart" : "weich") von \(other.german) ab (vorher \(isHard ? "weich" : "hart"))."
          : "\(title.english) now depends \(isHard ? "hard" : "softly") on \(other.english) (before: \(isHard ? "softly" : "hard")).")
          + (reach?[$0] ?? "")
      })
  }

  /// Returns how many systems stop with the one that is depended on, where that changed.
  private func reach(of reference: Reference, isNew: Bool) -> Message? {
    let target = (isNew ? now : was).name(reference)
    let records = names.records(isNew ? names.after(reference) : names.before(reference))
    guard let before = records.before.map(old.blastRadius), let after = records.after.map(new.blastRadius),
      before != after
    else { return nil }
    return .both { language in
      language == .german
        ? " Ein Ausfall von \(target.german) betrifft nun \(after) \(after == 1 ? "System" : "Systeme") (vorher \(before))."
        : " An outage of \(target.english) now affects \(after) \(after == 1 ? "system" : "systems") (before: \(before))."
    }
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
