public import KBCatalog
import KBDocument
import KBSchema
import KBSource

extension Answers {
  /// The text of the first item of the first numbered list, on one line and not longer than a line or two.
  public func firstStep(of record: Record) -> String? {
    guard let first = record.document.body.numberedSteps.first, let text = text(ofStep: first, in: record) else {
      return nil
    }
    return text.count > 140 ? text.prefix(139) + "…" : text
  }

  /// The texts of a runbook's steps, each on one line.
  public func steps(of record: Record) -> [String] {
    record.document.body.numberedSteps.compactMap { text(ofStep: $0, in: record) }
  }

  /// The first paragraph of a step.
  private func text(ofStep events: Range<Int>, in record: Record) -> String? {
    let body = record.document.body
    let file = record.document.file
    var isSkipped = false
    var step: [UInt8] = []
    events: for (number, event) in zip(events, body.events[events]) {
      switch (event.kind, event.phase) {
      // What is to be seen afterwards is not part of what is done.
      case (.softBreak, _) where StepWords.standard.mark(at: number + 1, of: body, in: file.bytes) != nil: break events
      case (.paragraph, .leave), (.unorderedList, .enter), (.orderedList, .enter), (.codeBlock, .enter): break events
      case (.softBreak, _), (.lineBreak, _): step.append(0x20)
      case (.wikiLink, .enter):
        // [[id]] without a text of its own shows the record's title.
        let number = Int(event.lower)
        if body.links[number].text == body.links[number].destination,
          case .record(let target, _) = catalog.links[record.index][number]
        {
          isSkipped = true
          if isPublished(catalog.records[target]) { step += Array(catalog.records[target].title.utf8) }
        } else if catalog.isTextFirst(body.links[number], catalog.links[record.index][number], in: record) {
          isSkipped = true
          step += Array(body.links[number].destination.utf8)
        }
      case (.wikiLink, .leave): isSkipped = false
      case (_, .text) where !isSkipped:
        step += body.content(of: event, in: file.bytes)
      default: break
      }
    }
    return step.isEmpty ? nil : String(decoding: step, as: UTF8.self)
  }
}
