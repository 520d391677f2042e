import KBDisk

/// The bytes of one file of a site, and their fingerprint.
public struct LiveFile: Sendable {
  public let bytes: [UInt8]
  /// Says whether two have the same bytes.
  public let version: String

  public init(bytes: [UInt8]) {
    self.bytes = bytes
    version = ContentHash(of: bytes).description
  }

  /// A file of the knowledge base that was there a moment ago.
  public struct Vanished: Error {}
}
