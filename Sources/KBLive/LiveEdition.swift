import KBAnswers
import KBCatalog
import KBDisk
import KBSite

/// What git says of the files that were read.
struct Checkout: Sendable, Equatable {
  var commit: String?
  /// The number of files that are in no commit as they are; `nil` where git does not say.
  var uncommitted: Int?
}

/// The site of one state of a knowledge base.
struct LiveEdition: Sendable {
  let number: Int
  let catalog: Catalog
  let past: Past
  let site: Site
  /// Every file but those of the search index, by path.
  let files: [String: OutputFile]
  /// The files that somebody has asked for.
  var rendered: [String: LiveFile] = [:]

  init(_ catalog: Catalog, _ checkout: Checkout, _ past: Past, number: Int) {
    self.number = number
    self.catalog = catalog
    self.past = past
    site = Site(
      catalog,
      options: .init(
        commit: checkout.commit, uncommitted: checkout.uncommitted, history: past.history, trend: past.trend,
        costsOfLastYear: past.costsOfLastYear))
    files = Dictionary(site.pages().map { ($0.path, $0) }, uniquingKeysWith: { $1 })
  }
}
