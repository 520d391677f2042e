import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
import KBSource

/// The whole landscape: systems in groups, as boxes in boxes; what groups need of each other; which data flows.
struct LandscapePage: Page {
  let context: PageContext

  /// More systems are numbers, and links to lists: the page does not grow with the knowledge base.
  static let mostBoxes = 120
  private static let mostGroups = 60
  private static let mostInMatrix = 16
  private static let mostFlows = 100

  func write(_ html: inout HTML) {
    let systems = answers.landscape
    top(&html, words(LandscapeWords.landscape)) { $0.text(words(LandscapeWords.lead)) }
    guard !systems.isEmpty else {
      html.element(.p, .class("muted"), text: words(LandscapeWords.noSystems))
      return
    }
    if systems.count > Self.mostBoxes {
      html.element(.p, text: words(LandscapeWords.tooManyForBoxes(systems.count)))
    }
    html.element(.nav, .class("tags no-print"), .aria("label", words(LandscapeWords.landscape))) { html in
      for basis in Grouping.Basis.allCases { html.link(anchor(basis), words(LandscapeWords.title(of: basis))) }
      html.link(.anchor(PageID.own("flows")), words(LandscapeWords.dataFlows))
    }
    let lists = LandscapeLists(context: context)
    html.element(.div, .class("views")) { html in
      // Without a choice the first one is shown: it comes last, so that a chosen one before it can hide it.
      for basis in Grouping.Basis.allCases.dropFirst() + [.whole] {
        let grouping = answers.grouping(by: basis)
        html.element(.section, .class(basis == .whole ? "sec first" : "sec"), .ownID(basis.rawValue)) { html in
          html.element(.h2, text: words(LandscapeWords.title(of: basis)))
          if systems.count > Self.mostBoxes {
            counts(&html, grouping, lists)
          } else {
            boxes(&html, grouping)
          }
          matrix(&html, grouping, .dependency, lists)
        }
      }
    }
    flows(&html, lists)
  }

  private func anchor(_ basis: Grouping.Basis) -> Address { .anchor(PageID.own(basis.rawValue)) }

  // MARK: Groups

  private func boxes(_ html: inout HTML, _ grouping: Grouping) {
    html.element(.div, .class("groups")) { html in
      for group in grouping.groups {
        html.element(.section, .class("group")) { html in
          html.element(.h3) { html in
            name(&html, group)
            html.text(" ")
            html.element(.span, .class("muted"), text: format.integer(group.systems.count))
          }
          html.list("", group.systems) { box(&$0, $1, depth: 0) }
        }
      }
    }
  }

  private func counts(_ html: inout HTML, _ grouping: Grouping, _ lists: LandscapeLists) {
    html.list("groups", grouping.groups.prefix(Self.mostGroups).enumerated()) { html, entry in
      html.element(.h3) { $0.link(lists.address(of: entry.offset, in: grouping, depth: 0), words(entry.element.title)) }
      html.element(.p, .class("small"), text: words(LandscapeWords.counted(entry.element.systems.count)))
      let choices = entry.element.systems.compactMap { $0.choice(.criticality) }
      let byRank = Dictionary(grouping: choices) { $0.rank ?? 0 }
      html.element(.p, .class("small")) { html in
        for (_, choices) in byRank.sorted(by: { $0.key > $1.key }) {
          guard let choice = choices.first else { continue }
          html.text("\(format.integer(choices.count))\u{A0}")
          mark(&html, criticality: choice)
          html.text(" ")
        }
      }
    }
    let rest = grouping.groups.count - Self.mostGroups
    if rest > 0 {
      html.element(.p, .class("also")) { html in
        html.link(lists.address(of: Self.mostGroups, in: grouping, depth: 0), words(LandscapeWords.otherGroups(rest)))
      }
    }
  }

  private func name(_ html: inout HTML, _ group: Grouping.Group) {
    if let record = group.record {
      link(&html, to: record, depth: 0)
    } else if let choice = group.choice, let kind = group.systems.first?.kind {
      html.link(.file(SiteMap.list(of: kind, type: choice.value), depth: 0), words(group.title))
    } else {
      html.text(words(group.title))
    }
  }

  // MARK: Matrices

  /// The numbers of relations between groups.
  private func matrix(_ html: inout HTML, _ grouping: Grouping, _ role: Role, _ lists: LandscapeLists) {
    let matrix = answers.matrix(of: grouping, role, most: Self.mostInMatrix)
    guard !matrix.groups.isEmpty else { return }
    let isFlow = role == .dataFlow
    html.element(
      .h3, .class("goes-on"), text: words(isFlow ? LandscapeWords.dataFlows : LandscapeWords.dependencies))
    let isListed = answers.landscape.count > Self.mostBoxes
    var heads: [(title: String, address: Address?)] = matrix.groups.map { number in
      (words(grouping.groups[number].title), isListed ? lists.address(of: number, in: grouping, depth: 0) : nil)
    }
    if matrix.others > 0 { heads.append((words(LandscapeWords.otherGroups(matrix.others)), nil)) }
    let caption = isFlow ? LandscapeWords.readFlowMatrix : LandscapeWords.readMatrix
    table(&html, heads, heads, caption, of: LandscapeWords.title(of: grouping.basis)) { html, row, column in
      let count = matrix.counts[row][column]
      if count > 0 { html.text(format.integer(count)) }
    }
  }

  private func table(
    _ html: inout HTML, _ rows: [(title: String, address: Address?)], _ columns: [(title: String, address: Address?)],
    _ caption: Message, of subject: Message, cell: (inout HTML, Int, Int) -> Void
  ) {
    func head(_ html: inout HTML, _ head: (title: String, address: Address?)) {
      if let address = head.address { html.link(address, head.title) } else { html.element(.span, text: head.title) }
    }
    html.element(.p, .class("small muted"), text: words(caption))
    html.element(
      .div, .class("matrix-box"), .tabIndex, .role("region"), .aria("label", "\(words(subject)): \(words(caption))")
    ) { html in
      html.element(.table, .class("matrix")) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            html.element(.th, .scope("col")) { $0.element(.span, .class("vh"), text: words(LandscapeWords.group)) }
            for column in columns { html.element(.th, .scope("col")) { head(&$0, column) } }
          }
        }
        html.element(.tbody) { html in
          for (number, row) in rows.enumerated() {
            html.element(.tr) { html in
              html.rowHead { head(&$0, row) }
              for column in columns.indices { html.element(.td) { cell(&$0, number, column) } }
            }
          }
        }
      }
    }
  }

  // MARK: Data flows

  private func flows(_ html: inout HTML, _ lists: LandscapeLists) {
    let flows = answers.flows
    guard !flows.edges.isEmpty else { return }
    html.element(.section, .class("sec"), .ownID("flows")) { html in
      html.element(.h2, text: words(LandscapeWords.dataFlows))
      if flows.isDrawn {
        flowMatrix(&html, flows)
      } else {
        matrix(&html, answers.grouping(by: .type), .dataFlow, lists)
      }
      FlowTable(context: context, flows: flows, shown: flows.edges.indices.prefix(Self.mostFlows), depth: 0).write(
        &html)
      let rest = flows.edges.count - Self.mostFlows
      if rest > 0 {
        html.element(.p, .class("also")) { html in
          html.link(.file(LandscapeLists.flowPath(part: 1), depth: 0), words(LandscapeWords.more(rest)))
        }
      }
    }
  }

  private func flowMatrix(_ html: inout HTML, _ flows: Picture) {
    let (senders, receivers) = (Set(flows.edges.map(\.from)).sorted(), Set(flows.edges.map(\.to)).sorted())
    let edges = Dictionary(
      flows.edges.map { (LayeredLayout.Edge(from: $0.from, to: $0.to), $0) }, uniquingKeysWith: { first, _ in first })
    func heads(_ numbers: [Int]) -> [(title: String, address: Address?)] {
      numbers.map { (flows.boxes[$0].title, map.address(of: flows.boxes[$0], depth: 0)) }
    }
    table(
      &html, heads(senders), heads(receivers),
      Message(de: "Zeile liefert Daten an Spalte.", en: "Row sends data to column."), of: LandscapeWords.dataFlows
    ) { html, row, column in
      guard let edge = edges[.init(from: senders[row], to: receivers[column])],
        let address = map.address(of: flows.boxes[edge.from], depth: 0)
      else { return }
      let label =
        "\(flows.boxes[edge.from].title) → \(flows.boxes[edge.to].title)" + (edge.note.map { ": \($0)" } ?? "")
      html.element(.a, .class("m"), .href(address), .aria("label", label), text: "●")
    }
  }
}

extension Page {
  /// Writes a system as a box: its name, and its criticality as shape and word.
  fileprivate func box(_ html: inout HTML, _ record: Record, depth: Int) {
    link(&html, to: record, depth: depth)
    if let choice = record.choice(.criticality) {
      html.text(" ")
      mark(&html, criticality: choice)
    }
    // What is not there yet, or not for long.
    if record.lifecycle != .active {
      html.text(" ")
      mark(&html, status: record)
    }
  }
}

/// Data flows, a line each.
struct FlowTable: Page {
  let context: PageContext
  let flows: Picture
  let shown: Range<Int>
  let depth: Int

  func write(_ html: inout HTML) {
    let columns = columns(LandscapeWords.from, LandscapeWords.to, LandscapeWords.what)
    html.table("stack goes-on", columns) { html in
      for edge in flows.edges[shown] {
        html.element(.tr) { html in
          html.rowHead { link(&$0, to: flows.boxes[edge.from], depth: depth) }
          html.element(.td) { html in
            html.element(.span, .ariaHidden, text: "→ ")
            link(&html, to: flows.boxes[edge.to], depth: depth)
          }
          html.element(.td, text: edge.note ?? "")
        }
      }
    }
  }
}

/// The lists that the page of a large landscape leads to: every system in its groups, and every data flow.
struct LandscapeLists: Page {
  let context: PageContext

  /// Longer lists are cut into parts.
  private static let longest = 500

  private var isNeeded: Bool { answers.landscape.count > LandscapePage.mostBoxes }

  private static func path(_ name: String, part: Int) -> String {
    "\(SitePage.landscape.folder ?? "")/\(name)\(part > 1 ? "-\(part)" : "").html"
  }

  static func flowPath(part: Int) -> String { path("flows", part: part) }

  /// Where a group begins.
  func address(of group: Int, in grouping: Grouping, depth: Int) -> Address {
    let before = grouping.groups.prefix(group).reduce(0) { $0 + $1.systems.count }
    return .file(
      Self.path(grouping.basis.rawValue, part: before / Self.longest + 1), depth: depth,
      anchor: PageID.own("group-\(group + 1)"))
  }

  var pages: [PlannedPage] {
    let groupings = isNeeded ? Grouping.Basis.allCases.map(answers.grouping) : []
    let flows = answers.flows
    let flowParts = flows.edges.count > 100 ? (flows.edges.count + Self.longest - 1) / Self.longest : 0
    return groupings.flatMap(pages)
      + (0..<flowParts).map { part in
        page("flows", LandscapeWords.dataFlows, part, of: flowParts) { html in
          let start = part * Self.longest
          FlowTable(
            context: context, flows: flows, shown: start..<min(start + Self.longest, flows.edges.count), depth: 1
          ).write(&html)
        }
      }
  }

  private func pages(_ grouping: Grouping) -> [PlannedPage] {
    let all = grouping.groups.enumerated().flatMap { group, content in
      content.systems.map { (group: group, system: $0) }
    }
    let count = (all.count + Self.longest - 1) / Self.longest
    return (0..<count).map { part in
      page(grouping.basis.rawValue, LandscapeWords.title(of: grouping.basis), part, of: count) { html in
        let start = part * Self.longest
        let shown = all[start..<min(start + Self.longest, all.count)]
        var rest = shown
        while let first = rest.first {
          let members = rest.prefix { $0.group == first.group }
          // The anchor is where the group begins.
          let begins = members.startIndex == 0 || all[members.startIndex - 1].group != first.group
          html.section(
            words(grouping.groups[first.group].title), id: begins ? PageID.own("group-\(first.group + 1)") : nil
          ) { html in html.list("index", members) { box(&$0, $1.system, depth: 1) } }
          rest = rest[members.endIndex...]
        }
      }
    }
  }

  private func page(
    _ name: String, _ title: Message, _ part: Int, of count: Int, content: @escaping @Sendable (inout HTML) -> Void
  ) -> PlannedPage {
    let heading = words(title)
    return PlannedPage(
      path: Self.path(name, part: part + 1), title: "\(words(LandscapeWords.landscape)): \(heading)",
      current: SitePage.landscape.path
    ) { html in
      crumbs(&html, [(SitePage.landscape.path, words(LandscapeWords.landscape))])
      html.element(.h1, text: heading)
      if count > 1 {
        html.element(.nav, .class("tags"), .aria("label", words(Words.page))) { html in
          for number in 0..<count {
            html.link(.file(Self.path(name, part: number + 1), depth: 1), format.integer(number + 1))
          }
        }
      }
      content(&html)
    }
  }
}
