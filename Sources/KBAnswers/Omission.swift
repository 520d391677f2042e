public import KBCatalog
import KBSchema
import KBSource

/// What is said in fields and texts where they name a record that is not told of.
///
/// Pages know what each link leads to, and leave names out as they write. Where fields and texts are repeated as the files have them,
/// in sheets, JSON, and fields that nobody declared, names are found by their places: as the whole of a value, or as the target of a link.
public struct Omission: Sendable {
  private var names: Set<String> = []
  /// The names of their files, which links in texts lead to.
  private var files: Set<String> = []
  /// What is said instead.
  private let words: String

  /// `isTold`: whether a record is told of.
  public init(_ catalog: Catalog, isTold: (Record) -> Bool) {
    words = Message(de: "nicht in dieser Ausgabe", en: "not in this edition")[catalog.configuration.language]
    guard !catalog.records.allSatisfy(isTold) else { return }
    var told: Set<String> = []
    for record in catalog.records {
      let own = [record.id, record.title] + record.values(.aliases).compactMap(\.text)
      let all = own + own.map { "\(record.kind.id)/\($0)" }
      let name = String(record.path.name)
      let file = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
      if isTold(record) {
        told.formUnion(all + [file])
      } else {
        names.formUnion(all)
        files.insert(file)
      }
    }
    guard !names.isEmpty else { return }
    names.subtract(told)
    files.subtract(told)
  }

  /// Whether every record is told of.
  public var isEmpty: Bool { names.isEmpty && files.isEmpty }

  /// The text of a value: the name of a record, several with commas between them, or one in brackets and braces; else prose.
  public func value(_ text: String) -> String {
    if isEmpty || text.isEmpty { return text }
    if isName(text[...]) { return words }
    var (shown, start, isChanged) = ("", text.startIndex, false)
    // What is between two of these is a value, or a key.
    let ends: Set<Character> = [",", "[", "]", "{", "}", ":", "\n"]
    func take(_ end: String.Index) {
      let piece = text[start..<end]
      if isName(piece) {
        shown += String(piece.prefix { $0 == " " })
        shown += words
        isChanged = true
      } else {
        shown += piece
      }
    }
    for place in text.indices where ends.contains(text[place]) {
      take(place)
      shown.append(text[place])
      start = text.index(after: place)
    }
    take(text.endIndex)
    return prose(isChanged ? shown : text)
  }

  private func isName(_ text: Substring) -> Bool {
    var text = text.drop { $0 == " " || $0 == "\"" || $0 == "'" }
    while let last = text.last, [" ", "\"", "'"].contains(last) { text.removeLast() }
    return !text.isEmpty && names.contains(String(text))
  }

  /// Markdown: what wiki links name, and where links lead.
  public func prose(_ text: String) -> String {
    if isEmpty || !text.contains("[") { return text }
    var text = text.replacing(#/\[\[([^\[\]\n|#]{1,300})([^\[\]\n]{0,500})\]\]/#) { match in
      isName(match.1) || isFile(match.1) ? words : String(match.0)
    }
    text = text.replacing(#/\]\(<?([^()<>\n ]{1,2000})>?[^()\n]{0,500}\)/#) { match in
      isFile(match.1) ? "] (\(words))" : String(match.0)
    }
    return text.replacing(#/(?m)^( {0,3}\[[^\]\n]{1,500}\]:) *<?([^<>\n ]{1,2000})>?/#) { match in
      isFile(match.2) ? "\(match.1) #" : String(match.0)
    }
  }

  /// Whether a path leads to the file of such a record.
  private func isFile(_ path: Substring) -> Bool {
    var name = path.prefix { $0 != "#" && $0 != "?" }
    if let slash = name.lastIndex(of: "/") { name = name[name.index(after: slash)...] }
    for ending in [".md", ".html"] where name.hasSuffix(ending) { name = name.dropLast(ending.count) }
    let decoded = String(name).replacing("%20", with: " ")
    return files.contains(decoded) || names.contains(decoded)
  }
}
