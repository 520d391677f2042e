import KBDocument
public import KBSource

/// The passage of a file that says most about a query.
public struct Excerpt: Sendable {
  public let text: String

  /// The usual length, in characters.
  static let length = 200

  /// The best passage of a section; `anchor` names its heading, and is empty for the head of the file. `title` gives the text that
  /// `[[address]]` has on the page; where it is `nil`, the address is shown.
  public init(
    of file: SourceFile, anchor: String, marks: [String], otherwise passage: String,
    title: @escaping (String) -> String?
  ) {
    let document = Document(parsing: file)
    var text: [UInt8] = []
    var isInSection = anchor.isEmpty
    var isInHeading = false
    let steps = BodySteps(document.body, file: document.file) { number in
      let link = document.body.links[number]
      // The author's own words stay; what is outside is not shown.
      return isInSection && link.text == link.destination ? title(link.destination) : nil
    }
    steps.forEach { step in
      switch step {
      case .beginHeading(let number):
        let heading = document.body.headings[number]
        isInHeading = true
        // The head ends with the first heading that is not the title.
        isInSection = anchor.isEmpty ? isInSection && number == 0 && heading.level == 1 : heading.anchor == anchor
      case .endHeading: isInHeading = false
      case .endCode, .end: if isInSection { text.append(0x20) }
      case .beginCode: break
      case .text(let bytes): if isInSection, !isInHeading { text += bytes }
      }
    }
    let plain = PagePassages.plain(String(decoding: text, as: UTF8.self))
    let best = Excerpt.window(plain, marks: Set(marks))
    // A symptom, or another name, may say more of what was looked for than the text of the head.
    let isPoor = anchor.isEmpty && Excerpt.count(marks, in: passage) > Excerpt.count(marks, in: best)
    self.text = best.isEmpty || isPoor ? passage : best
  }

  private static func count(_ marks: [String], in text: String) -> Int {
    Set(text.split(separator: " ").compactMap { mark(in: String($0), Set(marks)) }).count
  }

  /// The stretch of a text with the most different words that are looked for; its beginning when there is none.
  private static func window(_ text: String, marks: Set<String>) -> String {
    let words = text.split(separator: " ")
    guard text.count > length else { return text }
    let found = words.map { mark(in: String($0), marks) }
    var best = 0
    var most = 0
    for start in words.indices where start == 0 || found[start] != nil {
      var size = 0
      var seen: Set<String> = []
      for index in start..<words.count {
        size += words[index].count + 1
        guard size < length else { break }
        if let mark = found[index] { seen.insert(mark) }
      }
      if seen.count > most {
        most = seen.count
        best = start
      }
    }
    // A few words before the first one that counts.
    let start = max(0, best - 6)
    var result = start > 0 ? "…" : ""
    for word in words[start...] {
      guard result.count + word.count < length + 20 else { return result + " …" }
      result += (result.isEmpty ? "" : " ") + word
    }
    return result
  }

  /// Whether a word is one that is looked for.
  public static func isMarked(_ word: String, _ marks: [String]) -> Bool { mark(in: word, Set(marks)) != nil }

  private static func mark(in word: String, _ marks: Set<String>) -> String? {
    let scanner = TokenScanner(word)
    return scanner.tokens.lazy.map { String(decoding: scanner.bytes($0), as: UTF8.self) }.first(where: marks.contains)
  }
}
