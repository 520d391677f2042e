import KBCatalog
import KBDocument
import KBHistory
import KBSchema
import KBSource

/// The changed lines that the sentences of a review speak of.
struct ChangedLines {
  private let pairs: [String: CatalogDifference.Pair]

  init(_ pairs: [CatalogDifference.Pair]) {
    self.pairs = Dictionary(
      pairs.compactMap { pair in (pair.after ?? pair.before).map { ($0.id, pair) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The lines that a sentence speaks of: those of its field, or of the body; the whole file where that is not enough.
  func comparison(of change: Change) -> TextComparison? {
    guard let pair = pairs[change.id] else { return nil }
    if let field = change.group == .confirmed ? "reviewed" : change.field {
      let key = String(field.prefix { $0 != "." })
      let isWritten = [pair.before, pair.after].contains { $0?[key] != nil }
      let lines = { (record: Record?) in record.map { isWritten ? front($0, key) : body($0) } ?? "" }
      let part = TextComparison(from: lines(pair.before), to: lines(pair.after))
      if !part.isEmpty { return part }
    }
    return TextComparison(from: whole(pair.before), to: whole(pair.after))
  }

  /// The lines of a field, from its key to the end of its value.
  private func front(_ record: Record, _ name: String) -> String {
    guard let field = record.fields.first(where: { $0.declaration.name == name }) else { return "" }
    let file = record.document.file
    let (first, last) = (file.line(around: field.keyRange.lower), file.line(around: field.value.range.upper))
    return file.text(SourceRange(Int(first.lower), Int(last.upper)))
  }

  private func body(_ record: Record) -> String {
    String(decoding: record.document.body.visibleText(in: record.document.file.bytes), as: UTF8.self)
  }

  private func whole(_ record: Record?) -> String {
    record.map { $0.document.file.text(SourceRange(0, $0.document.file.bytes.count)) } ?? ""
  }
}
