/// An invented knowledge base: one size and one seed give the same files everywhere.
public struct KnowledgeBase {
  /// The fewest records that a knowledge base can have: one of each kind.
  public static let minimum = Kind.allCases.count
  /// The most records; beyond it the invented names run out.
  public static let maximum = 200_000

  private let blueprint: Blueprint

  /// Plans a knowledge base of `records` records.
  public init(records: Int, seed: UInt64) { blueprint = Blueprint(total: records, seed: seed) }

  /// The folders that the files lie in.
  public var folders: [String] { Kind.allCases.map(\.folder) }

  /// Hands each file, path and text, to `body`: the settings first, then the records in a fixed order.
  public func forEachFile(_ body: (_ path: String, _ text: String) throws -> Void) rethrows {
    try body("kb.yml", "title: Beispielwerke\nlanguage: de\n")
    for kind in Kind.allCases {
      for entry in blueprint[kind] {
        var writer = RecordWriter(entry, in: blueprint)
        try body(entry.path, writer.text())
      }
    }
  }
}
