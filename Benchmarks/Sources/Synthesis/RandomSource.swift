/// A deterministic source of random numbers (SplitMix64): one seed gives the same numbers on every machine.
struct RandomSource {
  private var state: UInt64

  /// Creates the source of one stream of a seed; streams of one seed are independent of each other.
  init(seed: UInt64, stream: UInt64) {
    state = RandomSource.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) ^ RandomSource.mixed(stream &+ 0xD1B5_4A32_D192_ED03)
  }

  /// The next 64 random bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return RandomSource.mixed(state)
  }

  /// A number from 0 to `bound` - 1.
  mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "no number is below \(bound)")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number of a range.
  mutating func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// Whether something happens that does so in `percent` of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// One element, each as likely as the others.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// A number from 0 to `bound` - 1, the probability falling about as 1/(n+1): a few numbers come often, most rarely.
  mutating func skewed(below bound: Int) -> Int {
    precondition(bound > 0, "no number is below \(bound)")
    let octaves = UInt64.bitWidth - UInt64(bound).leadingZeroBitCount
    while true {
      let octave = 1 << below(octaves)
      let number = octave - 1 + below(octave)
      if number < bound { return number }
    }
  }

  /// Up to `count` different numbers from 0 to `bound` - 1, small ones more likely, in ascending order.
  mutating func skewedNumbers(_ count: Int, below bound: Int) -> [Int] {
    var numbers: [Int] = []
    for _ in 0..<count where bound > 0 {
      let number = skewed(below: bound)
      if !numbers.contains(number) { numbers.append(number) }
    }
    return numbers.sorted()
  }

  /// Up to `count` different elements, in random order.
  mutating func sample<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    var rest = elements
    var chosen: [Element] = []
    while chosen.count < count, !rest.isEmpty { chosen.append(rest.swapRemove(at: below(rest.count))) }
    return chosen
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

extension Array {
  /// Removes an element in constant time by putting the last one in its place.
  fileprivate mutating func swapRemove(at index: Int) -> Element {
    swapAt(index, count - 1)
    return removeLast()
  }
}
