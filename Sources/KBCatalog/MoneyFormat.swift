public import KBSource

extension Format {
  /// 4.800 €, €4,800: without its period.
  public func amount(_ money: Money) -> String {
    let fraction = abs(money.hundredths % 100)
    var amount = integer(money.hundredths / 100)
    if money.hundredths < 0, money.hundredths > -100 { amount = "−0" }
    if fraction != 0 { amount += (language == .german ? "," : ".") + two(fraction) }
    let signs = ["EUR": "€", "USD": "$", "GBP": "£"]
    let sign = signs[money.currency] ?? money.currency
    return language == .english && signs[money.currency] != nil ? "\(sign)\(amount)" : "\(amount)\u{A0}\(sign)"
  }

  /// +4.800 €, −4.800 €: more or less than before.
  public func difference(_ money: Money) -> String { (money.hundredths > 0 ? "+" : "") + amount(money) }

  /// 4.800 € im Jahr, €4,800 a year.
  public func money(_ money: Money) -> String {
    let sum = amount(money)
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
    let unit = money.unit == .seat ? Message(de: " je\u{A0}Platz", en: " per\u{A0}seat")[language] : ""
    return "\(sum)\(unit) \(period)"
  }
}

extension Message.Text.StringInterpolation {
  /// An amount of money with its period.
  public mutating func appendInterpolation(_ money: Money) {
    appendInterpolation(.both { Message.Text(verbatim: Format(language: $0).money(money)) })
  }

  /// An amount of money without its period.
  public mutating func appendInterpolation(amount money: Money) {
    appendInterpolation(.both { Message.Text(verbatim: Format(language: $0).amount(money)) })
  }
}
