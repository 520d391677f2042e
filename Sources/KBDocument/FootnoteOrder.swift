import KBSource

/// The footnotes of a text: numbered as the text refers to them, and put at its end.
struct FootnoteOrder {
  private let notes: [FootnoteText]
  private let numbers: [String: Int]
  /// Where the events of each footnote begin.
  private var starts: [(note: Int, event: Int)] = []
  /// The footnote whose mark has been read.
  var begun: Int?

  init(_ notes: [FootnoteText]) {
    self.notes = notes
    numbers = Dictionary(
      notes.enumerated().map { (FootnoteText.key($1.name), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a footnote's text is being read.
  var isOpen: Bool { !starts.isEmpty }

  /// The number of the footnote with a name, as they are written; of two with one name the first one.
  func number(of name: String) -> Int? { numbers.isEmpty ? nil : numbers[FootnoteText.key(name)] }

  /// Begins the footnote whose mark has been read, with the next event.
  mutating func begin(at event: Int) {
    guard let note = begun else { return }
    starts.append((note, event))
    begun = nil
  }

  /// Whether a name in `[^name]` is meant for a footnote: `[^0-9]` is a pattern.
  static func isMeant(_ name: String) -> Bool {
    let isWord = name.utf8.allSatisfy {
      $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 > 0x7F
    }
    return isWord && !name.contains(/^(.-.)+$/)
  }

  /// The text with its footnotes in order, without those that nothing refers to.
  func ordered(_ text: Markdown) -> Markdown {
    guard let first = starts.first, let end = text.events.indices.last else { return text }
    var result = text
    var slices: [Int: Range<Int>] = [:]
    for (index, start) in starts.enumerated() {
      slices[start.note] = start.event..<(index + 1 < starts.count ? starts[index + 1].event : end)
    }
    // As on GitHub, they are numbered as the file refers to them, in other footnotes, too.
    let references = text.events.filter { $0.kind == .footnoteReference && $0.phase == .enter }.sorted {
      $0.upper < $1.upper
    }
    var shown: [Int: UInt32] = [:]
    var order: [Int] = []
    for note in references.map({ Int($0.lower) }) where shown[note] == nil {
      shown[note] = UInt32(order.count)
      order.append(note)
    }
    var events: [Markdown.Event] = []
    events.reserveCapacity(text.events.count + 2 * starts.count + 2)
    func add(_ range: Range<Int>) {
      for var event in text.events[range] {
        if event.kind == .footnoteReference, event.phase == .enter {
          event.lower = shown[Int(event.lower)] ?? 0
          event.upper = 0
        }
        events.append(event)
      }
    }
    func mark(_ kind: Markdown.Event.Kind, _ phase: Markdown.Event.Phase, _ number: Int = 0) {
      events.append(Markdown.Event(kind: kind, phase: phase, detail: 0, lower: UInt32(number), upper: 0))
    }
    add(0..<first.event)
    if !order.isEmpty { mark(.footnotes, .enter) }
    for (number, note) in order.enumerated() {
      mark(.footnote, .enter, number)
      add(slices[note] ?? 0..<0)
      mark(.footnote, .leave)
    }
    if !order.isEmpty { mark(.footnotes, .leave) }
    events.append(text.events[end])
    result.events = events
    result.footnotes = order.map { Markdown.Footnote(name: notes[$0].name, range: notes[$0].range) }
    for (number, note) in notes.enumerated() where shown[number] == nil {
      if let first = numbers[FootnoteText.key(note.name)], first != number {
        result.remarks.append(.repeatedFootnote(note.range, name: note.name, first: notes[first].range))
      } else {
        result.remarks.append(.unusedFootnote(note.range, name: note.name))
      }
    }
    return result
  }
}
