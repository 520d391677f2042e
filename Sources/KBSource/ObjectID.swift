/// The name of an object in git: the SHA-1 of its contents.
public struct ObjectID: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt32

  /// Twenty zeros, which git writes where there is no object.
  public static let none = ObjectID(first: 0, second: 0, third: 0)

  private init(first: UInt64, second: UInt64, third: UInt32) {
    self.first = first
    self.second = second
    self.third = third
  }

  /// Creates a name from its first twenty bytes.
  public init(bytes: some Sequence<UInt8>) {
    var (first, second, third, count) = (UInt64(0), UInt64(0), UInt32(0), 0)
    for byte in bytes {
      if count < 8 {
        first = first << 8 | UInt64(byte)
      } else if count < 16 {
        second = second << 8 | UInt64(byte)
      } else if count < 20 {
        third = third << 8 | UInt32(byte)
      } else {
        break
      }
      count += 1
    }
    self.init(first: first, second: second, third: third)
  }

  /// Reads forty hexadecimal digits.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 40 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20)
    var high: UInt8?
    for digit in text.utf8 {
      guard let value = digit.hexadecimalValue else { return nil }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    self.init(bytes: bytes)
  }

  /// The twenty bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20)
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: first >> shift))
    }
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: second >> shift))
    }
    for shift in stride(from: UInt32(24), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: third >> shift))
    }
    return bytes
  }

  /// Forty hexadecimal digits.
  public var description: String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

  /// As people write it: seven digits.
  public var short: String { String(description.prefix(7)) }

  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.first, left.second, left.third) < (right.first, right.second, right.third)
  }
}
