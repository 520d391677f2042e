public import KBSource

/// The repository around the folder of a knowledge base.
public struct GitContext: Sendable {
  /// The commit that is checked out, shortened; `nil` before the first one.
  public var commit: String?
  /// Path of the knowledge base below the repository's root, empty when it is the root.
  public var prefix: String

  /// Why there is none.
  public enum Absence: Error, Sendable {
    /// The folder belongs to no repository.
    case noRepository
    /// libgit2's words.
    case failure(Message)
  }

  /// Looks for the repository around a folder. Never creates one.
  public static func around(_ root: String) -> Result<GitContext, Absence> {
    do throws(GitError) {
      let repository = try GitRepository(around: root)
      return .success(GitContext(commit: try repository.head()?.short, prefix: repository.prefix))
    } catch {
      return .failure(error.kind == .noRepository ? .noRepository : .failure(error.sentence))
    }
  }

  /// The files beside a knowledge base on which it depends what git says of it: the index, settings, names of people, and what
  /// a clone left out; where there is no repository, the places where one could be.
  ///
  /// - Returns: the paths, and the commit that is checked out.
  public static func dependencies(around root: String) throws(GitError) -> (paths: [String], head: ObjectID?) {
    do throws(GitError) {
      let repository = try GitRepository(around: root)
      let (own, common) = (repository.ownFolder, repository.commonFolder)
      let top = repository.prefix.isEmpty ? root : String(root.dropLast(repository.prefix.count + 1))
      let paths =
        ["HEAD", "index", "info/sparse-checkout", "config.worktree"].map { "\(own)/\($0)" }
        + ["config", "shallow", "info/grafts"].map { "\(common)/\($0)" } + ["\(top)/.git", "\(top)/.mailmap"]
      return (paths, try repository.head())
    } catch {
      guard error.kind == .noRepository else { throw error }
      var paths: [String] = []
      var folder = root[...]
      while let slash = folder.lastIndex(of: "/") {
        paths.append("\(folder)/.git")
        folder = folder[..<slash]
      }
      return (paths + ["/.git"], nil)
    }
  }

  /// Returns git's folders in which a commit or a checkout shows; none where there is no repository.
  public static func folders(around root: String) -> [String] {
    do throws(GitError) {
      let folder = try GitRepository(around: root).ownFolder
      return [folder, folder + "/logs"]
    } catch {
      return []
    }
  }
}
