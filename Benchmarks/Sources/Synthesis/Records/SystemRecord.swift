extension RecordWriter {
  /// Writes a system.
  mutating func writeSystem() {
    let facts = blueprint.systems[entry.number]
    writeTitle()
    front.add("type", facts.type)
    front.add("criticality", facts.criticality)
    writeStatus()
    writeOwner(expectsDeputy: facts.isCritical)
    if chance(40) { front.add("business_owner", someOwner()) }
    if facts.isCritical, chance(93) { front.add("business_impact", filler.sentence(of: filler.vocabulary.impacts)) }
    writeOperation(facts)
    writeRelations()
    if facts.isCritical || chance(20) { writeRecovery(facts) }
    if facts.isCritical || chance(40) { writeSignIn() }
    if chance(60) {
      front.add(
        "data",
        inline: [
          "classification": pick(["public", "internal", "internal", "confidential", "regulated"]),
          "personal": pick(["none", "yes", "yes", "special"]),
        ])
    }
    if chance(30) {
      let levels = ["normal", "normal", "high", "very-high"]
      front.add(
        "protection",
        inline: ["confidentiality": pick(levels), "integrity": pick(levels), "availability": pick(levels)])
    }
    if chance(60) {
      front.add(
        "lifecycle",
        fields: [
          "since": daysAgo(200...4_000),
          "end_of_support": sometimes(40, CalendarDay.today.advanced(by: filler.random.number(-100...1_500)).iso),
        ])
    }
    if chance(20) {
      front.add("aliases", texts: ["\(slug(facts.name))-alt", "\(facts.name) \(localized("Altsystem", "Classic"))"])
    }
    writeTail()
    writeParagraph(2...4)
    writeSections(5...7)
  }

  /// Who runs it and where.
  private mutating func writeOperation(_ facts: SystemFacts) {
    let provider = blueprint[.provider][facts.provider].id
    let team = someRecord(.team).id
    // Teams have no emergency number, which the operator of a critical system needs.
    front.add(
      "operated_by",
      ids: facts.criticality == "critical" || chance(60) ? [provider] : chance(70) ? [team] : [provider, team])
    if chance(60) { front.add("vendor", someRecord(.provider).id) }
    front.add("hosting", pick(["saas", "saas", "cloud", "on-prem", "on-prem", "hybrid"]))
    if chance(50) {
      front.add(
        "location",
        filler.sentence(of: ["Rack \(.number), \(.place)", "Region \(.name)", "\(.name), \(.place)"]))
    }
    if chance(45) {
      let vlan = filler.random.number(10...400)
      front.add(
        "network",
        inline: [
          "zone": pick(["server", "office", "dmz", "production", "guest"]),
          "address": "10.\(filler.random.below(32)).\(vlan % 256).\(filler.random.number(2...250))", "vlan": "\(vlan)",
        ])
    }
    if chance(50) {
      front.add(
        "patch",
        fields: [
          "by": chance(60) ? provider : team, "window": filler.fill("\(.weekday) \(.time)"),
          "cycle": pick(["1M", "2w", "3M"]),
          "last": daysAgo(3...120),
        ])
    }
  }

  /// What it depends on and exchanges data with. Systems depend on earlier ones only, so that no cycle arises.
  private mutating func writeRelations() {
    let needed = filler.random.skewedNumbers(filler.random.number(0...4), below: entry.number).map {
      blueprint[.system][$0].id
    }
    if chance(70) {
      front.add("depends_on", ids: needed)
    } else if !needed.isEmpty {
      front.add(
        "depends_on",
        objects: needed.map { id in
          [
            "to": id, "strength": pick(["hard", "soft"]),
            "note": sometimes(30, filler.fill(pick(filler.vocabulary.notes))),
          ]
        })
    }
    if entry.number > 0, chance(10) {
      front.add("part_of", blueprint[.system][filler.random.skewed(below: entry.number)].id)
    }
    let receivers = someRecords(.system, 0...2)
    if !receivers.isEmpty {
      front.add(
        "connects_to",
        objects: receivers.map { id in
          [
            "to": id, "what": filler.fill("\(.compound)"),
            "how": pick([
              "SFTP", "HTTPS", localized("API, alle 15 min", "API, every 15 min"),
              localized("Datei, nachts", "File, nightly"),
            ]),
          ]
        })
    }
    front.add("used_by", ids: someRecords(.team, 0...3))
    let capabilities = [
      "crm", "erp", "file-share", "mail", "chat", "backup", "printing", "identity", "monitoring", "vpn", "payroll",
      "web", "telephony", "reporting", "archive", "ticketing", "warehouse", "access-control", "endpoint-management",
      "antivirus",
    ]
    if chance(60) {
      front.add("capabilities", ids: filler.random.sample(filler.random.number(1...2), of: capabilities))
    }
  }

  /// How fast it has to be back, and from which backup.
  private mutating func writeRecovery(_ facts: SystemFacts) {
    let times = ["1h", "2h", "4h", "8h", "1d", "2d", "3d"]
    let slowest = facts.criticality == "critical" ? 2 : facts.criticality == "high" ? 4 : 6
    let recoveryPoint = filler.random.number(0...slowest)
    front.add(
      "recovery",
      fields: [
        "rto": times[filler.random.number(max(0, slowest - 2)...slowest)], "rpo": times[recoveryPoint],
        "order": sometimes(60, "\(filler.random.number(1...60))"),
      ])
    if chance(8) {
      front.add("backup", fields: ["none": filler.sentence(of: filler.vocabulary.notes)])
      return
    }
    let backup = blueprint.firstSystem(ofType: "backup").flatMap { $0.id == entry.id ? nil : $0 }
    front.add(
      "backup",
      fields: [
        "by": chance(60) ? backup?.id : blueprint[.provider][facts.provider].id,
        "cycle": times[filler.random.number(0...recoveryPoint)], "retention": pick(["30d", "90d", "12M", "10y"]),
        "target": filler.sentence("\(.host) \(.place)"), "restore_tested": sometimes(75, daysAgo(10...700)),
        "restore_test_every": sometimes(60, pick(["6M", "12M"])),
      ])
  }

  private mutating func writeSignIn() {
    let idp = blueprint.firstSystem(ofType: "identity").flatMap { $0.id == entry.id ? nil : $0 }
    let method = pick(["sso", "sso", "ldap", "local", "local", "none"])
    front.add(
      "auth",
      fields: [
        "method": method, "idp": method == "sso" || method == "ldap" ? idp?.id : nil,
        "mfa": pick(["enforced", "enforced", "enforced", "optional", "none", "impossible"]),
      ])
  }
}
