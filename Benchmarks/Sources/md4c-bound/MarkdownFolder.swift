import Glibc

/// A folder with Markdown files.
struct MarkdownFolder {
  let path: String

  /// Renders each file below the folder to the same place below `output`, and returns how many there were.
  func renderAll(into output: String) throws(SystemError) -> Int {
    guard unsafe mkdir(output, 0o777) == 0 || errno == EEXIST else { throw SystemError("can't create \(output)") }
    var count = 0
    for name in try entries() where !name.hasPrefix(".") {
      let source = "\(path)/\(name)"
      if name.hasSuffix(".md") {
        let html = MarkdownPage(file: try ByteFile(reading: source)).html
        try ByteFile(bytes: html).write(to: "\(output)/\(name.dropLast(3)).html")
        count += 1
      } else if isFolder(source) {
        count += try MarkdownFolder(path: source).renderAll(into: "\(output)/\(name)")
      }
    }
    return count
  }

  private func entries() throws(SystemError) -> [String] {
    guard let directory = unsafe opendir(path) else { throw SystemError("can't open \(path)") }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.append(name)
    }
    return names
  }

  private func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
