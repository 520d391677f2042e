import Foundation
import KBTestSupport
import Testing

@Suite struct `The example` {
  private let folder: ScratchFolder
  private let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "../../kb-example"
  ).standardized.path

  init() throws { folder = try ScratchFolder() }

  @Test func `is written in the form that kb fmt gives`() async throws {
    let found = try await Tool.kb("fmt", "--check", "-C", example, in: folder)
    #expect(found.status == 0)
    #expect(found.output + found.errors == "")
  }

  @Test func `has the few findings that it is to show`() async throws {
    let found = try await Tool.kb("check", "-C", example, "--today", "2026-11-21", in: folder)
    #expect(found.status == 0)
    #expect(found.output.hasSuffix("\n6 Warnungen, 1 Hinweis in 155 Einträgen\n"))
  }
}
