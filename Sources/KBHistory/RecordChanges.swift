import KBCatalog
import KBDocument
import KBSchema
import KBSource
import KBYAML

/// The changes from one version of a record to the next, in sentences.
struct RecordChanges {
  let before: Record?
  let after: Record?
  let old: Catalog
  let new: Catalog
  let names: NameMeanings
  /// The day on which the change counts: what ends before it is over, what begins after it is to come.
  let day: CalendarDate
  private(set) var changes: [Change] = []
  /// The difference of the texts, where a sentence tells of it.
  private(set) var bodyComparison: TextComparison?

  let record: Record
  /// Words for what is now, and for what was.
  let now: ValueWords
  let was: ValueWords

  /// Compares two versions in two states of the knowledge base.
  init?(
    from before: Record?, in old: Catalog, to after: Record?, in new: Catalog, _ names: NameMeanings,
    on day: CalendarDate? = nil
  ) {
    guard let record = after ?? before else { return nil }
    self.before = before
    self.after = after
    self.old = old
    self.new = new
    self.names = names
    self.day = day ?? new.today
    self.record = record
    now = ValueWords(catalog: new, other: old, former: names.former)
    was = ValueWords(catalog: old, other: new, former: names.former)
    switch (before, after) {
    case (nil, let after?): writeAdded(after)
    case (let before?, nil): writeRemoved(before)
    case (let before?, let after?): writeChanged(before, after)
    case (nil, nil): break
    }
  }

  /// Adds a sentence.
  mutating func say(
    _ group: Change.Group, _ sign: Change.Sign, _ field: String?, _ values: (String?, String?) = (nil, nil),
    _ text: Message, holder: String? = nil
  ) {
    changes.append(
      Change(
        group: group, sign: sign, id: record.id, kind: record.kind.id, title: record.title, field: field,
        before: values.0, after: values.1, text: text, holder: holder,
        oldPath: before?.path, newPath: after?.path))
  }

  // MARK: Whole records

  private mutating func writeAdded(_ after: Record) {
    let (title, kind) = (after.spokenTitle, after.kind.label)
    say(
      .record, .added, nil, (nil, after.id),
      Message(de: "\(title) ist neu (\(kind)).", en: "\(title) is new (\(kind))."))
    for holder in AccessLine.all(of: after) { sayGranted(holder, after) }
    if after.kind.behaviour == .contract { sayTerms(of: after, isNew: true) }
    sayDependencies(of: after, isNew: true)
  }

  private mutating func writeRemoved(_ before: Record) {
    let (title, kind) = (before.spokenTitle, before.kind.label)
    // What is no longer read is not known to be gone, and neither is what it grants.
    if old !== new, let ignored = new.ignoreFile, IgnoreList(ignored).excludes(before.path) {
      return say(
        .record, .removed, nil, (before.id, nil),
        Message(
          de: "\(title) wird nicht mehr gelesen: .kbignore schließt \(before.path.string) jetzt aus.",
          en: "\(title) is no longer read: .kbignore now leaves out \(before.path.string)."))
    }
    say(
      .record, .removed, nil, (before.id, nil),
      Message(de: "\(title) wurde entfernt (\(kind)).", en: "\(title) was removed (\(kind))."))
    for holder in AccessLine.all(of: before) { sayLost(holder, before) }
    if before.kind.behaviour == .contract { sayTerms(of: before, isNew: false) }
    sayDependencies(of: before, isNew: false)
  }

  private mutating func writeChanged(_ before: Record, _ after: Record) {
    // Of a file that can't be read no change is known, and no loss either.
    if before.document.isDisturbed != after.document.isDisturbed {
      sayDisturbed(before, after)
      // What it said before is not known, so all that it says now may be new.
      if before.document.isDisturbed { sayContents(after) }
      return
    }
    if after.document.isDisturbed { return sayStillDisturbed(before, after) }
    writeIdentity(before, after)
    let fields = FieldComparison(before.fields, after.fields, names)
    var comparison = fields.differences.filter { difference in
      // That the id has become an alias belongs to the sentence about the id.
      let isOldID = difference.role == .aliases && difference.isLine && difference.after?.text == before.id
      return !["id", "title"].contains(difference.path.first?.name) && !(isOldID && before.id != after.id)
    }
    let text = LinkedText.difference(before, after, names)
    let hasNewBody = text == .words
    let extras = Set(before.extras.map(\.key) + after.extras.map(\.key)).sorted().filter { key in
      before.extra(key) != after.extra(key)
    }
    let reviews = comparison.filter { $0.role == .reviewed && $0.after?.date != nil }
    comparison.removeAll { $0.role == .reviewed && $0.after?.date != nil }
    let isAlone = changes.isEmpty && comparison.isEmpty && extras.isEmpty && !hasNewBody
    for review in reviews { sayConfirmed(review, isAlone: isAlone) }
    writeAccess(&comparison, before, after)
    writeRunbook(&comparison, before, after, hasNewBody: hasNewBody)
    writeContract(&comparison, before, after)
    for difference in comparison { write(difference) }
    for key in extras { writeExtra(key, before.extra(key), after.extra(key)) }
    writeNotation(fields, before, after)
    if hasNewBody, after.kind.behaviour != .runbook || !hasRunbookSentence { sayBody(before, after) }
    if fields.hasAdjustedReferences || text == .otherNames { sayAdjusted(after) }
    if changes.isEmpty, before.document.file.bytes != after.document.file.bytes { sayNotation(after) }
  }

  private mutating func sayDisturbed(_ before: Record, _ after: Record) {
    let isOver = before.document.isDisturbed
    let title = isOver ? after.spokenTitle : before.spokenTitle
    say(
      .record, isOver ? .better : .worse, "file", (nil, nil),
      isOver
        ? Message(
          de: "Die Datei von \(title) lässt sich wieder lesen (\(after.path.string)).",
          en: "The file of \(title) can be read again (\(after.path.string)).")
        : Message(
          de:
            "Die Datei von \(title) lässt sich nicht lesen (\(after.path.string)). Ihr Inhalt wurde nicht verglichen.",
          en: "The file of \(title) can't be read (\(after.path.string)). Its content was not compared."))
  }

  private mutating func sayStillDisturbed(_ before: Record, _ after: Record) {
    guard before.document.file.bytes != after.document.file.bytes else { return writeIdentity(before, after) }
    say(
      .record, .neutral, "file", (nil, nil),
      Message(
        de:
          "Die Datei von \(spoken: after) wurde geändert und lässt sich weiterhin nicht lesen (\(after.path.string)).",
        en: "The file of \(spoken: after) was changed and still can't be read (\(after.path.string))."))
  }

  private mutating func sayContents(_ after: Record) {
    let title = after.spokenTitle
    let values = after.fields.filter { $0.declaration.name != "title" && $0.declaration.name != "id" }
    guard !values.isEmpty else { return }
    say(
      RecordChanges.group(nil, after.kind.behaviour), .neutral, "file",
      (nil, values.map { "\($0.declaration.name): \($0.value.written)" }.joined(separator: "; ")),
      Message(
        de: "\(title) ist wieder lesbar; was davon neu ist, lässt sich nicht feststellen: \(facts(values)).",
        en: "\(title) can be read again; what is new in it can't be determined: \(facts(values))."))
  }

  /// "Owner: Jonas; RTO: 4 h".
  private func facts(_ fields: [Field]) -> Message.Text {
    fields.enumerated().reduce(into: "") { text, field in
      text += "\(field.offset == 0 ? "" : "; ")\(field.element.declaration.label): \(now.message(field.element.value))"
    }
  }

  private mutating func sayAdjusted(_ after: Record) {
    let title = after.spokenTitle
    say(
      .other, .neutral, Change.references, (nil, nil),
      Message(de: "In \(title) wurden Verweise angepasst.", en: "References in \(title) were adjusted."))
  }

  private mutating func writeIdentity(_ before: Record, _ after: Record) {
    let title = after.spokenTitle
    if before.title != after.title {
      let hasNewID = before.id != after.id
      say(
        .record, .neutral, "title", (before.title, after.title),
        Message(
          de:
            "\(spoken: before) heißt jetzt \(title)\(when: hasNewID, " und hat die Kennung \(after.id) (vorher \(before.id))").",
          en:
            "\(spoken: before) is now called \(title)\(when: hasNewID, " and has the id \(after.id) (before: \(before.id))")."
        ))
    } else if before.id != after.id {
      say(
        .record, .neutral, "id", (before.id, after.id),
        Message(
          de: "\(title) hat jetzt die Kennung \(after.id) (vorher \(before.id)).",
          en: "\(title) now has the id \(after.id) (before: \(before.id))."))
    }
    if before.kind.id != after.kind.id {
      say(
        .record, .neutral, "kind", (before.kind.id, after.kind.id),
        Message(
          de: "\(title) ist jetzt ein Eintrag der Art \(after.kind.label) (vorher \(before.kind.label)).",
          en: "\(title) is now a record of the kind \(after.kind.label) (before: \(before.kind.label))."))
    }
    // A file that is called by its id has moved with it.
    let isNamedByID = before.hasDerivedID && after.hasDerivedID && before.id != after.id
    if before.path != after.path, !isNamedByID || before.path.folder != after.path.folder {
      say(
        .record, .neutral, "path", (before.path.string, after.path.string),
        Message(
          de: "Die Datei von \(title) liegt jetzt unter \(after.path.string) (vorher \(before.path.string)).",
          en: "The file of \(title) is now at \(after.path.string) (before: \(before.path.string))."))
    }
  }

  private mutating func sayConfirmed(_ review: FieldDifference, isAlone: Bool) {
    guard let value = review.after, let date = value.date else { return }
    let (day, title) = (now.message(value), record.spokenTitle)
    if let past = review.before, let last = past.date, date < last {
      return sayMovedBack(review, title, was.message(past), day)
    }
    guard date <= self.day else {
      return say(
        .other, .worse, review.name, (review.before?.written, value.written),
        Message(
          de: "\(title) gilt als bestätigt am \(day), aber der Tag liegt in der Zukunft.",
          en: "\(title) counts as confirmed on \(day), but that day is in the future."))
    }
    say(
      isAlone ? .confirmed : .other, .confirmed, review.name, (review.before?.written, review.after?.written),
      Message(
        de: "\(title) wurde am \(day) bestätigt, \(isAlone ? "ohne Änderung" : "zusammen mit den Änderungen").",
        en: "\(title) was confirmed on \(day)\(isAlone ? " without change" : ", together with the changes")."))
  }

  private mutating func sayBody(_ before: Record, _ after: Record) {
    let words = TextComparison(from: before.bodyBytes, to: after.bodyBytes)
    bodyComparison = words
    let title = after.spokenTitle
    say(
      record.kind.behaviour == .runbook ? .runbook : .other, .neutral, "body", (nil, nil),
      Message(
        de: "Der Text von \(title) wurde geändert\(RecordChanges.counted(words)).",
        en: "The text of \(title) was changed\(RecordChanges.counted(words))."))
  }

  /// " (3 words new, 1 word removed)".
  static func counted(_ words: TextComparison) -> Message {
    let (added, removed) = (words.addedWords, words.removedWords)
    guard added + removed > 0 else { return Message("") }
    var parts: [Message.Text] = []
    if added > 0 {
      parts.append("\(Message(de: "\(Noun.word.counted(added)) neu", en: "\(Noun.word.counted(added)) new"))")
    }
    if removed > 0 {
      parts.append(
        "\(Message(de: "\(Noun.word.counted(removed)) entfernt", en: "\(Noun.word.counted(removed)) removed"))")
    }
    return Message(" (\(list: parts, .none))")
  }

  private mutating func writeExtra(_ key: String, _ before: String?, _ after: String?) {
    let title = record.spokenTitle
    let text =
      switch (before, after) {
      case (let before?, let after?):
        Message(
          de: "\(title): \(key) ist jetzt \(after) (vorher \(before)).",
          en: "\(title): \(key) is now \(after) (before: \(before)).")
      case (_, let after?):
        Message(de: "\(title) hat jetzt \(key): \(after).", en: "\(title) now has \(key): \(after).")
      default:
        Message(
          de: "\(title) hat \(key) nicht mehr (vorher \(before ?? "")).",
          en: "\(title) no longer has \(key) (before: \(before ?? "")).")
      }
    say(.other, after == nil ? .removed : before == nil ? .added : .neutral, key, (before, after), text)
  }

  /// Whether a sentence about the runbook's steps was written, which says more than that its text changed.
  private var hasRunbookSentence: Bool { changes.contains { $0.field == "steps" } }
}

extension Record {
  /// The bytes of the body that readers see, with plain line ends and without blank lines above it: neither is a change of the text,
  /// nor is a comment.
  var bodyBytes: [UInt8] { Record.text(document.body.visibleText(in: document.file.bytes)) }

  /// Text with plain line ends and without blank lines above it.
  static func text(_ bytes: some BidirectionalCollection<UInt8>) -> [UInt8] {
    let text = bytes.drop { $0 == 0x0A || $0 == 0x0D }
    // Most files have no such line ends.
    return text.contains(0x0D) ? text.filter { $0 != 0x0D } : Array(text)
  }

  fileprivate func extra(_ key: String) -> String? { extras.first { $0.key == key }?.value.written }
}
