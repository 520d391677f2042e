/// The limits of a server.
public struct Limits: Sendable {
  /// Bytes of a request's head, and of the address in it.
  public var head = 16 * 1024
  public var target = 2048
  /// Connections at a time; those that wait for changes among them.
  public var connections = 128
  public var streams = 64
  /// So long a head may take to arrive once it has begun, a connection may be idle, and a reader may take to read an answer.
  public var headTime = Duration.seconds(10)
  public var idleTime = Duration.seconds(30)
  public var answerTime = Duration.seconds(60)
  /// The time for which what a refused reader still sends is read and thrown away.
  public var lingerTime = Duration.seconds(1)
  /// When all connections are taken, one that has not said for so long what it wants, or has taken nothing of its answer, makes
  /// room for a new one.
  public var grace = Duration.seconds(2)
  /// Requests on one connection.
  public var requests = 1000
  /// A sign of life on a connection that waits for changes; where nobody reads it, the connection ends.
  public var heartbeat = Duration.seconds(15)

  public init() {}
}
