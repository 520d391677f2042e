import Foundation
import Testing

/// What the sources import.
@Suite struct `Dependencies` {
  /// All of Foundation brings the tables of ICU: 40 MB that kb has no use for. What runs at build time is not in the binary.
  @Test func `nothing imports more of Foundation than its essentials`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") && !$0.hasPrefix("EmbedTemplates") }
    #expect(files.contains("KBServer/Connection.swift"))
    let importers = try files.filter { file in
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      return text.contains("import Foundation\n") && !text.contains("#if canImport(FoundationEssentials)")
    }
    #expect(importers == [])
  }
}
