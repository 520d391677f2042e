import CLibgit2
import KBSource

/// The names and addresses that people have today, as `.mailmap` says (gitmailmap(5)).
struct Mailmap: ~Copyable {
  private let map: Handle

  /// Reads the file of the working tree, of a bare repository that of `HEAD`, and those that git's settings name.
  init(of repository: borrowing Handle) throws(GitError) {
    var pointer: OpaquePointer?
    let code = unsafe git_mailmap_from_repository(&pointer, repository.pointer)
    guard code == 0, let pointer = unsafe pointer else { throw .last(code: code) }
    map = unsafe Handle(pointer, git_mailmap_free)
  }

  /// Returns a commit with the name and address that its author has today.
  func applied(to commit: CommitInfo) -> CommitInfo {
    var commit = commit
    (commit.author, commit.email) = today(commit.author, commit.email)
    return commit
  }

  /// Returns commits with the names and addresses that their authors have today; each person is asked for once.
  func applied(to steps: [History.Step]) -> [History.Step] {
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

  private func today(_ name: String, _ email: String) -> (String, String) {
    // C ends a text at its first zero.
    guard !name.utf8.contains(0), !email.utf8.contains(0) else { return (name, email) }
    return unsafe name.withCString { oldName in
      unsafe email.withCString { oldEmail in
        var (newName, newEmail): (UnsafePointer<CChar>?, UnsafePointer<CChar>?) = (nil, nil)
        guard unsafe git_mailmap_resolve(&newName, &newEmail, map.pointer, oldName, oldEmail) == 0,
          let newName = unsafe newName, let newEmail = unsafe newEmail
        else { return (name, email) }
        return unsafe (String(cString: newName), String(cString: newEmail))
      }
    }
  }
}
