import KBCatalog
import KBSchema
import KBSource

/// A line among the holders of an access.
struct AccessLine {
  let value: Value
  let who: Reference

  init?(_ value: Value?) {
    guard let value, let who = value.value(.holder)?.reference ?? value.reference else { return nil }
    self.value = value
    self.who = who
  }

  var since: CalendarDate? { value.value(.holderSince)?.date }
  var until: CalendarDate? { value.value(.holderUntil)?.date }

  /// All lines of an access.
  static func all(of access: Record) -> [AccessLine] {
    access.kind.behaviour == .access ? access.values(.holders).compactMap { AccessLine($0) } : []
  }
}

/// The sentences about who may do what.
extension RecordChanges {
  /// Takes the lines of holders out of the differences and says what they mean.
  mutating func writeAccess(_ differences: inout [FieldDifference], _ before: Record, _ after: Record) {
    guard after.kind.behaviour == .access else { return }
    let (lines, others) = differences.separated {
      ($0.path.first?.role == .holders || $0.lineRole == .holder) && !$0.isOrder
    }
    differences = others
    // A line that changed in several places is one sentence on its end, and one for each of the rest.
    for difference in lines {
      if difference.isLine {
        if let line = AccessLine(difference.line.after) {
          sayGranted(line, after)
        } else if let line = AccessLine(difference.line.before) {
          sayLost(line, before)
        } else {
          // A line that names nobody.
          write(difference)
        }
      } else if difference.path.last?.role == .holderUntil, let line = AccessLine(difference.line.after) {
        sayUntil(difference, line, after)
      } else {
        write(difference)
      }
    }
  }

  mutating func sayGranted(_ line: AccessLine, _ access: Record) {
    let (start, end) = (line.since.flatMap { $0 > day ? $0 : nil }, line.until)
    let (who, what, mfa) = (line.who, RecordChanges.access(access, now), RecordChanges.mfa(access))
    say(
      .access, .added, "holders", (nil, line.value.written),
      Message(
        de:
          "\(who, in: now, .name) hat den Zugang \(what) erhalten\(start, { ", ab \($0)" })\(end, { ", bis \($0)" })\(mfa).",
        en:
          "\(who, in: now, .name) was granted the access \(what)\(start, { ", from \($0)" })\(end, { ", until \($0)" })\(mfa)."
      ), holder: names.after(who))
  }

  mutating func sayLost(_ line: AccessLine, _ access: Record) {
    let end = line.until.flatMap { $0 < day ? $0 : nil }
    let (who, what) = (line.who, RecordChanges.access(access, was))
    say(
      .access, end == nil ? .removed : .neutral, "holders", (line.value.written, nil),
      end.map {
        Message(
          de: "\(who, in: was, .name): der Zugang \(what), abgelaufen am \($0), wurde aus der Liste gelöscht.",
          en: "\(who, in: was, .name): the access \(what), which ended on \($0), was deleted from the list.")
      }
        ?? Message(
          de: "\(who, in: was, .name) wurde der Zugang \(what) entzogen.",
          en: "\(who, in: was, .name) no longer has the access \(what)."), holder: names.before(who))
  }

  private mutating func sayUntil(_ difference: FieldDifference, _ line: AccessLine, _ access: Record) {
    let (old, new) = (difference.before?.date, difference.after?.date)
    let isOver = new.map { $0 < day } ?? false
    // An end that comes later takes nothing away.
    let isLonger = if let old, let new { new > old } else { false }
    let (who, what) = (line.who, RecordChanges.access(access, now))
    let text =
      isLonger && !isOver
      ? Message(
        de:
          "\(who, in: now, .name): der Zugang \(what) wurde bis \(new, { "\($0)" }) verlängert (vorher bis \(old, { "\($0)" })).",
        en:
          "\(who, in: now, .name): the access \(what) was extended to \(new, { "\($0)" }) (was until \(old, { "\($0)" }))."
      )
      : new.map { day in
        Message(
          de:
            "\(who, in: now, .name) \(isOver ? "hatte" : "hat") den Zugang \(what) bis \(day) (vorher \(old, { "bis \($0)" })\(when: old == nil, "unbefristet")).",
          en:
            "\(who, in: now, .name) \(isOver ? "had" : "has") the access \(what) until \(day) (before: \(old, { "until \($0)" })\(when: old == nil, "with no end date"))."
        )
      }
        ?? Message(
          de:
            "\(who, in: now, .name) hat den Zugang \(what) jetzt unbefristet\(old, { " (vorher bis \($0))" })\(RecordChanges.mfa(access)).",
          en:
            "\(who, in: now, .name) now has the access \(what) with no end date\(old, { " (before: until \($0))" })\(RecordChanges.mfa(access))."
        )
    say(
      .access, new == nil ? .added : isLonger ? .neutral : .removed, difference.name,
      (difference.before?.written, difference.after?.written),
      text, holder: names.after(who))
  }

  /// "ERP Administration (Administration, ERP)": what it is called, what kind it is, and where it leads.
  private static func access(_ access: Record, _ words: ValueWords) -> Message.Text {
    var parts: [Message.Text] = access.choice(.category).map { ["\($0.label)"] } ?? []
    if let system = access.value(.accessTo)?.reference { parts.append("\(system, in: words, .name)") }
    return "\(title: access)\(when: !parts.isEmpty, " (\(list: parts, .none))")"
  }

  /// ", without MFA".
  private static func mfa(_ access: Record) -> Message {
    guard let mfa = access.choice(.mfa) else { return Message("") }
    return mfa.value == "none" || mfa.value == "impossible"
      ? Message(de: ", ohne MFA", en: ", without MFA") : Message(", MFA \(mfa.label)")
  }
}

extension Array {
  /// The elements that fulfil a condition, and the others, both in their order.
  func separated(_ condition: (Element) -> Bool) -> (matching: [Element], others: [Element]) {
    (filter(condition), filter { !condition($0) })
  }
}
