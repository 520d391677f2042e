public import KBSource

/// Why a file was not changed, and what to do instead.
public struct EditRefusal: Refusal, Hashable {
  public let message: Message
  public let remedy: Message?

  public init(_ message: Message, remedy: Message? = nil) {
    self.message = message
    self.remedy = remedy
  }
}
