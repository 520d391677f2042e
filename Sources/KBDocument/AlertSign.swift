/// The sign at the start of a quote that makes it a box, as `> [!WARNING]` on GitHub, and `> [!info]- Title` in Obsidian.
public struct AlertSign: Sendable {
  /// What kind of box it is.
  public enum Kind: String, Sendable, CaseIterable {
    // GitHub's own
    case note, tip, important, warning, caution
    // Those of other programs
    case info, success, question, failure, danger, bug, example, quote, summary, todo, details, tab
  }

  /// Whether the text of a box is folded at first, or may be folded.
  public enum Fold: Sendable { case closed, open }

  public let kind: Kind
  public let fold: Fold?
  /// The number of the event behind the sign, and the bytes of it that are a part of the sign.
  public let end: Int
  public let skipped: Int
  /// The number of the event behind the title.
  public let titleEnd: Int
  /// Whether a title follows the sign.
  public var hasTitle: Bool { titleEnd > end }
  /// Whether the sign's paragraph has further lines.
  public let goesOn: Bool
}

extension AlertSign.Kind {
  /// The names that programs have for a kind; a name that is the kind's own is left out.
  private static let others: [AlertSign.Kind: String] = [
    .note: "seealso secondary default primary light neutral", .tip: "hint idea good",
    .warning: "warn orange attention-required", .caution: "attention", .info: "information pageinfo blue abstract-info",
    .success: "check done positive green", .question: "help faq", .failure: "fail missing negative",
    .danger: "error critical alert red severe", .quote: "cite", .summary: "abstract tldr",
    .details: "spoiler expand collapse collapsible dropdown", .bug: "defect", .tab: "tabitem",
  ]

  private static let byName: [String: AlertSign.Kind] = {
    var names = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
    for (kind, words) in others { for word in words.split(separator: " ") { names[String(word)] = kind } }
    return names
  }()

  /// The kind that a program calls by a name; `nil` where none of them does.
  init?(named name: String) {
    guard let kind = AlertSign.Kind.byName[name.lowercased()] else { return nil }
    self = kind
  }
}

extension Markdown {
  /// The sign of the quote that begins at an event; nothing when it is a plain quote. `bytes`: the file's.
  public func alertSign(ofQuoteAt index: Int, in bytes: [UInt8]) -> AlertSign? {
    guard index + 2 < events.count, events[index + 1].kind == .paragraph, events[index + 1].phase == .enter else {
      return nil
    }
    // The parser may hand the sign out in several pieces.
    var text: [UInt8] = []
    var next = index + 2
    var last = 0
    while next < events.count, events[next].phase == .text, events[next].kind == .text, text.count < 40,
      !text.contains(UInt8(ascii: "]"))
    {
      let piece = content(of: events[next], in: bytes)
      last = piece.count
      text += piece
      next += 1
    }
    guard text.starts(with: "[!".utf8), let close = text.firstIndex(of: UInt8(ascii: "]")), next < events.count,
      let kind = AlertSign.Kind(named: String(decoding: text[2..<close], as: UTF8.self))
    else { return nil }
    var rest = text[(close + 1)...]
    var fold: AlertSign.Fold?
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      fold = sign == UInt8(ascii: "-") ? .closed : .open
      rest = rest.dropFirst()
    }
    let title = rest.drop { $0 == UInt8(ascii: " ") }
    // Only a blank separates it from its title.
    guard rest.isEmpty || title.count < rest.count else { return nil }
    var titleEnd = next
    while titleEnd < events.count, !events[titleEnd].endsLine { titleEnd += 1 }
    guard titleEnd < events.count else { return nil }
    let end = title.isEmpty ? next : next - 1
    if title.isEmpty, titleEnd > end, rest.isEmpty { return nil }
    return AlertSign(
      kind: kind, fold: fold, end: end, skipped: title.isEmpty ? 0 : last - title.count, titleEnd: titleEnd,
      goesOn: events[titleEnd].kind != .paragraph)
  }
}

extension Markdown.Event {
  /// Whether the line of a paragraph ends here.
  fileprivate var endsLine: Bool { kind == .softBreak || kind == .lineBreak || kind == .paragraph && phase == .leave }
}
