import KBCatalog

/// The id of a new record, and so the name of its file.
public enum RecordID {
  /// The id that a title gives: umlauts spelled out, words joined by hyphens; whole words, as many as an id may hold.
  /// Empty when the title has no letter that an id may have.
  public static func made(from title: String) -> String {
    var id = ""
    for word in title.split(whereSeparator: \.isWhitespace).map({ Record.proposedID(for: String($0)) })
    where !word.isEmpty {
      let longer = id.isEmpty ? word : "\(id)-\(word)"
      guard longer.utf8.count <= 63 else { break }
      id = longer
    }
    return id
  }

  /// Whether a text may be an id that comes from a file's name. An index file is known by the name of its folder.
  public static func isValid(_ id: String) -> Bool {
    Record.isValid(id: id) && id != "index" && id != "readme"
  }
}
