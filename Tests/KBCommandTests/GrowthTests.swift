import KBSource
import KBTestSupport
import Testing

/// Twice the systems cost at most two and a half times as much to build, however they need each other.
@Suite struct `A site of systems that need each other` {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  enum Shape: String, CaseIterable {
    case cycle, chain, star

    func need(of number: Int, _ count: Int) -> Int? {
      switch self {
      case .cycle: (number + 1) % count
      case .chain: number + 1 < count ? number + 1 : nil
      case .star: number > 0 ? 0 : nil
      }
    }
  }

  private func seconds(_ shape: Shape, _ count: Int) async throws -> Double {
    folder.remove("base")
    try folder.write("title: T\nlanguage: en\n", to: "base/kb.yml")
    try folder.write("---\ntitle: IT\ntype: team\n---\n\nx\n", to: "base/teams/it.md")
    for number in 0..<count {
      let need = shape.need(of: number, count).map { "depends_on:\n  - system: s\($0)\n    strength: hard\n" } ?? ""
      try folder.write(
        "---\ntitle: S\(number)\ntype: website\ncriticality: low\nowner: it\n\(need)---\n\nx\n",
        to: "base/systems/s\(number).md")
    }
    let built = try await Tool.kb("build", "-C", "base", "-o", "site", in: folder)
    try #require(built.status < 2, "\(built.errors)")
    return built.processorSeconds
  }

  @Test(arguments: Shape.allCases)
  func `grows with their number`(shape: Shape) async throws {
    // The square of a small number hides behind what each record costs: all sizes are long after the limit of a page.
    let count = seeds(1, long: 2).count == 1 ? 500 : 1280
    let (once, twice) = (try await seconds(shape, count), try await seconds(shape, 2 * count))
    #expect(twice < 2.5 * once + 0.2, "\(once) \(twice)")
  }
}
