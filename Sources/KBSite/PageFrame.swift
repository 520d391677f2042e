import KBCatalog
import KBMarkup
import KBPages
import KBSource

/// The frame around the content of every page: head, bar, navigation, foot.
///
/// It is rendered once for each place it differs at; a page then only fills in its title, icons and content.
struct PageFrame: Sendable {
  /// The strict policy that every page carries; it also holds for a file opened from disk.
  ///
  /// `file:` beside `'self'`: for a page opened from disk, Firefox counts no other file as `'self'` when a form is sent, and the
  /// field of the search would be dead. From the network no browser leads to a file.
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self' file:"

  /// Where frames differ.
  struct Variant: Hashable, Sendable {
    /// The number of folders that the page is in.
    var depth: Int
    /// The entry of the navigation that it belongs to.
    var current: String?
    /// Whether the reader is in the middle of an incident.
    var isAlarm: Bool
  }

  /// An entry of the navigation.
  struct NavigationLink: Sendable {
    /// A file of the site, or an address outside.
    var target: String
    var isExternal = false
    var label: String
    /// The class whose content `build.css` sets to a number.
    var count: String?
  }

  /// A group of entries.
  struct NavigationSection: Sendable {
    var heading: String?
    var links: [NavigationLink]
  }

  private let template: FrameTemplate<Name>
  private let language: Language
  private let siteTitle: String
  private let sections: [NavigationSection]
  private var pieces: [Variant: [[UInt8]]] = [:]

  /// Why a template can't be used.
  enum Refusal: Error {
    case unreadable(FrameFault)
    case lacksPolicy
    case lacksContent
    /// An element, an attribute or an end that kb does not know or that would load or run something.
    case forbidden(String)
  }

  /// Where a template comes from: that of a knowledge base is anybody's.
  enum Origin { case builtIn, knowledgeBase }

  init(
    template text: String, from origin: Origin, language: Language, siteTitle: String, sections: [NavigationSection]
  ) throws(Refusal) {
    do throws(FrameFault) {
      template = try FrameTemplate(text)
    } catch {
      throw .unreadable(error)
    }
    self.language = language
    self.siteTitle = siteTitle
    self.sections = sections
    for variant in origin == .builtIn ? [] : trials {
      let page = render(variant)
      if let fault = FrameElements(page, root: PageFrame.root(variant)).fault { throw fault }
      guard PageFrame.split(page).count == 4 else { throw .lacksContent }
    }
  }

  /// Every combination of what a template can ask for: the depth, an alarm, the search, an entry of the navigation.
  private var trials: [Variant] {
    let links = sections.flatMap(\.links)
    let own = links.first { !$0.isExternal && ![SitePage.search.path, SitePage.start.path].contains($0.target) }?.target
    let current = [nil, SitePage.search.path, SitePage.start.path, own, links.first(where: \.isExternal)?.target]
    return [0, 1].flatMap { depth in
      [false, true].flatMap { isAlarm in current.map { Variant(depth: depth, current: $0, isAlarm: isAlarm) } }
    }
  }

  /// A frame that has rendered what pages will ask for.
  func prepared(for variants: some Sequence<Variant>) -> PageFrame {
    var frame = self
    for variant in variants where frame.pieces[variant] == nil {
      frame.pieces[variant] = PageFrame.split(render(variant))
    }
    return frame
  }

  /// The bytes of a page.
  func bytes(of page: PlannedPage) -> [UInt8] {
    var content = HTML(capacity: 8192)
    page.write(&content)
    return bytes(page.variant, title: page.title, content)
  }

  private func bytes(_ variant: Variant, title: String, _ content: HTML) -> [UInt8] {
    let pieces = pieces[variant] ?? PageFrame.split(render(variant))
    var heading = HTML()
    heading.text(title == siteTitle ? title : "\(title) · \(siteTitle)")
    let fillings = [heading.bytes, Array(content.icons.sprite.utf8), content.bytes]
    var page: [UInt8] = []
    page.reserveCapacity(pieces.reduce(0) { $0 + $1.count } + fillings.reduce(0) { $0 + $1.count })
    for (index, piece) in pieces.enumerated() {
      page += piece
      if index < fillings.count { page += fillings[index] }
    }
    return page
  }

  // Private-use characters mark the places of title, sprite and content; escaping leaves them alone.
  static let mark = "\u{F8FF}"
  private static let title = "\(mark)1"
  private static let sprite = "\(mark)2"
  private static let content = "\(mark)3"

  /// The text before, between and after the three places, in their order.
  private static func split(_ page: String) -> [[UInt8]] {
    var rest = page[...]
    var pieces: [[UInt8]] = []
    for mark in [title, sprite, content] {
      guard let range = rest.range(of: mark) else { return [] }
      pieces.append(Array(rest[..<range.lowerBound].utf8))
      rest = rest[range.upperBound...]
    }
    pieces.append(Array(rest.utf8))
    return pieces
  }

  /// The way from a page to the root of the site.
  private static func root(_ variant: Variant) -> String { String(repeating: "../", count: variant.depth) }

  private func render(_ variant: Variant) -> String {
    let root = PageFrame.root(variant)
    let words = siteTitle.split(separator: " ", maxSplits: 1).map(String.init)
    return template.render([
      .lang: .text(language.rawValue), .policy: .text(PageFrame.policy), .title: .text(PageFrame.title),
      .sprite: .text(PageFrame.sprite), .body: .text(PageFrame.content), .root: .text(root),
      .alarm: .flag(variant.isAlarm), .skip: .text(Words.skip[language]), .brand: .text(words.first ?? ""),
      .brandRest: .text(words.count > 1 ? words[1] : ""), .quickAccess: .text(Words.quickAccess[language]),
      .searching: .flag([SitePage.search.path, SitePage.start.path].contains(variant.current)),
      .find: .text(Words.searchInBar[language]), .findWhat: .text(Words.findWhat[language]),
      .searchFailed: .text(Words.searchFailed[language]), .close: .text(Words.close[language]),
      .emergency: .text(Words.emergency[language]), .menu: .text(Words.menu[language]),
      .mainNavigation: .text(Words.mainNavigation[language]), .lightDark: .text(Words.lightDark[language]),
      // The number brings its noun: "1 record".
      .records: .text(""), .findings: .text(Words.findings[language]),
      .aToZ: .text(Words.aToZ[language]),
      .sections: .list(
        sections.map { section in
          let links = FrameTemplate<Name>.Value.list(section.links.map { navigationLink($0, variant) })
          return [.links: links, .heading: .text(section.heading ?? "")]
        }),
    ])
  }

  private func navigationLink(_ link: NavigationLink, _ variant: Variant) -> FrameTemplate<Name>.Values {
    let address =
      link.isExternal ? Address.external(link.target)?.text : Address.file(link.target, depth: variant.depth).text
    return [
      .href: .text(address ?? "#"), .label: .text(link.label), .current: .flag(link.target == variant.current),
      .count: .text(link.count ?? ""),
    ]
  }

  /// What a page frame can name.
  enum Name: String {
    case lang, policy, title, sprite, body, root, alarm, skip, brand, brandRest, quickAccess, searching, find, findWhat
    case searchFailed, close, emergency, menu, mainNavigation, lightDark, records, findings, aToZ
    case sections, heading, links, href, label, current, count
  }
}

extension StringProtocol {
  /// The first place of a text, compared byte for byte in effect, since the marks hold no combining characters.
  fileprivate func range(of text: String) -> Range<Index>? {
    firstRange(of: text)
  }
}

extension PlannedPage {
  /// The frame that it needs.
  var variant: PageFrame.Variant {
    .init(depth: path.utf8.count { $0 == UInt8(ascii: "/") }, current: current, isAlarm: isAlarm)
  }
}
