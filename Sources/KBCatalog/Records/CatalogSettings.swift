public import KBSchema
public import KBSource

/// What `kb.yml` and the kinds of a snapshot say: how everything else is read.
public struct CatalogSettings: Sendable {
  public let schema: Schema
  public internal(set) var configuration: Configuration

  public init(_ snapshot: Snapshot) {
    schema = Schema(extending: snapshot.files.filter { FileRole($0.path) == .kind })
    configuration =
      snapshot.files.first { $0.path.string == "kb.yml" }.map { [schema] in Configuration(reading: $0, schema: schema) }
      ?? Configuration()
  }

  /// What is wrong with them.
  public var diagnostics: [Diagnostic] {
    schema.files.flatMap { KindFileCheck.diagnostics(of: $0, among: schema.kinds) } + configuration.diagnostics
  }
}
