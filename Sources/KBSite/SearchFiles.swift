import KBAnswers
import KBCatalog
public import KBDisk
import KBMarkup
import KBPages
import KBSchema
import KBSearch
import KBSource

/// What a browser searches with.
enum SearchFiles {
  /// The script that `kb.js` loads when a field is first touched.
  static let script = "search.js"

  /// A part of the script that few pages or queries need.
  struct Part {
    let name: String
    let script: String

    init(_ name: String, of template: String) {
      self.name = name
      script = SearchFiles.source(template)
    }

    /// Its file in the folder of the index, named by its content, as the shards are.
    var file: String { "\(name)-\(ContentHash(of: Array(script.utf8)).description.prefix(8)).js" }
  }

  /// The parts that are loaded when they are needed, or are in the script of a small index.
  static let parts = [Part("more", of: "search-more.js"), Part("results", of: "search-results.js")]

  /// The script for a language: the words that it shows, the engine, and the pages; `separate` are the parts in files of their own.
  /// `pages`: those that belong to no record and are found by their titles.
  static func script(_ language: Language, separate: [Part], pages: [SitePage] = []) -> String {
    let words = Words.ofSearchScript.map { "\($0.name):\(literal($0.words[language]))" }
    let files = separate.map { "\($0.name):\(literal($0.file))" }
    let own = pages.map { page in
      let sought = page.soughtWords(in: language)
      return
        "{address:\(literal(page.path)),title:\(literal(page.title[language])),words:\(literal(sought))}"
    }
    return "window.kbSearch=window.kbSearch||{};\nkbSearch.words={\(words.joined(separator: ",\n"))};\n"
      + "kbSearch.pages=[\(own.joined(separator: ",\n"))];\n"
      + "kbSearch.parts={\(files.joined(separator: ","))};\n" + engine
      + (separate.isEmpty ? parts.map(\.script).joined() : "") + source("search-pages.js")
  }

  private static func source(_ template: String) -> String { stripped(EmbeddedTemplates.text("site/\(template)")) }

  /// What finds pages: one function, whose parts see each other and nobody else sees them.
  private static var engine: String {
    "(function () {\n\"use strict\";\n" + EmbeddedTemplates.texts(in: "site/engine").map(stripped).joined()
      + "})();\n"
  }

  /// A script without the lines that are only a comment, without indentation and empty lines.
  ///
  /// It looks at lines, not at the language: what begins in the middle of a line stays, `//` in a string too. Where a text
  /// may go on over several lines, in a template literal, the script stays as it is.
  static func stripped(_ script: String) -> String {
    guard !script.utf8.contains(UInt8(ascii: "`")) else { return script }
    var lines: [Substring] = []
    var isContinued = false
    for line in script.split(separator: "\n", omittingEmptySubsequences: false) {
      let code = line.drop { $0 == " " || $0 == "\t" }
      // The end of a block comment may follow two slashes, and a string may continue after a backslash.
      let isComment = code.hasPrefix("//") && !code.contains("*/")
      if isContinued { lines.append(line) } else if !isComment && !code.isEmpty { lines.append(code) }
      isContinued = line.hasSuffix("\\")
    }
    // A line that ends like this continues on the next one, unless a comment ends it.
    return lines.map { "{;,(".contains($0.last ?? " ") && !$0.contains("//") ? $0 : $0 + "\n" }.joined()
  }

  /// A text as a string of JavaScript.
  static func literal(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { literal, scalar in
      switch scalar {
      case "\"", "\\", "<", "\u{2028}", "\u{2029}", "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: literal.unicodeScalars.append(scalar)
      }
    } + "\""
  }
}

extension Site {
  /// The shards of the index, and the script that holds the first of them.
  public func searchFiles() async throws -> [OutputFile] {
    let index = try await searchIndex()
    var files = index.files.map { file in OutputFile(path: "search/\(file.name)") { file.shard.script } }
    let separate = index.files.isEmpty ? [] : SearchFiles.parts
    files += separate.map { part in OutputFile(path: "search/\(part.file)") { Array(part.script.utf8) } }
    files.append(
      OutputFile(path: SearchFiles.script) { [language = answers.language, hasHistory = answers.history != nil] in
        let pages = SitePage.sought(hasHistory: hasHistory)
        return Array(SearchFiles.script(language, separate: separate, pages: pages).utf8)
          + index.included.flatMap(\.script)
      })
    return files
  }
}
