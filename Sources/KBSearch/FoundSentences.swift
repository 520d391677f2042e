public import KBCatalog
import KBSchema
public import KBSource

/// The sentences that people say when they need a record, each with the place at which a search for it has the record.
public struct FoundSentences: Sendable {
  /// One sentence of `finds`.
  public struct Sentence: Sendable {
    public let record: Record
    public let text: String
    /// Where it is in the record's file.
    public let range: SourceRange
    /// The place of the record among the hits, counted from 1; `nil` where it is not among the first ten.
    public let rank: Int?
  }

  /// The hits that count as found.
  public static let wanted = 3

  private static let rule = Rule("search/not-found")
  private static let mostHits = 10

  public let sentences: [Sentence]

  /// Whether any record says what it is found by.
  public static func areIn(_ catalog: Catalog) -> Bool { catalog.records.contains(where: isAsked) }

  /// Asks an index for the sentences of all its records.
  public init(_ catalog: Catalog, in index: SearchIndex) throws {
    sentences = try FoundSentences.ask(catalog, in: index) { _ in true }
  }

  /// Asks for each sentence in an index that does not have it: how well does the knowledge base answer what nobody wrote down?
  ///
  /// A record lacks one sentence at a time, so there are as many indexes as a record has sentences at most.
  public init(leavingOneOut catalog: Catalog, page: @Sendable (Record) -> SearchPage?) async throws {
    let most = catalog.records.map { $0.values(.finds).count }.max() ?? 0
    var sentences: [Sentence] = []
    for left in 0..<most {
      let index = try await SearchIndex(catalog, withoutSentence: left, page: page)
      sentences += try FoundSentences.ask(catalog, in: index) { $0 == left }
    }
    self.sentences = sentences
  }

  /// The share of the sentences whose record is among the first hits; `nil` without a sentence.
  public func share(within places: Int) -> Double? {
    guard !sentences.isEmpty else { return nil }
    return Double(sentences.count { $0.rank ?? .max <= places }) / Double(sentences.count)
  }

  /// The findings: records that are not found by their own sentence.
  public func findings(in catalog: Catalog) -> [Diagnostic] {
    sentences.compactMap { sentence in
      guard sentence.rank ?? .max > FoundSentences.wanted else { return nil }
      return catalog.configuration.adjusted(
        Diagnostic(
          FoundSentences.rule, at: sentence.record.path, sentence.range,
          Message(
            de: "\(sentence.record) ist für den Suchsatz \(code: sentence.text) nicht unter den ersten drei Treffern",
            en: "\(sentence.record) is not among the first three hits for its sentence \(code: sentence.text)"),
          remedy: Message(
            de: "Wörter des Satzes in Titel, Überschriften oder Symptome aufnehmen oder den Satz ändern",
            en: "use words of the sentence in the title, the headings or the symptoms, or change the sentence")))
    }
  }

  /// Whether a record is to be found: retired ones need not be.
  private static func isAsked(_ record: Record) -> Bool {
    record.lifecycle != .retired && !record.values(.finds).isEmpty
  }

  private static func ask(_ catalog: Catalog, in index: SearchIndex, where isWanted: (Int) -> Bool) throws -> [Sentence]
  {
    var search = try Search(index)
    var found: [Sentence] = []
    for record in catalog.records where isAsked(record) {
      for (number, value) in record.values(.finds).enumerated() where isWanted(number) {
        guard let text = value.text else { continue }
        let hits = try search.results(for: text, limit: mostHits).hits
        let rank = hits.firstIndex { $0.path == record.path.string }.map { $0 + 1 }
        found.append(Sentence(record: record, text: text, range: value.range, rank: rank))
      }
    }
    return found
  }
}
