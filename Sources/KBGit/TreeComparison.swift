import KBSource

import POSIX

/// A file that differs between two trees.
struct TreeChange {
  var path: [UInt8]
  var before: (mode: Int, id: ObjectID)?
  var after: (mode: Int, id: ObjectID)?
  /// The objects that the further parents of a merge have there.
  var others: [ObjectID?] = []
}

/// Reads trees, and keeps the last ones: each is compared twice, once with its child's and once with its parent's.
struct TreeReader {
  private var recent: [ObjectID: [UInt8]] = [:]
  private var older: [ObjectID: [UInt8]] = [:]
  private var size = 0
  private static let most = 4_000_000

  mutating func bytes(of tree: ObjectID, in repository: borrowing GitRepository) throws(GitError) -> [UInt8] {
    if let known = recent[tree] { return known }
    let bytes: [UInt8]
    if let known = older[tree] { bytes = known } else { bytes = try repository.read(tree, .tree) }
    if size > TreeReader.most {
      older = recent
      recent = [:]
      size = 0
    }
    recent[tree] = bytes
    size += bytes.count
    return bytes
  }

  /// The files that differ between a tree and the one before it, hidden ones left out.
  ///
  /// `others`: trees of further parents of a merge; what is as in one of them came from there and is no change.
  mutating func differences(
    from old: ObjectID?, to new: ObjectID?, others: [ObjectID?] = [], in repository: borrowing GitRepository
  ) throws(GitError) -> [TreeChange] {
    var changes: [TreeChange] = []
    try compare(old, new, others, below: [], in: repository, &changes)
    return changes
  }

  private mutating func compare(
    _ old: ObjectID?, _ new: ObjectID?, _ others: [ObjectID?], below folder: [UInt8],
    in repository: borrowing GitRepository, _ changes: inout [TreeChange]
  ) throws(GitError) {
    guard old != new, !others.contains(new) else { return }
    guard folder.count <= TreeLimits.longestPath, changes.count < TreeLimits.mostFiles else { throw .tooManyFiles }
    var oldBytes: [UInt8] = []
    var newBytes: [UInt8] = []
    if let old { oldBytes = try bytes(of: old, in: repository) }
    if let new { newBytes = try bytes(of: new, in: repository) }
    guard let pairs = EntryPair.differences(oldBytes, newBytes) else { throw .damaged(new ?? old ?? .none) }
    var siblings: [[EntryPair.Entry]?] = []
    if !pairs.isEmpty {
      for other in Set(others) {
        guard let other else {
          siblings.append(nil)
          continue
        }
        let entries = EntryPair.differences([], try bytes(of: other, in: repository))?.compactMap(\.new)
        guard let entries else { throw .damaged(other) }
        siblings.append(entries)
      }
    }
    for pair in pairs where !RepoPath.isHidden(name: pair.name) {
      let path = folder + pair.name
      let same = siblings.map { $0?.first { $0.name == pair.name && $0.isFolder == pair.isFolder } }
      if pair.isFolder {
        try compare(
          pair.old?.id, pair.new?.id, same.map { $0?.id }, below: path + [UInt8(ascii: "/")], in: repository, &changes)
      } else if !same.contains(where: { $0?.id == pair.new?.id && $0?.mode == pair.new?.mode }) {
        changes.append(
          TreeChange(
            path: path, before: pair.old.map { ($0.mode, $0.id) }, after: pair.new.map { ($0.mode, $0.id) },
            others: same.map { $0?.id }))
      }
    }
  }
}

/// An entry that differs between two trees, on one side or on both.
struct EntryPair {
  struct Entry {
    var name: [UInt8]
    var mode: Int
    var id: ObjectID
    var isFolder: Bool { mode == 0o40000 }
  }

  var old: Entry?
  var new: Entry?

  var name: [UInt8] { new?.name ?? old?.name ?? [] }
  var isFolder: Bool { new?.isFolder ?? old?.isFolder ?? false }

  /// Walks two trees side by side; entries that are the same on both sides cost one comparison of bytes.
  ///
  /// Nothing when one of them is no tree.
  static func differences(_ old: [UInt8], _ new: [UInt8]) -> [EntryPair]? {
    unsafe old.withUnsafeBytes { left in
      unsafe new.withUnsafeBytes { right in unsafe differences(left, right) }
    }
  }

  private static func differences(_ old: UnsafeRawBufferPointer, _ new: UnsafeRawBufferPointer) -> [EntryPair]? {
    var pairs: [EntryPair] = []
    let head = unsafe sameHead(old, new)
    let tail = unsafe sameTail(old, new, atMost: min(old.count, new.count) - head)
    // Up to the first difference both are the same: only the beginnings of entries are looked for.
    var left = 0
    while let next = unsafe end(of: left, in: old), next <= head { left = next }
    var right = left
    while left < old.count || right < new.count {
      if old.count - left == new.count - right, old.count - left <= tail { break }
      let leftEnd = unsafe end(of: left, in: old)
      if left < old.count {
        guard let leftEnd else { return nil }
        let length = leftEnd - left
        if right + length <= new.count, let a = old.baseAddress, let b = new.baseAddress,
          unsafe memcmp(a + left, b + right, length) == 0
        {
          left += length
          right += length
          continue
        }
      }
      let rightEnd = unsafe end(of: right, in: new)
      if right < new.count, rightEnd == nil { return nil }
      let before = leftEnd.flatMap { unsafe entry(old, left, $0) }
      let after = rightEnd.flatMap { unsafe entry(new, right, $0) }
      let order: Int =
        if let before, let after { compare(before, after) } else { before == nil ? 1 : -1 }
      if order <= 0 { left = leftEnd ?? old.count }
      if order >= 0 { right = rightEnd ?? new.count }
      pairs.append(EntryPair(old: order <= 0 ? before : nil, new: order >= 0 ? after : nil))
    }
    return pairs
  }

  /// How many bytes at the beginning are the same.
  private static func sameHead(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Int {
    guard let a = one.baseAddress, let b = other.baseAddress else { return 0 }
    let most = min(one.count, other.count)
    var at = 0
    while at + block <= most, unsafe memcmp(a + at, b + at, block) == 0 { at += block }
    while at < most, unsafe one[at] == other[at] { at += 1 }
    return at
  }

  /// How many bytes at the end are the same.
  private static func sameTail(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer, atMost most: Int) -> Int
  {
    guard let a = one.baseAddress, let b = other.baseAddress else { return 0 }
    var count = 0
    while count + block <= most,
      unsafe memcmp(a + (one.count - count - block), b + (other.count - count - block), block) == 0
    {
      count += block
    }
    while count < most, unsafe one[one.count - 1 - count] == other[other.count - 1 - count] { count += 1 }
    return count
  }

  /// So many bytes are compared at once.
  private static let block = 256

  /// Returns the offset after the entry that begins at an offset, or `nil` when it does not end.
  private static func end(of start: Int, in tree: UnsafeRawBufferPointer) -> Int? {
    guard start < tree.count, let base = tree.baseAddress,
      let nul = unsafe memchr(base + start, 0, tree.count - start)
    else { return nil }
    let end = unsafe UnsafeRawPointer(nul) - base + 21
    return end <= tree.count ? end : nil
  }

  private static func entry(_ tree: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Entry? {
    var mode = 0
    var at = start
    while at < end, unsafe tree[at] != 0x20 {
      mode = unsafe mode * 8 + Int(tree[at] & 7)
      at += 1
    }
    guard at < end - 21 else { return nil }
    return unsafe Entry(
      name: Array(tree[(at + 1)..<(end - 21)]), mode: mode, id: ObjectID(bytes: tree[(end - 20)..<end]))
  }

  /// Compares in git's order: names as bytes, those of folders with a slash at the end.
  private static func compare(_ left: Entry, _ right: Entry) -> Int {
    let one = left.isFolder ? left.name + [UInt8(ascii: "/")] : left.name
    let other = right.isFolder ? right.name + [UInt8(ascii: "/")] : right.name
    if one == other { return 0 }
    return one.lexicographicallyPrecedes(other) ? -1 : 1
  }
}
