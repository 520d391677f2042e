import KBTestSupport

/// Edits of a knowledge base as people make them, and as they should not.
struct Edits {
  let folder: ScratchFolder
  private var random: SeededGenerator
  private var texts: [String: String] = [:]
  private var number = 0
  /// The settings on disk when they last had no error, by path.
  private(set) var goodSettings: [String: String] = [:]

  private static let goodConfigurations = [
    "language: de\n", "language: en\ntitle: Firma\n", "language: de\naudience: restricted\n",
    "language: de\naudience: public\n", "language: de\nrules: { reference/orphan: \"off\", \"system/*\": hint }\n",
    "language: de\nfolders: { alerts: runbook }\n", "language: de\nbase_url: https://kb.example.org/\n",
    "language: de\nsynonyms: [[Drucker, Printer]]\n", "",
  ]
  private static let badConfigurations = ["title: [\n", "language: fr\n", "a: b: c\n", "folders: { x: nothing }\n"]
  private static let goodKinds = [
    "kind: vehicle\nfolder: vehicles\nlabel: { de: Fahrzeug, en: Vehicle }\nplural: { de: Fahrzeuge, en: Vehicles }\nfields:\n  plate: { type: text, label: { de: Kennzeichen, en: Plate } }\n",
    "kind: vehicle\nfolder: vehicles\nlabel: { de: Wagen, en: Car }\nplural: { de: Wagen, en: Cars }\nfields:\n  plate: { type: text, required: true, label: { de: Kennzeichen, en: Plate } }\n",
  ]
  private static let badKinds = ["kind: vehicle\nfields:\n  plate: { type: txet }\n", "kind: [\n"]

  init(_ folder: ScratchFolder, seed: UInt64) throws {
    self.folder = folder
    random = SeededGenerator(seed: seed)
    let files: [File] = [
      ("kb.yml", "language: de\n"), team("it"), person("anna"), person("ben", "audience: restricted"),
      provider("acme"), system("erp", "depends_on: [db]\ncriticality: critical"), system("db"), system("netz"),
      access("erp-admin", "holders: [anna]"), contract("wartung", "covers: erp"), process("auftrag"),
      runbook("erp-steht"), page("start", "# Start\n\nSiehe [[erp]] und ![Plan](plan.png).\n"),
      ("pages/plan.png", "PNG"),
    ]
    for (path, text) in files { try write(text, to: path) }
    goodSettings = ["kb.yml": "language: de\n"]
  }

  private mutating func write(_ text: String, to path: String) throws {
    try folder.write(text, to: path)
    texts[path] = text
  }

  private mutating func remove(_ path: String) {
    folder.remove(path)
    texts[path] = nil
  }

  private var records: [String] { texts.keys.filter { $0.hasSuffix(".md") }.sorted() }

  /// Makes an edit, and says which.
  mutating func next() throws -> String {
    number += 1
    guard let path = records.randomElement(using: &random), let text = texts[path] else {
      try write(system("neu-\(number)").text, to: "systems/neu-\(number).md")
      return "a first record"
    }
    let other = records.randomElement(using: &random) ?? path
    let id = other.split(separator: "/").last.map { $0.dropLast(3) } ?? "erp"
    switch Int.random(in: 0..<17, using: &random) {
    case 0, 1, 2:
      try write(text + "\n\nSatz \(number), siehe [[\(id)]].\n", to: path)
      return "a sentence in \(path)"
    case 3:
      try write(text.replacing("title:", with: "title: Neu \(number) #"), to: path)
      return "another title in \(path)"
    case 4:
      let wanted = ["low", "critical", "high"].randomElement(using: &random) ?? "low"
      try write(text.replacing("criticality: medium", with: "criticality: \(wanted)"), to: path)
      return "another criticality in \(path)"
    case 5:
      try write(text.replacing("\n---\n", with: "\ndepends_on: [\(id)]\ntags: [t\(number % 3)]\n---\n"), to: path)
      return "a relation in \(path)"
    case 6:
      try write(system("neu-\(number)", "depends_on: [\(id)]").text, to: "systems/neu-\(number).md")
      return "a new system"
    case 7:
      try write("---\ntitle: Wagen \(number)\nplate: HH-\(number)\n---\n\nText.\n", to: "vehicles/w-\(number).md")
      return "a new vehicle"
    case 8:
      remove(path)
      return "\(path) is gone"
    case 9:
      let new = path.dropLast(3) + "-\(number).md"
      try folder.move(path, to: String(new))
      texts[path] = nil
      texts[String(new)] = text
      return "\(path) has a new name"
    case 10:
      try write(text.replacing("\n---\n", with: "\nx: [\n---\n"), to: path)
      return "a broken front matter in \(path)"
    case 11:
      try write(String(text.dropLast(text.count / 2)), to: path)
      return "half of \(path)"
    case 12:
      let isGood = Bool.random(using: &random)
      let text = (isGood ? Self.goodConfigurations : Self.badConfigurations).randomElement(using: &random) ?? ""
      try write(text, to: "kb.yml")
      return "kb.yml: \(text)"
    case 13:
      let isGood = Bool.random(using: &random)
      let text = (isGood ? Self.goodKinds : Self.badKinds).randomElement(using: &random) ?? ""
      if Int.random(in: 0..<4, using: &random) == 0 {
        remove("kinds/vehicle.yml")
        return "no kind of vehicles"
      }
      try write(text, to: "kinds/vehicle.yml")
      return "kinds/vehicle.yml: \(text)"
    case 14:
      try write("PNG \(number)", to: "pages/plan.png")
      return "another picture"
    case 15:
      try write(["", "systems/\n", "pages/*.png\n"].randomElement(using: &random) ?? "", to: ".kbignore")
      return "another .kbignore"
    default:
      try write(["{{#a}}", "<p>"].randomElement(using: &random) ?? "", to: "templates/page.mustache")
      return "a template that can't be used"
    }
  }

  /// Remembers the settings on disk as those that count.
  mutating func keepSettings() {
    goodSettings = texts.filter { $0.key == "kb.yml" || $0.key.hasPrefix("kinds/") }
  }
}
