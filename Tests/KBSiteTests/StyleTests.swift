import KBCatalog
import Testing

@testable import KBMarkup
@testable import KBSite

@Suite struct `The built-in style` {
  @Test func `prints dark on white, whatever the reader's screen prefers`() {
    let style = StyleSheet.text
    let queries = style.matches(of: #/@media [^{]*prefers-color-scheme[^{]*/#).map { String($0.0) }
    #expect(!queries.isEmpty && queries.allSatisfy { $0.hasPrefix("@media screen and ") })
  }

  @Test func `has the same dark colours where a reader chose them and where the system prefers them`() throws {
    func declarations(_ selector: String) throws -> [Substring] {
      let rest = try #require(StyleSheet.text.firstRange(of: selector + " {").map { StyleSheet.text[$0.upperBound...] })
      return rest.prefix { $0 != "}" }.split(whereSeparator: \.isWhitespace)
    }
    let chosen = try declarations(":root[data-theme=\"dark\"]")
    let preferred = try declarations(":root:not([data-theme=\"light\"])")
    #expect(chosen.count > 5 && chosen == preferred)
  }

  @Test func `prints no field that nobody filled in, and no handle of what is folded`() throws {
    let print = try #require(StyleSheet.text.split(separator: "@media print").last)
    let hidden = print.matches(of: #/([^{}]*)\{ display: none !important; \}/#).map { String($0.1) }.joined(
      separator: ",")
    for selector in [".ask:has(:placeholder-shown)", ".filters", ".btn", ".no-print", ".said details:not([open])"] {
      #expect(hidden.contains(selector), "\(selector)")
    }
  }
}
