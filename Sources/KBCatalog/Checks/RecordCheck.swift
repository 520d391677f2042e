import KBSource

/// One thing that a record is held against by itself: nothing that it refers to changes what is found.
///
/// What is found belongs to the file as it was read, and is found once however often that is part of a catalog.
struct RecordCheck: Sendable {
  let rules: [Rule]
  let findings: @Sendable (Record) -> [Diagnostic]

  init(_ rules: Rule..., findings: @escaping @Sendable (Record) -> [Diagnostic]) {
    self.rules = rules
    self.findings = findings
  }

  static let all: [RecordCheck] = [.requiredFields, .unknownKeys, .emptyBody]
}
