import KBCatalog
import Testing

@testable import KBSite

@Suite struct `The built-in style` {
  @Test func `prints dark on white, whatever the reader's screen prefers`() throws {
    let style = try #require(EmbeddedTemplates.files.first { $0.path == "site/kb.css" }).text.description
    let queries = style.matches(of: #/@media [^{]*prefers-color-scheme[^{]*/#).map { String($0.0) }
    #expect(!queries.isEmpty && queries.allSatisfy { $0.hasPrefix("@media screen and ") })
  }
}
