extension RecordWriter {
  /// Writes a team: the people whose number leads to it.
  mutating func writeTeam() {
    let teams = blueprint[.team].count
    let members = blueprint.activePeople.filter { $0.number % teams == entry.number }.map(\.id)
    writeTitle()
    front.add("type", pick(["team", "team", "team", "team", "role", "body"]))
    if let lead = members.first { front.add("lead", lead) }
    front.add("members", ids: members)
    front.add("phone", phone())
    front.add("email", "\(entry.id)@example.com")
    writeTail()
    writeParagraph(2...4)
    writeSections(2...3)
  }
}
