public import KBSource

/// A text with marks such as `1️⃣` at the places that a test speaks about.
public struct MarkedText: Sendable {
  /// The text without its marks.
  public let text: String
  /// Each mark, and the offset of the byte behind it.
  public let marks: [(mark: String, offset: Int)]

  /// Takes the marks out: a digit, a variation selector and a keycap.
  public init(_ marked: String) {
    guard marked.utf8.contains(0xA3) else {
      text = marked
      marks = []
      return
    }
    var bytes: [UInt8] = []
    var marks: [(mark: String, offset: Int)] = []
    for character in marked {
      if character.unicodeScalars.last == "\u{20E3}" {
        marks.append((String(character), bytes.count))
      } else {
        bytes.append(contentsOf: String(character).utf8)
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
    self.marks = marks
  }

  /// The text as a file.
  public func file(_ path: String) -> SourceFile {
    SourceFile(path: RepoPath(normalized: path), bytes: Array(text.utf8))
  }
}
