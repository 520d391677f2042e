import KBTestSupport
import Testing

@testable import KBSite

/// Small inputs after public bug reports of this kind of software, each with the right answer.
@Suite struct `After public reports` {
  /// The text of a page's main part, without its tags.
  private func text(_ page: String?) throws -> String {
    mainPart(try #require(page)).replacing(/<[^>]+>/, with: " ").split(separator: " ").joined(separator: " ")
  }

  @Test func `01 a comment over several lines is hidden`() async throws {
    let pages = try await built([
      ("kb.yml", "language: en\n"),
      page(
        "patch-day",
        """
        # Patch day

        Every second Tuesday.

        <!--
        TODO before publishing: the vendor's default account is admin / admin,
        see [notes](notes.md)

        # Old list
        -->

        1. Snapshot
        2. Install
        """),
    ])
    let shown = try text(pages["pages/patch-day.html"])
    #expect(shown.contains("Every second Tuesday.") && shown.contains("Install"))
    #expect(!shown.contains("default account") && !shown.contains("--&gt;") && !shown.contains("Old list"))
    #expect(pages.values.allSatisfy { !$0.contains("default account") })
  }
}
