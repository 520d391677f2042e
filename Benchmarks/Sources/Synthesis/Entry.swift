/// What other records need to know of a record: enough to refer to it.
struct Entry {
  let kind: Kind
  /// The record's place among those of its kind.
  let number: Int
  let id: String
  let title: String
  let language: Language
  /// The file's path in the knowledge base.
  var path: String { "\(kind.folder)/\(id).md" }
}
