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

  @Test(arguments: [("de", "person", "Maren Groß"), ("en", "provider", "ACME")])
  func `of a new knowledge base, and a new record, are in that form as well`(
    _ language: String, _ kind: String, _ title: String
  ) async throws {
    #expect(try await Tool.kb("init", "base", "--language", language, in: folder).status == 0)
    #expect(try await Tool.kb("new", kind, title, "-C", "base", in: folder).status == 0)
    let found = try await Tool.kb("fmt", "--check", "-C", "base", in: folder)
    #expect(found.status == 0 && found.output + found.errors == "", "\(found)")
  }

  @Test func `has the few findings that it is to show`() async throws {
    let found = try await Tool.kb("check", "-C", example, "--today", "2026-11-21", in: folder)
    #expect(found.status == 0)
    #expect(found.output.hasSuffix("\n10 Warnungen, 1 Hinweis in 158 Einträgen\n"))
  }
}
