import KBDocument
import KBGit
import KBLive
import KBSource

/// The secrets that git keeps: in every version of every file, and in the messages of commits.
struct SecretHistory {
  /// A secret, where it came in; its value is not kept.
  struct Entry {
    let finding: Diagnostic
    let line: Int
    let commit: CommitInfo
    /// `nil` in the message of the commit.
    let path: RepoPath?
    /// Whether the newest version of the file still has it.
    fileprivate(set) var isThere: Bool
  }

  /// The last ones first.
  private(set) var entries: [Entry] = []
  /// The damaged objects that were met: what they said is not known.
  private(set) var damaged: [ObjectID] = []

  /// Looks through a history, from its first commit to its last.
  init(_ history: History, in repository: borrowing GitRepository) throws(GitError) {
    var known: Set<ObjectID> = []
    var found: [Place: Int] = [:]
    for (commit, range) in zip(history.commits, history.ranges).reversed() {
      search(Array(commit.message.utf8), at: nil, commit, &found)
      for change in history.changes[range] where change.after != .none {
        guard known.insert(change.after).inserted, repository.contains(change.after) else { continue }
        do throws(GitError) {
          guard try repository.size(of: change.after) <= Snapshot.Attachment.longestText else { continue }
          search(try repository.contents(change.after), at: change.path, commit, &found)
        } catch {
          guard error.kind == .damagedObject else { throw error }
          damaged.append(change.after)
        }
      }
    }
    entries.reverse()
  }

  /// A secret in a file, told apart by what it says.
  private struct Place: Hashable {
    let path: RepoPath?
    let value: [UInt8]
  }

  private mutating func search(_ bytes: [UInt8], at path: RepoPath?, _ commit: CommitInfo, _ found: inout [Place: Int]) {
    let file = SourceFile(path: path ?? RepoPath(normalized: "commit"), bytes: bytes)
    let mask = SecretMask(file)
    guard mask.isMasked else { return }
    let lines = LineIndex(bytes)
    for finding in mask.diagnostics where finding.rule.code == "secret/found" {
      let place = Place(path: path, value: Array(bytes[finding.range.offsets]))
      guard found[place] == nil else { continue }
      found[place] = entries.count
      let line = lines.position(of: finding.range.lower).line
      entries.append(Entry(finding: finding, line: line, commit: commit, path: path, isThere: false))
    }
  }

  /// Notes which of them the files of today still have.
  mutating func compare(with today: [Diagnostic]) {
    let paths = Set(today.filter { $0.rule.code == "secret/found" }.map(\.path))
    for index in entries.indices { entries[index].isThere = entries[index].path.map(paths.contains) ?? false }
  }

  // MARK: Output

  func writeText(to console: Console, _ language: Language) {
    for entry in entries {
      let place =
        entry.path.map { Message(verbatim: "\($0):\(entry.line)") }
        ?? Message(de: "Text des Commits", en: "message of the commit")
      let day = entry.commit.date?.description ?? "?"
      let message = Message(
        de: "\(entry.finding.message), seit Commit \(entry.commit.id.short) (\(day), \(entry.commit.author))",
        en: "\(entry.finding.message), since commit \(entry.commit.id.short) (\(day), \(entry.commit.author))")
      console.line("\(console.coloured(Console.harmless(message[language]), .bold)) [secret/found]")
      console.line(" --> \(Console.harmless(place[language]))\(entry.isThere ? stillThere[language] : "")")
    }
    console.line(console.coloured(summary[language], entries.isEmpty ? .green : .red))
    guard !entries.isEmpty else { return }
    for line in SecretHistory.advice { console.line("  = \(line[language])") }
  }

  private var stillThere: Message { Message(de: "  (heute noch in der Datei)", en: "  (in the file to this day)") }

  private var summary: Message {
    let count = entries.count
    return switch count {
    case 0: Message(de: "keine Geheimnisse in der Geschichte", en: "no secrets in the history")
    case 1: Message(de: "1 Geheimnis in der Geschichte", en: "1 secret in the history")
    default: Message(de: "\(count) Geheimnisse in der Geschichte", en: "\(count) secrets in the history")
    }
  }

  /// What to do now, in this order.
  static let advice = [
    Message(
      de: "zuerst jedes dieser Geheimnisse ändern oder sperren: wer das Repository geholt hat, hat es",
      en: "first change or revoke each of these secrets: whoever fetched the repository has it"),
    Message(
      de: "dann in den Tresor legen und in der Datei darauf verweisen",
      en: "then put it into the vault, and refer to it in the file"),
    Message(
      de: "aus der Geschichte entfernt es nur 'git filter-repo --replace-text', und danach muss jeder neu klonen",
      en: "only 'git filter-repo --replace-text' removes it from the history, and then everybody has to clone anew"),
  ]

  var json: JSON {
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
