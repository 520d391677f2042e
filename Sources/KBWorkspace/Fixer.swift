import KBCatalog
import KBDisk
import KBSource

/// Applies the safe fixes of a catalog's findings to the files.
package struct Fixer {
  private let workspace: Workspace

  package init(_ workspace: Workspace) { self.workspace = workspace }

  /// Changes the files and says how many fixes were applied.
  ///
  /// Files with unresolved conflicts, and those that are not UTF-8, are left alone. A link is fixed where it leads to.
  package func applySafeFixes() throws -> Int {
    var byPath: [RepoPath: [FixIt]] = [:]
    for finding in workspace.catalog.diagnostics {
      if let fix = finding.fixes.first, fix.isSafe { byPath[finding.path, default: []].append(fix) }
    }
    var changes = ChangeSet()
    var count = 0
    for (path, fixes) in byPath {
      guard let file = workspace.catalog.library.source(path) else { continue }
      let chosen = Fixer.withoutOverlaps(fixes)
      var bytes = file.bytes
      for fix in chosen.reversed() { bytes.replaceSubrange(fix.range.offsets, with: fix.replacement.utf8) }
      var change = ChangeSet()
      change.change(file, to: bytes)
      guard let only = change.changes.first, try ChangeSet.obstacle(to: only, in: workspace.tree.root) == nil else {
        continue
      }
      changes.change(file, to: bytes)
      count += chosen.count
    }
    try workspace.publish(changes)
    return count
  }

  /// The fixes in order; of two that overlap the first counts, the other one comes with the next run.
  private static func withoutOverlaps(_ fixes: [FixIt]) -> [FixIt] {
    var chosen: [FixIt] = []
    for fix in fixes.sorted(by: { $0.range.lower < $1.range.lower })
    where fix.range.lower >= chosen.last?.range.upper ?? 0 {
      chosen.append(fix)
    }
    return chosen
  }
}
