import KBAnswers
import KBCatalog
import KBMarkup
import KBSource

/// How well the knowledge base is kept, and how that came to be: a number and a line for each measure.
struct TrendFigures: Page {
  let context: PageContext

  /// What is measured.
  private struct Measure: Sendable {
    let name: Message
    /// The number, and what it is a part of; `nil` for a number on its own.
    let value: @Sendable (Health) -> Int
    var whole: (@Sendable (Health) -> Int)?

    /// The height on the drawing, of 1.
    func share(_ health: Health, highest: Int) -> Double {
      let all = whole.map { $0(health) } ?? highest
      return all > 0 ? Double(value(health)) / Double(all) : 0
    }
  }

  private static let measures = [
    Measure(name: Message(de: "Fehler", en: "errors"), value: \.errors),
    Measure(name: Message(de: "Warnungen", en: "warnings"), value: \.warnings),
    Measure(name: Message(de: "Hinweise", en: "hints"), value: \.hints),
    Measure(
      name: Message(de: "fristgerecht bestätigt", en: "confirmed on time"), value: \.confirmed, whole: \.confirmable),
    Measure(name: Message(de: "Einträge", en: "records"), value: \.records),
    Measure(
      name: Message(de: "kritische Systeme mit Runbook", en: "critical systems with a runbook"), value: \.withRunbook,
      whole: \.critical),
    Measure(
      name: Message(de: "kritische Systeme mit Verantwortlichen", en: "critical systems with an owner"),
      value: \.withOwner, whole: \.critical),
    Measure(
      name: Message(de: "kritische Systeme mit geprobter Rücksicherung", en: "critical systems with a tested restore"),
      value: \.withRestoreTest, whole: \.critical),
  ]

  /// Draws a tile for each measure, where the past is known.
  func write(_ html: inout HTML) {
    guard let first = context.trend.first else { return }
    let points = context.trend + [answers.health]
    let measures = Self.measures.filter { measure in
      measure.whole.map { whole in points.contains { whole($0) > 0 } } ?? true
    }
    html.element(.dl, .class("figures trends")) { html in
      for measure in measures {
        html.element(.div) { html in
          html.element(.dt) { html in
            html.text("\(words(measure.name)), \(then(first.day)): \(said(measure, first))")
            line(&html, measure, points)
          }
          html.element(.dd, text: said(measure, points[points.count - 1]))
        }
      }
    }
    numbers(&html, measures, points)
  }

  /// When the line begins.
  private func then(_ day: CalendarDate) -> String {
    let isYearAgo = day == catalog.today.adding(months: -12).endOfMonth
    return isYearAgo
      ? words(Message(de: "vor einem Jahr", en: "a year ago"))
      : words(Message(de: "Ende \(format.month(day))", en: "at the end of \(format.month(day))"))
  }

  /// 4, 92 %, 3 von 8.
  private func said(_ measure: Measure, _ health: Health) -> String {
    let number = format.integer(measure.value(health))
    guard let whole = measure.whole?(health) else { return number }
    guard whole > 0 else { return "–" }
    // Of a few, each one counts; of many, the share does.
    guard whole < 20 else { return "\(measure.value(health) * 100 / whole)\u{A0}%" }
    return "\(number)\u{A0}\(words(Words.ofWord))\u{A0}\(format.integer(whole))"
  }

  /// The line, on a scale from nothing to all; a month has its place even when the first ones are not known.
  private func line(_ html: inout HTML, _ measure: Measure, _ points: [Health]) {
    let highest = points.map(measure.value).max() ?? 0
    let last = points.count - 1
    let places = points.enumerated().map { number, health in
      (
        x: tenths(232 - Double(last - number) * 232 / Double(max(12, last))),
        y: tenths(40 - 32 * measure.share(health, highest: highest))
      )
    }
    let label = words(
      Words.trend(words(measure.name), months: last, from: said(measure, points[0]), to: said(measure, points[last])))
    html.open(.svg, [.class("graph trend"), .svg("viewBox", "0 0 240 48"), .role("img"), .aria("label", label)])
    html.element(.path, .class("base"), .svg("d", "M0 44.5h240")) { _ in }
    let path = places.map { "\($0.x) \($0.y)" }.joined(separator: "L")
    html.element(.path, .class("line"), .svg("d", "M\(path)")) { _ in }
    html.element(
      .circle, .class("dot"), .svg("cx", places[last].x), .svg("cy", places[last].y), .svg("r", "3.5")
    ) { _ in }
    html.close(.svg)
  }

  /// A number with one digit after the point, as SVG writes it.
  private func tenths(_ number: Double) -> String {
    let all = Int((number * 10).rounded())
    return all % 10 == 0 ? String(all / 10) : "\(all / 10).\(all % 10)"
  }

  /// The same as a table, month by month.
  private func numbers(_ html: inout HTML, _ measures: [Measure], _ points: [Health]) {
    html.element(.details, .class("small")) { html in
      html.element(.summary, text: words(Words.monthByMonth))
      html.element(.div, .class("scroll"), .tabIndex) { html in
        let columns = [HTML.Column(label: words(Words.day))]
        html.table("", columns + measures.map { .init(label: capitalized(words($0.name))) }) { html in
          for health in points.reversed() {
            html.element(.tr) { html in
              html.element(.th, .class("nb"), .scope("row"), text: format.date(health.day))
              for measure in measures { html.element(.td, .class("num"), text: said(measure, health)) }
            }
          }
        }
      }
    }
  }
}
