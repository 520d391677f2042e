package import KBSource

/// The rules about references between records and links in bodies.
package enum ReferenceRules {
  package static let missing = Rule("reference/missing")
  package static let wrongKind = Rule("reference/wrong-kind")
  static let shared = Rule("reference/shared")
  static let oldID = Rule("reference/old-id")
  static let deadLink = Rule("reference/dead-link")
  static let unwritten = Rule("reference/unwritten")
  static let deadAnchor = Rule("reference/dead-anchor")
  static let missingFile = Rule("reference/missing-file")
  static let remoteImage = Rule("reference/remote-image")
  static let forbiddenAddress = Rule("reference/forbidden-address")
  static let unsafeFile = Rule("reference/unsafe-file")
  static let notALink = Rule("reference/not-a-link")
  static let cleanedPicture = Rule("reference/cleaned-picture")
  static let noPicture = Rule("reference/no-picture")
}
