import KBCatalog
import KBDisk
import KBSource

/// Plain lists that reach every record without a script: by letter, by type, by tag.
extension Site {
  // MARK: A to Z

  /// A longer list is cut by letter.
  private static let longestAlphabet = 1500

  /// Records under their first letter; signs and digits come first.
  private func letters() -> [(letter: String, records: [Record])] {
    var groups: [(letter: String, records: [Record])] = []
    var numbers: [String: Int] = [:]
    for record in records {
      let first = sortKey(record.title).unicodeScalars.first
      let letter = first.map { ("a"..."z").contains($0) ? String($0).uppercased() : "#" } ?? "#"
      if let number = numbers[letter] {
        groups[number].records.append(record)
      } else {
        numbers[letter] = groups.count
        groups.append((letter, [record]))
      }
    }
    return groups.sorted { $0.letter < $1.letter }
  }

  func alphabetPage(_ html: inout HTML) {
    let groups = letters()
    let title = words(Words.aToZ)
    guard records.count > Site.longestAlphabet else {
      alphabetHead(&html, title)
      html.element(.nav, .class("tags"), .aria("label", title)) { html in
        for group in groups { html.element(.a, .href(.anchor(Site.anchor(group.letter))), text: group.letter) }
      }
      for group in groups { letterSection(&html, group.letter, group.records, depth: 0) }
      return
    }
    html.element(.h1, text: title)
    html.element(.ul, .class("index")) { html in
      for group in groups {
        let parts = Site.parts(of: group.records)
        for (number, part) in parts.enumerated() {
          html.element(.li) { html in
            html.element(
              .a, .href(.file(Site.letterPath(group.letter, number + 1), depth: 0)),
              text: parts.count > 1 ? "\(group.letter) \(number + 1)" : group.letter)
            html.element(.span, text: self.format.integer(part.count))
          }
        }
      }
    }
  }

  /// The pages of a long list, a letter or a part of one each.
  func letterPages() -> [OutputFile] {
    guard records.count > Site.longestAlphabet else { return [] }
    return letters().flatMap { group in
      Site.parts(of: group.records).enumerated().map { number, members in
        let title = "\(words(Words.aToZ)): \(group.letter)"
        return page(Site.letterPath(group.letter, number + 1), title: title, current: SitePage.alphabet.path) { html in
          self.alphabetHead(&html, title)
          self.letterSection(&html, group.letter, members, depth: 1)
        }
      }
    }
  }

  private static func anchor(_ letter: String) -> String {
    letter == "#" ? "zeichen" : "buchstabe-\(letter.lowercased())"
  }

  private static func letterPath(_ letter: String, _ part: Int) -> String {
    "\(SitePage.alphabet.folder ?? "")/\(letter == "#" ? "0" : letter.lowercased())\(part > 1 ? "-\(part)" : "").html"
  }

  private func alphabetHead(_ html: inout HTML, _ title: String) {
    html.element(.h1, text: title)
    html.element(.form, .class("ask find js")) { html in
      html.element(.label, .for(PageID.own("find")), text: self.words(Words.lookUpAnything))
      html.element(.div) { html in
        html.void(
          .input, .ownID("find"), .type("search"), .noAutocomplete, Attribute(name: "placeholder", value: " "),
          Attribute(name: "data-find", value: nil))
      }
      html.element(.p, text: self.words(Words.findHint))
    }
  }

  private func letterSection(_ html: inout HTML, _ letter: String, _ members: [Record], depth: Int) {
    html.element(.section, .class("sec")) { html in
      html.element(.h2, .id(Site.anchor(letter)), text: letter)
      html.element(.ul, .class("rows")) { html in
        for record in members { self.directoryRow(&html, record, depth: depth) }
      }
    }
  }

  private func directoryRow(_ html: inout HTML, _ record: Record, depth: Int) {
    html.element(.li) { html in
      html.element(.span, .class("key"), text: self.words(record.kind.label))
      html.element(.div) { html in
        self.link(&html, to: record, depth: depth)
        self.file(&html, ofNamesake: record)
        if let summary = record.value(.summary)?.text { html.element(.span, .class("what"), text: summary) }
      }
    }
  }

  /// Where a record lies, when its title does not tell it from another one.
  func file(_ html: inout HTML, ofNamesake record: Record) {
    if hasNamesake(record) { html.element(.span, .class("what"), text: record.path.string) }
  }

  // MARK: By type

  func typesPage(_ html: inout HTML) {
    html.element(.h1, text: words(Words.byType))
    for kind in catalog.schema.kinds {
      let members = records.filter { $0.kind === kind }
      guard !members.isEmpty else { continue }
      html.element(.section, .class("sec")) { html in
        html.element(.div, .class("sec-h")) { html in
          html.element(.h2, text: self.words(kind.plural))
          html.element(
            .a, .href(.file(SiteMap.list(of: kind), depth: 0)),
            text: "\(self.words(Words.all)) \(self.format.integer(members.count))")
        }
        let counts = Dictionary(grouping: members) { $0.choice(.category)?.value ?? "" }.mapValues(\.count)
        guard !self.types(of: kind).isEmpty else { return }
        html.element(.ul, .class("index")) { html in
          for choice in self.types(of: kind) {
            guard let count = counts[choice.value] else { continue }
            html.element(.li) { html in
              html.element(
                .a, .href(.file(SiteMap.list(of: kind, type: choice.value), depth: 0)), text: self.words(choice.label))
              html.text(" ")
              html.element(.span, text: self.format.integer(count))
            }
          }
          if let count = counts[""] {
            html.element(.li) { html in
              html.element(.a, .href(.file(SiteMap.list(of: kind), depth: 0)), text: self.words(Words.untyped))
              html.text(" ")
              html.element(.span, text: self.format.integer(count))
            }
          }
        }
      }
    }
  }

  // MARK: Tags

  /// The published records by tag, in the order of the tags.
  private func recordsByTag() -> [(tag: String, records: [Record])] {
    var byTag: [String: [Record]] = [:]
    for record in records {
      for tag in Set(record.values(.tags).compactMap(\.text)) { byTag[tag, default: []].append(record) }
    }
    return byTag.map { (key: sortKey($0.key), tag: $0.key, records: $0.value) }
      .sorted { ($0.key, $0.tag) < ($1.key, $1.tag) }.map { ($0.tag, $0.records) }
  }

  /// A page for each tag.
  func tagPages() -> [OutputFile] {
    recordsByTag().map { tag, members in
      page(SiteMap.tag(tag), title: "\(words(Words.tag)): \(tag)", current: SitePage.tags.path) { html in
        html.element(.nav, .aria("label", self.words(Words.path))) { html in
          html.element(.ol, .class("crumb")) { html in
            html.element(.li) {
              $0.element(.a, .href(.file(SitePage.tags.path, depth: 1)), text: self.words(Words.tags))
            }
          }
        }
        html.element(.h1, text: tag)
        html.element(.ul, .class("rows sec")) { html in
          for record in members { self.directoryRow(&html, record, depth: 1) }
        }
      }
    }
  }

  func tagsPage(_ html: inout HTML) {
    let tags = recordsByTag()
    html.element(.h1, text: words(Words.tags))
    if tags.isEmpty {
      html.element(
        .p, .class("lead"),
        text: language == .german
          ? "Noch keine Schlagwörter. Sie stehen im Kopf: tags: [backup, netz]"
          : "No tags yet. They stand in the front matter: tags: [backup, network]")
    }
    html.element(.ul, .class("index sec")) { html in
      for (tag, members) in tags {
        html.element(.li) { html in
          html.element(.a, .href(.file(SiteMap.tag(tag), depth: 0)), text: tag)
          html.text(" ")
          html.element(.span, text: self.format.integer(members.count))
        }
      }
    }
  }

  // MARK: Emergency

  func emergencyPage(_ html: inout HTML) {
    html.element(.h1, text: words(Words.emergency))
    html.element(
      .p, .class("lead"),
      text: language == .german
        ? "Was ist ausgefallen? Das System in der Liste suchen, die Nummer anrufen, das Runbook öffnen."
        : "What is down? Find the system in the list, call the number, open the runbook.")
    let runbooks = records.filter { isForTrouble($0) && $0.lifecycle.isInUse }
    let providers = records.filter { $0.kind.behaviour == .provider && $0.lifecycle.isInUse }
      .compactMap { record in record.value(.emergencyPhone)?.text.map { (record, $0) } }
    html.element(.div, .class("cols")) { html in
      html.element(.div) { self.criticalSystems(&$0, limit: 60, showsRecovery: false) }
      html.element(.div) { html in
        if !providers.isEmpty {
          html.element(.section, .class("sec")) { html in
            html.element(.h2, text: self.words(Words.whomToCall))
            html.element(.ul, .class("callers")) { html in
              for (provider, number) in providers.prefix(40) {
                html.element(.li) { html in
                  html.element(.a, .class("then"), .href(.phone(number))) { html in
                    html.element(.span) { html in
                      html.text(provider.title)
                      if let customer = provider.value(.customerNumber)?.text {
                        html.element(.small, .class("what"), text: "\(self.words(Words.customerNumber)) \(customer)")
                      }
                    }
                    html.element(.b, text: self.format.phone(number))
                  }
                }
              }
            }
          }
        }
        html.element(.section, .class("sec")) { html in
          html.element(.h2, text: self.words(Words.whatToDo))
          if runbooks.isEmpty {
            html.element(
              .p, .class("muted small"),
              text: self.language == .german
                ? "Noch kein Runbook für Störungen. Eines unter runbooks/ anlegen, mit type: incident."
                : "No runbook for incidents yet. Put one under runbooks/, with type: incident.")
          }
          html.element(.ul, .class("rows")) { html in
            for runbook in runbooks.prefix(60) {
              html.element(.li) { html in
                html.element(.span, .class("key"), text: runbook.choice(.category).map { self.words($0.label) } ?? "")
                html.element(.div) { html in
                  self.link(&html, to: runbook, depth: 0)
                  let systems = self.catalog.records(.handles, of: runbook).filter(self.map.isPublished).map(\.title)
                  if !systems.isEmpty { html.element(.span, .class("what"), text: systems.joined(separator: ", ")) }
                }
              }
            }
          }
          if runbooks.count > 60, let kind = runbooks.first?.kind {
            html.element(.p, .class("also small")) {
              $0.element(
                .a, .href(.file(SiteMap.list(of: kind), depth: 0)),
                text: "\(self.words(Words.all)) \(self.format.integer(runbooks.count))")
            }
          }
        }
      }
    }
  }

  // MARK: The rest

  func notFoundPage(_ html: inout HTML, depth: Int = 0) {
    html.element(.h1, text: words(Words.nothingFound))
    html.element(.p, .class("lead"), text: words(Words.inLists))
    html.element(.ul, .class("index sec")) { html in
      for page in SitePage.all where page.group == .start || page.purpose != nil {
        html.element(.li) { $0.element(.a, .href(.file(page.path, depth: depth)), text: self.words(page.title)) }
      }
    }
  }

  /// An index for language models (llmstxt.org): every record with its summary.
  func languageModelIndex() -> String {
    var text = "# \(singleLine(catalog.configuration.title))\n"
    for kind in catalog.schema.kinds {
      let members = records.filter { $0.kind === kind }
      guard !members.isEmpty else { continue }
      text += "\n## \(words(kind.plural))\n\n"
      for record in members {
        guard let path = map.path(of: record) else { continue }
        let title = singleLine(record.title).replacing { $0 == "[" ? "(" : $0 == "]" ? ")" : $0 }
        let summary = record.value(.summary)?.text.map { ": \(singleLine($0))" } ?? ""
        text += "- [\(title)](\(Address.file(path, depth: 0).text))\(summary)\n"
      }
    }
    return text
  }

  private func singleLine(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
    return text.replacing { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
  }

  /// The addresses of all pages (sitemaps.org).
  func siteMapFile(_ base: String) -> String {
    let root = base.hasSuffix("/") ? base : base + "/"
    let pages = SitePage.all.filter { $0.group != nil && (options.history != nil || !$0.needsHistory) }
    let paths = pages.map(\.path) + records.compactMap(map.path(of:))
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    for path in paths {
      var location = HTML()
      location.text(root + Address.file(path, depth: 0).text)
      text += "<url><loc>\(String(decoding: location.bytes, as: UTF8.self))</loc></url>\n"
    }
    return text + "</urlset>\n"
  }
}

extension String {
  /// The text with each scalar replaced by itself or another; searching for texts in it would cost more.
  fileprivate func replacing(_ replacement: (Unicode.Scalar) -> Unicode.Scalar) -> String {
    String(UnicodeScalarView(unicodeScalars.map(replacement)))
  }
}
