package import KBSource

/// The rules about the fields of a single record.
package enum FormRules {
  static let missing = Rule("form/missing")
  static let expected = Rule("form/expected")
  static let recommended = Rule("form/recommended")
  static let unknownValue = Rule("form/unknown-value")
  static let unknownKey = Rule("form/unknown-key")
  package static let badValue = Rule("form/bad-value")
  static let unreadHours = Rule("form/unread-hours")
  static let badID = Rule("form/bad-id")
  static let duplicateID = Rule("form/duplicate-id")
  static let pathClash = Rule("form/path-clash")
  static let emptyBody = Rule("form/empty-body")
  static let undescribed = Rule("form/undescribed")

}
