public import KBCatalog
import KBDocument
import KBSchema
public import KBSource

/// How a runbook differs from another one that it was made from: in its steps, or in other words.
public enum RunbookComparison: Sendable {
  case same
  /// Which steps are new, gone or reworded, as a review says it.
  case steps(Message)
  /// Only the other text is different.
  case text

  /// Compares the texts of two runbooks, white space left out; steps that are new are so in `own`.
  public init(of own: Record, with standard: Record) {
    let (old, new) = (standard.document.steps, own.document.steps)
    let steps = RecordChanges.Steps(from: old.ordered, to: new.ordered)
    if !steps.isEmpty {
      self = .steps(Message("\(list: steps.parts, .none)"))
    } else {
      let words = { (text: String) in text.split(whereSeparator: \.isWhitespace) }
      self = words(old.rest) == words(new.rest) ? .same : .text
    }
  }
}
