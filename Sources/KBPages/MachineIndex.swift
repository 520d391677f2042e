import KBAnswers
import KBCatalog
import KBHistory
import KBMarkup
import KBSchema
import KBSource

/// The lists of all pages for programs.
package struct MachineIndex: Page {
  package let context: PageContext

  package init(context: PageContext) { self.context = context }

  /// An index for language models (llmstxt.org): every record with its summary.
  package var languageModelIndex: String {
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
  package func siteMap(_ base: String) -> String {
    let root = base.hasSuffix("/") ? base : base + "/"
    let pages = SitePage.listed(hasHistory: answers.history != nil)
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
