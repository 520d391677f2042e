internal import KBCatalog
internal import KBGit
internal import KBOutput
internal import KBSource

/// Applies the safe fixes of a catalog's findings to the files.
struct Fixer {
  private let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// Changes the files, each in one step, and says how many fixes were applied.
  ///
  /// Files with unresolved conflicts, and those that are not UTF-8, are left alone. A link is mended where it leads to.
  func applySafeFixes() throws -> Int {
    var byPath: [RepoPath: [FixIt]] = [:]
    var refused: Set<RepoPath> = []
    for finding in workspace.catalog.diagnostics {
      if ["form/conflict", "form/encoding"].contains(finding.rule.code) { refused.insert(finding.path) }
      if let fix = finding.fixes.first, fix.isSafe { byPath[finding.path, default: []].append(fix) }
    }
    var count = 0
    for (path, fixes) in byPath.sorted(by: { $0.key < $1.key }) where !refused.contains(path) {
      guard let file = workspace.catalog.file(path) else { continue }
      let chosen = Fixer.withoutOverlaps(fixes)
      var bytes = file.bytes
      for fix in chosen.reversed() { bytes.replaceSubrange(fix.range.offsets, with: fix.replacement.utf8) }
      do throws(OutputTree.Refusal) {
        if try FileReplacement.replace("\(workspace.tree.root)/\(path.string)", with: bytes, expecting: file.bytes) {
          count += chosen.count
        }
      } catch {
        throw CommandFailure(workspace.language == .german ? error.message.german : error.message.english)
      }
    }
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
