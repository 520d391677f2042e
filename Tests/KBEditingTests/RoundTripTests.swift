import Foundation
import KBCatalog
import KBChecks
import KBDocument
@testable import KBEditing
import KBSchema
import KBSource
import KBTestSupport
import KBYAML
import Testing

/// The files of the example.
private let example: [SourceFile] = {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../kb-example")
    .standardized.path
  let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
  return paths.filter { !$0.hasPrefix("_site") && ($0.hasSuffix(".md") || $0 == "kb.yml") }.sorted().compactMap {
    path in
    FileManager.default.contents(atPath: "\(root)/\(path)").map {
      SourceFile(path: RepoPath(normalized: path), bytes: Array($0))
    }
  }
}()

/// A front matter with everything that YAML allows and people do not expect.
private func oddFile(_ seed: UInt64) -> SourceFile {
  var generator = SeededGenerator(seed: seed)
  func pick(_ texts: String...) -> String { texts.randomElement(using: &generator) ?? "" }
  func comment() -> String { pick("", "", "", " # ein Kommentar", "  #", "   ") }
  func scalar() -> String {
    pick(
      "it", "Größe", "\"in Anführung: x\"", "'einfach ''so'", "\"plain\"", "NO", "0049",
      "a: b".replacing(": ", with: ":"),
      "\"a\\tb\"", "https://example.org/#x", "5 %", "~x", "\"\"", "'~'", "a  b", "ein\n    zweizeiliger Text")
  }
  func flow(_ depth: Int = 0) -> String {
    switch Int.random(in: 0...(depth > 1 ? 1 : 3), using: &generator) {
    case 0, 1: pick("a", "'b c'", "\"d, e\"", "ü", "1.10", "x-y")
    case 2:
      "["
        + (0..<Int.random(in: 0...3, using: &generator)).map { _ in flow(depth + 1) }.joined(
          separator: pick(", ", ",", " , ", ",\n      ")) + pick("]", " ]")
    default:
      "{"
        + (0..<Int.random(in: 1...3, using: &generator)).map { "k\($0): " + flow(depth + 1) }.joined(
          separator: pick(", ", " , ")) + pick("}", " }")
    }
  }
  var lines: [String] = []
  for number in 0..<Int.random(in: 1...7, using: &generator) {
    if pick("", "", "x") == "x" { lines.append(pick("# Kommentar", "", "#", "    # eingerückt")) }
    let key = pick("key\(number)", "\"key\(number)\"", "'schlüssel \(number)'", "schlüssel_\(number)")
    let colon = pick(":", ":", " :")
    switch Int.random(in: 0...6, using: &generator) {
    case 0, 1: lines.append("\(key)\(colon) \(pick("", " "))\(scalar())\(comment())")
    case 2: lines.append("\(key)\(colon) \(flow())\(comment())")
    case 3:
      let margin = pick("", "  ", "    ")
      lines.append("\(key)\(colon)\(comment())")
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        lines.append("\(margin)-\(pick(" ", "   "))\(pick("a", "'b'", "ü", "{x: y, z: 1}", "[a, b]"))\(comment())")
      }
    case 4:
      let margin = pick("  ", "   ", "      ")
      lines.append("\(key)\(colon)")
      for inner in 0..<Int.random(in: 1...3, using: &generator) {
        lines.append("\(margin)inner\(inner): \(pick("a", "'b'", "\"c\""))\(comment())")
      }
    case 5:
      lines.append("\(key)\(colon) \(pick("|", "|-", ">", "|+", ">-"))")
      lines += ["  erste Zeile", pick("", "  zweite # kein Kommentar"), "  letzte"]
    default: lines.append("\(key)\(colon)\(pick("", " ~", " null"))")
    }
  }
  let mark = pick("", "", "\u{FEFF}")
  let text = mark + "---\n" + lines.joined(separator: "\n") + "\n---\n\n# Text\n\n---\nkey0: kein Feld\n"
  return SourceFile(
    path: RepoPath(normalized: "pages/odd.md"),
    bytes: Array((pick("", "", "x") == "x" ? text.replacing("\n", with: "\r\n") : text).utf8))
}

/// The places of all scalars.
private func scalars(_ node: YAMLNode, _ path: FieldPath = FieldPath()) -> [(path: FieldPath, text: String)] {
  if let text = node.scalar { return node.isEmpty ? [] : [(path, text)] }
  return (node.sequence ?? []).enumerated().flatMap { scalars($1, path.appending(.item($0))) }
    + (node.mapping ?? []).flatMap { scalars($0.value, path.appending(.key($0.key))) }
}

private let words = [
  "x", "Größe", "NO", "0049", "IT: alles", "a # b", "[x]", "- a", "", "zwei\nZeilen", "drei\n\nZeilen\n",
]

@Suite struct `Changed and changed back` {
  private func editor(_ file: SourceFile) throws -> FieldEditor? {
    let document = Document(parsing: file)
    guard document.isReadable, document.diagnostics.isEmpty else { return nil }
    return try FieldEditor(document)
  }

  /// Sets every scalar to another text and back; says how often not a byte was different, and how often nothing was read
  /// differently.
  private func changeAll(_ file: SourceFile, _ generator: inout SeededGenerator) throws -> (
    same: Int, alike: Int, all: Int
  ) {
    guard let editor = try editor(file), let root = editor.root else { return (0, 0, 0) }
    var (same, alike, all) = (0, 0, 0)
    // Every third field; which ones, the seed says.
    for (path, text) in scalars(root) where Int.random(in: 0..<3, using: &generator) == 0 {
      var changed = editor
      // Quotes without need stay as long as nothing comes between that needs some.
      let isQuoted = editor.node(at: path).map { "'\"".contains(file.text($0.range).prefix(1)) } ?? false
      let word = words.prefix(isQuoted ? 4 : words.count).filter { $0 != text }.randomElement(using: &generator) ?? "y"
      try changed.set(path, to: .text(word))
      #expect(changed[path] == .text(word))
      try changed.set(path, to: .text(text))
      all += 1
      if changed.file.bytes == file.bytes { same += 1 }
      if changed.content == editor.content { alike += 1 }
    }
    return (same, alike, all)
  }

  @Test func `every field of the example is the same again, byte for byte`() throws {
    #expect(example.count > 150)
    var generator = SeededGenerator(seed: 1)
    var total = 0
    for file in example where file.path.string != "kb.yml" {
      let result = try changeAll(file, &generator)
      #expect(result.same == result.all, "\(file.path)")
      total += result.all
    }
    #expect(total > 1000)
  }

  @Test(arguments: seeds(150, long: 3000))
  func `every field of an odd file reads the same again, and most are so to the byte`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let file = oddFile(seed)
    let result = try changeAll(file, &generator)
    #expect(result.alike == result.all)
    // Folded text, and text over several lines without quotes, can't say where its lines ended.
    let text = String(decoding: file.bytes, as: UTF8.self)
    let isFolded = text.contains(">") || text.contains("zweizeiliger") || text.contains("|")
    if !isFolded { #expect(result.same == result.all, "\(text)") }
  }

  @Test(arguments: seeds(150, long: 3000))
  func `a field that comes and goes leaves nothing`(seed: UInt64) throws {
    let all = example.filter { $0.path.string != "kb.yml" }
    for file in [oddFile(seed), all[Int(seed) % all.count]] {
      guard let before = try editor(file), let root = before.root else { continue }
      for content in [
        FieldContent.text("a: b"), .text("zwei\nZeilen\n"), .list([.text("x"), .text("y z")]),
        .group([.init("a", .text("b"))]),
      ] {
        var changed = before
        try changed.set(FieldPath("x-neu"), to: content)
        #expect(changed[FieldPath("x-neu")] == content)
        try changed.remove(FieldPath("x-neu"))
        #expect(changed.file.bytes == file.bytes)
      }
      for entry in root.mapping ?? [] {
        guard let items = entry.value.sequence, !items.isEmpty, entry.value.unquotedWikiLink == nil else { continue }
        var changed = before
        try changed.append(.text("neu"), to: FieldPath(entry.key))
        try changed.removeItem(items.count, of: FieldPath(entry.key))
        #expect(changed.file.bytes == file.bytes)
      }
    }
  }

  @Test func `generated files are readable mostly, and odd`() {
    let files = seeds(150, long: 3000).map(oddFile)
    let readable = files.count { file in
      let document = Document(parsing: file)
      return document.isReadable && !document.diagnostics.contains { $0.severity == .error }
    }
    #expect(readable * 3 > files.count * 2)
  }
}

@Suite struct `A formatted record` {
  private func meaning(_ record: Record) -> [String] {
    func text(_ value: Value) -> String {
      switch value.content {
      case .list(let values): "[\(values.map(text).joined(separator: ","))]"
      case .object(let fields):
        "{\(fields.map { "\($0.declaration.name):\(text($0.value))" }.sorted().joined(separator: ","))}"
      case .invalid(let text): CalendarDate(lenient: text).map { "\($0)" } ?? text
      case .date(let date): "\(date)"
      default: "\(value.content)"
      }
    }
    return record.fields.map { "\($0.declaration.name)=\(text($0.value))" }.sorted()
      + record.extras.map { "\($0.key)=\(FieldContent($0.value))" }.sorted()
  }

  private func format(_ files: [SourceFile], in catalog: Catalog) throws -> Int {
    var changed = 0
    for file in files {
      let before = catalog.record(reading: Document(parsing: file)).record
      guard before.document.diagnostics.isEmpty else { continue }
      let formatted = try Formatting.formatted(before)
      let after = catalog.record(reading: Document(parsing: formatted)).record
      #expect(meaning(after) == meaning(before), "\(file.path)")
      #expect(try Formatting.formatted(after).bytes == formatted.bytes, "\(file.path)")
      #expect(
        formatted.bytes.sorted().filter { $0 == UInt8(ascii: "#") }
          == file.bytes.sorted().filter { $0 == UInt8(ascii: "#") })
      let (one, other) = (before.document.body.range.offsets, after.document.body.range.offsets)
      #expect(file.bytes[one].elementsEqual(formatted.bytes[other]))
      if formatted.bytes != file.bytes { changed += 1 }
    }
    return changed
  }

  @Test func `changes no file of the example, which is written in that form`() async throws {
    let catalog = try await Catalog(Snapshot(files: example), today: today)
    #expect(try format(example.filter { $0.path.string != "kb.yml" }, in: catalog) == 0)
  }

  @Test func `keeps what odd files say, in any order of keys and with German ones`() async throws {
    let catalog = try await Catalog([:], today: today)
    var generator = SeededGenerator(seed: 7)
    var files: [SourceFile] = []
    for file in example where file.path.string != "kb.yml" {
      let document = Document(parsing: file)
      let kind = catalog.record(reading: document).record.kind
      var editor = try FieldEditor(document)
      for entry in editor.root?.mapping ?? [] {
        let names = kind.field(named: entry.key)?.aliases ?? []
        if let name = names.randomElement(using: &generator) { try editor.rename(FieldPath(entry.key), to: name) }
      }
      // The lines of the fields in another order, each with those below it.
      var chunks: [String] = []
      let lines = editor.file.text(editor.region).split(separator: "\n").map(String.init)
      for line in lines {
        if line.first == " " || line.first == "-", !chunks.isEmpty {
          chunks[chunks.count - 1] += line + "\n"
        } else {
          chunks.append("# zu \(line.prefix(3))\n\(line)\n")
        }
      }
      chunks.shuffle(using: &generator)
      var bytes = editor.file.bytes
      bytes.replaceSubrange(editor.region.offsets, with: Array(chunks.joined().utf8))
      files.append(SourceFile(path: file.path, bytes: bytes))
    }
    #expect(try format(files, in: catalog) > 140)
  }

  @Test(arguments: seeds(100, long: 2000))
  func `keeps what generated files say`(seed: UInt64) async throws {
    let catalog = try await Catalog([:], today: today)
    _ = try format([oddFile(seed)], in: catalog)
  }
}

@Suite struct `A renamed record` {
  @Test func `of the example, the most referenced system, leaves no finding, and back again not a byte`() async throws {
    let snapshot = Snapshot(files: example)
    let before = try await Catalog(snapshot, today: today)
    let systems = before.records.filter { $0.kind.id == "system" }
    let most = try #require(systems.max { before.relations(to: $0).count < before.relations(to: $1).count })
    #expect(before.relations(to: most).count > 30)
    let there = try Renaming(most, to: "ganz-anders", in: before)
    #expect(there.referenceCount > 30)
    let renamed = there.changes.applied(to: snapshot)
    let after = try await Catalog(renamed, today: today)
    try there.prove(before: before, after: after)
    let back = try Renaming(try #require(after.record(id: "ganz-anders")), to: most.id, in: after)
    let again = back.changes.applied(to: renamed)
    let differing = zip(snapshot.files, again.files).filter { $0.path != $1.path || $0.bytes != $1.bytes }
    #expect(differing.map(\.0.path) == [most.path])
  }

  @Test func `of the example, any of them, is proved`() async throws {
    let snapshot = Snapshot(files: example)
    let before = try await Catalog(snapshot, today: today)
    for record in before.records where record.index % 12 == 0 {
      let renaming = try Renaming(record, to: "ganz-anders", title: "Ganz: anders", in: before)
      let after = try await Catalog(renaming.changes.applied(to: snapshot), today: today)
      try renaming.prove(before: before, after: after)
      #expect(after.record(id: "ganz-anders")?.title == "Ganz: anders")
      #expect(after.record(Reference(written: record.id))?.id == "ganz-anders")
    }
  }
}
