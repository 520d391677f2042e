/// The blocks that bodies are made of.
extension RecordWriter {
  /// Writes some of the sections that the kind may have.
  mutating func writeSections(_ count: ClosedRange<Int>) {
    let headings = filler.vocabulary.headings[entry.kind, default: []]
    let chosen = Set(filler.random.sample(filler.random.number(count), of: Array(headings.indices)))
    for (index, heading) in headings.enumerated() where chosen.contains(index) {
      writeHeading(heading)
      writeParagraph(2...5)
      if chance(85) { writeBlock() }
      if chance(12) {
        writeHeading(filler.sentence(of: ["\(.compound)", "\(.compound) \(.place)"]), level: 3)
        writeParagraph(2...3)
      }
    }
  }

  /// Writes the sections of a runbook for an outage.
  mutating func writeOutageSections() {
    let headings = filler.vocabulary.outageHeadings
    writeHeading(headings[0])
    writeParagraph(2...4)
    writeBullets(2...4)
    writeHeading(headings[1])
    writeParagraph(1...2)
    writeSteps(3...6)
    writeCode()
    writeHeading(headings[2])
    writeAlert()
    writeSteps(5...9)
    if chance(60) { writeCode() }
    if chance(60) { writeParagraph(2...3) }
    writeHeading(headings[3])
    writeTasks(3...6)
    writeParagraph(1...3)
    writeHeading(headings[4])
    writeParagraph(2...4)
    if chance(40) { writeTable() }
  }

  /// Writes a heading.
  mutating func writeHeading(_ heading: String, level: Int = 2) {
    body += "\(String(repeating: "#", count: level)) \(heading)\n\n"
  }

  /// Writes a paragraph, a sentence a line, now and then with a link.
  mutating func writeParagraph(_ count: ClosedRange<Int>) {
    for _ in 0..<filler.random.number(count) { body += filler.sentence(of: filler.vocabulary.sentences) + "\n" }
    if chance(45), let link = nextLink() {
      body += filler.sentence(of: filler.vocabulary.linkSentences, link: link) + "\n"
    }
    body += "\n"
  }

  /// Writes a block that is not a plain paragraph.
  mutating func writeBlock() {
    switch filler.random.below(20) {
    case ..<5: writeBullets(3...6)
    case ..<9: writeSteps(3...6)
    case ..<12: writeTable()
    case ..<14: writeTasks(3...6)
    case ..<16: writeCode()
    case ..<18: writeAlert()
    default: writeParagraph(2...4)
    }
  }

  /// Writes a task list.
  mutating func writeTasks(_ count: ClosedRange<Int>) {
    for _ in 0..<filler.random.number(count) {
      body += "- [\(chance(30) ? "x" : " ")] \(filler.sentence(of: filler.vocabulary.tasks))\n"
    }
    body += "\n"
  }

  /// Writes the links that have found no place yet.
  mutating func writeRemainingLinks() {
    guard !pendingLinks.isEmpty else { return }
    writeHeading(filler.vocabulary.seeAlso)
    while let link = nextLink() { body += "- \(link)\n" }
  }

  private mutating func writeBullets(_ count: ClosedRange<Int>) {
    for _ in 0..<filler.random.number(count) { body += "- \(filler.fill(pick(filler.vocabulary.bullets)))\n" }
    body += "\n"
  }

  private mutating func writeSteps(_ count: ClosedRange<Int>) {
    for number in 1...filler.random.number(count) {
      body += "\(number). \(filler.sentence(of: filler.vocabulary.steps))\n"
    }
    body += "\n"
  }

  private mutating func writeTable() {
    let headers = pick(filler.vocabulary.tableHeaders)
    body += "| \(headers.joined(separator: " | ")) |\n|\(String(repeating: " --- |", count: headers.count))\n"
    for _ in 0..<filler.random.number(3...6) {
      let cells = headers.indices.dropFirst().map { _ in filler.fill(pick(filler.vocabulary.cells)) }
      body += "| \(filler.fill("\(.name)")) | \(cells.joined(separator: " | ")) |\n"
    }
    body += "\n"
  }

  private mutating func writeCode() {
    let sample = pick(CodeSample.all)
    body += "```\(sample.language)\n"
    for line in sample.lines { body += filler.fill(line) + "\n" }
    body += "```\n\n"
  }

  private mutating func writeAlert() {
    body += "> [!\(pick(["NOTE", "NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"]))]\n"
    body += "> \(filler.sentence(of: filler.vocabulary.alerts))\n\n"
  }

  /// The next link as Markdown: by id, or by path and title.
  private mutating func nextLink() -> String? {
    guard let target = pendingLinks.popLast() else { return nil }
    if chance(60) { return "[[\(target.id)]]" }
    return "[\(target.title)](\(target.kind == entry.kind ? "" : "../\(target.kind.folder)/")\(target.id).md)"
  }
}
