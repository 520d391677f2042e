import KBSource

/// A commit as git stores it, read by hand: libgit2 refuses commits that git accepts.
struct CommitObject {
  var tree: ObjectID
  var info: CommitInfo

  /// Reads the lines `tree`, `parent`, `author`, `committer`, `encoding`, and the message below the empty line.
  init?(id: ObjectID, bytes: [UInt8]) {
    var tree: ObjectID?
    var parents: [ObjectID] = []
    var author: ArraySlice<UInt8> = []
    var committer: ArraySlice<UInt8> = []
    var isLatin = false
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest[..<end]
      rest = rest[rest.index(after: end)...]
      if line.isEmpty { break }
      let space = line.firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
      let value = line[min(space + 1, line.endIndex)...]
      switch String(decoding: line[..<space], as: UTF8.self) {
      case "tree": tree = ObjectID(String(decoding: value, as: UTF8.self))
      case "parent": if let parent = ObjectID(String(decoding: value, as: UTF8.self)) { parents.append(parent) }
      case "author" where author.isEmpty: author = value
      case "committer" where committer.isEmpty: committer = value
      case "encoding":
        let name = String(decoding: value, as: UTF8.self).lowercased()
        isLatin = name.contains("8859-1") || name.contains("latin") || name.contains("1252")
      default: break
      }
    }
    guard let tree else { return nil }
    self.tree = tree
    func text(_ bytes: ArraySlice<UInt8>) -> String {
      // Latin-1 bytes are the numbers of the characters.
      isLatin
        ? String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) })) : String(decoding: bytes, as: UTF8.self)
    }
    let written = Signature(author)
    let stored = Signature(committer)
    let isBlank = { (byte: UInt8) in byte == 0x0A || byte == 0x0D || byte == 0x20 }
    let message = rest.drop(while: isBlank)
    let last = message.lastIndex { !isBlank($0) }
    info = CommitInfo(
      id: id, parents: parents, author: text(written.name), email: text(written.email), authored: written.moment,
      committed: stored.moment, message: last.map { text(message[...$0]) } ?? "")
    // What the committer's clock said must not stand in for what the author's did not say.
    info.committed = stored.moment
  }

  /// `Name <mail> seconds +zone`, any part of which may be missing or wild.
  private struct Signature {
    var name: ArraySlice<UInt8>
    var email: ArraySlice<UInt8> = []
    var moment: CommitInfo.Moment?

    init(_ line: ArraySlice<UInt8>) {
      guard let open = line.firstIndex(of: UInt8(ascii: "<")), let close = line.lastIndex(of: UInt8(ascii: ">")),
        open < close
      else {
        name = line
        return
      }
      name = line[..<open]
      while name.last == UInt8(ascii: " ") { name.removeLast() }
      email = line[(open + 1)..<close]
      let parts = line[(close + 1)...].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard let seconds = parts.first.flatMap({ Int($0) }) else { return }
      let zone = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
      // A zone is hours and minutes, +0130; wild ones are out of the range that a moment takes.
      let offset = abs(zone) > 9999 ? 0 : zone / 100 * 60 + zone % 100
      moment = CommitInfo.Moment(seconds: seconds, offset: offset)
    }
  }
}
