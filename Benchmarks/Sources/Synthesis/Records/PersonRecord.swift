extension RecordWriter {
  /// Writes a person.
  mutating func writePerson() {
    let isExternal = chance(10)
    writeTitle()
    front.add("type", isExternal ? "external" : "internal")
    front.add("function", pick(filler.vocabulary.functions))
    if isExternal { front.add("provider", someRecord(.provider).id) }
    front.add("phone", phone())
    front.add("email", "\(entry.id)@example.com")
    front.add("active_from", daysAgo(1_900...6_000))
    if let lastDay = blueprint.lastDays[entry.number] { front.add("active_until", lastDay.iso) }
    writeTail()
    writeParagraph(2...3)
    writeSections(1...2)
  }
}
