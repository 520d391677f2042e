import Foundation
import KBSource
import KBTestSupport
import Testing

@testable import KBDocument
@testable import KBMarkup
@testable import KBSite

/// The texts of pages, compared with what GitHub's own parser makes of the same files (`cmark-gfm`, Debian's package of that name).
///
/// `KB_COMPARE=FOLDER` compares the Markdown files of a folder instead, and lists those that differ.
@Suite struct `Compared with GitHub` {
  private static let program = "/usr/bin/cmark-gfm"
  private static let isInstalled = FileManager.default.isExecutableFile(atPath: program)
  private static let folder = ProcessInfo.processInfo.environment["KB_COMPARE"]
  private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(.enabled(if: isInstalled, "cmark-gfm is missing: apt-get install cmark-gfm"))
  func `the files of the repository have the same text`() async throws {
    let root = Self.folder.map { URL(filePath: $0) } ?? Self.package
    let folders = ["kb-example/", "Documentation/", "templates/", "Tests/Browser/", "Tests/Relevance/", "README.md"]
    var files: [String] = []
    for folder in Self.folder == nil ? folders : [""] {
      guard folder.isEmpty || folder.hasSuffix("/") else {
        files.append(folder)
        continue
      }
      files += try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path).map {
        folder + $0
      }
    }
    let texts = files.filter { $0.hasSuffix(".md") }.sorted()
    #expect(!texts.isEmpty)
    var differences: [String] = []
    for path in texts {
      let bytes = [UInt8](try Data(contentsOf: root.appending(path: path)))
      if let difference = try await difference(bytes, named: path) { differences.append(difference) }
    }
    if Self.folder != nil { print("compared \(texts.count) files, \(differences.count) differ") }
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }

  @Test(
    .enabled(if: isInstalled, "cmark-gfm is missing: apt-get install cmark-gfm"),
    arguments: [
      "A[^1] B[^two]\n[^1]: N\nlazy\n\n[^two]: M\n\n    more\n", "- a[^1]\n\n  [^1]: n\n- b\n\n[^1]: dup\n",
      "> A[^1]\n> [^1]: n\n\n[^u]: unused\n", "[^1]:\n    - x\n      - y\n\n    p\n\nA[^1]\n",
      "A[^a][^b] [^none]\n\n[^b]: x\n[^a]: y[^b]\n",
      "x\na | b\n-|-\n1 | 2 | 3\n4\n\ny\n", "| a || b |\n|-|-|-|\n|| c ||\n| d\n",
      "- t\n  | a |\n  |-|\n  | 1 |\n- u\n",
      "> t\n> a | b\n> :-|-:\n> 1 | 2\n> # h\n", "1. | a |\n   |---|\n   | `x \\| y` |\n\n   text\n",
      "a | b\n-|-\n1 | 2\n- item\n",
      "a | b\n-|-\n1 | 2\n> quote\n", "a | b\n-|-\n1 | 2\n    code\n", "a | b\n-|-\n1 | 2\n```\ncode\n```\n",
      "  a | b\n   -|-\n 1 | 2\n",
      "a\n:-\nb\n\nc\n-:\n", "# h\n| a |\n|-|\n", "<!-- c -->\n| a |\n|-|\n| b |\n",
      "\"http://intranet/wiki\" (https://nas:5001/) http://x_y/ http://localhost:3000. www.a.de <http://b>\n",
      "http://a.b/c_d_e http://a.b/(c) (http://a.b/c) http://a.b/&amp; http://ä.example/ö, http://a.b/c?d=e&f=g;\n",
      "a@b.example, \"a@b.example\" a.b-c_d@e.example. http://u@h.example/\n", "~~a~~ ~b~ a~~b~~c\n",
      "- [ ] a\n- [x] b\n  - [X] c\n",
      "*a _b*_ **c__d__** _e_f_ `` ` `` \\* &auml; &#252; a\\\nb  \nc\n", "a\n===\n\n***\n\n    code\n\n\ttab\n",
      "- a\n\n      b\n- c\n\n\n1) d\n2. e\n", "![a *b*](c.png \"t\") [d](<e f> 't') [g][h]\n\n[h]: i (j)\n",
      "x\n    ```\n    y\n    ```\nz\n", "- x\n      ~~~\n  y\n", "> x\n>     ```\n> y\n", "x\n    <div>\n    y\n",
      "- [ ] a\n  > q\n- [x] b\n  - c\n    > d\n- [ ] e\n", "> ```z\n    x *y*\n", "- q\n  ```\n  x\n```\n*y*\n",
      "x\n*   \ny\n1.  \nz\n", "<!-- a -->\n    *x*\n", "> <!-- a -->\n    *x*\n", "- a\n  > ```\n  > b\n- [ ] *c*\n",
      "[^1]: n\nA[^1]\n", "[^b]: x[^c]\n\nA[^b]\n\n[^c]: y\n", "[^a]: only[^b]\n\n[^b]: y\n",
      "mailto:a@b.example ftp://a.b/c_d\n",
    ]) func `the forms of Markdown have the same text`(_ text: String) async throws
  {
    if let difference = try await difference(Array(text.utf8), named: "text") {
      Issue.record("\(difference)\nof\n\(text)")
    }
  }

  /// How the text of a page differs from GitHub's: the words around the first difference.
  private func difference(_ bytes: [UInt8], named name: String) async throws -> String? {
    let document = Document(parsing: SourceFile(path: RepoPath(normalized: "a.md"), bytes: bytes), masksSecrets: false)
    guard document.body.refusal == nil else { return nil }
    var renderer = MarkdownRenderer(
      document.body, of: document.file.bytes, options: .init(language: .english), capacity: bytes.count,
      // A picture is compared by its text, as GitHub's.
      address: { document.body.links[$0].kind == .image ? .image(.file("x.png", depth: 0), nil) : .none })
    let own = ComparedText(page: String(decoding: renderer.render().bytes, as: UTF8.self))
    let scratch = try ScratchFolder()
    try scratch.write(PlainMarks.without(Array(document.file.bytes[document.body.range.offsets])), to: "a.md")
    let run = try await Program.run(
      Self.program,
      [
        "--unsafe", "-e", "table", "-e", "autolink", "-e", "tasklist", "-e", "strikethrough", "-e", "footnotes", "a.md",
      ],
      in: scratch.path)
    let github = ComparedText(github: run.output)
    guard own.words != github.words else { return nil }
    let same = zip(own.words, github.words).prefix { $0 == $1 }.count
    func around(_ words: [Substring]) -> String { words.dropFirst(max(0, same - 3)).prefix(12).joined(separator: " ") }
    return "\(name)\n    kb:     \(around(own.words))\n    GitHub: \(around(github.words))"
  }
}

/// The words of a page, without what may differ. The reasons:
///
/// 1. kb shows the names of emoji as signs, and wiki links by their text; GitHub does so in other places.
/// 2. kb has words of its own: the language of code, the title of an alert.
/// 3. kb shows raw HTML as text unless it knows the tag; GitHub interprets or removes it.
/// 4. Comments are hidden by both; the parser alone leaves that to the browser.
/// 5. Marks for a table of contents are left out.
/// 6. Ways back from footnotes look different.
/// 7. Marks of other programs are boxes, attributes and comments here, and text there (`PlainMarks`).
private struct ComparedText {
  let words: [Substring]

  init(page html: String) {
    var html = html.replacing(/<figcaption>.*?<\/figcaption>/.dotMatchesNewlines(), with: "")
    html.replace(/<a class="fnback".*?<\/a>/.dotMatchesNewlines(), with: "")
    html.replace(
      /<section class="box[ a-z]*">(<details( open)?>)?<(h3|b|summary)>(Note|Tip|Important|Warning|Caution|Info|Done|Question|Failed|Danger|Known bug|Example|Quote|Summary|To do|Details|Variant)<\/(h3|b|summary)>/,
      with: " ")
    html.replace(/<\/?(b|summary|section|details)( [^>]*)?>/, with: " ")
    html.replace(/<img[^>]*?alt="([^"]*)"[^>]*>/, with: { String($0.output.1) })
    self.init(html)
  }

  init(github html: String) {
    var html = html.replacing(/<!--.*?-->/.dotMatchesNewlines(), with: "")
    html.replace(/<img[^>]*?alt="([^"]*)"[^>]*>/, with: { String($0.output.1) })
    html.replace(/\s?<a href="#fnref[^"]*" class="footnote-backref".*?<\/a>/.dotMatchesNewlines(), with: "")
    html.replace(/(<blockquote>\s*<p>)\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/.ignoresCase(), with: " ")
    self.init(html)
  }

  private init(_ html: String) {
    // Code keeps its brackets; what is in the tags of raw HTML is no word.
    var text = html.replacing(
      /<\/?(p|li|td|th|h[1-6]|pre|div|tr|br|hr|blockquote|ul|ol|section|figure)( [^>]*)?\/?>/, with: " ")
    text.replace(/<[^>]*>/, with: "")
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
      text.replace(entity, with: sign)
    }
    text.replace(/<!--.*?-->/.dotMatchesNewlines(), with: "")
    text.replace(/<\/?[A-Za-z][^<>]*>/, with: "")
    text.replace(/&#?[A-Za-z0-9]+;/, with: { String(decoding: decodedEntity(Array($0.output.utf8)), as: UTF8.self) })
    text.replace(/!?\[\[(_TOC_|_TOSP_|toc)[^\]]*\]\]|\[TOC\]/.ignoresCase(), with: "")
    text.replace(/!?\[\[(?:[^\[\]|]*\\?\|)?([^\[\]|]+)\]\]/, with: { String($0.output.1) })
    text.replace(/:([a-z0-9_+-]+):/, with: { EmojiNames.builtIn[Array($0.output.1.utf8)[...]] ?? String($0.output.0) })
    words = text.split(whereSeparator: \.isWhitespace)
  }
}

/// Marks of other programs in the form that GitHub knows, written a second time and simpler than kb reads them: line by line.
private enum PlainMarks {
  static func without(_ bytes: [UInt8]) -> [UInt8] {
    var lines: [String] = []
    // The columns of boxes that are open, whose text is indented by four more.
    var boxes: [Int] = []
    var isInCode = false
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
      var line = String(line)
      let indent = line.prefix { $0 == " " }.count
      if !line.allSatisfy(\.isWhitespace) { while let last = boxes.last, indent < last + 4 { boxes.removeLast() } }
      line = String(line.dropFirst(min(indent, 4 * boxes.count)))
      if line.contains(/^[ >]*(```|~~~)/) { isInCode.toggle() }
      if isInCode {
        lines.append(line)
        continue
      }
      if let box = line.firstMatch(of: /^([ >]*)(?:!!!|\?\?\?\+?|===)[ \t]*[A-Za-z0-9_ -]*(?:"([^"]*)")?[ \t\r]*$/),
        !line.contains(/^=+\s*$/)
      {
        boxes.append(indent)
        lines += ["", "\(box.1)\(box.2 ?? "")", ""]
        continue
      }
      if let box = line.firstMatch(of: /^([ >]*):{3,}[ \t]*(.*)$/), line.contains(/:::\s*(\{\s*\.|[a-z]|$)/) {
        let title =
          box.2.firstMatch(of: /title="([^"]*)"/)?.1 ?? box.2.firstMatch(of: /\[([^\]]*)\]/)?.1
          ?? box.2.firstMatch(of: /^[a-z-]+[ \t]+([^\[{].*)$/)?.1
        lines += ["", "\(box.1)\(title ?? "")", ""]
        continue
      }
      if let box = line.firstMatch(
        of:
          /^([ >]*)(?:\{%|\{\{<|\{\{%)\s*\/?\s*(?:end)?(hint|notice|callout|alert|admonition|note|tip|warning|info|details|tab|expand|danger)\b(.*)$/
      ) {
        let words = box.3.firstMatch(of: /title="([^"]*)"/)?.1 ?? box.3.firstMatch(of: /^\s*(?:[a-z]+\s+)?"([^"]*)"/)?.1
        lines += ["", "\(box.1)\(words ?? "")", ""]
        continue
      }
      line.replace(/^(> *)\[!([A-Za-z]+)\][+-]? ?/, with: { "\($0.output.1)" })
      line.replace(
        /\{:[^}\n]*\}|([)\]`*"])\{[^}\n{]*=[^}\n]*\}|\s\{[#.][^}\n]*\}\s*$|([)\]`])\{\s*\.[^}\n]*\}/,
        with: {
          "\($0.output.1 ?? "")\($0.output.2 ?? "")"
        })
      lines.append(line)
    }
    return Array(lines.joined(separator: "\n").utf8)
  }
}
