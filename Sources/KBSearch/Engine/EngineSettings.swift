import KBCatalog
import KBSchema

/// What an engine is told about the words of a knowledge base, from `templates/search` and from the records.
public struct EngineSettings: Sendable {
  /// Words that every sentence has: as they are written, and as they are compared.
  public let stopwords: [String]
  /// Words that mean the same, as lines that engines read: `a, b`, or `a => a, b` where only the first finds the others.
  public let synonyms: [String]
  /// Words that compounds of the records are made of, the most frequent first.
  public let compounds: [String]

  /// Words of compounds that an engine is told: settings are kept in the memory of every node.
  private static let mostCompounds = 5000

  init(_ groups: [SynonymGroup], building: [String]) {
    let written = SearchTables.lines(of: "words").filter { $0.hasPrefix("stopwords:") }
      .flatMap { $0.split(separator: " ").dropFirst().map(String.init) }
    stopwords = Set(written + SearchTables.words("stopwords")).sorted {
      Array($0.utf8).lexicographicallyPrecedes($1.utf8)
    }
    var lines: [String] = []
    var seen: Set<String> = []
    for line in groups.flatMap(EngineSettings.lines) where seen.insert(line).inserted { lines.append(line) }
    synonyms = lines
    compounds = building.filter { $0.utf8.count > 3 }.prefix(Self.mostCompounds).map(\.self)
  }

  /// A group as lines, of words that nothing in the engine's format could take for something else.
  private static func lines(_ group: SynonymGroup) -> [String] {
    let typed = group.typed.map(phrase).filter { !$0.isEmpty }
    let found = group.found.map(phrase).filter { !$0.isEmpty }
    func distinct(_ words: [String]) -> [String] {
      var seen: Set<String> = []
      return words.filter { seen.insert($0).inserted }
    }
    if typed == found { return distinct(typed).count > 1 ? [distinct(typed).joined(separator: ", ")] : [] }
    return distinct(typed).compactMap { word in
      let all = distinct([word] + found)
      return all.count > 1 ? "\(word) => \(all.joined(separator: ", "))" : nil
    }
  }

  /// The words of a phrase, folded: letters and digits, with spaces between.
  private static func phrase(_ text: String) -> String {
    String(decoding: Array(TokenScanner(text).atomTexts.joined(separator: [0x20])), as: UTF8.self)
  }
}

/// The files of `templates/opensearch`.
public enum EngineTemplates {
  /// The text of a file that is the same in every export.
  public static func text(_ name: String) -> String { EmbeddedTemplates.text("opensearch/\(name)") }
}
