import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// The sentences about runbooks: steps, rehearsals, symptoms.
extension RecordChanges {
  mutating func writeRunbook(
    _ differences: inout [FieldDifference], _ before: Record, _ after: Record, hasNewBody: Bool
  ) {
    guard after.kind.behaviour == .runbook else { return }
    // Who rehearsed it and with what result belongs to the day.
    let rehearsal = differences.first { $0.role == .tested && $0.after?.date != nil }
    let isLater = (rehearsal?.before?.date).map { past in (rehearsal?.after?.date).map { past < $0 } ?? false } ?? true
    if rehearsal != nil, isLater {
      differences.removeAll { [.testedBy, .testResult].contains($0.role) && $0.after != nil }
    }
    let (own, others) = differences.separated { difference in
      (difference.role == .tested && difference.after?.date != nil)
        || (difference.path.first?.role == .symptoms && !difference.isOrder)
    }
    differences = others
    for difference in own {
      if difference.role == .tested {
        sayRehearsed(difference, after)
      } else {
        saySymptom(difference, after)
      }
    }
    guard hasNewBody else { return }
    let (old, new) = (LinkedText(before, names.before).steps, LinkedText(after, names.after).steps)
    let steps = Steps(from: old.ordered, to: new.ordered)
    sayStepsChanged(steps, after)
    guard !steps.isEmpty, old.rest != new.rest else { return }
    let words = TextComparison(from: Array(old.rest.utf8), to: Array(new.rest.utf8))
    say(
      .runbook, .neutral, "body", (nil, nil),
      Message(
        de: "\(spoken: after): auch der übrige Text wurde geändert\(RecordChanges.counted(words)).",
        en: "\(spoken: after): the other text was changed, too\(RecordChanges.counted(words))."))
  }

  private mutating func sayRehearsed(_ difference: FieldDifference, _ runbook: Record) {
    guard let day = difference.after.map(now.message) else { return }
    if let old = difference.before, let past = old.date, let next = difference.after?.date, next < past {
      return sayMovedBack(difference, runbook.spokenTitle, was.message(old), day)
    }
    let who = runbook.value(.testedBy)?.reference
    let result = runbook.choice(.testResult)
    say(
      // A result that nobody can read is none.
      .runbook,
      result?.value == "fail" ? .worse : runbook.value(.testResult) != nil && result == nil ? .neutral : .better,
      difference.name,
      (difference.before?.written, difference.after?.written),
      Message(
        de:
          "\(spoken: runbook) wurde am \(day)\(who, { " von \($0, in: now, .name)" }) geprobt\(result, { ", Ergebnis: \($0.label)" }).",
        en:
          "\(spoken: runbook) was rehearsed on \(day)\(who, { " by \($0, in: now, .name)" })\(result, { ", result: \($0.label)" })."
      ))
  }

  private mutating func saySymptom(_ difference: FieldDifference, _ runbook: Record) {
    let isNew = difference.after != nil
    guard let symptom = (difference.after ?? difference.before)?.written else { return }
    say(
      .runbook, isNew ? .added : .removed, difference.name, (difference.before?.written, difference.after?.written),
      isNew
        ? Message(
          de: "\(spoken: runbook) nennt ein neues Symptom: „\(symptom)“.",
          en: "\(spoken: runbook) names a new symptom: “\(symptom)”.")
        : Message(
          de: "\(spoken: runbook) nennt ein Symptom nicht mehr: „\(symptom)“.",
          en: "\(spoken: runbook) no longer names a symptom: “\(symptom)”."))
  }

  private mutating func sayStepsChanged(_ steps: Steps, _ runbook: Record) {
    guard !steps.isEmpty else { return }
    say(
      .runbook, .neutral, "steps", (String(steps.countBefore), String(steps.countAfter)),
      Message("\(spoken: runbook): \(list: steps.parts, .none)."))
  }

  /// Whether two sentences share half of their words.
  static func isAlike(_ one: String, _ other: String) -> Bool {
    isAlike(Set(one.split(separator: " ")), Set(other.split(separator: " ")))
  }

  static func isAlike(_ left: Set<Substring>, _ right: Set<Substring>) -> Bool {
    left.intersection(right).count * 2 >= max(left.count, right.count)
  }

  /// The difference of two lists of steps; numbers count from 1, those of removed steps as they were.
  struct Steps {
    var added: [Int] = []
    var removed: [Int] = []
    var reworded: [Int] = []
    let countBefore: Int
    let countAfter: Int

    init(from old: [String], to new: [String]) {
      countBefore = old.count
      countAfter = new.count
      let runs = SequenceComparison.runs(from: old, to: new)
      var number = 0
      while number < runs.count {
        defer { number += 1 }
        switch runs[number] {
        case .same: break
        case .added(let range): added += range.map { $0 + 1 }
        case .removed(let range):
          guard number + 1 < runs.count, case .added(let other) = runs[number + 1] else {
            removed += range.map { $0 + 1 }
            break
          }
          number += 1
          match(Array(range), old, Array(other), new)
        }
      }
    }

    /// Steps that share half of their words are the same step in other words.
    private mutating func match(_ gone: [Int], _ old: [String], _ come: [Int], _ new: [String]) {
      var open = gone
      for to in come {
        if let match = open.firstIndex(where: { RecordChanges.isAlike(old[$0], new[to]) }) {
          reworded.append(to + 1)
          // The order stays: what came before a match was removed.
          removed += open[..<match].map { $0 + 1 }
          open.removeSubrange(...match)
        } else {
          added.append(to + 1)
        }
      }
      removed += open.map { $0 + 1 }
    }

    var count: Int { added.count + removed.count + reworded.count }
    var isEmpty: Bool { added.isEmpty && removed.isEmpty && reworded.isEmpty }

    /// "step 3 is new", "steps 4 and 5 were removed".
    var parts: [Message.Text] {
      func part(_ numbers: [Int], _ german: (one: String, many: String), _ english: (one: String, many: String))
        -> Message.Text?
      {
        guard !numbers.isEmpty else { return nil }
        let (isOne, list) = (numbers.count == 1, numbers.map { "\($0)" as Message.Text })
        let noun = Noun.step.form(numbers.count)
        let message = Message(
          de: "\(noun) \(list: list) \(isOne ? german.one : german.many)",
          en: "\(noun) \(list: list) \(isOne ? english.one : english.many)")
        return "\(message)"
      }
      return [
        part(added, ("ist neu", "sind neu"), ("is new", "are new")),
        part(removed, ("wurde entfernt", "wurden entfernt"), ("was removed", "were removed")),
        part(reworded, ("wurde umformuliert", "wurden umformuliert"), ("was reworded", "were reworded")),
      ].compactMap(\.self)
    }
  }
}

extension LinkedText {
  /// The texts of the steps. The blank line keeps a text that begins with a rule from being taken for a front matter.
  fileprivate var steps: (ordered: [String], rest: String) {
    Document(parsing: SourceFile(path: RepoPath(normalized: "text.md"), bytes: [0x0A] + bytes)).steps
  }
}

extension Document {
  /// The texts of the steps, without those of the steps inside; and all the other text.
  var steps: (ordered: [String], rest: String) {
    let ranges = body.numberedSteps
    var owners = [Int?](repeating: nil, count: body.events.count)
    // The inner ones come after those that hold them.
    for (number, range) in ranges.enumerated() { for index in range { owners[index] = number } }
    var steps = [String](repeating: "", count: ranges.count)
    var rest = ""
    for (event, owner) in zip(body.events, owners) {
      switch (event.phase, owner) {
      case (.text, let owner?): steps[owner] += text(of: event)
      case (.text, nil): rest += text(of: event)
      case (.leave, nil): rest += "\n"
      default: break
      }
    }
    return (steps.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }, rest)
  }

  private func text(of event: Markdown.Event) -> String {
    switch event.kind {
    case .text, .codeText, .entity:
      return String(decoding: body.content(of: event, in: file.bytes), as: UTF8.self)
    default: return " "
    }
  }
}
