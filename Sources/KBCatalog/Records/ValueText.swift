import KBSchema
public import KBSource

extension Value {
  /// The way a value becomes text, and the names of the records that it refers to.
  public struct TextStyle {
    fileprivate enum Form {
      case written, cell, spoken(Format)
    }

    fileprivate let form: Form
    fileprivate let name: (Reference) -> String

    /// As in the front matter: `4h`, `2026-11-21`, an object with its keys.
    public static func written(_ name: @escaping (Reference) -> String = \.id) -> TextStyle {
      TextStyle(form: .written, name: name)
    }

    /// As in the front matter, an object without its keys.
    public static var cell: TextStyle { TextStyle(form: .cell, name: \.id) }

    /// As a reader says it: dates, durations and money in a language, choices by their labels.
    public static func spoken(_ format: Format, _ name: @escaping (Reference) -> String) -> TextStyle {
      TextStyle(form: .spoken(format), name: name)
    }
  }

  /// The value as it would be written in the front matter.
  public var written: String { text(.written()) }

  /// The value as it would be written with other names for the records that it refers to.
  package func written(_ name: (Reference) -> String) -> String {
    withoutActuallyEscaping(name) { text(.written($0)) }
  }

  /// The value as one line of text.
  public func text(_ style: TextStyle) -> String {
    switch content {
    case .text, .phone, .email, .url, .code, .hours: return text ?? ""
    case .invalid(let text): return text
    case .reference(let reference): return style.name(reference)
    case .list(let elements): return elements.map { $0.text(style) }.joined(separator: ", ")
    case .object(let fields):
      switch style.form {
      case .written: return fields.map { "\($0.declaration.name): \($0.value.text(style))" }.joined(separator: ", ")
      case .cell: return fields.map { $0.value.text(style) }.joined(separator: " ")
      case .spoken: return fields.map { $0.value.text(style) }.joined(separator: ", ")
      }
    case .bool, .integer, .number, .date, .duration, .money, .choice:
      if case .spoken(let format) = style.form { return spokenScalar(format) }
      return writtenScalar
    }
  }

  private var writtenScalar: String {
    switch content {
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    case .date(let date): date.description
    case .duration(let duration): duration.description
    case .money(let money): money.written
    case .choice(let choice): choice.value
    default: ""
    }
  }

  private func spokenScalar(_ format: Format) -> String {
    switch content {
    case .bool(let bool): format.bool(bool)
    case .integer(let integer): format.integer(integer)
    case .number(let number): format.number(number)
    case .date(let date): format.date(date)
    case .duration(let duration): format.duration(duration)
    case .money(let money): format.money(money)
    case .choice(let choice): choice.label[format.language]
    default: ""
    }
  }
}

extension Money {
  /// `4800 EUR/year`.
  fileprivate var written: String {
    let cents = hundredths % 100
    let amount = cents == 0 ? String(hundredths / 100) : "\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)"
    return "\(amount) \(currency)/\(period.rawValue)" + (unit == .seat ? "/seat" : "")
  }
}
