public import KBSource

extension GitRepository {
  /// The nearest common ancestor of two commits; `nil` when they share none, or when a shallow clone lacks it.
  ///
  /// As git does it: both sides are followed from the newest commit to the oldest, until only ancestors of a common one
  /// are left. libgit2's own function gives up at the edge of a shallow clone.
  public func mergeBase(_ one: ObjectID, _ other: ObjectID) throws(GitError) -> ObjectID? {
    var walk = AncestorWalk()
    try walk.visit(one, from: .one, in: self)
    try walk.visit(other, from: .other, in: self)
    var bases: [ObjectID] = []
    while let (commit, sides) = walk.next() {
      if sides == .both { bases.append(commit.id) }
      for parent in commit.parents { try walk.visit(parent, from: sides == .both ? .settled : sides, in: self) }
    }
    return bases.first { walk.sides[$0] == .both }
  }
}

/// The ancestors of two commits, from the newest to the oldest.
private struct AncestorWalk {
  /// The commits that a commit is an ancestor of.
  struct Sides: OptionSet {
    let rawValue: UInt8

    static let one = Sides(rawValue: 1)
    static let other = Sides(rawValue: 2)
    static let both = Sides(rawValue: 3)
    /// An ancestor of a common one.
    static let settled = Sides(rawValue: 7)
  }

  private(set) var sides: [ObjectID: Sides] = [:]
  /// In the order of their dates.
  private var open: [CommitInfo] = []

  mutating func visit(
    _ id: ObjectID, from side: Sides, in repository: borrowing GitRepository
  ) throws(GitError) {
    let known = sides[id] ?? []
    guard !side.isSubset(of: known), repository.contains(id) else { return }
    sides[id] = known.union(side)
    guard !open.contains(where: { $0.id == id }) else { return }
    let commit = try repository.info(of: id)
    let seconds = AncestorWalk.seconds(commit)
    open.insert(commit, at: open.firstIndex { AncestorWalk.seconds($0) > seconds } ?? open.count)
  }

  /// The newest commit that is left; `nil` when what is left can no longer tell anything.
  mutating func next() -> (commit: CommitInfo, sides: Sides)? {
    guard open.contains(where: { sides[$0.id] != .settled }), let commit = open.popLast() else { return nil }
    return (commit, sides[commit.id] ?? [])
  }

  private static func seconds(_ commit: CommitInfo) -> Int { commit.committed?.seconds ?? .min }
}
