import KBSource

/// A function that finds what is wrong with a record by itself, whatever the records it refers to say.
///
/// Its findings belong to the file as it was read, and are made once however many catalogs the file is part of.
struct RecordCheck: Sendable {
  let findings: @Sendable (Record) -> [Diagnostic]

  init(_ findings: @escaping @Sendable (Record) -> [Diagnostic]) { self.findings = findings }

  static let all: [RecordCheck] = [.requiredFields, .unknownKeys, .emptyBody]
}
