import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// A step of a runbook: an item of a numbered list that is in no other.
struct RunbookStep {
  let number: Int
  /// The number of the heading that it is below.
  let heading: Int?
  /// Its text without code blocks, with its line ends.
  let text: String
  /// Its first words.
  let range: SourceRange
  /// The numbers of the links in it.
  let links: [Int]
}

extension Record {
  /// Its steps, in order.
  var steps: [RunbookStep] {
    let body = document.body
    guard body.refusal == nil else { return [] }
    var steps: [RunbookStep] = []
    var end = 0
    var heading: Int?
    for events in body.numberedSteps where events.lowerBound >= end {
      let before = body.events[end..<events.lowerBound].last { $0.kind == .heading && $0.phase == .enter }
      heading = before.map { Int($0.lower) } ?? heading
      end = events.upperBound
      steps.append(step(steps.count + 1, below: heading, events))
    }
    return steps
  }

  private func step(_ number: Int, below heading: Int?, _ events: Range<Int>) -> RunbookStep {
    let body = document.body
    var text: [UInt8] = []
    var range: SourceRange?
    var links: [Int] = []
    var isCode = false
    for event in body.events[events] {
      switch (event.kind, event.phase) {
      case (.codeBlock, .enter): isCode = true
      case (.codeBlock, .leave): isCode = false
      case (.softBreak, _), (.lineBreak, _), (.paragraph, .enter), (.item, .enter): text.append(UInt8(ascii: "\n"))
      case (.link, .enter), (.wikiLink, .enter): links.append(Int(event.lower))
      case (_, .text) where !isCode:
        if range == nil, event.detail != 1 { range = SourceRange(Int(event.lower), Int(event.upper)) }
        text += body.content(of: event, in: document.file.bytes)
      default: break
      }
    }
    return RunbookStep(
      number: number, heading: heading, text: String(decoding: text, as: UTF8.self), range: range ?? titleRange,
      links: links)
  }
}

extension Check {
  private static let noResult = Rule("runbook/no-result")
  private static let longGroup = Rule("runbook/long-group")
  private static let noVerification = Rule("runbook/no-verification")
  private static let noWayBack = Rule("runbook/no-way-back")
  private static let lateAccess = Rule("runbook/late-access")

  /// More steps below one heading nobody keeps in view.
  private static let mostSteps = 12

  /// Runbooks that can't be worked well at night.
  static let runbookSteps = Check { catalog in
    catalog.inUse(.runbook).filter(\.isDescribed).flatMap { runbook -> [Diagnostic] in
      let steps = runbook.steps
      guard !steps.isEmpty else { return [] }
      return [
        withoutResult(runbook, steps), withoutGroup(runbook, steps), withoutVerification(runbook),
        withoutWayBack(runbook, steps),
      ].compactMap(\.self) + lateAccesses(runbook, steps, catalog)
    }
  }

  private static var isForTrouble: (Record) -> Bool { { $0.isCategory("incident", "recovery", "emergency") } }

  /// Steps that do not say what is to be seen afterwards; those that verify the whole are themselves what is to be seen.
  private static func withoutResult(_ runbook: Record, _ steps: [RunbookStep]) -> Diagnostic? {
    guard isForTrouble(runbook) else { return nil }
    let words = StepWords.standard
    let deeds = steps.filter { step in
      !(step.heading.map { words.isVerification(runbook.document.body.headings[$0].text) } ?? false)
    }
    let silent = deeds.filter { !words.saysResult($0.text) }
    guard let first = silent.first else { return nil }
    let numbers = silent.map { "\($0.number)" as Message.Text }
    return Diagnostic(
      noResult, at: runbook.path, first.range,
      Message(
        de:
          "in \(runbook) \(silent.count == 1 ? "sagt Schritt" : "sagen die Schritte") \(list: numbers) nicht, was danach zu sehen sein soll",
        en:
          "in \(runbook), step\(silent.count == 1 ? "" : "s") \(list: numbers) \(silent.count == 1 ? "does" : "do") not say what to expect"
      ),
      remedy: Message(
        de: "im Schritt eine Zeile \(code: "Erwartet: …") ergänzen, und \(code: "Sonst: …") für den anderen Fall",
        en: "add a line \(code: "Expected: …") to the step, and \(code: "Otherwise: …") for the other case"))
  }

  private static func withoutGroup(_ runbook: Record, _ steps: [RunbookStep]) -> Diagnostic? {
    var start = 0
    while start < steps.count {
      let group = steps[start...].prefix { $0.heading == steps[start].heading }
      if group.count > mostSteps, let place = group.dropFirst(mostSteps).first {
        return Diagnostic(
          longGroup, at: runbook.path, place.range,
          Message(
            de: "in \(runbook) folgen \(group.count) Schritte ohne Zwischenüberschrift aufeinander",
            en: "\(runbook) has \(group.count) consecutive steps without a heading between them"),
          remedy: Message(
            de: "in Gruppen mit Überschriften teilen, höchstens \(mostSteps) Schritte je Gruppe",
            en: "split them into groups with headings, at most \(mostSteps) steps per group"))
      }
      start = group.endIndex
    }
    return nil
  }

  /// No section that verifies the whole, or an empty one; where the kind asks for the heading, a missing one is another finding.
  private static func withoutVerification(_ runbook: Record) -> Diagnostic? {
    let body = runbook.document.body
    let words = StepWords.standard
    let remedy = Message(
      de: "unter \(code: "## Prüfung") beschreiben, woran zu sehen ist, dass es gelungen ist",
      en: "describe below \(code: "## Verification") how to tell that it worked")
    guard let number = body.headings.firstIndex(where: { words.isVerification($0.text) }) else {
      guard !isForTrouble(runbook), runbook.isCategory("operation", "change"),
        runbook.document.body.headings.count > 1 || runbook.isCategory("change")
      else { return nil }
      return Diagnostic(
        noVerification, at: runbook.path, runbook.titleRange,
        Message(de: "\(runbook) endet ohne Prüfung", en: "\(runbook) ends without a verification"), remedy: remedy)
    }
    let begin = body.events.firstIndex { $0.kind == .heading && $0.phase == .enter && Int($0.lower) == number }
    let next = begin.flatMap { begin in
      body.events[begin...].drop { $0.kind != .heading || $0.phase != .leave }
        .first { $0.phase == .enter && $0.kind != .heading || $0.kind == .heading && $0.phase == .enter }
    }
    guard next == nil || next?.kind == .heading else { return nil }
    let heading = body.headings[number]
    return Diagnostic(
      noVerification, at: runbook.path, heading.range,
      Message(
        de: "in \(runbook) ist der Abschnitt \(name: heading.text) leer",
        en: "in \(runbook), the section \(name: heading.text) is empty"),
      remedy: remedy)
  }

  private static func withoutWayBack(_ runbook: Record, _ steps: [RunbookStep]) -> Diagnostic? {
    guard runbook.isCategory("change", "recovery"), let category = runbook.value(.category) else { return nil }
    let words = StepWords.standard
    let lines =
      steps.flatMap { $0.text.split(separator: "\n").map(String.init) } + runbook.document.body.headings.map(\.text)
    guard !lines.contains(where: words.isBack) else { return nil }
    return Diagnostic(
      noWayBack, at: runbook.path, category.range,
      Message(de: "\(runbook) beschreibt keinen Rückweg", en: "\(runbook) describes no rollback"),
      remedy: Message(
        de: "unter \(code: "## Rückweg") beschreiben, bis wann und wie es sich rückgängig machen lässt",
        en: "describe below \(code: "## Rollback") until when and how to undo it"))
  }

  /// Accesses that a step needs and that the head of the runbook does not announce.
  private static func lateAccesses(_ runbook: Record, _ steps: [RunbookStep], _ catalog: Library) -> [Diagnostic] {
    var known = Set(catalog.relations(.needsAccess, from: runbook).map(\.target))
    return steps.flatMap { step in
      step.links.compactMap { number -> Diagnostic? in
        guard case .record(let target, _) = catalog.links[runbook.index][number],
          case let access = catalog.records[target],
          access.kind.behaviour == .access, access.isCategory("admin", "emergency", "physical"),
          known.insert(target).inserted
        else { return nil }
        return Diagnostic(
          lateAccess, at: runbook.path, runbook.document.body.links[number].range,
          Message(
            de: "\(runbook) nennt \(access) erst in Schritt \(step.number)",
            en: "\(runbook) first names \(access) in step \(step.number)"),
          remedy: Message(
            de: "unter \(code: "needs_access") aufführen: wer beginnt, prüft dann zuerst, ob er hineinkommt",
            en: "list it under \(code: "needs_access"), so that people check first that they can get in"))
      }
    }
  }
}
