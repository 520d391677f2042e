public import KBCatalog
public import KBSource

/// What importing a sheet would do.
public struct ImportPlan: Sendable {
  /// A cell that was changed in the sheet and, otherwise, in the knowledge base since the sheet was exported.
  public struct Conflict: Sendable {
    public let record: Record
    public let field: String
    /// `nil` where the record was in no commit as it was exported: what it was then is not known.
    public let before: String?
    public let ours: String
    public let sheet: String
  }

  /// A value of the sheet that was not taken over, since a person has written another one.
  public struct Kept: Sendable {
    public let record: Record
    public let field: String
    public let ours: String
    public let sheet: String
  }

  /// A cell, or a row, that can't be taken over.
  public struct Fault: Sendable {
    public let line: Int
    public let heading: String
    public let message: Message
    public let remedy: Message?

    public init(line: Int, heading: String, message: Message, remedy: Message?) {
      (self.line, self.heading, self.message, self.remedy) = (line, heading, message, remedy)
    }
  }

  /// The changes of files, new ones among them.
  public var changes = ChangeSet()
  /// The number of fields that change in records that are there.
  public var changedFields = 0
  public var conflicts: [Conflict] = []
  public var kept: [Kept] = []
  public var faults: [Fault] = []
  /// The records that were in the exported sheet, and are no longer in it.
  public var missing: [Record] = []
  /// The rows that are nothing for the knowledge base: for a column that the mapping needs, the lines where it is empty.
  public var skipped: [String: [Int]] = [:]

  public init() {}
}

extension ImportPlan {
  /// Adds a row that can't be taken over.
  mutating func fault(_ line: Int, _ message: Message) {
    faults.append(Fault(line: line, heading: "", message: message, remedy: nil))
  }

  /// Takes in what another part of a sheet would do.
  public mutating func formUnion(_ other: ImportPlan) {
    for change in other.changes.changes {
      if change.isNew {
        changes.create(SourceFile(path: change.path, bytes: change.new))
      } else {
        changes.change(SourceFile(path: change.path, bytes: change.old), to: change.new)
      }
    }
    changedFields += other.changedFields
    conflicts += other.conflicts
    kept += other.kept
    faults += other.faults
    missing += other.missing
    skipped.merge(other.skipped) { $0 + $1 }
  }
}
