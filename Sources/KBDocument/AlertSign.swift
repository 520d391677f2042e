/// The sign at the start of a quote that makes it an alert, as `> [!WARNING]` on GitHub.
public struct AlertSign: Sendable {
  /// What kind of alert it is.
  public enum Kind: String, Sendable, CaseIterable {
    case note, tip, important, warning, caution
  }

  public let kind: Kind
  /// The number of the event behind the sign.
  public let end: Int
  /// Whether the sign's paragraph has further lines.
  public let goesOn: Bool
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
    while next < events.count, events[next].phase == .text, events[next].kind == .text, text.count < 14 {
      text += content(of: events[next], in: bytes)
      next += 1
    }
    guard text.starts(with: "[!".utf8), text.last == UInt8(ascii: "]"), next < events.count,
      let kind = AlertSign.Kind(rawValue: String(decoding: text.dropFirst(2).dropLast(), as: UTF8.self).lowercased())
    else { return nil }
    let goesOn = events[next].kind == .softBreak || events[next].kind == .lineBreak
    guard goesOn || events[next].phase == .leave else { return nil }
    return AlertSign(kind: kind, end: next, goesOn: goesOn)
  }
}
