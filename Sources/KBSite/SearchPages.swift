import KBAnswers
import KBCatalog
import KBPages
import KBSchema
public import KBSearch
public import KBSource

extension Site {
  /// The index of the pages that are published.
  public func searchIndex() async throws -> SearchIndex {
    try await SearchIndex(answers.catalog) { record in answers.isPublished(record) ? searchPage(record) : nil }
  }

  /// The index of all records, for those who have the files anyway.
  public func completeSearchIndex() async throws -> SearchIndex {
    try await SearchIndex(answers.catalog) { searchPage($0) }
  }

  /// The published pages as documents of a search engine.
  public func engineExport() async throws -> EngineExport {
    try await EngineExport(answers.catalog) { record in
      answers.isPublished(record) ? map.path(of: record) ?? "" : nil
    }
  }

  /// The sentences that records are to be found by, each asked for without itself.
  public func sentencesLeftOut() async throws -> FoundSentences {
    try await FoundSentences(leavingOneOut: answers.catalog) { searchPage($0) }
  }

  /// What a hit shows of a record.
  func searchPage(_ record: Record) -> SearchPage {
    var page = SearchPage(address: map.path(of: record) ?? "", canFail: SiteMap.canFail(record))
    switch record.kind.behaviour {
    case .runbook:
      page.call = answers.contacts(forRunbook: record).first.map(call)
      page.firstStep = answers.firstStep(of: record)
    case .system:
      page.call = answers.contacts(for: record).first.map(call)
      page.runbooks = answers.runbooksToOpen(for: record).map(\.index)
    case .provider, .person, .team:
      page.call = answers.contact(of: record).map { ($0.name, $0.phone) }
      page.customerNumber = record.value(.customerNumber)?.text
    default: break
    }
    return page
  }

  /// A number with the name of who answers it, and with the condition under which it is called.
  private func call(_ contact: Contact) -> (name: String, phone: PhoneNumber) {
    ([contact.name, contact.condition].compactMap(\.self).joined(separator: ", "), contact.phone)
  }
}

/// A page of the site that belongs to no record, found by its title or by a few words for what is on it.
public struct FoundSitePage: Sendable, Hashable {
  public let title: String
  /// Its file on the site.
  public let path: String

  /// The most of them that a search shows.
  private static let most = 2

  /// Finds the pages of which each word of a query begins a word; the site's script does the same.
  public static func all(for query: String, in language: Language, hasHistory: Bool) -> [FoundSitePage] {
    let asked = words(of: query).filter { $0.count > 2 }
    guard !asked.isEmpty else { return [] }
    return SitePage.sought(hasHistory: hasHistory).filter { page in
      let known = words(of: page.soughtWords(in: language))
      return asked.allSatisfy { word in known.contains { $0.hasPrefix(word) } }
    }.prefix(most).map { FoundSitePage(title: $0.title[language], path: $0.path) }
  }

  /// The words of a text, umlauts without dots.
  private static func words(of text: String) -> [String] {
    text.split { !$0.isLetter && !$0.isNumber }.map { word in
      slug(String(word)).replacing(/([aou])e/, with: { $0.output.1 })
    }.filter { !$0.isEmpty }
  }
}

extension SitePage {
  /// The words by which the search finds the page.
  func soughtWords(in language: Language) -> String {
    [title, purpose, sought].compactMap { $0?[language] }.joined(separator: " ")
  }
}
