import KBDisk
public import KBSource

/// The file that tells a copy of the site which state it is, and which files belong to it.
public struct CopyStamp: Sendable {
  public static let path = "copy.js"

  /// The day that counted as today.
  public let day: CalendarDate
  /// The commit, shortened.
  public let commit: String?

  init(day: CalendarDate, commit: String?) {
    self.day = day
    self.commit = commit
  }

  private static let opening = "window.kbCopy = "

  /// Reads the file of a copy; `nil` when it is another one.
  public init?(reading bytes: [UInt8]) {
    let text = String(decoding: bytes.prefix(200), as: UTF8.self)
    guard text.hasPrefix(CopyStamp.opening), let start = text.firstRange(of: "day: \"")?.upperBound,
      let day = CalendarDate(iso: text[start...].prefix(10))
    else { return nil }
    self.day = day
    let name = text.firstRange(of: "commit: \"").map { text[$0.upperBound...].prefix { $0.isHexDigit } } ?? ""
    commit = name.isEmpty ? nil : String(name)
  }

  /// The script: the state, then the files, each folder with its names.
  func file(listing files: [OutputFile]) -> OutputFile {
    var folders: [String: [String]] = [:]
    for file in files {
      let slash = file.path.lastIndex(of: "/")
      let folder = slash.map { String(file.path[...$0]) } ?? ""
      folders[folder, default: []].append(
        String(slash.map { file.path[file.path.index(after: $0)...] } ?? file.path[...]))
    }
    return OutputFile(path: CopyStamp.path) { [day, commit, folders] in
      var text = "\(CopyStamp.opening){ day: \"\(day)\", commit: \"\(commit ?? "")\", files: {\n"
      for (folder, names) in folders.sorted(by: { $0.key < $1.key }) {
        let list = names.sorted().map { SearchFiles.literal($0) }.joined(separator: ",")
        text += "\(SearchFiles.literal(folder)):[\(list)],\n"
      }
      return Array((text + "} };\n").utf8)
    }
  }
}
