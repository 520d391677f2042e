import CLibgit2
import KBDisk
import KBSource

/// The names and addresses that people have today, as `.mailmap` says (gitmailmap(5)).
///
/// Git compares names and addresses without regard to capitals. libgit2 does not, so that the file is read here.
struct Mailmap: Sendable {
  private struct Person { var name, email: String? }

  /// For each old address, in small letters, whom it means.
  private var byEmail: [String: Person] = [:]
  /// The same where the old name counts, too.
  private var byBoth: [String: [String: Person]] = [:]

  /// A file of people is never larger.
  private static let largest = 4 << 20

  /// Reads the file of the working tree, of a bare repository that of `HEAD`, and those that git's settings name.
  init(of repository: borrowing Handle) throws(GitError) {
    let folder = unsafe git_repository_workdir(repository.pointer).map { unsafe String(cString: $0) }
    let settings = GitSettings.mailmap(of: repository)
    if let folder { try read(file: "\(folder).mailmap") }
    if let blob = settings.blob ?? (folder == nil ? "HEAD:.mailmap" : nil) {
      read(Mailmap.content(of: blob, in: repository))
    }
    if let file = settings.file { try read(file: file) }
  }

  /// A map with the lines of a text.
  init(_ text: String) { read(Array(text.utf8)) }

  /// Returns a commit with the name and address that its author has today.
  func applied(to commit: CommitInfo) -> CommitInfo {
    var commit = commit
    (commit.author, commit.email) = today(commit.author, commit.email)
    return commit
  }

  /// Returns commits with the names and addresses that their authors have today; each person is asked for once.
  func applied(to steps: [History.Step]) -> [History.Step] {
    guard !byEmail.isEmpty || !byBoth.isEmpty else { return steps }
    var known: [[String]: (String, String)] = [:]
    return steps.map { step in
      let key = [step.commit.author, step.commit.email]
      let (name, email) = known[key] ?? today(step.commit.author, step.commit.email)
      known[key] = (name, email)
      guard name != step.commit.author || email != step.commit.email else { return step }
      var step = step
      (step.commit.author, step.commit.email) = (name, email)
      return step
    }
  }

  /// Returns the name and the address that somebody has today.
  func today(_ name: String, _ email: String) -> (name: String, email: String) {
    let key = email.folded
    guard let person = byBoth[key]?[name.folded] ?? byEmail[key] else { return (name, email) }
    return (person.name ?? name, person.email ?? email)
  }

  // MARK: Reading

  private mutating func read(file path: String) throws(GitError) {
    do throws(Disk.Failure) {
      read(try Disk.read(path, most: Mailmap.largest) ?? [])
    } catch {
      throw GitError(.failure, error.message)
    }
  }

  private mutating func read(_ bytes: [UInt8]) {
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") { read(line: line) }
  }

  /// `New name <new address> Old name <old address>`; the second pair may lack its name, or be missing.
  private mutating func read(line: ArraySlice<UInt8>) {
    guard let first = Mailmap.pair(in: line), let address = first.person.email else { return }
    guard let second = Mailmap.pair(in: first.rest), let old = second.person.email else {
      // The address stays as it is.
      return add(Person(name: first.person.name, email: nil), for: address, nil)
    }
    add(first.person, for: old, second.person.name)
  }

  private mutating func add(_ person: Person, for email: String, _ name: String?) {
    let key = email.folded
    if let name {
      byBoth[key, default: [:]][name.folded] = person
    } else {
      byEmail[key] = Person(name: person.name ?? byEmail[key]?.name, email: person.email ?? byEmail[key]?.email)
    }
  }

  /// A name and the address in brackets after it, and the rest of the line.
  private static func pair(in line: ArraySlice<UInt8>) -> (person: Person, rest: ArraySlice<UInt8>)? {
    guard let open = line.firstIndex(of: UInt8(ascii: "<")),
      let close = line[open...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let name = String(decoding: line[..<open], as: UTF8.self).trimmed
    let email = String(decoding: line[(open + 1)..<close], as: UTF8.self).trimmed
    return (Person(name: name.isEmpty ? nil : name, email: email.isEmpty ? nil : email), line[(close + 1)...])
  }

  /// The content of a file in git; empty where there is none.
  private static func content(of name: String, in repository: borrowing Handle) -> [UInt8] {
    var object: OpaquePointer?
    guard unsafe git_revparse_single(&object, repository.pointer, name) == 0, let object = unsafe object else {
      return []
    }
    let found = unsafe Handle(object, git_object_free)
    var peeled: OpaquePointer?
    guard unsafe git_object_peel(&peeled, found.pointer, GIT_OBJECT_BLOB) == 0, let peeled = unsafe peeled else {
      return []
    }
    let blob = unsafe Handle(peeled, git_object_free)
    let size = unsafe Int(git_blob_rawsize(blob.pointer))
    guard size <= largest, let bytes = unsafe git_blob_rawcontent(blob.pointer) else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: size))
  }
}

extension String {
  /// The text with small letters for those of ASCII, as git compares.
  fileprivate var folded: String { String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self) }

  fileprivate var trimmed: String {
    let isBlank = { (character: Character) in character.isWhitespace }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
