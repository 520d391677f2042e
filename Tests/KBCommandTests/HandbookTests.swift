import Foundation
import KBTestSupport
import Testing

@Suite struct `kb handbook` {
  private let folder: ScratchFolder
  private let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "../../kb-example"
  ).standardized.path

  init() throws { folder = try ScratchFolder() }

  private func text(_ name: String) -> String { String(decoding: folder.bytes(name) ?? [], as: UTF8.self) }

  @Test func `of the example is one file with everything in it`() async throws {
    let ran = try await Tool.kb("handbook", "-C", example, "--today", "2026-11-29", "-o", "out/h.html", in: folder)
    #expect(ran.status == 0 && ran.output == "" && ran.errors == "", "\(ran.errors)")
    let handbook = text("out/h.html")
    #expect(!handbook.contains("src=") && !handbook.contains("href=\"http") && !handbook.contains("<script"))
    for word in ["Notfallstab", "0171\u{A0}3920001", "0221\u{A0}4710\u{A0}499", "Internet fällt aus", "28.02.2027"] {
      #expect(handbook.contains(word), "\(word)")
    }
    let listed = try await Tool.kb("list", "runbook", "-C", example, "--format", "json", in: folder)
    #expect(listed.status == 0)
  }

  @Test func `fits into a phone`() async throws {
    let ran = try await Tool.kb("handbook", "--pocket", "-C", example, "--today", "2026-11-29", in: folder)
    #expect(ran.status == 0 && ran.output.utf8.count <= 300_000)
    #expect(ran.output.contains("Internet fällt aus"))
  }

  @Test func `refuses what it can't do`() async throws {
    try folder.write("language: en\n", to: "kb.yml")
    for arguments in [["--pdf"], ["--pocket", "--since", "HEAD"], ["--since", "HEAD"], ["--valid", "soon"]] {
      let ran = try await Tool.kb(["handbook"] + arguments, in: folder)
      #expect(ran.status == 2 && ran.output == "" && !ran.errors.isEmpty, "\(arguments)")
    }
    let ran = try await Program.run(
      "\(Tool.productFolder)/kb", ["handbook", "--pdf", "-o", "h.pdf"], in: folder.path,
      environment: Tool.environment.merging(["PATH": folder.path]) { $1 })
    #expect(ran.status == 2 && ran.errors.contains("neither WeasyPrint nor Chromium"))
    #expect(folder.entries("").allSatisfy { $0.path == "kb.yml" || $0.path.hasPrefix(".state") })
  }
}
