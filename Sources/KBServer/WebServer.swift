import POSIX
import FlyingSocks

/// A server for reading over HTTP/1.1.
///
/// Sockets and waiting for them are FlyingFox's; its reader of requests is not used, because it knows no limit for the size
/// of a head nor for the time that one takes.
public struct WebServer: Sendable {
  /// Why there is no server.
  public enum Failure: Error, Sendable, Equatable {
    case portTaken
    /// Ports below 1024 are the system's.
    case notAllowed
    /// The address is none of this machine's.
    case noSuchAddress
    case other(String)
  }

  public let host: ListeningAddress
  public let port: UInt16
  private let socket: Socket

  /// Begins to listen; with port 0 at any that is free.
  public init(host: ListeningAddress = .loopback, port: UInt16) throws(Failure) {
    do {
      socket = try host.socket(port: port)
      switch try socket.sockname() {
      case .ip4(_, let port), .ip6(_, let port): self.port = port
      case .unix: throw SocketError.unsupportedAddress
      }
      self.host = host
    } catch SocketError.failed(_, EADDRINUSE, _) {
      throw .portTaken
    } catch SocketError.failed(_, EACCES, _) {
      throw .notAllowed
    } catch SocketError.failed(_, EADDRNOTAVAIL, _) {
      throw .noSuchAddress
    } catch SocketError.failed(_, _, let words) {
      throw .other(words)
    } catch {
      throw .other("\(error)")
    }
  }

  /// The address at which a browser on this machine finds it.
  public var address: String { "http://\(host.inAddress):\(port)/" }

  /// A request that may be answered.
  public struct Request: Sendable {
    public let head: RequestHead
    /// `nil` when no file could have that name.
    public let target: RequestTarget?
  }

  /// Answers requests until the task is cancelled; then every connection is closed.
  public func run(limits: Limits = Limits(), answer: @escaping @Sendable (Request) async -> Response) async throws {
    let pool = SocketPool.make()
    try await pool.prepare()
    defer {
      // Nobody is left who could be told that closing failed.
      do { try socket.close() } catch {}
    }
    let listener = try AsyncSocket(socket: socket, pool: pool)
    let admission = Admission(host: host, port: port)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await pool.run() }
      group.addTask {
        await WebServer.accept(from: listener, limits) { socket, census, waiting in
          Connection(
            socket: socket, limits: limits, admission: admission, census: census, waiting: waiting, answer: answer)
        }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private static func accept(
    from listener: AsyncSocket, _ limits: Limits,
    connection: @Sendable (AsyncSocket, Census, Waiting) -> Connection
  ) async {
    let (census, waiting) = (Census(), Waiting())
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        do {
          let socket = try await listener.accept()
          _ = fcntl(socket.socket.file.rawValue, F_SETFD, FD_CLOEXEC)
          let connection = connection(socket, census, waiting)
          // One that is too many waits for a moment whether there is room; one beyond even those is told at once that there is none.
          if census.enter(.connections, most: limits.connections) {
            group.addTask {
              await connection.serve()
              census.leave(.connections)
            }
          } else if census.enter(.refused, most: limits.connections) {
            group.addTask {
              if await makeRoom(in: census, waiting, limits) {
                census.leave(.refused)
                await connection.serve()
                census.leave(.connections)
              } else {
                await connection.turnAway()
                census.leave(.refused)
              }
            }
          } else {
            connection.turnAwayAtOnce()
          }
        } catch is CancellationError {
          return
        } catch {
          // Too many open files, or a reader who left at once: the next one may be luckier.
          if case SocketError.failed(_, let code, _) = error, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) {
            _ = waiting.endLongest(over: limits.grace)
          }
          do { try await Task.sleep(for: .milliseconds(20)) } catch { return }
        }
      }
    }
  }

  /// Takes a place that somebody has who is slow to say what they want, or to take the answer; says whether there was one.
  private static func makeRoom(in census: Census, _ waiting: Waiting, _ limits: Limits) async -> Bool {
    let start = ContinuousClock.now
    // Whoever is slow now has been so for long enough before this has passed.
    while !waiting.endLongest(over: limits.grace) {
      if census.enter(.connections, most: limits.connections) { return true }
      guard waiting.hasSlow, ContinuousClock.now - start < limits.grace * 2 else { return false }
      do { try await Task.sleep(for: .milliseconds(20)) } catch { return false }
    }
    // The other one hears of it in its own time.
    for _ in 0..<100 {
      if census.enter(.connections, most: limits.connections) { return true }
      do { try await Task.sleep(for: .milliseconds(10)) } catch { return false }
    }
    return false
  }
}
