/// The runs of one contestant.
struct Series: Codable {
  let name: String
  var runs: [Measurement] = []

  init(name: String) { self.name = name }

  /// The smallest of a quantity.
  func minimum(_ quantity: (Measurement) -> Double) -> Double { runs.map(quantity).min() ?? .nan }

  /// The middle of a quantity.
  func median(_ quantity: (Measurement) -> Double) -> Double { Series.median(runs.map(quantity)) }

  /// How many times as much this takes as `other`: the ratio of the minima, and the median of the ratios run by run.
  func ratio(to other: Series, _ quantity: (Measurement) -> Double) -> (minimum: Double, median: Double) {
    let ratios = zip(runs, other.runs).map { quantity($0) / quantity($1) }
    return (minimum(quantity) / other.minimum(quantity), Series.median(ratios))
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
