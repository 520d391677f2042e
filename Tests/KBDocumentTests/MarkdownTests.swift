import KBDocument
import KBSource
import KBTestSupport
import Testing

@Suite struct `A Markdown text` {
  private func markdown(_ text: String) -> Markdown { Document(parsing: MarkedText(text).file("a.md")).body }

  /// All text of the events, code included.
  private func text(_ source: String) -> String {
    let file = MarkedText(source).file("a.md")
    let body = Document(parsing: file).body
    return body.events.filter { $0.phase == .text && $0.kind == .text }.map { event in
      event.detail == 1
        ? String(decoding: body.pool[Int(event.lower)..<Int(event.upper)], as: UTF8.self)
        : file.text(SourceRange(Int(event.lower), Int(event.upper)))
    }.joined(separator: "|")
  }

  // MARK: Headings

  @Test(arguments: [
    ("Über uns", "über-uns"), ("Dienste & Ports", "dienste--ports"), ("1. Start!", "1-start"), ("C++ / C#", "c--c"),
    ("`kb check`", "kb-check"),
    ("snake_case-Name", "snake_case-name"), ("**Fett** und *kursiv*", "fett-und-kursiv"),
    ("Größe: 100 %", "größe-100-"), ("日本語 Titel", "日本語-titel"),
    ("Ein [Link](b.md) darin", "ein-link-darin"), ("Straße & Co&auml;", "straße--coä"), ("😀 Emoji", "-emoji"),
    ("m² Fläche", "m-fläche"), ("CO₂-Melder", "co-melder"), ("٣ Ziffern", "٣-ziffern"),
  ])
  func `has GitHub's anchors`(heading: String, anchor: String) {
    #expect(markdown("# \(heading)\n").headings.map(\.anchor) == [anchor])
  }

  @Test func `numbers repeated anchors, and leaves out those that stand there already`() {
    #expect(
      markdown("# A\n\n# A\n\n# A-1\n\n# A\n\nA\n===\n").headings.map(\.anchor) == ["a", "a-1", "a-1-1", "a-2", "a-3"])
  }

  @Test func `knows the place of a heading's text`() {
    let file = MarkedText("Vor\n\n##  Größe *der* Platte ##\n\nZwei\nZeilen\n---\n").file("a.md")
    let headings = Document(parsing: file).body.headings
    #expect(headings.map { file.text($0.range) } == ["Größe *der* Platte", "Zwei\nZeilen"])
    #expect(headings.map(\.text) == ["Größe der Platte", "Zwei Zeilen"])
    #expect(headings.map(\.level) == [2, 2])
  }

  // MARK: Links

  @Test func `knows the place of every link's destination`() {
    let source = """
      Über [Plan](../ä/plan.md#x "Titel"), ![Bild](bild.png), [[erp]], [[system/erp|das *ERP*]],
      <https://example.org/a>, https://example.org/b und [Ref][r]; a@example.org.

      [r]: <ziel mit blank.md>
      """
    let file = MarkedText(source).file("a.md")
    let links = Document(parsing: file).body.links
    #expect(
      links.map { "\($0.kind) \($0.destination) \"\($0.text)\" @\(file.text($0.range))" } == [
        "inline ../ä/plan.md#x \"Plan\" @../ä/plan.md#x", "image bild.png \"Bild\" @bild.png", "wiki erp \"erp\" @erp",
        "wiki system/erp \"das ERP\" @system/erp",
        "automatic https://example.org/a \"https://example.org/a\" @https://example.org/a",
        "automatic https://example.org/b \"https://example.org/b\" @https://example.org/b",
        "inline ziel mit blank.md \"Ref\" @ziel mit blank.md",
        "automatic mailto:a@example.org \"a@example.org\" @a@example.org",
      ])
    #expect(links.first?.title == "Titel")
  }

  @Test func `decodes entities in destinations`() {
    #expect(
      markdown("[x](java&#115;cript&colon;alert&lpar;1&rpar;)").links.map(\.destination) == ["javascript:alert(1)"])
  }

  @Test func `finds no links in code`() {
    #expect(markdown("`[[erp]]` und\n\n    [x](y.md)\n\n```\n[[z]]\n```\n").links.isEmpty)
  }

  @Test func `keeps the words of an alert`() {
    #expect(text("> [!WARNING]\n> Erst **sichern**.\n") == "[!WARNING]|Erst |sichern|.")
  }

  @Test func `tells code blocks by their info`() {
    #expect(
      markdown("```powershell title=\"a b\"\nGet-Item\n```\n\n    eingerückt\n").codeBlocks.map(\.info) == [
        "powershell title=\"a b\"", "",
      ])
  }

  @Test(arguments: ["", "\n\n", "   \n", "[r]: x\n"])
  func `with nothing to read is empty`(source: String) {
    #expect(markdown(source).isEmpty)
  }

  // MARK: What is refused

  @Test(arguments: [">", "- ", "1. ", "> - "])
  func `nested too deep is refused, quickly`(sign: String) {
    let took = processorSeconds {
      let body = markdown(String(repeating: sign, count: 20_000) + "tief\n")
      #expect(body.refusal == .tooDeep)
      #expect(body.events.count == 0)
      #expect(!body.isEmpty)
    }
    #expect(took < 10)
  }

  @Test func `with a table that multiplies itself is refused, quickly`() {
    let took = processorSeconds {
      let head = String(repeating: "|a", count: 120) + "|\n" + String(repeating: "|---", count: 120) + "|\n"
      let body = markdown(head + String(repeating: "|x|\n", count: 100_000))
      #expect(body.refusal == .tooComplex)
    }
    #expect(took < 10)
  }

  @Test(arguments: [
    String(repeating: "[", count: 20_000), String(repeating: "*a ", count: 20_000),
    String(repeating: "![[", count: 20_000),
    String(repeating: "<a ", count: 20_000), String(repeating: "`", count: 20_000) + "x",
    String(repeating: "[a](", count: 20_000),
    String(repeating: "&", count: 20_000), String(repeating: "a**b", count: 20_000),
    String(repeating: "[[a|", count: 20_000),
    String(repeating: "www.a", count: 20_000), String(repeating: "a@b.", count: 20_000),
    (0..<5000).map { "[r\($0)]: x" }.joined(separator: "\n") + "\n\n" + (0..<5000).map { "[r\($0)]" }.joined(),
    String(repeating: "# A\n", count: 20_000),
  ])
  func `of hostile signs is read in a moment`(source: String) {
    #expect(processorSeconds { _ = markdown(source) } < 3, "\(source.prefix(8))")
  }
}
