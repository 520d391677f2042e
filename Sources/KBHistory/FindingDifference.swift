import KBCatalog
import KBSource

/// The findings that one state of a knowledge base has and another has not.
struct FindingDifference {
  private(set) var new: [Diagnostic] = []
  private(set) var resolved: [Diagnostic] = []
  private(set) var silenced: [Diagnostic] = []
  private(set) var openCount = 0

  init(from old: Catalog, to new: Catalog, _ matching: RecordMatching) {
    let keys = Keys(old: old, matching)
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
    var counts: [String: Int] = [:]
    for finding in past { counts[keys.key(finding, in: old), default: 0] += 1 }
    /// Takes one finding of before away, where one is left.
    func take(_ key: String) -> Bool {
      guard let count = counts[key], count > 0 else { return false }
      counts[key] = count - 1
      return true
    }
    for finding in new.diagnostics(ofRecords: { !isSettled.new[$0.index] }) {
      if take(keys.key(finding, in: new)) { openCount += 1 } else { self.new.append(finding) }
    }
    let gone = past.filter { take(keys.key($0, in: old)) }
    let ignored = IgnoreList(new.ignoreFile)
    (silenced, resolved) = gone.separated { new.configuration.adjusted($0) == nil || ignored.excludes($0.path) }
  }

  /// Names for findings that are alike in both states.
  private struct Keys {
    let old: Catalog
    let matching: RecordMatching
    /// The ids and titles of before that are others now.
    let called: [String: String]

    init(old: Catalog, _ matching: RecordMatching) {
      self.old = old
      self.matching = matching
      let titles = matching.today.compactMap { index, after in
        old.records[index].title == after.title ? nil : (old.records[index].title, after.title)
      }
      called = matching.renamed.merging(titles) { id, _ in id }
    }

    func key(_ finding: Diagnostic, in catalog: Catalog) -> String {
      let record = catalog.record(at: finding.path)
      let place =
        record.map { catalog === old ? matching.today[$0.index]?.id ?? $0.id : $0.id } ?? finding.path.string
      let message = finding.message.english
      // Messages put ids and titles into quotes: a finding that only calls a record by its new name is the old one.
      let words = catalog === old && !called.isEmpty ? renaming(message) : message
      return "\(finding.rule.code)\u{0}\(place)\u{0}\(words)"
    }

    /// A message with the names in its quotes replaced by those of today.
    private func renaming(_ message: String) -> String {
      message.split(separator: "'", omittingEmptySubsequences: false).map { called[String($0)] ?? String($0) }
        .joined(separator: "'")
    }
  }
}
