import KBCatalog
import KBSource

/// The findings that one state of a knowledge base has and another has not.
struct FindingDifference {
  private(set) var new: [Diagnostic] = []
  private(set) var resolved: [Diagnostic] = []
  private(set) var silenced: [Diagnostic] = []
  private(set) var openCount = 0

  init(from old: Catalog, to new: Catalog, _ matching: RecordMatching) {
    let keys = Keys(old: old, matching: matching)
    // Most records have the findings that they had: those need no key.
    var isSettled = (
      old: [Bool](repeating: false, count: old.records.count), new: [Bool](repeating: false, count: new.records.count)
    )
    for record in new.records {
      guard let before = matching.before(record) else { continue }
      let (findings, past) = (new.diagnostics(of: record), old.diagnostics(of: before))
      guard findings.elementsEqual(past, by: { $0.rule.code == $1.rule.code && $0.message == $1.message }) else {
        continue
      }
      (isSettled.old[before.index], isSettled.new[record.index]) = (true, true)
      openCount += findings.count
    }
    let past = old.diagnostics(ofRecords: { !isSettled.old[$0.index] })
    var counts: [Key: Int] = [:]
    for finding in past { counts[keys.key(finding, in: old), default: 0] += 1 }
    /// Takes one finding of before away, where one is left.
    func take(_ key: Key) -> Bool {
      guard let count = counts[key], count > 0 else { return false }
      counts[key] = count - 1
      return true
    }
    // A finding that names several fields stays the same while some of them are filled in.
    var shrunk: [Key.Subject: [(key: Key, fields: Set<String>)]] = [:]
    for finding in past where Self.namesFields.contains(finding.rule.code) {
      let key = keys.key(finding, in: old)
      shrunk[key.subject, default: []].append((key, finding.message.codes))
    }
    for finding in new.diagnostics(ofRecords: { !isSettled.new[$0.index] }) {
      let key = keys.key(finding, in: new)
      let fields = finding.message.codes
      let isOpen =
        take(key)
        || Self.namesFields.contains(finding.rule.code)
          && (shrunk[key.subject] ?? []).contains { fields.isStrictSubset(of: $0.fields) && take($0.key) }
      if isOpen { openCount += 1 } else { self.new.append(finding) }
    }
    let gone = past.filter { take(keys.key($0, in: old)) }
    let ignored = IgnoreList(new.ignoreFile)
    (silenced, resolved) = gone.separated { new.configuration.adjusted($0) == nil || ignored.excludes($0.path) }
  }

  /// The rules whose findings name all fields that a record lacks.
  private static let namesFields: Set = ["form/missing", "form/expected", "form/recommended"]

  /// What makes two findings of two states the same one.
  private struct Key: Hashable {
    let code: String
    /// The record's id of today, or the path of a file that is no record; of a finding about several all of them.
    let places: Set<String>
    /// The message with each record by its id of today: a finding that only calls a record by its new name is the old one.
    /// `nil` of a finding about several: which of them it begins with, only their order decides.
    let message: Message?

    /// The rule and the place.
    struct Subject: Hashable {
      let code: String
      let places: Set<String>
    }
    var subject: Subject { Subject(code: code, places: places) }
  }

  /// The keys of the findings of both states.
  private struct Keys {
    let old: Catalog
    let matching: RecordMatching

    func key(_ finding: Diagnostic, in catalog: Catalog) -> Key {
      let places = Set(
        ([finding.path] + finding.notes.map(\.path)).map { path in
          let record = catalog.record(at: path)
          return record.map { catalog === old ? matching.today[$0.index]?.id ?? $0.id : $0.id } ?? path.string
        })
      let message = finding.message.namingRecords { catalog === old ? matching.renamed[$0] ?? $0 : $0 }
      return Key(code: finding.rule.code, places: places, message: places.count > 1 ? nil : message)
    }
  }
}

extension Message {
  /// What its text has as code, such as the fields that a record lacks.
  fileprivate var codes: Set<String> {
    Set(text(.english).spans(in: .english).filter { $0.look == .code }.map(\.text))
  }
}
