import KBSource

/// What is meant as a link or a picture and is none.
extension TextRun {
  private typealias Found = (link: Markdown.StrayLink, end: Int)

  /// The most bytes that are looked at for one.
  static let longest = 300

  var strayLinks: [Markdown.StrayLink] {
    let signs = (UInt8(ascii: "("), UInt8(ascii: "]"), UInt8(ascii: ">"), UInt8(ascii: "{"))
    guard source.contains(where: { $0 == signs.0 || $0 == signs.1 || $0 == signs.2 || $0 == signs.3 }) else {
      return []
    }
    var links: [Markdown.StrayLink] = []
    var index = 0
    while index < source.count {
      let found: Found? =
        switch source[index] {
        case UInt8(ascii: "]"):
          isEscaped(index) ? nil : link(after: index) ?? undefined(at: index) ?? path(before: index)
        case UInt8(ascii: ")"): byte(index + 1) == UInt8(ascii: "[") ? exchanged(at: index) : nil
        case UInt8(ascii: "!"): byte(index + 1) == UInt8(ascii: "(") && !isEscaped(index) ? unnamed(at: index) : nil
        case UInt8(ascii: "<"): isEscaped(index) ? nil : automatic(at: index)
        case UInt8(ascii: "{"): byte(index + 1) == UInt8(ascii: "{") ? shortcode(at: index) : nil
        default: nil
        }
      if let found { links.append(found.link) }
      index = found?.end ?? index + 1
    }
    return links
  }

  private func byte(_ index: Int) -> UInt8? { source.indices.contains(index) ? source[index] : nil }

  /// Whether a bracket follows a word, as in `list[0]`.
  private func followsWord(_ bracket: Int) -> Bool {
    byte(bracket - 1).map { $0.isASCIIAlphanumeric || $0 >= 0x80 || "_)]".utf8.contains($0) } ?? false
  }

  /// What follows a closing bracket: parentheses with blanks or a size in them, after a blank, or without an end.
  private func link(after bracket: Int) -> Found? {
    var first = bracket + 1
    while first < source.count, first - bracket < 4, source[first] == UInt8(ascii: " ") { first += 1 }
    guard first < source.count, source[first] == UInt8(ascii: "(") else { return nil }
    let isGap = first > bracket + 1
    first += 1
    if !isGap, byte(first) == UInt8(ascii: "<") { return angled(after: bracket, at: first) }
    let isShare = byte(first) == UInt8(ascii: "\\") && (isEscaped(first) || byte(first + 1) == UInt8(ascii: "\\"))
    let limit = min(source.count, first + TextRun.longest)
    // A file's name may have parentheses.
    var close = first
    var unlikely: Found?
    while let next = source[close..<limit].firstIndex(of: UInt8(ascii: ")")) {
      defer { close = next + 1 }
      guard var address = StrayAddress(source[first..<next], needsBlank: !isGap) else {
        if !isGap, let found = parenthesis(after: bracket, first..<next) { return found }
        continue
      }
      if isShare { address.isFile = true }
      let found = (
        stray(isGap ? .gap : address.isTitleOpen ? .title : .blanks, bracket, first..<next, through: next + 1, address),
        next + 1
      )
      if address.isFile { return found }
      unlikely = unlikely ?? found
    }
    if let unlikely { return unlikely }
    guard close == first, !isGap, limit == source.count else { return nil }
    let path = source[first..<limit].prefix { $0 > UInt8(ascii: " ") }
    guard path.count > 2, let address = StrayAddress(path, needsBlank: false) else { return nil }
    return (stray(.open, bracket, path.startIndex..<path.endIndex, through: path.endIndex, address), path.endIndex)
  }

  /// `[x](a(1.md)`: of the parentheses in an address one is not closed.
  private func parenthesis(after bracket: Int, _ range: Range<Int>) -> Found? {
    let path = source[range]
    guard path.count(where: { $0 == UInt8(ascii: "(") }) > path.count(where: { $0 == UInt8(ascii: ")") }),
      let address = StrayAddress(path, needsBlank: false), address.isFile
    else { return nil }
    return (stray(.parenthesis, bracket, range, through: range.upperBound + 1, address), range.upperBound + 1)
  }

  /// `[x](<a.md)`: the angle bracket is not closed.
  private func angled(after bracket: Int, at start: Int) -> Found? {
    guard let close = source[start...].prefix(TextRun.longest).firstIndex(of: UInt8(ascii: ")")), close > start + 1,
      !source[start..<close].contains(UInt8(ascii: ">")),
      let address = StrayAddress(source[(start + 1)..<close], needsBlank: false), address.isFile
    else { return nil }
    return (stray(.angle, bracket, (start + 1)..<close, through: close + 1, address), close + 1)
  }

  private func stray(
    _ problem: Markdown.StrayLink.Problem, _ bracket: Int, _ range: Range<Int>, through end: Int,
    _ address: StrayAddress
  ) -> Markdown.StrayLink {
    let opening = source[..<bracket].suffix(TextRun.longest).lastIndex(of: UInt8(ascii: "["))
    let isImage = opening.map { $0 > 0 && source[$0 - 1] == UInt8(ascii: "!") } ?? false
    return Markdown.StrayLink(
      problem: problem, whole: opening.map { place(of: (isImage ? $0 - 1 : $0)..<end) }, range: place(of: range),
      isImage: isImage, text: opening.map { String(decoding: source[($0 + 1)..<bracket], as: UTF8.self) } ?? "",
      destination: address.path, size: address.size, isCertain: isCertain(problem, opening, address))
  }

  /// Whether a link is meant, wherever it leads; what follows a word may be code, as `list[0](#x y)`.
  private func isCertain(_ problem: Markdown.StrayLink.Problem, _ opening: Int?, _ address: StrayAddress) -> Bool {
    switch problem {
    case .blanks: address.isFile && !(address.path.hasPrefix("#") && opening.map(followsWord) != false)
    case .parenthesis, .angle: address.isFile && opening.map(followsWord) == false
    default: false
    }
  }

  /// `[x][name]` without a line that says where `name` leads; in `list[i][j]` the first bracket follows a word.
  private func undefined(at bracket: Int) -> Found? {
    if byte(bracket + 1) == UInt8(ascii: " ") { return square(after: bracket) }
    guard byte(bracket + 1) == UInt8(ascii: "["),
      let end = source[(bracket + 2)...].prefix(TextRun.longest).firstIndex(of: UInt8(ascii: "]")), end > bracket + 2,
      let open = source[..<bracket].suffix(TextRun.longest).lastIndex(of: UInt8(ascii: "[")), open + 1 < bracket
    else { return nil }
    let isImage = open > 0 && source[open - 1] == UInt8(ascii: "!")
    let before = isImage ? open - 2 : open - 1
    let text = source[(open + 1)..<bracket]
    let name = source[(bracket + 2)..<end]
    guard before < 0 || source[before] == UInt8(ascii: " ") || source[before] == UInt8(ascii: "("),
      text.contains(where: { $0.isASCIILetter || $0 >= 0x80 }), !name.contains(UInt8(ascii: "[")),
      name.contains(where: { $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 })
    else { return nil }
    let link = Markdown.StrayLink(
      problem: .undefined, whole: place(of: (isImage ? open - 1 : open)..<(end + 1)),
      range: place(of: (bracket + 2)..<end), isImage: isImage, text: String(decoding: text, as: UTF8.self),
      destination: String(decoding: name, as: UTF8.self), isCertain: true)
    return (link, end + 1)
  }

  /// `[x] [a.md]`: the path is in square brackets, after a blank.
  private func square(after bracket: Int) -> Found? {
    guard byte(bracket + 2) == UInt8(ascii: "["),
      let end = source[(bracket + 3)...].prefix(TextRun.longest).firstIndex(of: UInt8(ascii: "]")),
      !"([".utf8.contains(byte(end + 1) ?? 0), isPath((bracket + 3)..<end),
      let open = source[..<bracket].suffix(TextRun.longest).lastIndex(of: UInt8(ascii: "[")), open + 1 < bracket,
      let address = StrayAddress(source[(bracket + 3)..<end], needsBlank: false)
    else { return nil }
    return (stray(.square, bracket, (bracket + 3)..<end, through: end + 1, address), end + 1)
  }

  /// `![a.png]` and `[[a.md]`: a path in brackets, without the rest of the link.
  private func path(before bracket: Int) -> Found? {
    guard !"([:]".utf8.contains(byte(bracket + 1) ?? 0),
      let open = source[..<bracket].suffix(TextRun.longest).lastIndex(of: UInt8(ascii: "[")), !isEscaped(open)
    else { return nil }
    let isWiki = byte(open - 1) == UInt8(ascii: "[") && !isEscaped(open - 1)
    let sign = isWiki ? open - 2 : open - 1
    let isImage = byte(sign) == UInt8(ascii: "!") && !isEscaped(sign)
    guard isWiki ? !source[(bracket + 1)...].prefix(TextRun.longest).contains(UInt8(ascii: "]")) : isImage,
      isPath((open + 1)..<bracket), let address = StrayAddress(source[(open + 1)..<bracket], needsBlank: false)
    else { return nil }
    let start = isImage ? sign : open - 1
    let link = Markdown.StrayLink(
      problem: isWiki ? .wiki : .path, whole: place(of: start..<(bracket + 1)), range: place(of: (open + 1)..<bracket),
      isImage: isImage, text: "", destination: address.path, isCertain: false)
    return (link, bracket + 1)
  }

  /// `<docs/a.md>`: a path where only a whole address becomes a link.
  private func automatic(at start: Int) -> Found? {
    guard let end = source[start...].prefix(TextRun.longest).firstIndex(of: UInt8(ascii: ">")),
      isPath((start + 1)..<end), !source[(start + 1)..<end].contains(where: { $0 == UInt8(ascii: "<") }),
      let address = StrayAddress(source[(start + 1)..<end], needsBlank: false)
    else { return nil }
    let link = Markdown.StrayLink(
      problem: .automatic, whole: place(of: start..<(end + 1)), range: place(of: (start + 1)..<end), isImage: false,
      text: "", destination: address.path, isCertain: false)
    return (link, end + 1)
  }

  /// Whether a range holds the path of a file or a page: it has an ending or names a folder, and no blanks.
  private func isPath(_ range: Range<Int>) -> Bool {
    let path = source[range]
    guard let first = path.first, first != UInt8(ascii: "^"), path.allSatisfy({ $0 > UInt8(ascii: " ") }) else {
      return false
    }
    return path.dropFirst().contains(UInt8(ascii: "/")) || path.dropFirst().contains(UInt8(ascii: "."))
  }

  /// `{{< figure src="a.png" >}}`: a picture as Hugo writes it.
  private func shortcode(at start: Int) -> Found? {
    guard let sign = byte(start + 2), "<%".utf8.contains(sign) else { return nil }
    let rest = source[(start + 3)...].prefix(TextRun.longest)
    let closing = [sign == UInt8(ascii: "<") ? UInt8(ascii: ">") : sign, UInt8(ascii: "}"), UInt8(ascii: "}")]
    guard let end = rest.firstRange(of: closing) else { return nil }
    let text = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
    guard let name = text.split(separator: " ").first,
      let path = text.firstMatch(of: /\ssrc\s*=\s*["']?([^"'\s]+)/)
    else { return nil }
    let words = text.firstMatch(of: /\s(alt|caption|title)\s*=\s*(?:"([^"]*)"|'([^']*)')/)
    let link = Markdown.StrayLink(
      problem: .shortcode, whole: place(of: start..<end.upperBound), range: place(of: start..<end.upperBound),
      isImage: true, text: words.flatMap { $0.2 ?? $0.3 }.map { String($0) } ?? "", destination: String(path.1),
      isCertain: ["figure", "img", "image"].contains(name.lowercased()))
    return (link, end.upperBound)
  }

  /// `(a.md)[x]` and `(x)[a.md]`: one of the two is an address.
  private func exchanged(at close: Int) -> Found? {
    guard let open = source[..<close].suffix(TextRun.longest).lastIndex(of: UInt8(ascii: "(")),
      let end = source[(close + 2)...].prefix(TextRun.longest).firstIndex(of: UInt8(ascii: "]")),
      byte(end + 1) != UInt8(ascii: "(")
    else { return nil }
    let (first, second) = ((open + 1)..<close, (close + 2)..<end)
    let isFirst = isPath(first) || !isPath(second)
    let (place, words) = isFirst ? (first, second) : (second, first)
    guard let address = StrayAddress(source[place], needsBlank: false), address.size == nil else { return nil }
    let isImage = open > 0 && source[open - 1] == UInt8(ascii: "!")
    let link = Markdown.StrayLink(
      problem: .exchanged, whole: self.place(of: (isImage ? open - 1 : open)..<(end + 1)),
      range: self.place(of: place), isImage: isImage, text: String(decoding: source[words], as: UTF8.self),
      destination: address.path, isCertain: !isFirst && address.isOutside && !words.isEmpty && !followsWord(open))
    return (link, end + 1)
  }

  /// `!(a.png)`: a picture without its brackets.
  private func unnamed(at sign: Int) -> Found? {
    guard let close = source[(sign + 2)...].prefix(TextRun.longest).firstIndex(of: UInt8(ascii: ")")),
      let address = StrayAddress(source[(sign + 2)..<close], needsBlank: false)
    else { return nil }
    let link = Markdown.StrayLink(
      problem: .unnamed, whole: place(of: sign..<(close + 1)), range: place(of: (sign + 2)..<close), isImage: true,
      text: "", destination: address.path, size: address.size, isCertain: false)
    return (link, close + 1)
  }

  /// The attributes that the text begins with, `{width=300}`, which belong to the picture before it.
  func attributes(of image: Markdown.Link) -> Markdown.StrayLink? {
    guard source.first == UInt8(ascii: "{"), !isFirstEscaped,
      let end = source.prefix(TextRun.longest).firstIndex(of: UInt8(ascii: "}"))
    else { return nil }
    let text = String(decoding: source[1..<end], as: UTF8.self)
    guard text.contains(/(^|[\s:])(width|height)\s*=/) else { return nil }
    func number(_ name: String) -> String? {
      guard let start = text.firstRange(of: name)?.upperBound else { return nil }
      let rest = text[start...].drop { " =\"'".contains($0) }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      return digits.isEmpty ? nil : String(digits) + (rest.dropFirst(digits.count).first == "%" ? "%" : "")
    }
    let (width, height) = (number("width"), number("height"))
    return Markdown.StrayLink(
      problem: .attributes, whole: nil, range: place(of: 0..<(end + 1)), isImage: true, text: image.text,
      destination: image.destination, size: "\(width ?? "")\(height.map { "x\($0)" } ?? "")")
  }
}

/// An address which Markdown does not take for one.
private struct StrayAddress {
  var path: String
  var size: String?
  /// Whether it reads like the path of a file, or leads outside.
  var isFile = true
  /// Whether a title follows it that nothing closes.
  var isTitleOpen = false
  /// Whether it leads to the web.
  var isOutside: Bool { ["https://", "http://"].contains(where: path.lowercased().hasPrefix) }

  /// Reads what is between the parentheses; `nil` where it is not meant as an address.
  ///
  /// `needsBlank`: whether only blanks or a size keep it from being one.
  init?(_ bytes: ArraySlice<UInt8>, needsBlank: Bool) {
    var text = String(decoding: bytes, as: UTF8.self).trimmingBlanks()
    guard text.first != "<" else { return nil }
    let size = #/[ \t]+=([0-9]*%?[x*]\*?[0-9]*%?|[0-9]+%?)$/#
    // The size is after the title in some programs, and before it in others.
    for _ in 0..<2 {
      if let title = text.firstMatch(of: /[ \t]+("[^"]*"|'[^']*')$/) {
        text.removeSubrange(title.range)
        text = text.trimmingBlanks()
      }
      if self.size == nil, let written = text.firstMatch(of: size) {
        self.size = String(written.1)
        text.removeSubrange(written.range)
        text = text.trimmingBlanks()
      }
    }
    // A title that nothing closes.
    if needsBlank, self.size == nil, let title = text.firstMatch(of: /[ \t]+["'][^"']*$/) {
      isTitleOpen = true
      path = String(text[..<title.range.lowerBound])
      isFile = false
      return
    }
    path = text
    guard !text.isEmpty,
      !needsBlank || self.size != nil || text.utf8.contains(where: { $0 == UInt8(ascii: " ") || $0 == 0x09 })
    else { return nil }
    let lowered = text.lowercased()
    let beginnings = ["https://", "http://", "ftp://", "file:", "./", "../", "tel:", "mailto:"]
    if beginnings.contains(where: lowered.hasPrefix) || lowered.contains(/^[a-z]:[\\\/]/) { return }
    // A heading of the same page, and no number.
    if text.hasPrefix("#") {
      isFile = text.contains(/^#\s*\p{L}[^.;:!?]*$/) && text.count { $0 == " " } < 7
      return
    }
    let file = text.prefix { $0 != "#" && $0 != "?" }
    // An ending tells a file from a remark in parentheses.
    isFile = file.contains(/\.[A-Za-z][A-Za-z0-9]{0,7}$/) && !file.contains(/[,;:]\s/)
  }
}
