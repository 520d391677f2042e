import KBAnswers
import KBCatalog
import KBHistory
package import KBMarkup
import KBPapers
package import KBSource

/// A page of the site that belongs to no record, kind or tag: a row of the one table of such pages.
///
/// Navigation, frames, files, site map, the links of the not-found page and what replaces the search come from the table.
package struct SitePage: Sendable {
  /// The group of the navigation that a page is listed in.
  package enum Group: Sendable { case start, manage, lists }

  package let path: String
  /// The heading, and the label in the navigation.
  package let title: Message
  /// `nil` for a page that the navigation does not list.
  package var group: Group?
  /// Whether its readers are in the middle of an incident.
  package var isAlarm = false
  /// Whether it exists only where git knows the past.
  package var needsHistory = false
  /// The class of the number beside the label; `build.css` fills it in.
  package var count: String?
  /// What a reader finds there, for the pages that lead on when the search can't, and from an address that does not exist.
  package var purpose: Message?
  /// Other words that people look for when they mean it.
  package var sought: Message?
  /// The further pages that it consists of, in a folder of its own name.
  package var parts: (@Sendable (PageContext) -> [PlannedPage])?
  /// Writes its content.
  package let write: @Sendable (PageContext, inout HTML) -> Void

  /// The table, in the order of the navigation.
  package static let all = [
    start, emergency, incident, deadlines, costs, roadmap, findings, coverage, confirm, access, accessReview, privacy,
    changes,
    leavers, landscape, alphabet, types, tags, search, copy, notFound,
  ]

  package static let start = SitePage(path: "index.html", title: Words.start, group: .start) {
    HomePage(context: $0).write(&$1)
  }
  package static let emergency = SitePage(
    path: "emergency.html", title: Words.emergency, group: .manage, isAlarm: true, purpose: Words.allForTrouble,
    sought: Message(de: "Notfallnummer Notruf Störung Ausfall", en: "emergency number incident outage down")
  ) { EmergencyPage(context: $0).write(&$1) }
  static let incident = SitePage(
    path: "incident.html", title: SheetWords.sheet, isAlarm: true
  ) { IncidentSheetPage(context: $0).write(&$1) }
  package static let deadlines = SitePage(
    path: "deadlines.html", title: Words.deadlines, group: .manage, count: "n-due",
    sought: Message(de: "Fristen kündigen fällig Termine Kalender", en: "deadlines cancel due dates calendar")
  ) {
    DeadlinesPage(context: $0).write(&$1)
  }
  package static let costs = SitePage(
    path: "costs.html", title: Words.costs, group: .manage,
    sought: Message(de: "Kosten Ausgaben Lizenzen Verträge", en: "costs spending licences contracts")
  ) {
    CostsPage(context: $0).write(&$1)
  }
  package static let findings = SitePage(
    path: "findings.html", title: Words.findings, group: .manage, count: "n-open",
    sought: Message(de: "Fehler Warnungen Hinweise Prüfung", en: "errors warnings hints checks")
  ) {
    FindingsPage(context: $0).write(&$1)
  }
  static let confirm = SitePage(
    path: "confirm.html", title: Words.toConfirm, group: .manage, needsHistory: true,
    sought: Message(de: "bestätigen fällig überfällig prüfen", en: "confirm review due overdue")
  ) {
    ConfirmPage(context: $0).write(&$1)
  }
  static let roadmap = SitePage(
    path: "roadmap.html", title: AccessWords.roadmap, group: .manage,
    sought: Message(
      de: "Vorhaben und Entscheidungen Projekte Anforderungen Probleme Risiken Roadmap",
      en: "roadmap and decisions projects requirements problems risks plan")
  ) { PaperPage(context: $0, paper: $0.answers.roadmapPaper()).write(&$1) }
  static let coverage = SitePage(
    path: "coverage.html", title: AccessWords.coverage, group: .manage,
    sought: Message(
      de: "MFA Sicherung Patchen Wartungsfenster Vertretung Support AVV Lücken",
      en: "MFA backup patches deputy support gaps")
  ) { PaperPage(context: $0, paper: $0.answers.coveragePaper()).write(&$1) }
  package static let access = SitePage(
    path: "access.html", title: AccessWords.title, group: .manage,
    sought: Message(
      de: "Zugänge Rechte Berechtigungen Administratoren wer hat was MFA SSO",
      en: "accesses rights permissions admins MFA SSO")
  ) {
    AccessPage(context: $0).write(&$1)
  }
  static let accessReview = SitePage(
    path: "access-review.html", title: AccessWords.reviewTitle,
    sought: Message(de: "Rezertifizierung Zugänge prüfen bestätigen", en: "recertification"),
    parts: { AccessReviewSheet.pages($0) }
  ) {
    AccessReviewPage(context: $0).write(&$1)
  }
  static let privacy = SitePage(
    path: "privacy.html", title: AccessWords.register, group: .manage,
    sought: Message(
      de: "Datenschutz DSGVO Verzeichnis Verarbeitungstätigkeiten AVV",
      en: "privacy GDPR records of processing agreements")
  ) {
    PrivacyPage(context: $0).write(&$1)
  }
  package static let changes = SitePage(
    path: "changes.html", title: Words.changes, group: .manage, needsHistory: true,
    sought: Message(de: "geändert neu Verlauf", en: "changed new history")
  ) {
    ChangesPage(context: $0).write(&$1)
  }
  package static let leavers = SitePage(
    path: "leavers.html", title: Words.leavers, group: .manage, needsHistory: true,
    sought: Message(de: "Austritt Austritte ehemalige entzogen Offboarding", en: "offboarding former left revoked")
  ) {
    LeaversPage(context: $0).write(&$1)
  }
  static let landscape = SitePage(
    path: "landscape.html", title: LandscapeWords.landscape, group: .lists,
    sought: Message(de: "Landschaft Landkarte Übersicht Abhängigkeiten", en: "landscape map overview dependencies"),
    parts: { LandscapeLists(context: $0).pages }
  ) { LandscapePage(context: $0).write(&$1) }
  static let alphabet = SitePage(
    path: "a-z.html", title: Words.aToZ, group: .lists, purpose: Words.allByTitle,
    sought: Message(de: "alle Einträge Verzeichnis Index", en: "all records directory index"),
    parts: { AlphabetPage(context: $0).parts }
  ) { AlphabetPage(context: $0).write(&$1) }
  static let types = SitePage(
    path: "types.html", title: Words.byType, group: .lists, purpose: Words.allByType,
    sought: Message(de: "Arten Listen", en: "kinds lists")
  ) {
    TypesPage(context: $0).write(&$1)
  }
  static let tags = SitePage(
    path: "tags.html", title: Words.tags, group: .lists, purpose: Words.allByTag,
    sought: Message(de: "Tags Stichwörter", en: "labels"),
    parts: { TagsPage(context: $0).parts }
  ) { TagsPage(context: $0).write(&$1) }
  package static let search = SitePage(path: "search.html", title: Words.search) { ResultsPage(context: $0).write(&$1) }
  static let copy = SitePage(path: "copy.html", title: Words.isCopyWhole, purpose: Words.tellsOfCopy) {
    CopyPage(context: $0).write(&$1)
  }
  package static let notFound = SitePage(path: "404.html", title: Words.nothingFound) {
    NotFoundPage(context: $0).write(&$1)
  }

  /// The pages that the navigation lists where git knows the past, or does not.
  package static func listed(hasHistory: Bool) -> [SitePage] {
    all.filter { $0.group != nil && (hasHistory || !$0.needsHistory) }
  }

  /// The pages that the search finds by their titles: all except those shown when nothing is found.
  package static func sought(hasHistory: Bool) -> [SitePage] {
    all.filter { ![search.path, notFound.path].contains($0.path) && (hasHistory || !$0.needsHistory) }
  }

  /// The folder of its parts.
  package var folder: String? { parts == nil ? nil : String(path.dropLast(".html".count)) }

  package var address: Address { .file(path, depth: 0) }
}

/// The page for an address that does not exist.
package struct NotFoundPage: Page {
  package let context: PageContext
  /// The depth of the address.
  package var depth = 0

  package init(context: PageContext, depth: Int = 0) {
    self.context = context
    self.depth = depth
  }

  package func write(_ html: inout HTML) {
    html.element(.h1, text: words(SitePage.notFound.title))
    html.element(.p, .class("lead"), text: words(Words.inLists))
    html.list("index sec", SitePage.all.filter { $0.group == .start || $0.group != nil && $0.purpose != nil }) {
      html, page in
      html.link(.file(page.path, depth: depth), words(page.title))
    }
  }
}
