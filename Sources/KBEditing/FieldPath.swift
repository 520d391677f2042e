/// The place of a field below the top of a front matter: keys, and numbers of list items.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible {
  public enum Step: Sendable, Hashable {
    case key(String)
    case item(Int)
  }

  public var steps: [Step]

  public init(_ steps: [Step]) { self.steps = steps }

  /// The place down some keys.
  public init(_ keys: String...) { self.init(keys.map { .key($0) }) }

  public func appending(_ step: Step) -> FieldPath { FieldPath(steps + [step]) }

  public var description: String {
    steps.map { step in
      switch step {
      case .key(let key): key
      case .item(let number): String(number + 1)
      }
    }.joined(separator: ".")
  }
}
