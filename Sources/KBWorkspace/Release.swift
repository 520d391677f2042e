import KBDisk
import KBDocument
import KBGit
import KBSearch
import KBSheet
import KBYAML

/// The release that this binary is.
package enum Release {
  package static let version = "0.1.0"

  /// The commit that the sources are of.
  ///
  /// `git archive` writes it here (.gitattributes), and `make release` builds from such an archive. In a working tree, which
  /// may differ from every commit, the placeholder remains.
  private static let commit = "$Format:%H$"

  /// The Swift packages, which can't tell their version; `Scripts/dependencies.py` compares this with Package.resolved.
  private static let packages = "swift-argument-parser 1.8.2, FlyingFox 0.27.1"

  /// The answer to a command line that asks only for the version; `nil` for every other.
  ///
  /// It comes before the parser, which takes longer to set up than everything else that such a call does.
  package static func answer(to words: [String]) -> String? {
    switch words {
    case ["--version"]: "\(version)\n"
    case ["--version", "--verbose"], ["--verbose", "--version"]: details
    default: nil
    }
  }

  private static var details: String {
    let commit = commit.hasPrefix("$") ? "unknown, built in a working tree" : commit
    return """
      kb \(version)
      commit: \(commit)
      libraries: libgit2 \(GitRepository.libraryVersion), libyaml \(YAMLFile.libraryVersion), \
      xxHash \(ContentHash.libraryVersion), zlib \(Workbook.libraryVersion), \(packages)
      formats: search index \(SearchIndex.version), edition \(SearchIndex.edition)

      """
  }
}
