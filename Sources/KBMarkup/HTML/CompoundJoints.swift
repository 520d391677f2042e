import KBCatalog
import KBSchema
import KBSource

/// The joints of long German words, `Auftrags-abwicklung`: where a column is too narrow, a word breaks there.
///
/// What is marked depends on the word alone, so that no page changes with another one.
package enum CompoundJoints {
  /// A hyphen that is shown only where a line breaks at it.
  package static let softHyphen: Character = "\u{AD}"
  /// Words with fewer letters fit everywhere.
  private static let shortest = 12
  /// No part of a word is shorter.
  private static let shortestPart = 4

  private static let parts = LetterTree(words(of: "parts"))
  private static let partsFromTheirEnd = LetterTree(words(of: "parts").map { $0.reversed() })
  private static let links = [[]] + words(of: "links")
  private static let beforeS = words(of: "before_s").map { $0 + letters("s") }
  /// What a word may end with beside its own letters.
  private static let endings = ["e", "en", "n", "s", "er"].map(letters)

  /// The words of the lines that begin with a name.
  private static func words(of name: String) -> [[Letter]] {
    let lines = EmbeddedTemplates.text("site/joints.txt").split(separator: "\n").filter { $0.hasPrefix("\(name): ") }
    return lines.flatMap { $0.dropFirst(name.count + 2).split(separator: " ").map { letters(String($0)) } }
  }

  /// The text with a soft hyphen at each joint of its long words.
  package static func marked(_ text: String) -> String {
    guard holdsLongWord(text.utf8) else { return text }
    var marked = ""
    var word: [Character] = []
    func endWord() {
      marked += word.count < shortest ? String(word) : CompoundJoints.marked(word: word)
      word.removeAll(keepingCapacity: true)
    }
    for character in text {
      if character.isLetter {
        word.append(character)
      } else {
        endWord()
        marked.append(character)
      }
    }
    endWord()
    return marked
  }

  /// Whether a text may have a long word: most have none, as their bytes say at once. No letter has fewer bytes than one.
  private static func holdsLongWord(_ text: String.UTF8View) -> Bool {
    var run = 0
    for byte in text {
      run = byte.isASCIILetter || byte >= 0x80 ? run + 1 : 0
      if run >= shortest { return true }
    }
    return false
  }

  private static func marked(word: [Character]) -> String {
    let letters = word.map(letter)
    var marked = ""
    var last = 0
    for place in shortestPart..<max(shortestPart, letters.count - shortestPart + 1) where place - last >= shortestPart {
      guard isJoint(letters, at: place) else { continue }
      marked += String(word[last..<place]) + String(softHyphen)
      last = place
    }
    return marked + String(word[last...])
  }

  private static func isJoint(_ letters: [Letter], at place: Int) -> Bool {
    let (left, right) = (letters[..<place], letters[place...])
    if beforeS.contains(where: { left.count > $0.count + 2 && left.ends(with: $0) }) { return true }
    // A known noun at the end may follow a word that nobody has listed.
    return beginsWithPart(right) && (endsWithPart(left) || right.count > shortestPart && isPart(right))
  }

  /// Whether letters are one of the parts, with or without an ending.
  private static func isPart(_ word: ArraySlice<Letter>) -> Bool {
    parts.hasWord(beginning: word) { length in
      length == word.count || endings.contains { word.dropFirst(length).elementsEqual($0) }
    }
  }

  /// Whether letters are made of parts from their beginning to their end.
  private static func beginsWithPart(_ word: ArraySlice<Letter>) -> Bool {
    if isPart(word) { return true }
    return parts.hasWord(beginning: word) { length in
      guard length >= shortestPart, length <= word.count - shortestPart else { return false }
      let rest = word.dropFirst(length)
      return links.contains { rest.starts(with: $0) && beginsWithPart(rest.dropFirst($0.count)) }
    }
  }

  /// Whether letters end with a part and, if need be, letters that link it to the next one.
  private static func endsWithPart(_ word: ArraySlice<Letter>) -> Bool {
    links.contains { link in
      guard word.ends(with: link) else { return false }
      let stem = word.dropLast(link.count)
      return partsFromTheirEnd.hasWord(beginning: stem.reversed()) { $0 > shortestPart || $0 == stem.count }
    }
  }

  // MARK: Letters

  /// A letter as a small number; 0 for those that no part has.
  fileprivate typealias Letter = UInt8

  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyzäöüß")

  private static func letters(_ word: String) -> [Letter] { word.map(letter) }

  private static func letter(_ character: Character) -> Letter {
    if let byte = character.asciiValue { return byte.isASCIILetter ? (byte | 0x20) - UInt8(ascii: "a") + 1 : 0 }
    let small = character.lowercased().first ?? character
    return alphabet.firstIndex(of: small).map { Letter($0 + 1) } ?? 0
  }

  /// Words, letter by letter: one walk along a text finds all of them that it begins with.
  private struct LetterTree {
    private static let letters = alphabet.count + 1
    /// For each node and letter the next node; 0 where no word goes on so.
    private var next: [UInt16] = Array(repeating: 0, count: letters)
    /// For each node whether a word ends there.
    private var isEnd = [false]

    init(_ words: [[Letter]]) {
      for word in words {
        var node = 0
        for letter in word {
          let place = node * LetterTree.letters + Int(letter)
          if next[place] == 0 {
            next[place] = UInt16(isEnd.count)
            isEnd.append(false)
            next += Array(repeating: 0, count: LetterTree.letters)
          }
          node = Int(next[place])
        }
        isEnd[node] = true
      }
    }

    /// Whether a text begins with a word whose length meets a condition.
    func hasWord(beginning text: some Collection<Letter>, where isWanted: (Int) -> Bool) -> Bool {
      var (node, length) = (0, 0)
      for letter in text {
        node = Int(next[node * LetterTree.letters + Int(letter)])
        if node == 0 { return false }
        length += 1
        if isEnd[node], isWanted(length) { return true }
      }
      return false
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with letters: [UInt8]) -> Bool { suffix(letters.count).elementsEqual(letters) }
}

extension HTML {
  /// Writes a name whose long words may break at their joints.
  package mutating func name(_ text: String) { self.text(CompoundJoints.marked(text)) }

  /// Writes an element that holds a name.
  package mutating func element(_ tag: Tag, _ attributes: Attribute..., name: String) {
    open(tag, attributes)
    self.name(name)
    close(tag)
  }
}
