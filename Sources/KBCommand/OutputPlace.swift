import KBDisk
import KBSource
import KBTerminal

/// A folder or a file outside the knowledge base that a command writes for people.
enum OutputPlace {
  /// Writes a file, and creates the folders above it.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let parts = ProcessEnvironment.absolutePath(path).split(separator: "/")
    guard let name = parts.last else {
      throw CommandFailure(
        Message(de: "\(code: path) ist kein Name einer Datei", en: "\(code: path) is not the name of a file"))
    }
    try FileReplacement.write(bytes, to: String(name), in: "/" + parts.dropLast().joined(separator: "/"))
  }
}
