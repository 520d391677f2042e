import KBSource
import Testing

struct MessageTests {
  private let erp = Message.Part.record(id: "erp", title: "Das 'ERP'", .title)

  private func message(_ part: Message.Part) -> Message { Message(Message.Text([.plain("a "), part, .plain(" b")])) }

  @Test func `Words of people stay apart from words of the sentence`() {
    let text: Message.Text = "the kind \(name: "it's") has no key \(code: "owner")"
    #expect(
      text.spans(in: .english) == [
        Message.Span("the kind ", .plain), Message.Span("it's", .name), Message.Span(" has no key ", .plain),
        Message.Span("owner", .code),
      ])
    #expect(Message(text)[.english] == "the kind 'it's' has no key 'owner'")
  }

  @Test func `Days, durations and numbers are written in the reader's language`() throws {
    let day = try #require(CalendarDate(iso: "2026-11-21"))
    let text: Message.Text = "\(day), \(CalendarDuration(3, .months), .dative), \(12345)"
    #expect(Message(text)[.german] == "21.11.2026, 3 Monaten, 12.345")
    #expect(Message(text)[.english] == "21\u{A0}Nov\u{A0}2026, 3 months, 12,345")
  }

  @Test(arguments: [
    ("Wert", "Neu: Wert."), ("Ein Satz.", "Neu: Ein Satz."), ("Sicher?", "Neu: Sicher?"),
    ("Und so weiter …", "Neu: Und so weiter …"),
    ("ca. 3", "Neu: ca. 3."), ("", "Neu: ."),
  ]) func `A value that is a sentence brings its own full stop`(_ value: String, _ whole: String) {
    let message = Message(verbatim: value)
    #expect(Message("Neu: \(message).")[.german] == whole)
    #expect(Message("Neu: \(value).")[.english] == whole)
    let isSentence = whole == "Neu: \(value)"
    #expect(Message("Neu: „\(message)“.")[.german] == "Neu: „\(value)“\(isSentence ? "" : ".")")
  }

  @Test func `A message in a message takes the language of the whole`() {
    let inner = Message(de: "ein Eintrag", en: "a record")
    let outer = Message(de: "hier ist \(inner)", en: "here is \(inner)")
    #expect(outer[.german] == "hier ist ein Eintrag")
    #expect(outer[.english] == "here is a record")
  }

  @Test(arguments: [
    (["A"], "A", "A"), (["A", "B"], "A und B", "A and B"), (["A", "B", "C"], "A, B und C", "A, B and C"),
    (["A", "B", "C", "D"], "A, B, C und 1 weitere", "A, B, C and 1 more"),
  ])
  func `Lists end in "and"`(names: [String], german: String, english: String) {
    let message = Message("\(list: names.map { Message.Text(verbatim: $0) }, most: 3)")
    #expect(message[.german] == german)
    #expect(message[.english] == english)
  }

  @Test func `A message knows whom it names, in each form and depth`() {
    let forms: [Message.RecordForm] = [.title, .name, .work, .id]
    var messages = forms.map { message(.record(id: "erp", title: "ERP", $0)) }
    messages.append(message(.quote("## Start", .code, source: "erp")))
    messages.append(message(.list([Message.Text([erp])], .and, most: 5)))
    messages.append(message(.list([Message.Text("x"), Message.Text([erp])], .and, most: 1)))
    messages.append(message(.message(message(erp))))
    for message in messages {
      #expect(message.names { $0 == "erp" })
      #expect(!message.names { $0 == "er" })
    }
    #expect(!Message("'ERP' erp \(code: "erp")").names { $0 == "erp" })
  }

  @Test func `Messages about a record that was renamed are equal`() {
    let old = message(.record(id: "erp", title: "ERP", .title))
    let new = message(.record(id: "odrun", title: "Odrun", .title))
    #expect(old != new)
    let today = ["erp": "odrun"]
    #expect(old.namingRecords { today[$0] ?? $0 } == new.namingRecords { $0 })
    #expect(message(.quote("erp", .name, source: nil)) != message(.quote("odrun", .name, source: nil)))
  }
}

struct GrammarTests {
  @Test func `Counts have their number and case`() {
    #expect(Noun.record.counted(1)[.german] == "1 Eintrag")
    #expect(Noun.record.counted(0)[.german] == "0 Einträge")
    #expect(Noun.record.counted(2, .dative)[.german] == "2 Einträgen")
    #expect(Noun.record.counted(1)[.english] == "1 record")
    #expect(Noun.record.counted(2)[.english] == "2 records")
    #expect(Noun.person.form(2)[.english] == "people")
    #expect(Noun.warning.counted(2, .dative)[.german] == "2 Warnungen")
  }

  @Test(arguments: [
    (Noun.holder, GrammaticalCase.nominative, "ein Inhaber", "ein weiterer Inhaber"),
    (Noun.holder, .accusative, "einen Inhaber", "einen weiteren Inhaber"),
    (Noun.holder, .dative, "einem Inhaber", "einem weiteren Inhaber"),
    (Noun.person, .nominative, "eine Person", "eine weitere Person"),
    (Noun.person, .accusative, "eine Person", "eine weitere Person"),
    (Noun.person, .dative, "einer Person", "einer weiteren Person"),
    (Noun.system, .nominative, "ein System", "ein weiteres System"),
    (Noun.system, .accusative, "ein System", "ein weiteres System"),
    (Noun.system, .dative, "einem System", "einem weiteren System"),
  ])
  func `One is an article`(noun: Noun, form: GrammaticalCase, one: String, more: String) {
    #expect(noun.spelled(1, form)[.german] == one)
    #expect(noun.more(1, form)[.german] == more)
  }

  @Test func `More than one are digits`() {
    #expect(Noun.system.spelled(3)[.german] == "3 Systeme")
    #expect(Noun.system.spelled(1)[.english] == "one system")
    #expect(Noun.system.more(2, .dative)[.german] == "2 weiteren Systemen")
    #expect(Noun.system.more(2)[.english] == "2 more systems")
  }

  @Test func `Durations have a case in German`() {
    #expect(CalendarDuration(1, .days).words(in: .german, .dative) == "1 Tag")
    #expect(CalendarDuration(2, .days).words(in: .german, .dative) == "2 Tagen")
    #expect(CalendarDuration(2, .days).words(in: .german) == "2 Tage")
    #expect(CalendarDuration(2, .years).words(in: .german, .dative) == "2 Jahren")
    #expect(CalendarDuration(2, .hours).words(in: .german, .dative) == "2 Stunden")
    #expect(CalendarDuration(1, .weeks).words(in: .english) == "1 week")
  }
}
