public import KBCatalog
public import KBDocument
public import KBSource

/// What somebody wants a field to hold, as it is written on a command line: `owner=it`, `tags+=vpn`, `recovery.rto=4h`.
public struct FieldAssignment: Sendable, Hashable {
  public enum Operation: Sendable, Hashable {
    /// `field=value`
    case set
    /// `field+=value`: one more item in a list.
    case add
    /// `field-=value`: one item less.
    case subtract
    /// The field goes.
    case unset
  }

  /// The field's name, dotted where it is in a group; in any spelling that the schema accepts.
  public let name: String
  public let operation: Operation
  public let value: String

  /// Reads `field=value`, `field+=value` and `field-=value`.
  public init(_ written: String) throws(EditRefusal) {
    let parts = written.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    var name = parts[0]
    var operation = Operation.set
    if let sign = name.last, sign == "+" || sign == "-" {
      operation = sign == "+" ? .add : .subtract
      name = name.dropLast()
    }
    guard parts.count == 2, !name.trimmingBlanks().isEmpty else {
      throw EditRefusal(
        Message(de: "\(code: written) ist keine Angabe", en: "\(code: written) sets nothing"),
        remedy: Message(
          de: "\(code: "feld=wert") schreiben, mit Anführungszeichen um das Ganze, wenn Leerzeichen darin sind",
          en: "write \(code: "field=value"), with quotes around all of it when there are blanks in it"))
    }
    self.name = name.trimmingBlanks()
    self.operation = operation
    value = String(parts[1]).trimmingBlanks()
    guard !value.isEmpty else {
      throw EditRefusal(
        Message(
          de: "hinter \(code: "\(self.name)=") fehlt der Wert",
          en: "the value after \(code: "\(self.name)=") is missing"),
        remedy: Message(
          de: "\(code: "--unset \(self.name)") entfernt das Feld",
          en: "\(code: "--unset \(self.name)") removes the field"))
    }
  }

  /// A field that goes.
  public init(unsetting name: String) {
    (self.name, operation, value) = (name.trimmingBlanks(), .unset, "")
  }

  /// A text that joins a list as it is, whatever characters it has.
  public init(adding text: String, to name: String) {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    (self.name, operation, value) = (name, .add, "[\"\(escaped)\"]")
  }

  /// The file after some assignments, or why there is none: every value is checked against its field's type, and against the
  /// records that it refers to, before anything counts.
  ///
  /// The file need not be one of the catalog yet; its path says of which kind it is. Without `checking`, values count as
  /// they are, and are what the checks will find.
  public static func apply(
    _ assignments: [FieldAssignment], to document: Document, in catalog: Catalog, checking: Bool = true
  ) throws(EditRefusal) -> SourceFile {
    var editor = try FieldEditor(document)
    let (record, known) = catalog.record(reading: document)
    for assignment in assignments {
      let target = try FieldTarget(assignment.name, of: record.kind, in: editor)
      try target.apply(assignment, to: &editor)
      guard checking, assignment.operation == .set || assignment.operation == .add else { continue }
      try target.check(editor, in: catalog, known: known)
    }
    return editor.file
  }
}

extension StringProtocol {
  fileprivate func trimmingBlanks() -> String { String(self).trimmingBlanks() }
}
