internal import KBCatalog
internal import KBDocument
public import KBSearch
internal import KBSource

extension Site {
  /// The index of the pages that are published.
  public func searchIndex() async throws -> SearchIndex {
    try await SearchIndex(catalog) { record in self.map.isPublished(record) ? self.searchPage(record) : nil }
  }

  /// The index of all records, for those who have the files anyway.
  public func completeSearchIndex() async throws -> SearchIndex {
    try await SearchIndex(catalog) { self.searchPage($0) }
  }

  /// What a hit shows of a record.
  private func searchPage(_ record: Record) -> SearchPage {
    var page = SearchPage(address: map.path(of: record) ?? "")
    switch record.kind.behaviour {
    case .runbook:
      page.call = contacts(forRunbook: record).first.map { ($0.name, $0.phone) }
      page.firstStep = record.document.body.firstStep(in: record.document.file)
    case .system: page.call = contacts(for: record).first.map { ($0.name, $0.phone) }
    case .provider, .person, .team:
      page.call = contact(of: record).map { ($0.name, $0.phone) }
      page.customerNumber = record.value(.customerNumber)?.text
    default: break
    }
    return page
  }
}

extension Markdown {
  /// The text of the first item of the first numbered list, on one line and not longer than a line or two.
  fileprivate func firstStep(in file: SourceFile) -> String? {
    var isInList = false
    var depth = 0
    var step: [UInt8] = []
    events: for event in events {
      switch (event.kind, event.phase) {
      case (.orderedList, .enter): isInList = true
      case (.item, .enter) where isInList: depth += 1
      case (.item, .leave) where isInList: break events
      case (.paragraph, .leave) where depth > 0: break events
      case (.unorderedList, .enter) where depth > 0, (.codeBlock, .enter) where depth > 0: break events
      case (.softBreak, _) where depth > 0, (.lineBreak, _) where depth > 0: step.append(0x20)
      case (_, .text) where depth > 0:
        step += (event.detail == 1 ? pool : file.bytes)[Int(event.lower)..<Int(event.upper)]
      default: break
      }
    }
    guard !step.isEmpty else { return nil }
    let text = String(decoding: step, as: UTF8.self)
    return text.count > 140 ? text.prefix(139) + "…" : text
  }
}
