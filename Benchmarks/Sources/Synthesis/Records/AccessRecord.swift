extension RecordWriter {
  /// Writes an access and the people who hold it.
  mutating func writeAccess() {
    let type =
      switch filler.random.below(100) {
      case ..<55: "user"
      case ..<75: "admin"
      case ..<83: "service"
      case ..<89: "remote"
      case ..<93: "external"
      case ..<97: "api"
      case ..<99: "emergency"
      default: "physical"
      }
    let needsCare = ["admin", "remote", "external", "emergency"].contains(type)
    let needsSecret = ["admin", "service", "emergency", "api"].contains(type)
    writeTitle()
    if let subject { front.add("system", subject.id) }
    front.add("type", type)
    writeStatus()
    front.add(
      "permission", filler.sentence(of: ["\(.compound)", "\(.noun) \(.verb)", "\(.name)_\(.word)"]))
    if needsSecret { front.add("account", "svc-\(filler.word())") }
    if needsCare ? chance(94) : chance(40) {
      front.add("mfa", pick(["enforced", "enforced", "enforced", "optional", "impossible"]))
    }
    if needsSecret, chance(94) { front.add("secret_ref", "vault:it/\(slug(filler.subject, limit: 40))-\(type)") }
    if needsCare ? chance(94) : chance(50) { front.add("approver", someOwner()) }
    if chance(60) { front.add("granted_by", chance(70) ? someRecord(.team).id : someRecord(.provider).id) }
    if chance(25) { front.add("grant_with", someRecord(chance(50) ? .runbook : .process).id) }
    if chance(20) { front.add("revoke_with", someRecord(.process).id) }
    if type == "user", chance(50) { front.add("default_for", ids: someRecords(.team, 1...3)) }
    if type == "user", chance(20) { front.add("contract", someRecord(.contract).id) }
    writeHolders(type)
    writeOwner()
    writeTail()
    writeParagraph(2...3)
    writeSections(3...5)
  }

  /// Writes the holders; one who has left has returned the access on the last day.
  private mutating func writeHolders(_ type: String) {
    let people = blueprint.activePeople
    let numbers = filler.random.skewedNumbers(filler.random.number(1...8), below: people.count)
    var holders = numbers.map { number in holder(people[number].id, until: nil) }
    if chance(10),
      let left = blueprint[.person].first(where: {
        blueprint.lastDays[$0.number] != nil && $0.number % 7 == entry.number % 7
      })
    {
      holders.append(holder(left.id, until: blueprint.lastDays[left.number]))
    }
    if type == "remote" || type == "external" { holders.append(holder(someRecord(.provider).id, until: nil)) }
    front.add("holders", objects: holders)
  }

  private mutating func holder(_ id: String, until: CalendarDay?) -> KeyValuePairs<String, String?> {
    [
      "who": id, "since": daysAgo(400...1_600), "until": until?.iso,
      "ticket": sometimes(60, "IT-\(filler.random.number(1_000...60_000))"),
      "note": sometimes(20, filler.fill(pick(filler.vocabulary.notes))),
    ]
  }
}
