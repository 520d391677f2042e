import KBCatalog
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
    let name = now.title(line.who)
    let (start, end) = (line.since.flatMap { $0 > day ? $0 : nil }, line.until)
    say(
      .access, .added, "holders", (nil, line.value.written),
      .both { language in
        let what = RecordChanges.access(access, now, language)
        let from =
          start.map {
            language == .german
              ? ", ab \(Format(language: .german).date($0))" : ", from \(Format(language: .english).date($0))"
          } ?? ""
        let until =
          end.map {
            language == .german
              ? ", bis \(Format(language: .german).date($0))" : ", until \(Format(language: .english).date($0))"
          }
          ?? ""
        return language == .german
          ? "\(name) hat \(what) erhalten\(from)\(until)\(RecordChanges.mfa(access, language))."
          : "\(name) was granted \(what)\(from)\(until)\(RecordChanges.mfa(access, language))."
      }, holder: names.after(line.who))
  }

  mutating func sayLost(_ line: AccessLine, _ access: Record) {
    let name = was.title(line.who)
    let end = line.until.flatMap { $0 < day ? $0 : nil }
    say(
      .access, end == nil ? .removed : .neutral, "holders", (line.value.written, nil),
      .both { language in
        let what = RecordChanges.access(access, was, language)
        if let end {
          let last = Format(language: language).date(end)
          return language == .german
            ? "Dass \(name) \(what) bis \(last) hatte, steht dort nicht mehr."
            : "That \(name) had \(what) until \(last) no longer stands there."
        }
        return language == .german ? "\(name) hat \(what) verloren." : "\(name) lost \(what)."
      }, holder: names.before(line.who))
  }

  private mutating func sayUntil(_ difference: FieldDifference, _ line: AccessLine, _ access: Record) {
    let name = now.title(line.who)
    let (old, new) = (difference.before?.date, difference.after?.date)
    let isOver = new.map { $0 < day } ?? false
    say(
      .access, new == nil ? .added : .removed, difference.name, (difference.before?.written, difference.after?.written),
      .both { language in
        let format = Format(language: language)
        let what = RecordChanges.access(access, now, language)
        let was = old.map(format.date)
        guard let day = new.map(format.date) else {
          return language == .german
            ? "\(name) hat \(what) jetzt unbefristet (vorher bis \(was ?? ""))\(RecordChanges.mfa(access, language))."
            : "\(name) now has \(what) for good (before: until \(was ?? ""))\(RecordChanges.mfa(access, language))."
        }
        return language == .german
          ? "\(name) \(isOver ? "hatte" : "hat") \(what) bis \(day) (vorher \(was.map { "bis \($0)" } ?? "unbefristet"))."
          : "\(name) \(isOver ? "had" : "has") \(what) until \(day) (before: \(was.map { "until \($0)" } ?? "open-ended"))."
      }, holder: names.after(line.who))
  }

  /// "den Zugang ERP Administration (Administration, ERP)": its title, its type, and its system.
  private static func access(_ access: Record, _ words: ValueWords, _ language: Language) -> String {
    let system = access.value(.accessTo)?.reference.map(words.title)
    let parts = [access.choice(.category)?.label[language], system].compactMap(\.self)
    let suffix = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    return (language == .german ? "den Zugang " : "the access ") + access.title + suffix
  }

  /// ", ohne MFA".
  private static func mfa(_ access: Record, _ language: Language) -> String {
    guard let mfa = access.choice(.mfa) else { return "" }
    if mfa.value == "none" || mfa.value == "impossible" { return language == .german ? ", ohne MFA" : ", without MFA" }
    return ", MFA \(mfa.label[language])"
  }
}

extension Array {
  /// The elements that fulfil a condition, and the others, both in their order.
  func separated(_ condition: (Element) -> Bool) -> (matching: [Element], others: [Element]) {
    (filter(condition), filter { !condition($0) })
  }
}
