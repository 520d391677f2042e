import KBCatalog
import KBSchema
import KBSource

/// A service that reviews changes of a knowledge base when they are proposed.
public enum ReviewPipeline: String, Sendable, CaseIterable {
  case github, gitlab

  /// The files that the service reads, below the top of the repository.
  ///
  /// `folder`: where the knowledge base is in it; empty when it is the top.
  public func files(for folder: String) -> [NewFile] {
    var text = EmbeddedTemplates.text("ci/\(rawValue).yml")
    if !folder.isEmpty {
      for command in ["kb review ", "kb check "] {
        text = text.replacing(command, with: "\(command)-C \(ShellWord.quoted(folder)) ")
      }
    }
    let review = NewFile(path: RepoPath(normalized: path), text: text)
    switch self {
    case .github: return [review]
    case .gitlab:
      let entry = NewFile(path: RepoPath(normalized: ".gitlab-ci.yml"), text: "include:\n  - local: /\(path)\n")
      return [review, entry]
    }
  }

  private var path: String {
    switch self {
    case .github: ".github/workflows/kb-review.yml"
    case .gitlab: ".gitlab/kb-review.yml"
    }
  }
}

/// A word of a shell command.
public enum ShellWord {
  /// The text as one word: as it is where that is safe, else in single quotes.
  public static func quoted(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "._-/+".utf8.contains($0) }
    return isPlain ? text : "'\(text.replacing("'", with: "'\\''"))'"
  }
}
