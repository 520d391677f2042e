import KBCatalog
import Testing

@testable import KBSite

@Suite struct `The built-in style` {
  @Test func `prints dark on white, whatever the reader's screen prefers`() {
    let style = Site.style
    let queries = style.matches(of: #/@media [^{]*prefers-color-scheme[^{]*/#).map { String($0.0) }
    #expect(!queries.isEmpty && queries.allSatisfy { $0.hasPrefix("@media screen and ") })
  }

  @Test func `prints no field that nobody filled in, and no handle of what is folded`() throws {
    let print = try #require(Site.style.split(separator: "@media print").last)
    let hidden = print.matches(of: #/([^{}]*)\{ display: none !important; \}/#).map { String($0.1) }.joined(
      separator: ",")
    for selector in [".ask:has(:placeholder-shown)", ".filters", ".btn", ".no-print", ".said details:not([open])"] {
      #expect(hidden.contains(selector), "\(selector)")
    }
  }
}
