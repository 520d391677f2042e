import KBAnswers
import KBCatalog
public import KBSearch
import KBSource

extension Site {
  /// The index of the pages that are published.
  public func searchIndex() async throws -> SearchIndex {
    try await SearchIndex(answers.catalog) { record in answers.isPublished(record) ? searchPage(record) : nil }
  }

  /// The index of all records, for those who have the files anyway.
  public func completeSearchIndex() async throws -> SearchIndex {
    try await SearchIndex(answers.catalog) { searchPage($0) }
  }

  /// What a hit shows of a record.
  func searchPage(_ record: Record) -> SearchPage {
    var page = SearchPage(address: map.path(of: record) ?? "", canFail: SiteMap.canFail(record))
    switch record.kind.behaviour {
    case .runbook:
      page.call = answers.contacts(forRunbook: record).first.map(call)
      page.firstStep = answers.firstStep(of: record)
    case .system: page.call = answers.contacts(for: record).first.map(call)
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
