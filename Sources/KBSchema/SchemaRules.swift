package import KBSource

/// The rules that kind files are checked against.
package enum SchemaRules {
  package static let invalid = Rule("schema/invalid")
}
