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
        await WebServer.accept(from: listener, limits) { socket, census in
          Connection(socket: socket, limits: limits, admission: admission, census: census, answer: answer)
        }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private static func accept(
    from listener: AsyncSocket, _ limits: Limits,
    connection: @Sendable (AsyncSocket, Census) -> Connection
  ) async {
    let census = Census()
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        do {
          let socket = try await listener.accept()
          _ = fcntl(socket.socket.file.rawValue, F_SETFD, FD_CLOEXEC)
          let connection = connection(socket, census)
          // One that is too many is told so at once; one beyond even those is closed without a word.
          if census.enter(.connections, most: limits.connections) {
            group.addTask {
              await connection.serve()
              census.leave(.connections)
            }
          } else if census.enter(.refused, most: limits.connections) {
            group.addTask {
              await connection.turnAway()
              census.leave(.refused)
            }
          } else {
            connection.close()
          }
        } catch is CancellationError {
          return
        } catch {
          // Too many open files, or a reader who left at once: the next one may be luckier.
          do { try await Task.sleep(for: .milliseconds(20)) } catch { return }
        }
      }
    }
  }
}
