import KBCatalog
import Testing

@testable import KBSite

@Suite struct `The built-in style` {
  @Test func `prints dark on white, whatever the reader's screen prefers`() {
    let style = Site.style
    let queries = style.matches(of: #/@media [^{]*prefers-color-scheme[^{]*/#).map { String($0.0) }
    #expect(!queries.isEmpty && queries.allSatisfy { $0.hasPrefix("@media screen and ") })
  }
}
