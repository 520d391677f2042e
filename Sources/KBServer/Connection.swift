import FlyingSocks
import POSIX

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One connection: consecutive requests, each within its limits.
struct Connection: Sendable {
  let socket: AsyncSocket
  let limits: Limits
  let admission: Admission
  let census: Census
  let waiting: Waiting
  let answer: @Sendable (WebServer.Request) async -> Response

  /// Answers until the reader leaves, breaks a rule, or takes too long.
  func serve() async {
    do {
      try await answerAll()
    } catch {
      // The reader left, or the server stops: there is nobody to tell.
    }
    close()
  }

  /// Answers that there are too many connections, and closes.
  func turnAway() async {
    do {
      try await refuse(.refusal(.unavailable), isHead: false)
    } catch {
      // The reader left: there is nobody to tell.
    }
    close()
  }

  /// Answers the same without waiting for the reader: as much as fits is written, and what has come is thrown away, since
  /// closing with bytes unread would reset the connection.
  func turnAwayAtOnce() {
    let answer = Response.refusal(.unavailable)
    var bytes = answer.head(keepsConnection: false)
    if case .bytes(let body) = answer.body { bytes += body }
    do {
      _ = try socket.socket.write(Data(bytes), from: 0)
      shutdown(socket.socket.file.rawValue, Int32(SHUT_WR))
      _ = try socket.socket.read(atMost: limits.head)
    } catch {
      // Nothing has come yet, or the reader has left: there is nobody to tell.
    }
    close()
  }

  func close() {
    do { try socket.close() } catch { /* It is closed already. */  }
  }

  private func answerAll() async throws {
    var buffer: [UInt8] = []
    for _ in 0..<limits.requests {
      let head: RequestHead
      do {
        guard let read = try await nextHead(&buffer) else { return }
        head = read
      } catch let malformed as RequestHead.Malformed {
        try await refuse(.refusal(malformed.status), isHead: false)
        return
      }
      let isHead = head.method == "HEAD"
      if let refusal = admission.refusal(of: head) {
        try await refuse(refusal, isHead: isHead)
        return
      }
      let target = RequestTarget(head.target, longest: limits.target)
      let response = await answer(WebServer.Request(head: head, target: target))
      if case .events(let events) = response.body, !isHead {
        try await stream(events, response)
        return
      }
      try await send(response, isHead: isHead, keepsConnection: head.keepsConnection)
      guard head.keepsConnection else { return }
    }
  }

  /// Reads the next head, or returns `nil` when the reader sends none.
  private func nextHead(_ buffer: inout [UInt8]) async throws -> RequestHead? {
    waiting.begin(socket.socket.file.rawValue, buffer.isEmpty ? .silent : .slow)
    defer { waiting.end(socket.socket.file.rawValue) }
    if buffer.isEmpty {
      guard
        let bytes = try await Connection.within(limits.idleTime, { [socket] in try await socket.read(atMost: 4096) })
      else { return nil }
      buffer += bytes
      waiting.hasBegun(socket.socket.file.rawValue)
    }
    // Many bytes that come one at a time must not keep the place: the time counts for the whole head.
    let start = ContinuousClock.now
    while true {
      if let end = RequestHead.end(in: buffer), end <= limits.head {
        defer { buffer.removeFirst(end) }
        return try RequestHead(buffer[..<end])
      }
      guard buffer.count < limits.head else { throw RequestHead.Malformed(status: .headTooLarge) }
      let left = limits.headTime - (ContinuousClock.now - start)
      guard left > .zero,
        let bytes = try await Connection.within(left, { [socket] in try await socket.read(atMost: 4096) })
      else { throw RequestHead.Malformed(status: .requestTimeout) }
      buffer += bytes
    }
  }

  private func send(_ response: Response, isHead: Bool, keepsConnection: Bool) async throws {
    var bytes = response.head(keepsConnection: keepsConnection)
    if case .bytes(let body) = response.body, !isHead, response.status != .notModified { bytes += body }
    try await write(bytes)
  }

  /// Refuses a request whose reader may still be sending: what comes is read for a while, for closing at once would reset the
  /// connection, and the answer would be lost on its way (RFC 9112, 9.6).
  private func refuse(_ response: Response, isHead: Bool) async throws {
    try await send(response, isHead: isHead, keepsConnection: false)
    shutdown(socket.socket.file.rawValue, Int32(SHUT_WR))
    _ = try await Connection.within(limits.lingerTime) { [socket] in
      while !Task.isCancelled { _ = try await socket.read(atMost: 4096) }
    }
  }

  private func write(_ bytes: [UInt8]) async throws {
    let sent: Void? = try await Connection.within(limits.answerTime) { [socket, waiting] in
      // Piece by piece: who takes none for a while makes room for others, and who reads slowly is not taken for one.
      for start in stride(from: 0, to: bytes.count, by: Connection.piece) {
        waiting.begin(socket.socket.file.rawValue, .slow)
        defer { waiting.end(socket.socket.file.rawValue) }
        try await socket.write(Data(bytes[start..<min(bytes.count, start + Connection.piece)]))
      }
    }
    if sent == nil { throw SocketError.disconnected }
  }

  /// Bytes that are written at a time.
  private static let piece = 16 * 1024

  /// Sends events as they come, with a sign of life now and then, until the reader leaves.
  private func stream(_ events: AsyncStream<[UInt8]>, _ response: Response) async throws {
    guard census.enter(.streams, most: limits.streams) else {
      return try await refuse(.refusal(.unavailable), isHead: false)
    }
    defer { census.leave(.streams) }
    try await write(response.head(keepsConnection: false))
    let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream(bufferingPolicy: .bufferingNewest(64))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await event in events { continuation.yield(event) }
        continuation.finish()
      }
      group.addTask { [limits] in
        while true {
          try await Task.sleep(for: limits.heartbeat)
          continuation.yield(Array(": \n\n".utf8))
        }
      }
      group.addTask { [socket] in
        // The reader has nothing more to say; that it left shows as an error.
        while !Task.isCancelled { _ = try await socket.read(atMost: 4096) }
      }
      group.addTask {
        for await piece in pieces { try await write(piece) }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// Returns the result of some work, or `nil` when it takes longer.
  private static func within<Value: Sendable>(
    _ time: Duration, _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(for: time)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }
}
