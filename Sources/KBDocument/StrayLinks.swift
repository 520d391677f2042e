import KBSource

/// What is meant as a link or a picture and is none.
extension TextRun {
  private typealias Found = (link: Markdown.StrayLink, end: Int)

  /// The most bytes that are looked at for one.
  private static let longest = 300

  var strayLinks: [Markdown.StrayLink] {
    guard source.contains(UInt8(ascii: "(")) || source.contains(UInt8(ascii: "]")) else { return [] }
    var links: [Markdown.StrayLink] = []
    var index = 0
    while index + 1 < source.count {
      let found: Found? =
        switch source[index] {
        case UInt8(ascii: "]"): isMark(index) ? link(after: index) ?? undefined(at: index) : nil
        case UInt8(ascii: ")"): source[index + 1] == UInt8(ascii: "[") ? exchanged(at: index) : nil
        case UInt8(ascii: "!"): source[index + 1] == UInt8(ascii: "(") && isMark(index) ? unnamed(at: index) : nil
        default: nil
        }
      if let found { links.append(found.link) }
      index = found?.end ?? index + 1
    }
    return links
  }

  /// Whether a sign is one, and not the character itself.
  private func isMark(_ index: Int) -> Bool { index > 0 || !isFirstEscaped }

  /// What follows a closing bracket: parentheses with blanks or a size in them, after a blank, or without an end.
  private func link(after bracket: Int) -> Found? {
    var first = bracket + 1
    while first < source.count, first - bracket < 4, source[first] == UInt8(ascii: " ") { first += 1 }
    guard first < source.count, source[first] == UInt8(ascii: "(") else { return nil }
    let isGap = first > bracket + 1
    first += 1
    let limit = min(source.count, first + TextRun.longest)
    // A file's name may have parentheses.
    var close = first
    var unlikely: Found?
    while let next = source[close..<limit].firstIndex(of: UInt8(ascii: ")")) {
      defer { close = next + 1 }
      guard let address = StrayAddress(source[first..<next], needsBlank: !isGap) else { continue }
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

  private func stray(
    _ problem: Markdown.StrayLink.Problem, _ bracket: Int, _ range: Range<Int>, through end: Int,
    _ address: StrayAddress
  ) -> Markdown.StrayLink {
    let opening = source[..<bracket].suffix(TextRun.longest).lastIndex(of: UInt8(ascii: "["))
    let isImage = opening.map { $0 > 0 && source[$0 - 1] == UInt8(ascii: "!") } ?? false
    return Markdown.StrayLink(
      problem: problem, whole: opening.map { place(of: (isImage ? $0 - 1 : $0)..<end) }, range: place(of: range),
      isImage: isImage, text: opening.map { String(decoding: source[($0 + 1)..<bracket], as: UTF8.self) } ?? "",
      destination: address.path, size: address.size,
      isCertain: problem == .blanks ? address.isFile : false)
  }

  /// `[x][name]` without a line that says where `name` leads; in `list[i][j]` the first bracket follows a word.
  private func undefined(at bracket: Int) -> Found? {
    guard source[bracket + 1] == UInt8(ascii: "["),
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

  /// `(a.md)[x]`: what is between the parentheses is a path.
  private func exchanged(at close: Int) -> Found? {
    guard let open = source[..<close].suffix(TextRun.longest).lastIndex(of: UInt8(ascii: "(")),
      let end = source[(close + 2)...].prefix(TextRun.longest).firstIndex(of: UInt8(ascii: "]")),
      end + 1 == source.count || source[end + 1] != UInt8(ascii: "("),
      let address = StrayAddress(source[(open + 1)..<close], needsBlank: false), address.size == nil
    else { return nil }
    let isImage = open > 0 && source[open - 1] == UInt8(ascii: "!")
    let link = Markdown.StrayLink(
      problem: .exchanged, whole: place(of: (isImage ? open - 1 : open)..<(end + 1)),
      range: place(of: (open + 1)..<close), isImage: isImage,
      text: String(decoding: source[(close + 2)..<end], as: UTF8.self), destination: address.path, isCertain: false)
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
    if ["https://", "http://", "./", "../", "tel:"].contains(where: lowered.hasPrefix) { return }
    let file = text.prefix { $0 != "#" && $0 != "?" }
    // An ending tells a file from a remark in parentheses.
    isFile = file.contains(/\.[A-Za-z][A-Za-z0-9]{0,7}$/) && !file.contains(/[,;:]\s/)
  }
}
