/// A git repository in a temporary folder: fixed author and date, nothing of the system's configuration.
public struct ScratchRepository: Sendable {
  public let folder: ScratchFolder
  /// Where the repository lies below the folder.
  public let place: String

  /// A program that ended badly.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Creates an empty repository.
  public init(_ folder: ScratchFolder, at place: String = "", options: String...) async throws {
    self.folder = folder
    self.place = place
    try folder.makeFolder(place)
    try await git(["init", "--quiet", "--initial-branch=main"] + options)
  }

  /// Works with a repository that is there already, such as a worktree.
  public init(existing folder: ScratchFolder, at place: String) {
    self.folder = folder
    self.place = place
  }

  /// Runs git in the repository and returns what it prints.
  @discardableResult
  public func git(_ arguments: String...) async throws -> String { try await git(arguments) }

  /// Runs git; `date` and `author` count for the commits that it makes.
  @discardableResult
  public func git(_ arguments: [String], date: String = "2026-11-21T12:00:00+0100", author: String = "Eva Beispiel")
    async throws -> String
  {
    let ran = try await Program.run(
      "/usr/bin/env", ["git"] + arguments, in: folder.absolute(place),
      environment: [
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": folder.path,
        "GIT_CEILING_DIRECTORIES": folder.path,
        "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "eva@example.org", "GIT_AUTHOR_DATE": date,
        "GIT_COMMITTER_NAME": "Eva Beispiel", "GIT_COMMITTER_EMAIL": "eva@example.org", "GIT_COMMITTER_DATE": date,
      ])
    guard ran.status == 0 else { throw Failure(description: "git \(arguments.joined(separator: " ")): \(ran.errors)") }
    return ran.output.last == "\n" ? String(ran.output.dropLast()) : ran.output
  }

  /// Commits everything and returns the commit's name.
  @discardableResult
  public func commitAll(
    _ message: String = "Stand", on date: String = "2026-11-21T12:00:00+0100", by author: String = "Eva Beispiel"
  ) async throws -> String {
    try await git("add", "--all")
    try await git(["commit", "--quiet", "--allow-empty", "--message", message], date: date, author: author)
    return try await git("rev-parse", "HEAD")
  }
}
