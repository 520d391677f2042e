import KBSource

/// The rules that kind files are checked against.
enum SchemaRules {
  static let invalid = Rule("schema/invalid")
}
