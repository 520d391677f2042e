@testable import KBDocument
import KBSource
import KBTestSupport
import POSIX
import Testing

@Suite(.serialized) struct `Markdown that is made to be slow` {
  static let pieces = [
    "[", "![", "*a_ ", "a**b", "~~a~b ", "<", "<a b='", "a <!-- ", "<http:", "`a ", "[a](", "[a](<b", "[a](b 'c ",
    "[](((", "[[a|", "[[a]] ", "]", "[a]", "[a][b] ",
    "> ", "- ", "[a]: b 'c\n", "[a]: b (c\n", "[a]: <b\n", "www.", "http://a(", "http://a.b/((", "http://a.b/c) ",
    "http://a.b ", "a@b.c ", "a.a", "&#x0",
    "**a *b* c** ", "![[]()", "[![a](b)](c)", "> a\nb\n",
    "<!-- a ", "<!-- a\n", "<!-- a -- b -->", "a <!-- b\n\nc --> ", "> <!-- a\n", "- <!--\n", "`` <!-- ` ", "a\n|-|\n",
    "| a |\n|-|\n| b | c |\n", "> a | b\n> -|-\n", "[^a]: b\n", "[^a] [^b]: c\n\n",
  ]

  @Test(arguments: pieces + ["@", ":/", "w.", "a@[", "@\n"])
  func `is never too costly below the size that is not counted`(piece: String) {
    let size = MarkdownCost.alwaysBearable
    let text = Array(String(repeating: piece, count: size / piece.utf8.count).utf8)
    let cost = MarkdownCost(of: text[...])
    #expect(cost.steps <= 4 * text.count * text.count)
    #expect(4 * size * size <= MarkdownCost.most)
  }

  /// Seconds of this thread's processor time.
  private func seconds(_ piece: String, _ size: Int) -> Double {
    let count = size / piece.utf8.count
    let file = SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array(String(repeating: piece, count: count).utf8))
    func now() -> Double {
      var time = timespec()
      unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    let document = Document(parsing: file)
    #expect(document.body.refusal == nil || document.diagnostics.contains { $0.rule.code == "form/too-complex" })
    return now() - start
  }

  /// Each piece, and those with brackets or addresses again as lines of their own: md4c then counts lines.
  static let texts =
    pieces
    + pieces.filter { piece in !piece.hasSuffix("\n") && piece.contains { "[]<`:@(".contains($0) } }.map { $0 + "\n" }

  @Test(arguments: texts)
  func `takes four times as long when it is four times as long, or is refused`(piece: String) {
    // The tests run without optimization: what is done within this time is no matter.
    if seconds(piece, 256 * 1024) < 0.8 { return }
    // Processor time on a shared machine still wavers: the quickest of three counts.
    let long = (0..<3).map { _ in seconds(piece, 256 * 1024) }.min() ?? 0
    let short = (0..<3).map { _ in seconds(piece, 64 * 1024) }.min() ?? 0
    #expect(long < 9 * short, "\(piece): \(short) s, \(long) s")
  }

  @Test func `is refused with a finding, and shown as text`() throws {
    let file = SourceFile(
      path: RepoPath(normalized: "a.md"), bytes: Array(String(repeating: "[a]\n", count: 250_000).utf8))
    let document = Document(parsing: file)
    #expect(document.body.refusal == .tooComplex && document.body.events.isEmpty)
    #expect(document.diagnostics.map(\.rule.code) == ["form/too-complex"])
  }

  @Test func `is not taken for it when it is a long table or list of links`() {
    let row = "| [Server 1](server-1.md) | https://server-1.example.org/pfad?x=1 | admin@example.org | **ja** |\n"
    let table = "| a | b | c | d |\n|---|---|---|---|\n" + String(repeating: row, count: 2500)
    let list = String(
      repeating: "- https://example.org/eine/lange/adresse und [noch eine](b.md), `code`\n", count: 5000)
    let code = "```json\n" + String(repeating: "  { \"a\": [1, 2, 3], \"b\": \"<c>\" },\n", count: 10_000) + "```\n"
    for text in [table, list, code] {
      let file = SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array(text.utf8))
      #expect(Document(parsing: file).body.refusal == nil)
    }
  }
}
