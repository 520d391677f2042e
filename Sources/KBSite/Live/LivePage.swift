import KBAnswers
import KBCatalog
import KBMarkup
import KBPages
import KBSchema
public import KBSource

/// What a server that shows changes adds to a page; a built site has none of it.
extension Site {
  /// The files of that server, by their paths. No file of a site begins with a tilde.
  public static let liveFiles: [String: [UInt8]] = Dictionary(
    uniqueKeysWithValues: ["live.js", "live.css"].map { name in
      ("~kb/\(name)", Array(EmbeddedTemplates.text("serve/\(name)").utf8))
    })

  /// What a server sends as a policy beside the pages' own: the same, and no other page may show one in a frame.
  public static let livePolicy = "\(livePagePolicy); frame-ancestors 'none'"

  /// The pages' policy, and permission to ask their own server for changes.
  private static let livePagePolicy = "\(PageFrame.policy); connect-src 'self'"

  /// A page of the site with the script that waits for changes of it.
  ///
  /// After the policy, the first `meta` of every page, is the one place that every frame has.
  public func live(_ page: [UInt8], at path: String, version: String) -> [UInt8] {
    for quote in ["&#39;", "'"] {
      let policy = Array(PageFrame.policy.replacing("'", with: quote).utf8)
      guard let place = page.firstRange(of: policy),
        let end = page[place.upperBound...].firstIndex(of: UInt8(ascii: ">"))
      else { continue }
      let allowed = Site.livePagePolicy.replacing("'", with: quote).utf8
      return page[..<place.lowerBound] + allowed + page[place.upperBound...end] + liveTags(path, version)
        + page[(end + 1)...]
    }
    return page
  }

  /// A page of the site that says at its beginning, without any script, that it shows an earlier state and why.
  public func outdated(_ page: [UInt8], _ failure: Message) -> [UInt8] {
    // Frames of a knowledge base need not have the first.
    for tag in ["<main", "<body"] {
      guard let place = page.firstRange(of: Array(tag.utf8)),
        let end = page[place.upperBound...].firstIndex(of: UInt8(ascii: ">"))
      else { continue }
      let language = answers.language
      var html = HTML()
      html.element(.p, .class("kb-live-past"), .role("alert")) { html in
        html.element(.b, text: Words.unreadableBase[language])
        html.text(" \(failure[language])")
      }
      return page[...end] + html.bytes + page[(end + 1)...]
    }
    return page
  }

  private func liveTags(_ path: String, _ version: String) -> [UInt8] {
    var html = HTML()
    html.text("\n")
    html.element(
      .script, .svg("src", "/~kb/live.js"), .svg("defer", ""), .data("page", path), .data("version", version),
      .data("lost", Words.serverLost[answers.language]), .data("gone", Words.pageGone[answers.language])
    ) { _ in }
    html.void(.link, .rel("stylesheet"), .svg("href", "/~kb/live.css"))
    return html.bytes
  }

  /// The page that says that there is none, for an address in a folder as well.
  public func notFoundPage(at path: String) -> [UInt8] {
    let missing = SitePage.notFound
    let page = NotFoundPage(context: context, depth: path.utf8.count { $0 == UInt8(ascii: "/") })
    return framed(
      PlannedPage(path: path, title: context.words(missing.title), current: missing.path, write: page.write))
  }
}
