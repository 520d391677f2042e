/// The logarithm by its series: the same to the last bit wherever numbers are IEEE 754, which no library promises.
func naturalLogarithm(_ value: Double) -> Double {
  var mantissa = value
  var exponent = 0.0
  while mantissa > 1.5 {
    mantissa /= 2
    exponent += 1
  }
  let ratio = (mantissa - 1) / (mantissa + 1)
  let square = ratio * ratio
  var term = ratio
  var sum = 0.0
  for power in stride(from: 1.0, to: 20, by: 2) {
    sum += term / power
    term *= square
  }
  return 2 * sum + exponent * 0.693147180559945309
}
