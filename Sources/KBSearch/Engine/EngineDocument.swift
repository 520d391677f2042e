/// A section of a record, as a search engine gets it: the head, or what is below a heading.
///
/// `Documentation/opensearch.md` describes the fields.
public struct EngineDocument: Sendable {
  /// What a field holds.
  public enum Content: Sendable, Equatable {
    case text(String)
    case list([String])

    var isEmpty: Bool {
      switch self {
      case .text(let text): text.isEmpty
      case .list(let texts): texts.isEmpty
      }
    }
  }

  /// The same in every export as long as the record keeps its id and the heading its words.
  public let id: String
  /// The fields that hold something, in the order of the mapping.
  public let fields: [(name: String, content: Content)]

  init(id: String, _ fields: [(EngineField, Content)]) {
    self.id = EngineDocument.shortened(id)
    self.fields = fields.filter { !$0.1.isEmpty }.map { ($0.0.name, $0.1) }
  }

  /// The content of a field; `nil` where it is empty.
  public subscript(name: String) -> Content? { fields.first { $0.name == name }?.content }

  /// Bytes of an id from which on its end is replaced by a fingerprint: engines take 512.
  private static let longestID = 400

  private static func shortened(_ id: String) -> String {
    guard id.utf8.count > longestID else { return id }
    return EngineText.beginning(of: id, longestID - 20) + "~" + Shard("id", [Array(id.utf8)]).fingerprint
  }
}

/// The fields of a document.
enum EngineField: String, CaseIterable {
  case record, kind, language, audience, status, criticality, tags, owners, systems
  case path, address, anchor
  case title, heading, aliases, symptoms, summary, facts, text, code
  case wholes, names, parts, related, about, page

  var name: String { rawValue }
}

/// Texts as engines get them.
enum EngineText {
  /// The beginning of a text, up to a maximum number of bytes, ending at a whole character.
  static func beginning(of text: String, _ longest: Int) -> String {
    guard text.utf8.count > longest else { return text }
    var end = text.utf8.index(text.utf8.startIndex, offsetBy: longest)
    while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
    return String(text[..<end])
  }

  /// A text in pieces, each up to a maximum number of bytes, cut at blanks where there are any.
  static func pieces(of bytes: ArraySlice<UInt8>, _ longest: Int) -> [ArraySlice<UInt8>] {
    guard bytes.count > longest else { return [bytes] }
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes
    while rest.count > longest {
      let most = rest.startIndex + longest
      var cut = most
      while cut > most - longest / 2, !(rest[cut] <= 0x20) { cut -= 1 }
      if rest[cut] > 0x20 {
        cut = most
        while cut > rest.startIndex + 1, rest[cut] & 0xC0 == 0x80 { cut -= 1 }
      }
      pieces.append(rest[..<cut])
      rest = rest[cut...]
    }
    return pieces + [rest]
  }
}
