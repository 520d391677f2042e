package import KBCatalog
import KBSearch
import KBSite
package import KBSource
import KBTerminal

/// How records are found by the sentences that they have for that.
package struct SentenceReport {
  private let catalog: Catalog

  package init(_ catalog: Catalog) { self.catalog = catalog }

  /// The records that are not found by their own sentence. Without any sentence nothing is indexed.
  package func findings() async throws -> [Diagnostic] {
    guard FoundSentences.areIn(catalog) else { return [] }
    return try FoundSentences(catalog, in: try await Site(catalog).completeSearchIndex()).findings(in: catalog)
  }

  /// Writes the figures of a search for each sentence without itself, and the sentences that miss.
  package func write(_ isJSON: Bool) async throws {
    let found = try await Site(catalog).sentencesLeftOut()
    let console = Console.standardOutput
    if isJSON {
      let sentences = found.sentences.map { sentence in
        JSON.object([
          ("id", .string(sentence.record.id)), ("sentence", .string(sentence.text)),
          ("rank", sentence.rank.map { .integer($0) } ?? .null),
        ])
      }
      console.line(
        JSON.object([
          ("sentences", .integer(found.sentences.count)),
          ("first", found.share(within: 1).map { .number($0) } ?? .null),
          ("firstThree", found.share(within: FoundSentences.wanted).map { .number($0) } ?? .null),
          ("asked", .array(sentences)),
        ]).text)
      return
    }
    let language = catalog.configuration.language
    guard let first = found.share(within: 1), let three = found.share(within: FoundSentences.wanted) else {
      console.line(
        Message(
          de: "kb: kein Eintrag hat Sätze unter 'finds'", en: "kb: no record has sentences under 'finds'")[language])
      return
    }
    func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
    for sentence in found.sentences where sentence.rank ?? .max > FoundSentences.wanted {
      let place =
        sentence.rank.map { Message(de: "Platz \($0)", en: "place \($0)") }
        ?? Message(de: "nicht unter den ersten zehn", en: "not among the first ten")
      console.line(
        "\(Console.harmless(sentence.record.id)): \(Console.harmless(sentence.text)) (\(place[language]))")
    }
    let (count, one, most) = (found.sentences.count, percent(first), percent(three))
    console.line(
      Message(
        de:
          "kb: \(count) Sätze, jeder für seine Suche ausgelassen: \(one) % auf Platz 1, \(most) % unter den ersten drei",
        en:
          "kb: \(count) sentences, each left out for its own search: \(one) % in first place, \(most) % among the first three"
      )[language])
  }
}
