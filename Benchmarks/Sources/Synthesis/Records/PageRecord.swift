extension RecordWriter {
  /// Writes a page: half of them have front matter, the others are plain Markdown.
  mutating func writePage() {
    if chance(50) || entry.language == .english {
      writeTitle()
      if chance(70) { writeOwner() }
      writeTail()
    } else {
      writeHeading(entry.title, level: 1)
    }
    writeParagraph(2...4)
    writeSections(5...9)
  }
}
