import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// Lists, tasks, and the steps of a runbook.
extension MarkdownRenderer {
  /// Whether the list that begins or is open here is at the top level of a runbook.
  private var isStepList: Bool {
    options.asSteps && open.allSatisfy { $0.tag == .ol || $0.isRaw } && open.count { !$0.isRaw } == 1
  }

  mutating func enterOrderedList(_ event: Markdown.Event) {
    let isTop = open.allSatisfy(\.isRaw)
    if options.asSteps, isTop {
      begin(.ol, [.class("steps")] + (stepNumber > 0 ? [.start(stepNumber + 1)] : []))
    } else {
      begin(.ol, event.lower != 1 ? [.start(Int(event.lower))] : [])
    }
  }

  mutating func enterItem(_ event: Markdown.Event) {
    if isStepList {
      enterStep()
      return
    }
    begin(.li)
    guard event.detail > 0 else { return }
    let isDone = event.detail == 2
    let label = (isDone ? Words.done : Words.open)[options.language]
    html.open(.input, [.type("checkbox"), .disabled, .aria("label", label)] + (isDone ? [.checked] : []))
    begin(.div)
    taskDepths.append(open.count)
  }

  mutating func leaveItem() {
    // Raw tags that the item left open are closed with it.
    if let depth = taskDepths.last, open.count >= depth, open[..<depth].last?.tag == .div, isItem(at: depth - 1) {
      taskDepths.removeLast()
      end()
    } else if let depth = stepDepths.last, open.count >= depth, isItem(at: depth - 1) {
      stepDepths.removeLast()
      end()
    }
    end()
  }

  /// Whether the element that holds the one at `position` is the innermost item.
  private func isItem(at position: Int) -> Bool { open.lastIndex { $0.tag == .li } == position - 1 }

  /// A step: number, box to tick, its first words as the label, the rest below.
  private mutating func enterStep() {
    stepNumber += 1
    let id = options.prefix + PageID.own("s\(stepNumber)")
    begin(.li)
    html.element(.span, .class("no"), text: String(stepNumber))
    html.void(.input, .class("tick"), .type("checkbox"), .id(id))
    begin(.div, [.class("how")])
    stepDepths.append(open.count)
    // The first line of text: bare in a tight list, a paragraph in a loose one.
    var start = index + 1
    let isParagraph = start < events.count && events[start].kind == .paragraph && events[start].phase == .enter
    if isParagraph { start += 1 }
    var stop = start
    var depth = 0
    while stop < events.count {
      let event = events[stop]
      if depth == 0, event.phase == .leave || (event.phase == .enter && event.kind.isBlock) { break }
      if event.phase == .enter { depth += 1 }
      if event.phase == .leave { depth -= 1 }
      stop += 1
    }
    // What is to be seen afterwards is a paragraph of its own.
    let end = stop
    let marked = (start..<stop).first { events[$0].kind == .softBreak && stepMark(at: $0 + 1) != nil }
    stop = marked ?? stop
    var labelStop = stop
    var startsStrong = start < stop && events[start].kind == .strong && events[start].phase == .enter
    if startsStrong,
      let close = (start..<stop).first(where: { events[$0].kind == .strong && events[$0].phase == .leave })
    {
      if isSentence(endingBefore: close, in: start..<stop) { labelStop = close + 1 } else { startsStrong = false }
    }
    begin(.label, [.for(id)])
    let labelRange = startsStrong ? (start + 1)..<max(start + 1, labelStop - 1) : start..<stop
    render(labelRange)
    self.end()
    html.open(.span, [.class("stamp")])
    html.close(.span)
    if labelStop < stop, hasContent(labelStop..<stop) {
      begin(.p)
      trimsLeadingBlank = true
      render(labelStop..<stop)
      trimsLeadingBlank = false
      self.end()
    }
    if let marked, let mark = stepMark(at: marked + 1) {
      begin(.p, [.class(mark.rawValue)])
      render(marked + 1..<end)
      self.end()
    }
    // Continue after the first line, and after its paragraph's end.
    index = isParagraph ? end : end - 1
  }

  /// What the line of a step is about that begins at an event.
  func stepMark(at start: Int) -> StepWords.Mark? { StepWords.standard.mark(at: start, of: body, in: bytes) }

  /// Whether a paragraph directly in a step is open.
  var isInParagraphOfStep: Bool { stepDepths.last.map { open.count == $0 + 1 && open.last?.tag == .p } ?? false }

  /// The beginning of a paragraph; in a step, of one that may say what is to be seen.
  mutating func enterParagraph() {
    let mark = stepDepths.last == open.count ? stepMark(at: index + 1) : nil
    begin(.p, mark.map { [.class($0.rawValue)] } ?? [])
  }

  /// Whether the bold words that end at `close` are a sentence of their own, and not the beginning of a longer one.
  private func isSentence(endingBefore close: Int, in range: Range<Int>) -> Bool {
    let ends: (UInt8?) -> Bool = { $0.map { ".:?!".utf8.contains($0) } ?? false }
    guard close + 1 < range.upperBound else { return true }
    if events[close - 1].phase == .text, ends(content(events[close - 1]).last) { return true }
    return events[close + 1].phase == .text && ends(content(events[close + 1]).first)
  }

  mutating func render(_ range: Range<Int>) {
    let saved = index
    index = range.lowerBound
    while index < range.upperBound {
      step(events[index])
      index += 1
    }
    index = saved
  }

  private func hasContent(_ range: Range<Int>) -> Bool {
    range.contains { number in
      let event = events[number]
      if event.phase == .enter { return true }
      return event.kind != .softBreak
        && content(event).contains { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ":") }
    }
  }
}
