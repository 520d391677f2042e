public import KBCatalog
import KBSchema
import KBSource

extension Renaming {
  /// Compares the knowledge base before with what it would be afterwards: every record has its id, every relation leads
  /// where it led, and nothing is wrong that was not wrong before. Otherwise the renaming is refused.
  public func prove(before: Catalog, after: Catalog) throws(EditRefusal) {
    func place(_ path: RepoPath) -> RepoPath { path == record.path ? newPath : path }
    guard let renamed = after.record(at: newPath), renamed.id == newID, renamed.kind.id == record.kind.id else {
      throw EditRefusal(
        Message(
          de: "\(code: newPath) bekäme nicht die Kennung \(code: newID)",
          en: "\(code: newPath) would not get the id \(code: newID)"),
        remedy: Message(de: "eine andere Kennung wählen", en: "choose another id"))
    }
    for other in before.records where other.index != record.index {
      guard after.record(at: other.path)?.id == other.id else {
        throw EditRefusal(
          Message(
            de: "\(other.path) bekäme dadurch eine andere Kennung", en: "\(other.path) would get another id by that"
          ),
          remedy: Message(de: "eine andere Kennung wählen", en: "choose another id"))
      }
    }
    struct Lead: Hashable {
      var source: RepoPath
      var target: RepoPath
      var name: String
    }
    let old = before.relations.map { relation in
      Lead(
        source: place(before.records[relation.source].path), target: place(before.records[relation.target].path),
        name: relation.name)
    }
    let new = after.relations.map { relation in
      Lead(
        source: after.records[relation.source].path, target: after.records[relation.target].path, name: relation.name)
    }
    let counts = Dictionary(new.map { ($0, 1) }, uniquingKeysWith: +)
    let lost = Dictionary(old.map { ($0, 1) }, uniquingKeysWith: +).filter { counts[$0.key] ?? 0 < $0.value }
    if let lost = lost.keys.min(by: { ($0.source, $0.target) < ($1.source, $1.target) }) {
      throw EditRefusal(
        Message(
          de: "der Verweis von \(code: lost.source) auf \(code: lost.target) ginge verloren",
          en: "the reference from \(code: lost.source) to \(code: lost.target) would be lost"),
        remedy: Message(
          de: "\(code: "kb check") nennt, was dort nicht stimmt", en: "\(code: "kb check") says what is wrong there"))
    }
    try proveNothingWorse(before, after, place)
  }

  private func proveNothingWorse(_ before: Catalog, _ after: Catalog, _ place: (RepoPath) -> RepoPath)
    throws(EditRefusal)
  {
    struct Fault: Hashable {
      var code: String
      var path: RepoPath
    }
    var known: [Fault: Int] = [:]
    var pairs: [String: Int] = [:]
    for finding in before.diagnostics {
      known[Fault(code: finding.rule.code, path: place(finding.path)), default: 0] += 1
      if !finding.notes.isEmpty { pairs[finding.rule.code, default: 0] += 1 }
    }
    // Of records that have something in common, the order decides which one the finding is in: those are counted.
    for finding in after.diagnostics where !finding.notes.isEmpty { pairs[finding.rule.code, default: 0] -= 1 }
    // What is wrong with the old name ends with it.
    let names = [record.path, newPath]
    for finding in after.diagnostics where !(finding.rule.code.hasPrefix("file/") && names.contains(finding.path)) {
      let fault = Fault(code: finding.rule.code, path: finding.path)
      known[fault, default: 0] -= 1
      guard known[fault] ?? 0 < 0 else { continue }
      if !finding.notes.isEmpty, pairs[finding.rule.code] ?? 0 >= 0 { continue }
      let line = after.file(finding.path)?.position(of: finding.range.lower).line ?? 1
      throw EditRefusal(
        Message(
          de: "danach wäre in \(code: "\(finding.path):\(line)") etwas falsch: \(finding.message)",
          en: "afterwards something would be wrong in \(code: "\(finding.path):\(line)"): \(finding.message)"),
        remedy: finding.remedy)
    }
  }
}
