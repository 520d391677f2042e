/// A record whose front matter has the given lines, and a default for each required key they do not mention.
public func record(_ path: String, _ lines: String, defaults: [(key: String, value: String)], body: String = "Text.")
  -> File
{
  let written = Set(
    MarkedText(lines).text.split(separator: "\n").compactMap { line in
      line.first == " " ? nil : line.prefix { $0 != ":" }
    })
  let missing = defaults.filter { !written.contains(Substring($0.key)) }.map { "\($0.key): \($0.value)" }
  let text = (missing + (lines.isEmpty ? [] : [lines])).joined(separator: "\n")
  return (path, "---\n\(text)\n---\n\n\(body)\n")
}

/// A system that lacks nothing, of medium criticality, operated by the team `it`.
public func system(_ id: String, _ lines: String = "") -> File {
  record(
    "systems/\(id).md", lines,
    defaults: [
      ("title", id.uppercased()), ("summary", "Ein System."), ("type", "application"), ("criticality", "medium"),
      ("owner", "it"),
      ("operated_by", "it"),
    ])
}

/// An access of type user to the system `erp`, held by nobody.
public func access(_ id: String, _ lines: String = "") -> File {
  record(
    "accesses/\(id).md", lines,
    defaults: [
      ("title", "Zugang \(id)"), ("summary", "Ein Zugang."), ("system", "erp"), ("type", "user"), ("owner", "it"),
      ("holders", "[]"),
    ])
}

/// A contract with the provider `acme` that ends in 2030.
public func contract(_ id: String, _ lines: String = "") -> File {
  let ends = lines.contains("open_ended:")
  return record(
    "contracts/\(id).md", lines,
    defaults: [
      ("title", "Vertrag \(id)"), ("summary", "Ein Vertrag."), ("provider", "acme"), ("type", "support"),
      ("owner", "it"),
      ("renewal", "none"),
    ] + (ends ? [] : [("end", "2030-12-31")]))
}

/// A provider with a phone number.
public func provider(_ id: String, _ lines: String = "") -> File {
  record(
    "providers/\(id).md", lines,
    defaults: [
      ("title", id.uppercased()), ("summary", "Ein Dienstleister."), ("type", "msp"), ("owner", "it"),
      ("support", "{ phone: 040 654321 }"), ("scope", "{ responsible_for: alles }"),
    ])
}

/// A business process.
public func process(_ id: String, _ lines: String = "") -> File {
  record(
    "processes/\(id).md", lines,
    defaults: [
      ("title", "Ablauf \(id)"), ("summary", "Ein Ablauf."), ("type", "business"), ("owner", "it"), ("uses", "erp"),
    ])
}

/// The headings that a runbook needs.
public let runbookBody =
  "## Auswirkung\n\nA.\n\n## Diagnose\n\nD.\n\n## Schritte\n\n1. S muss laufen.\n\n## Rückweg\n\nR.\n\n## Prüfung\n\nP.\n\n## Eskalation\n\nE."

/// A recovery runbook for the system `erp`, rehearsed lately.
public func runbook(_ id: String, _ lines: String = "", body: String = runbookBody) -> File {
  record(
    "runbooks/\(id).md", lines,
    defaults: [
      ("title", "Runbook \(id)"), ("summary", "Ein Runbook."), ("type", "recovery"), ("owner", "it"),
      ("systems", "erp"),
      ("tested", "2026-10-01"),
    ], body: body)
}

/// An internal person.
public func person(_ id: String, _ lines: String = "") -> File {
  record("people/\(id).md", lines, defaults: [("title", id.capitalized), ("type", "internal")])
}

/// A team with a phone number.
public func team(_ id: String = "it", _ lines: String = "phone: 040 123456") -> File {
  record("teams/\(id).md", lines, defaults: [("title", id.uppercased()), ("type", "team"), ("summary", "Ein Team.")])
}

/// A page.
public func page(_ id: String, _ text: String) -> File { ("pages/\(id).md", text) }

extension String {
  /// The text with its first letter in upper case.
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}

/// A knowledge base of a number of systems, each with an access, a runbook and a contract, and everything owned by one team.
public func manySystems(_ count: Int) -> [File] {
  let systems = (0..<count).flatMap { number -> [File] in
    let next = "s\((number + 1) % count)"
    return [
      system(
        "s\(number)",
        "criticality: high\noperated_by: acme\ndepends_on: [\(next), s0]\nprotection: { integrity: \(number == 7 ? "high" : "normal") }\nrecovery: { rto: 4h }"
      ),
      access("a\(number)", "system: s\(number)\ntype: emergency\nholders: [it]\ndefault_for: it"),
      runbook("r\(number)", "systems: s\(number)\nneeds_access: a\(number)\nescalate_to: it"),
      contract("c\(number)", "covers: s\(number)\nsla: [{ resolution: 1d }]"),
    ]
  }
  return systems + [
    provider("acme"), team("it", "members: [eva, kim]\nphone: 040 1234"), person("eva"), person("kim"),
  ]
}
