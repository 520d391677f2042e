import CXXHash

/// A hash of bytes, XXH3 with 128 bits (xxhash.com): it tells whether a file changed, and is no defence against forgery.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let low: UInt64

  public init(of bytes: [UInt8]) {
    let hash = unsafe bytes.withUnsafeBytes { unsafe XXH3_128bits($0.baseAddress, $0.count) }
    high = hash.high64
    low = hash.low64
  }

  /// Reads what `description` writes.
  init?(_ text: some StringProtocol) {
    guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
      let low = UInt64(text.suffix(16), radix: 16)
    else {
      return nil
    }
    self.high = high
    self.low = low
  }

  /// 32 hexadecimal digits.
  public var description: String { ContentHash.hexadecimal(high) + ContentHash.hexadecimal(low) }

  /// The version of the library that hashes here.
  public static var libraryVersion: String {
    let number = XXH_versionNumber()
    return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
