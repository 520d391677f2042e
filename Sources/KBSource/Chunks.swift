extension Range<Int> {
  /// Neighbouring ranges of a length, the last one shorter: pieces of work for `concurrentMap`.
  public func chunks(of length: Int) -> [Range<Int>] {
    stride(from: lowerBound, to: upperBound, by: length).map { $0..<Swift.min($0 + length, upperBound) }
  }
}
