import KBDocument
package import KBGit
import KBLive
package import KBReports
import KBSecrets
package import KBSource
package import KBTerminal

/// The secrets that git keeps: in every version of every file, and in the messages of commits and tags.
package struct SecretHistory {
  /// A secret, where it came in; its value is not kept.
  package struct Entry {
    package let finding: Diagnostic
    package let line: Int
    package let commit: CommitInfo
    /// `nil` in a message.
    package let path: RepoPath?
    /// Whether it is in the message of a tag.
    package var isOfTag = false
    /// Whether the newest version of the file still has it.
    package fileprivate(set) var isThere: Bool
  }

  /// The last ones first.
  package private(set) var entries: [Entry] = []
  /// The damaged objects that were met: what they said is not known.
  package private(set) var damaged: [ObjectID] = []
  /// The files that were too large to be looked through.
  package private(set) var tooLarge: [LargeFile] = []
  /// Whether versions of files, or commits, are not here, as in a shallow or partial clone.
  private var lacksSome = false
  /// The values that are ordinary words of the knowledge base.
  private let ordinary: Set<String>

  /// A file that was not looked through, in a commit.
  package struct LargeFile {
    let path: RepoPath
    let commit: CommitInfo

    package var caveat: Message {
      Message(
        de: "\(code: path) in Commit \(commit.id.short) ist zu groß: ob darin ein Geheimnis ist, ist nicht bekannt",
        en: "\(code: path) in commit \(commit.id.short) is too large: whether it holds a secret is not known")
    }
  }

  /// Looks through histories, each from its first commit to its last.
  package init(_ histories: [History], in repository: borrowing GitRepository, ordinary: Set<String> = [])
    throws(GitError)
  {
    self.ordinary = ordinary
    var known: Set<ObjectID> = []
    var commits: Set<ObjectID> = []
    var found: [Place: Int] = [:]
    lacksSome = histories.contains { $0.isCut || $0.isPartial || !$0.missing.isEmpty }
    for history in histories {
      for (commit, range) in zip(history.commits, history.ranges).reversed() where commits.insert(commit.id).inserted {
        search(Array(commit.message.utf8), at: nil, commit, &found)
        for change in history.changes[range] where change.after != .none {
          search(nameOf: change.path, commit, &found)
          guard known.insert(change.after).inserted else { continue }
          guard repository.contains(change.after) else {
            lacksSome = true
            continue
          }
          do throws(GitError) {
            guard try repository.size(of: change.after) <= Snapshot.Attachment.longestSearched else {
              tooLarge.append(LargeFile(path: SecretMask.masked(change.path) ?? change.path, commit: commit))
              continue
            }
            search(try repository.contents(change.after), at: change.path, commit, &found)
          } catch {
            guard error.kind == .damagedObject else { throw error }
            damaged.append(change.after)
          }
        }
      }
    }
    let infos = Dictionary(histories.flatMap(\.commits).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for tag in try repository.tagMessages() {
      guard let commit = infos[tag.commit] else { continue }
      let first = entries.count
      search(Array(tag.text.utf8), at: nil, commit, &found)
      for index in first..<entries.count { entries[index].isOfTag = true }
    }
    entries.reverse()
  }

  /// Whether all of the history was looked through.
  package var isWhole: Bool { !lacksSome && damaged.isEmpty }

  /// Looks at the name of a file; where it is a secret, the finding names it masked.
  private mutating func search(nameOf path: RepoPath, _ commit: CommitInfo, _ found: inout [Place: Int]) {
    guard let masked = SecretMask.masked(path) else { return }
    let place = Place(path: path, value: [])
    guard found[place] == nil else { return }
    found[place] = entries.count
    entries.append(
      Entry(finding: SecretMask.finding(nameOf: masked), line: 1, commit: commit, path: masked, isThere: false))
  }

  /// A secret in a file, told apart by what it says.
  private struct Place: Hashable {
    let path: RepoPath?
    let value: [UInt8]
  }

  private mutating func search(_ bytes: [UInt8], at path: RepoPath?, _ commit: CommitInfo, _ found: inout [Place: Int])
  {
    let bytes = SecretMask.readable(bytes)
    let shown = path.map { SecretMask.masked($0) ?? $0 }
    let file = SourceFile(path: shown ?? RepoPath(normalized: "commit"), bytes: bytes)
    let mask = SecretMask(file, acquitted: ordinary)
    guard mask.isMasked else { return }
    let lines = LineIndex(bytes)
    for finding in mask.diagnostics where finding.rule.code == "secret/found" {
      let place = Place(path: path, value: Array(bytes[finding.range.offsets]))
      guard found[place] == nil else { continue }
      found[place] = entries.count
      let line = lines.position(of: finding.range.lower).line
      entries.append(Entry(finding: finding, line: line, commit: commit, path: shown, isThere: false))
    }
  }

  /// Notes which of them the files of today still have.
  package mutating func compare(with today: [Diagnostic]) {
    let paths = Set(today.filter { $0.rule.code == "secret/found" }.map(\.path))
    for index in entries.indices { entries[index].isThere = entries[index].path.map(paths.contains) ?? false }
  }

  // MARK: Output

  package func writeText(to console: Console, _ language: Language) {
    for entry in entries {
      let place =
        entry.path.map { Message(verbatim: "\($0):\(entry.line)") }
        ?? (entry.isOfTag
          ? Message(de: "Text eines Tags", en: "message of a tag")
          : Message(de: "Text des Commits", en: "message of the commit"))
      let day = entry.commit.date?.description ?? "?"
      let message = Message(
        de: "\(entry.finding.message), seit Commit \(entry.commit.id.short) (\(day), \(entry.commit.author))",
        en: "\(entry.finding.message), since commit \(entry.commit.id.short) (\(day), \(entry.commit.author))")
      console.line("\(console.coloured(Console.harmless(message[language]), .bold)) [secret/found]")
      console.line(" --> \(Console.harmless(place[language]))\(entry.isThere ? stillThere[language] : "")")
    }
    console.line(console.coloured(summary[language], entries.isEmpty && isWhole ? .green : .red))
    guard !entries.isEmpty else { return }
    for line in SecretHistory.advice { console.line("  = \(line[language])") }
  }

  private var stillThere: Message { Message(de: "  (heute noch in der Datei)", en: "  (still in the file)") }

  private var summary: Message {
    let count = entries.count
    return switch count {
    case 0 where !isWhole:
      Message(
        de: "keine Geheimnisse in dem Teil des Verlaufs, der hier und lesbar ist",
        en: "no secrets in the part of the history that is here and can be read")
    case 0: Message(de: "keine Geheimnisse im Verlauf", en: "no secrets in the history")
    case 1: Message(de: "1 Geheimnis im Verlauf", en: "1 secret in the history")
    default: Message(de: "\(count) Geheimnisse im Verlauf", en: "\(count) secrets in the history")
    }
  }

  /// What to do now, in this order.
  package static let advice = [
    Message(
      de: "zuerst jedes dieser Geheimnisse ändern oder sperren: wer das Repository geholt hat, hat es",
      en: "first change or revoke each of these secrets: anyone who fetched the repository has it"),
    Message(
      de: "dann im Tresor ablegen und in der Datei darauf verweisen",
      en: "then put it into the vault, and refer to it in the file"),
    Message(
      de: "aus dem Verlauf entfernt es nur 'git filter-repo --replace-text', und danach müssen alle neu klonen",
      en: "only 'git filter-repo --replace-text' removes it from the history; then everybody has to clone again"),
  ]

  package var json: JSON {
    .array(
      entries.map { entry in
        .object([
          ("code", .string(entry.finding.rule.code)), ("path", entry.path.map { .string($0.string) } ?? .null),
          ("line", .integer(entry.line)), ("commit", .string(entry.commit.id.description)),
          ("date", entry.commit.authored.map { .string($0.iso) } ?? .null), ("author", .string(entry.commit.author)),
          ("message", .string(entry.finding.message.english)), ("isThere", .bool(entry.isThere)),
        ])
      })
  }
}
