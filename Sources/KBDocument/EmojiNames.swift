import KBSecrets
import KBSource

/// The names of emoji, as `:warning:` on GitHub: `templates/text/emoji.txt`.
struct EmojiNames: Sendable {
  /// The most bytes of a name.
  static let longest = 40
  static let builtIn = EmojiNames(EmbeddedTexts.text("emoji.txt"))

  private var characters: [[UInt8]: String] = [:]

  private init(_ text: String) {
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      guard let character = words.first else { continue }
      for name in words.dropFirst() { characters[Array(name.utf8)] = String(character) }
    }
  }

  subscript(_ name: ArraySlice<UInt8>) -> String? { characters[Array(name)] }
}
