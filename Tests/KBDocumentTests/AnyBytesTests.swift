import KBDocument
import KBSource
import KBTestSupport
import KBYAML
import Testing

@Suite struct `Reading any bytes` {
  private static let inputs: [String] = [
    "---\ntitle: Größe\nowner: it\ntags: [a, \"b\"]\nx:\n  - { a: 1, b: [[c]] }\n  - |\n    Block\n---\n\n# Über 😀\n\nText [l](a.md#b) [[erp|x]] ![b](c.png)\n\n| a | b |\n|---|--:|\n| 1 | `2` |\n\n> [!NOTE]\n> - [x] tun\n\n```sh\nls\n```\n",
    "\u{FEFF}---\r\na: 'b'\r\n? c\r\n: d\r\n---\r\n\r\nTitel\r\n===\r\n\r\n<b>x</b> &auml; <https://a.b> \\* ~~weg~~  \r\nneu\r\n",
    "title: \"a\\u00e4\"\nlist:\n- 1\n- 2\n...\n", "---\n# leer\n---\n", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n",
    "a <!-- b\nc --> d\n\n> - <!-- e\n>\n>   f -->\n>   | g | h |\n>   |-|:-|\n>   | `i` | j |\n\n<details>\n<!--\n\n-->\n</details>\n[^1] x\n\n[^1]: y\n    z\n",
  ]

  /// Pieces that parsers stumble over.
  private static let tokens: [[UInt8]] =
    [
      "---\n", "...\n", "\r\n", "\u{FEFF}", "\t", ": ", "- ", "[[", "]]", "{", "}", "&a ", "*a", "!t ", "|", ">", "#",
      "\"", "'", "\\", "%", "?", "<!--", "```",
      "\u{2028}", "\u{85}", "\u{202E}", "é", "e\u{301}", "😀", "&#0;", "&#xD800;", "![", "](", "\n\n", "  \n", "<!-- ",
      "-->", "> ", "    ", "1. ", "<details>", "-|-", "|", "[^1]: ", "[^1]", "<img src='a.png'",
    ].map { Array($0.utf8) } + [[0xC3], [0xFF], [0xE2, 0x80], [0xF0, 0x9F], [0x00], [0xED, 0xA0, 0x80]]

  @Test(arguments: KBTestSupport.seeds(30, long: 2000))
  func `never traps, and every place lies inside the file`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for round in 0..<60 {
      let bytes = round % 3 == 0 ? noise(&random) : mutated(&random)
      check(SourceFile(path: RepoPath(normalized: "a.md"), bytes: bytes), seed)
    }
  }

  private func noise(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = Bool.random(using: &random) ? Array("---\n".utf8) : []
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      if Bool.random(using: &random) {
        bytes += Self.tokens.randomElement(using: &random) ?? []
      } else {
        bytes.append(UInt8.random(in: 0...255, using: &random))
      }
    }
    return bytes
  }

  private func mutated(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes = Array((Self.inputs.randomElement(using: &random) ?? "").utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0...3, using: &random) {
      case 0: bytes.insert(contentsOf: Self.tokens.randomElement(using: &random) ?? [], at: place)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...8, using: &random)))
      case 2: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
      default:
        let end = min(bytes.count, place + Int.random(in: 0...30, using: &random))
        bytes.insert(contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0...bytes.count, using: &random))
      }
    }
    return bytes
  }

  private func check(_ file: SourceFile, _ seed: UInt64) {
    let document = Document(parsing: file)
    let yaml = YAMLFile(parsing: file)
    for (diagnostics, read) in [(document.diagnostics, document.file), (yaml.diagnostics, yaml.file)] {
      for diagnostic in diagnostics {
        let ranges = [diagnostic.range] + diagnostic.notes.map(\.range) + diagnostic.fixes.map(\.range)
        // Bytes that are no UTF-8 are replaced; their finding points into the file as it was.
        let end = max(read.bytes.count, file.bytes.count)
        if ranges.contains(where: { $0.upper < $0.lower || Int($0.upper) > end }) {
          Issue.record("seed \(seed): \(diagnostic.rule.code) at \(ranges) of \(end): \(file.bytes)")
        }
      }
    }
    let size = document.file.bytes.count
    var places =
      document.body.headings.map(\.range) + document.body.links.map(\.range) + [
        document.body.range, document.frontMatterRange,
      ]
    if let node = document.frontMatter { collect(node, into: &places) }
    places += document.body.events.filter { $0.phase == .text && $0.detail == 0 }.map {
      SourceRange(Int($0.lower), Int($0.upper))
    }
    if places.contains(where: { $0.upper < $0.lower || Int($0.upper) > size }) {
      Issue.record("seed \(seed): a place outside \(size): \(file.bytes)")
    }
  }

  private func collect(_ node: YAMLNode, into places: inout [SourceRange]) {
    places.append(node.range)
    for entry in node.mapping ?? [] {
      places.append(entry.keyRange)
      collect(entry.value, into: &places)
    }
    for child in node.sequence ?? [] { collect(child, into: &places) }
  }
}
