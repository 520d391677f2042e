import KBCatalog
import KBHistory
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
  /// The further pages that it consists of, in a folder of its own name.
  var parts: (@Sendable (PageContext) -> [PlannedPage])?
  /// Writes its content.
  let write: @Sendable (PageContext, inout HTML) -> Void

  /// The table, in the order of the navigation.
  static let all = [
    start, emergency, findings, confirm, access, accessReview, privacy, changes, leavers, alphabet, types, tags, search, notFound,
  ]

  static let start = SitePage(path: "index.html", title: Words.start, group: .start) {
    HomePage(context: $0).write(&$1)
  }
  static let emergency = SitePage(
    path: "emergency.html", title: Words.emergency, group: .manage, isAlarm: true, purpose: Words.allForTrouble
  ) { EmergencyPage(context: $0).write(&$1) }
  static let findings = SitePage(path: "findings.html", title: Words.findings, group: .manage, count: "n-open") {
    FindingsPage(context: $0).write(&$1)
  }
  static let confirm = SitePage(path: "confirm.html", title: Words.toConfirm, group: .manage, needsHistory: true) {
    ConfirmPage(context: $0).write(&$1)
  }
  static let access = SitePage(path: "access.html", title: AccessWords.title, group: .manage) {
    AccessPage(context: $0).write(&$1)
  }
  static let accessReview = SitePage(path: "access-review.html", title: AccessWords.reviewTitle) {
    AccessReviewPage(context: $0).write(&$1)
  }
  static let privacy = SitePage(path: "privacy.html", title: AccessWords.register, group: .manage) {
    PrivacyPage(context: $0).write(&$1)
  }
  static let changes = SitePage(path: "changes.html", title: Words.changes, group: .manage, needsHistory: true) {
    ChangesPage(context: $0).write(&$1)
  }
  static let leavers = SitePage(path: "leavers.html", title: Words.leavers, group: .manage, needsHistory: true) {
    LeaversPage(context: $0).write(&$1)
  }
  static let alphabet = SitePage(
    path: "a-z.html", title: Words.aToZ, group: .lists, purpose: Words.allByTitle,
    parts: { AlphabetPage(context: $0).parts }
  ) { AlphabetPage(context: $0).write(&$1) }
  static let types = SitePage(path: "types.html", title: Words.byType, group: .lists, purpose: Words.allByType) {
    TypesPage(context: $0).write(&$1)
  }
  static let tags = SitePage(
    path: "tags.html", title: Words.tags, group: .lists, purpose: Words.allByTag,
    parts: { TagsPage(context: $0).parts }
  ) { TagsPage(context: $0).write(&$1) }
  static let search = SitePage(path: "search.html", title: Words.search) { ResultsPage(context: $0).write(&$1) }
  static let notFound = SitePage(path: "404.html", title: Words.nothingFound) { NotFoundPage(context: $0).write(&$1) }

  /// The pages that the navigation lists where git knows the past, or does not.
  static func listed(hasHistory: Bool) -> [SitePage] {
    all.filter { $0.group != nil && (hasHistory || !$0.needsHistory) }
  }

  /// The folder of its parts.
  var folder: String? { parts == nil ? nil : String(path.dropLast(".html".count)) }

  var address: Address { .file(path, depth: 0) }
}

/// The page for an address that does not exist.
struct NotFoundPage: Page {
  let context: PageContext
  /// The depth of the address.
  var depth = 0

  func write(_ html: inout HTML) {
    html.element(.h1, text: words(SitePage.notFound.title))
    html.element(.p, .class("lead"), text: words(Words.inLists))
    html.list("index sec", SitePage.all.filter { $0.group == .start || $0.purpose != nil }) { html, page in
      html.link(.file(page.path, depth: depth), words(page.title))
    }
  }
}
