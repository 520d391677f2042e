import KBCatalog
import KBSchema
import KBYAML

/// The mappings for exports that people really have: `templates/import/NAME.yml`.
public enum ReadyMapping {
  /// The names, in order.
  public static var names: [String] {
    let paths = EmbeddedTemplates.files.map(\.path.description).filter { $0.hasPrefix("import/") }
    return paths.map { String($0.dropFirst("import/".count).dropLast(".yml".count)) }.sorted()
  }

  /// The text of a mapping; `nil` for an unknown name.
  public static func text(_ name: String) -> String? { EmbeddedTemplates.known("import/\(name).yml") }
}
