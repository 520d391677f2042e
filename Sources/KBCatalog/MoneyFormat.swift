public import KBSource

extension Format {
  /// 4.800 € im Jahr, €4,800 a year.
  public func money(_ money: Money) -> String {
    let fraction = money.hundredths % 100
    var amount = integer(money.hundredths / 100)
    if fraction != 0 { amount += (language == .german ? "," : ".") + two(fraction) }
    let signs = ["EUR": "€", "USD": "$", "GBP": "£"]
    let sign = signs[money.currency] ?? money.currency
    let sum = language == .english && signs[money.currency] != nil ? "\(sign)\(amount)" : "\(amount)\u{A0}\(sign)"
    let period: String =
      switch (money.period, language) {
      case (.month, .german): "im\u{A0}Monat"
      case (.quarter, .german): "im\u{A0}Quartal"
      case (.year, .german): "im\u{A0}Jahr"
      case (.once, .german): "einmalig"
      case (.month, .english): "a\u{A0}month"
      case (.quarter, .english): "a\u{A0}quarter"
      case (.year, .english): "a\u{A0}year"
      case (.once, .english): "one-off"
      }
    let unit = money.unit == .seat ? (language == .german ? " je\u{A0}Platz" : " per\u{A0}seat") : ""
    return "\(sum)\(unit) \(period)"
  }
}
