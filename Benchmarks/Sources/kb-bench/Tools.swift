import Foundation

/// The programs that take part.
struct Tools {
  let kb: String
  let hugo: String?
  /// The folder that this program and its siblings lie in.
  private let siblings: URL

  /// Finds the programs; `hugo` is nothing unless Hugo takes part.
  init(kb: String, hugo: String?) throws {
    self.kb = kb
    self.hugo = hugo.map(Tools.hugoItself)
    siblings = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    for path in [kb, hugo, generate, bound].compactMap(\.self) {
      // A name without a slash is looked up in PATH.
      guard !path.contains("/") || FileManager.default.isExecutableFile(atPath: path) else {
        throw BenchError("\(path) is missing or can't be run")
      }
    }
  }

  var generate: String { siblings.appending(path: "kb-generate").path }
  var bound: String { siblings.appending(path: "md4c-bound").path }

  /// Hugo's own program where `path` is the script that the Python package installs: its start is not to be measured.
  private static func hugoItself(_ path: String) -> String {
    let library = URL(filePath: path).deletingLastPathComponent().deletingLastPathComponent().appending(path: "lib")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
    let programs = versions.sorted().map { library.appending(path: "\($0)/site-packages/hugo/binaries/hugo").path }
    return programs.first(where: FileManager.default.isExecutableFile(atPath:)) ?? path
  }
}
