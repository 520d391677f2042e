import KBAnswers
import KBCatalog
import KBChecks
import KBHistory
import KBSchema
import KBSource
import KBTestSupport
import Testing

/// What names a record that is not published is not published either, whatever the record is called.
@Suite struct `Names that are hidden` {
  /// In the first two of these a word that no text of ours holds; the others are in nearly every sentence.
  static let titles = ["O'Xylofant's \"Nord\" & <b>", "'Xylofant'", "' und '", "der"]

  private func yaml(_ title: String) -> String { "'\(title.replacing("'", with: "''"))'" }

  /// The files of a rule's example with one record out of sight; its id begins with `zq-`, in its own file and wherever others name it.
  private func files(_ rule: Rule, hiding number: Int, title: String) -> [(path: String, text: String)]? {
    let example = rule.example
    guard example[number].path.hasSuffix(".md"), example[number].text.hasPrefix("---\n") else { return nil }
    let id = String(example[number].path.split(separator: "/").last?.dropLast(3) ?? "")
    func renamed(_ text: String) -> String {
      var words: [String] = [""]
      for character in text {
        let isPart = character.isLetter || character.isNumber || character == "-" || character == "_"
        let last = words[words.count - 1].last
        let wasPart = last.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" } ?? isPart
        if isPart == wasPart { words[words.count - 1].append(character) } else { words.append(String(character)) }
      }
      return words.map { $0 == id ? "zq-\(id)" : $0 }.joined()
    }
    return example.enumerated().map { index, file in
      var text = renamed(file.text)
      if index == number {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        text = lines.filter { !$0.hasPrefix("title:") && !$0.hasPrefix("audience:") }.joined(separator: "\n")
        text = "---\ntitle: \(yaml(title))\naudience: restricted\n" + text.dropFirst(4)
      }
      return (renamed(file.path), text)
    }
  }

  private func texts(_ finding: Diagnostic) -> [String] {
    ([finding.message] + [finding.remedy].compactMap(\.self) + finding.notes.map(\.message)).flatMap {
      [$0.german, $0.english]
    }
  }

  @Test func `are in no finding of any rule`() async throws {
    var (hidden, shown) = (0, 0)
    for rule in Rule.all {
      for number in rule.example.indices {
        var published: [[String]] = []
        for title in Self.titles {
          guard let files = self.files(rule, hiding: number, title: title) else { continue }
          let catalog = try await Catalog(Snapshot(texts: files), today: today)
          let told = Answers(catalog).findings
          published.append(told.map { "\($0.path) \($0.rule.code) \($0.range)" })
          shown += told.count
          hidden += catalog.diagnostics.count { !$0.path.string.contains("zq-") } - told.count
          for text in told.filter({ !$0.path.string.contains("zq-") }).flatMap(texts) {
            #expect(!text.contains("Xylofant") && !text.contains("zq-"), "\(rule.code), \(title): \(text)")
          }
        }
        // Which findings are shown does not depend on what the record is called.
        #expect(Set(published.map { $0.filter { !$0.contains("zq-") } }).count <= 1, "\(rule.code): \(published)")
      }
    }
    #expect(hidden > 40 && shown > 100, "\(hidden) were hidden, \(shown) shown")
  }

  // MARK: Changes

  /// Values that a field can have in which a reference to a hidden record stands, each as it is written.
  private func values(_ declaration: FieldDeclaration, _ id: (String) -> String, _ kinds: [String]) -> [String] {
    switch declaration.type {
    case .reference(let allowed), .referenceOrText(let allowed):
      (allowed.isEmpty ? kinds : allowed).prefix(2).map(id)
    case .list(let element): values(element, id, kinds).map { "[\($0)]" }
    case .map(let element): values(element, id, kinds).map { "{ eins: \($0) }" }
    case .object(let members, _):
      members.flatMap { member in
        let others = members.filter { $0 !== member && $0.name != "until" }.compactMap { other in
          plain(other).map { "\(other.name): \($0)" }
        }
        return values(member, id, kinds).map { value in
          "{ \((["\(member.name): \(value)"] + others).joined(separator: ", ")) }"
        }
      }
    default: []
    }
  }

  private func plain(_ declaration: FieldDeclaration) -> String? {
    switch declaration.type {
    case .text, .markdown: "Wort"
    case .date: "2026-10-01"
    case .duration: "4h"
    case .choice(let choices): choices.first?.value
    default: nil
    }
  }

  private func file(_ front: String, _ path: String) -> (String, String) { (path, "---\n\(front)\n---\n\nText.\n") }

  @Test(arguments: Schema.builtIn.kinds.map(\.id))
  func `are in no sentence about a change that does not say so`(kindID: String) async throws {
    let kind = try #require(Schema.builtIn[kindID])
    let kinds = Schema.builtIn.kinds.map(\.id)
    // Two hidden records of each kind.
    let secret = Schema.builtIn.kinds.flatMap { kind in
      ["a", "b"].map {
        file(
          "title: O'Xylofant's \($0)\naudience: restricted",
          "\(kind.folder == "." ? "pages" : kind.folder)/zq-\(kind.id)-\($0).md")
      }
    }
    let folder = kind.folder == "." ? "pages" : kind.folder
    func state(_ line: String?) async throws -> Catalog {
      let own = file((["title: Offen"] + [line].compactMap(\.self)).joined(separator: "\n"), "\(folder)/offen.md")
      // An access that every team holds: who joins one is told what that brings.
      let teams = ["a", "b"].map { "zq-team-\($0)" } + (kind.id == "team" ? ["offen"] : [])
      let access = file(
        "title: Xylofant-Zugang\naudience: restricted\nholders: [\(teams.joined(separator: ", "))]",
        "accesses/zq-zugang.md")
      return try await Catalog(Snapshot(texts: secret + [own, access]), today: today)
    }
    let path = RepoPath(normalized: "\(folder)/offen.md")
    let empty = try await state(nil)
    var told = 0
    func check(_ old: Catalog, _ new: Catalog) throws {
      let (past, now) = (try #require(old.record(at: path)), try #require(new.record(at: path)))
      let hidden = HiddenNames(new.records.filter { $0.audience == .restricted })
      let changes =
        CatalogDifference(from: old, to: new).changes + new.changes(from: past, to: now)
        + new.changes(from: nil, to: now) + new.changes(from: past, to: nil)
      for change in changes {
        for text in [change.text.german, change.text.english] where text.contains("Xylofant") || text.contains("zq-") {
          told += 1
          #expect(hidden.areNamed(in: change.text), "\(text)")
        }
      }
    }
    for field in kind.fields {
      let (some, others) = (values(field, { "zq-\($0)-a" }, kinds), values(field, { "zq-\($0)-b" }, kinds))
      for (one, other) in zip(some, others) {
        let (first, second) = (try await state("\(field.name): \(one)"), try await state("\(field.name): \(other)"))
        try check(empty, first)
        try check(first, second)
        try check(first, empty)
      }
    }
    #expect(told > 0 || kind.fields.allSatisfy { values($0, \.self, kinds).isEmpty })
  }

  @Test func `are found in what people wrote, also in the middle of it`() async throws {
    let catalog = try await catalog([
      ("systems/nord.md", "---\ntitle: O'Nord\naudience: restricted\naliases: [alt-nord]\n---\n\nText.\n")
    ])
    let hidden = HiddenNames(catalog.records)
    for text in ["Neues zu O'Nord!", "nord: Speicher", "alt-nord umgezogen", "[[nord]]"] {
      #expect(hidden.areMentioned(in: text))
    }
    for text in ["neues zu O'NORD", "Nord: Speicher"] { #expect(hidden.areMentioned(in: text)) }
    let phrase = HiddenNames([], gone: [], former: ["Vorhaben Horst", "horst-1", "Offen"], published: catalog.records)
    for text in ["mit Vorhaben horst", "HORST-1 ist da"] { #expect(!phrase.isEmpty && phrase.areMentioned(in: text)) }
    for text in ["nordwind", "nord-west", "Im Norden"] { #expect(!hidden.areMentioned(in: text)) }
  }
}
