import Foundation

// Usage: EmbedTemplatesTool NAME ROOT OUTPUT FILE...
// Writes OUTPUT, a Swift file with an enum NAME that has the text of every FILE under its path relative to ROOT.

let arguments = CommandLine.arguments
let root = arguments[2].hasSuffix("/") ? arguments[2] : arguments[2] + "/"
var source = """
  /// The files of `templates/`, as they were when this binary was built.
  package enum \(arguments[1]) {
    /// Path below `templates/`, and the file's text.
    package static let files: [(path: String, text: StaticString)] = [

  """
for path in arguments.dropFirst(4) {
  let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
  // A raw literal with more number signs than any run of them in the text.
  let longestRun = text.split(whereSeparator: { $0 != "#" }).map(\.count).max() ?? 0
  let fence = String(repeating: "#", count: longestRun + 1)
  source += "    (\"\(path.dropFirst(root.count))\", \(fence)\"\"\"\n\(text)\n\"\"\"\(fence)),\n"
}
source += "  ]\n}\n"
// A file that stays as it is has nothing compiled anew.
if FileManager.default.contents(atPath: arguments[3]) != Data(source.utf8) {
  try Data(source.utf8).write(to: URL(filePath: arguments[3]), options: .atomic)
}
