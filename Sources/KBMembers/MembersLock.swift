import KBCatalog
import KBDisk
package import KBSource
import KBTerminal
import KBYAML

/// The commits that the members of an overview had when somebody pinned them: `members.lock`, one line per member.
package struct MembersLock {
  package static let name = "members.lock"

  /// The commits by the members' ids.
  package let commits: [String: String]

  /// Reads the lock beside an overview; `nil` where there is none.
  package init?(in root: String) throws {
    guard let bytes = try WorkingTree.contents(of: "\(root)/\(MembersLock.name)") else { return nil }
    let yaml = YAMLFile(parsing: SourceFile(path: RepoPath(normalized: MembersLock.name), bytes: bytes))
    let entries = yaml.root?.mapping ?? []
    let isReadable = yaml.diagnostics.isEmpty && entries.allSatisfy { ObjectID($0.value.scalar ?? "") != nil }
    guard isReadable else {
      throw CommandFailure(
        Message(de: "\(code: MembersLock.name) ist nicht lesbar", en: "\(code: MembersLock.name) can't be read"),
        remedy: Message(
          de: "mit \(code: "kb members lock") neu schreiben", en: "write it anew with \(code: "kb members lock")"))
    }
    commits = Dictionary(entries.map { ($0.key, $0.value.scalar ?? "") }, uniquingKeysWith: { first, _ in first })
  }

  /// Pins the members where they are; throws where one of them has no commit.
  package init(pinning overview: Overview) throws {
    let unpinned = overview.failures.map(\.member.id) + overview.members.filter { $0.commit == nil }.map(\.id)
    guard unpinned.isEmpty else {
      throw CommandFailure(
        Message(
          de: "nichts festgehalten: \(codes: unpinned, .and) \(unpinned.count == 1 ? "hat" : "haben") keinen Commit",
          en: "nothing pinned: \(codes: unpinned, .and) \(unpinned.count == 1 ? "has" : "have") no commit"),
        remedy: Message(
          de: "den Pfad berichtigen oder dort committen", en: "correct the path, or commit there"))
    }
    commits = Dictionary(
      overview.members.map { ($0.id, $0.commit?.id.description ?? "") }, uniquingKeysWith: { first, _ in first })
  }

  /// The file, in the order of ids: it is under git, and read by people.
  package var bytes: [UInt8] {
    let lines = commits.sorted { $0.key < $1.key }.map { "\($0.key): \"\($0.value)\"\n" }
    return Array(("# The commit of each member, written by kb members lock.\n" + lines.joined()).utf8)
  }

  package func write(in root: String) throws { try FileReplacement.write(bytes, to: MembersLock.name, in: root) }

  /// How a member is, compared with the lock.
  package enum State: String, Sendable {
    case same, moved, changed, new
  }

  package func state(of member: MemberBase) -> State {
    guard let pinned = commits[member.id] else { return .new }
    if pinned != member.commit?.id.description { return .moved }
    return (member.uncommitted ?? 0) > 0 ? .changed : .same
  }

  /// The pinned members that the overview does not have, or that can't be read.
  package func missing(in overview: Overview) -> [String] {
    commits.keys.filter { id in !overview.members.contains { $0.id == id } }.sorted()
  }
}

extension MembersLock.State {
  package var words: Message {
    switch self {
    case .same: Message(de: "wie festgehalten", en: "as pinned")
    case .moved: Message(de: "anderer Commit als festgehalten", en: "another commit than pinned")
    case .changed: Message(de: "geändert seit dem festgehaltenen Commit", en: "changed since the pinned commit")
    case .new: Message(de: "nicht festgehalten", en: "not pinned")
    }
  }
}
