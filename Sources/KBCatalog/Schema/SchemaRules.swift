import KBSource

/// The rules that kind files are held against.
enum SchemaRules {
  static let invalid = Rule("schema/invalid")
}
