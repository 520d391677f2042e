public import KBCatalog
import KBSchema
public import KBSource

/// The history that the pages of a site tell.
public struct SiteHistory: Sendable {
  public let history: History
  /// For each record of the catalog its edits, the newest first; those before the newest few say only who and when.
  public let edits: [[RecordEdit]]
  /// Records that are gone, the last one first.
  public let removed: [RemovedRecord]

  /// The maximum number of edits of a record that are told in words.
  public static let mostTold = 10

  /// Returns the maximum number of edits of a record that are told in words; of an access all that anybody will look for: who was granted it, and when.
  public static func mostTold(of record: Record) -> Int { record.kind.behaviour == .access ? 500 : mostTold }

  /// The maximum number of changes on the page of changes.
  public static let mostOnPage = 300

  public init(_ history: History, edits: [[RecordEdit]], removed: [RemovedRecord] = []) {
    self.history = history
    self.edits = edits
    self.removed = removed
  }

  /// The same past for a later catalog: what is told of a file counts on until it is told anew.
  public func carried(from old: Catalog, to new: Catalog) -> SiteHistory {
    SiteHistory(
      history, edits: new.records.map { record in old.record(at: record.path).map(edits) ?? [] }, removed: removed)
  }

  /// The edits of a record, the newest first.
  public func edits(of record: Record) -> [RecordEdit] { record.index < edits.count ? edits[record.index] : [] }
}

/// A record that is gone: as it was last, the edit that removed it, and those before as far as somebody will look for them.
public struct RemovedRecord: Sendable {
  public let record: Record
  public let edit: RecordEdit
  /// The edits before the last, the newest first.
  public let earlier: [RecordEdit]

  public init(_ record: Record, edit: RecordEdit, earlier: [RecordEdit] = []) {
    self.record = record
    self.edit = edit
    self.earlier = earlier
  }
}
