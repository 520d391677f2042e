extension Markdown {
  /// The items of numbered lists, in order: the steps of a runbook, each as the range of its events. A step may hold others.
  public var numberedSteps: [Range<Int>] {
    var steps: [Range<Int>] = []
    // Lists that are open, and whether each is numbered; for each open item the number of its step.
    var lists: [Bool] = []
    var items: [Int?] = []
    for (index, event) in events.enumerated() {
      // What footnotes list is no step.
      if event.kind == .footnotes { break }
      switch (event.kind, event.phase) {
      case (.orderedList, .enter): lists.append(true)
      case (.unorderedList, .enter): lists.append(false)
      case (.orderedList, .leave), (.unorderedList, .leave): _ = lists.popLast()
      case (.item, .enter):
        let isStep = lists.last ?? false
        items.append(isStep ? steps.count : nil)
        if isStep { steps.append(index..<events.count) }
      case (.item, .leave):
        if let number = items.popLast() ?? nil { steps[number] = steps[number].lowerBound..<index + 1 }
      default: break
      }
    }
    return steps
  }
}
