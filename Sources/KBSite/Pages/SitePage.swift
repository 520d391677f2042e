import KBCatalog
import KBOutput
import KBSource

/// A page of the site that belongs to no record, kind or tag: a row of the one table of such pages.
///
/// Navigation, frames, files, site map, the links of the not-found page and what replaces the search come from the table.
struct SitePage: Sendable {
  /// The group of the navigation that a page is listed in.
  enum Group: Sendable { case start, manage, lists }

  let path: String
  /// The heading, and the label in the navigation.
  let title: Message
  /// `nil` for a page that the navigation does not list.
  var group: Group?
  /// Whether its readers are in the middle of an incident.
  var isAlarm = false
  /// Whether it exists only where git knows the past.
  var needsHistory = false
  /// The class of the number beside the label; `build.css` fills it in.
  var count: String?
  /// What a reader finds there, for the pages that lead on when the search can't, and from an address that does not exist.
  var purpose: Message?
  /// The further files that it consists of, in a folder of its own name.
  var parts: (@Sendable (Site) -> [OutputFile])?
  /// Writes its content.
  let write: @Sendable (Site, inout HTML) -> Void

  /// The table, in the order of the navigation.
  static let all = [
    start, emergency, findings, confirm, changes, leavers, alphabet, types, tags, search, notFound,
  ]

  static let start = SitePage(path: "index.html", title: Words.start, group: .start) { $0.homePage(&$1) }
  static let emergency = SitePage(
    path: "emergency.html", title: Words.emergency, group: .manage, isAlarm: true, purpose: Words.allForTrouble
  ) { $0.emergencyPage(&$1) }
  static let findings = SitePage(path: "findings.html", title: Words.findings, group: .manage, count: "n-open") {
    $0.findingsPage(&$1)
  }
  static let confirm = SitePage(path: "confirm.html", title: Words.toConfirm, group: .manage, needsHistory: true) {
    $0.confirmPage(&$1)
  }
  static let changes = SitePage(path: "changes.html", title: Words.changes, group: .manage, needsHistory: true) {
    $0.changesPage(&$1)
  }
  static let leavers = SitePage(path: "leavers.html", title: Words.leavers, group: .manage, needsHistory: true) {
    $0.leaversPage(&$1)
  }
  static let alphabet = SitePage(
    path: "a-z.html", title: Words.aToZ, group: .lists, purpose: Words.allByTitle, parts: { $0.letterPages() }
  ) { $0.alphabetPage(&$1) }
  static let types = SitePage(path: "types.html", title: Words.byType, group: .lists, purpose: Words.allByType) {
    $0.typesPage(&$1)
  }
  static let tags = SitePage(
    path: "tags.html", title: Words.tags, group: .lists, purpose: Words.allByTag, parts: { $0.tagPages() }
  ) { $0.tagsPage(&$1) }
  static let search = SitePage(path: "search.html", title: Words.search) { $0.searchPage(&$1) }
  static let notFound = SitePage(path: "404.html", title: Words.nothingFound) { $0.notFoundPage(&$1) }

  /// The pages of a group.
  static func listed(_ group: Group, hasHistory: Bool) -> [SitePage] {
    all.filter { $0.group == group && (hasHistory || !$0.needsHistory) }
  }

  /// The folder of its parts.
  var folder: String? { parts == nil ? nil : String(path.dropLast(".html".count)) }

  var address: Address { .file(path, depth: 0) }
}
