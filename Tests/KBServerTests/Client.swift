import FlyingSocks
import Foundation
import KBServer

/// Sends bytes to a server, whatever they are, and reads what comes back.
struct Client {
  let port: UInt16

  struct Answer: Equatable {
    var status: Int
    var headers: [String: String]
    var body: String
  }

  /// Sends and reads until the server closes, or has said all that it announced.
  func send(_ text: String) async throws -> Answer? {
    let socket = try await open()
    defer { close(socket) }
    try await socket.write(Data(text.utf8))
    return try await Client.answer(from: socket, isHead: text.hasPrefix("HEAD"))
  }

  func open() async throws -> AsyncSocket {
    try await AsyncSocket.connected(to: sockaddr_in.inet(ip4: "127.0.0.1", port: port), timeout: 86_400)
  }

  func close(_ socket: AsyncSocket) { do { try socket.close() } catch { /* The server was quicker. */  } }

  /// The next answer on a connection; nothing when the server closes without one.
  static func answer(from socket: AsyncSocket, isHead: Bool = false) async throws -> Answer? {
    var bytes: [UInt8] = []
    var rest = Answer(status: 0, headers: [:], body: "")
    while true {
      if rest.status == 0, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
        rest = head(String(decoding: bytes[..<end.lowerBound], as: UTF8.self))
        bytes.removeFirst(end.upperBound)
      }
      let length = rest.headers["content-length"].flatMap { Int($0) }
      if rest.status != 0, isHead || rest.status == 304 || length.map({ bytes.count >= $0 }) ?? false { break }
      do {
        let read = try await socket.read(atMost: 4096)
        guard !read.isEmpty else { break }
        bytes += read
      } catch SocketError.disconnected {
        break
      }
    }
    rest.body = String(decoding: bytes, as: UTF8.self)
    return rest.status == 0 ? nil : rest
  }

  private static func head(_ text: String) -> Answer {
    let lines = text.components(separatedBy: "\r\n")
    var answer = Answer(status: Int(lines[0].split(separator: " ")[1]) ?? 0, headers: [:], body: "")
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      answer.headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    return answer
  }
}

/// The limits of a server without those of time: beside other work a test may wait for its turn longer than they allow.
let patientLimits: Limits = {
  var limits = Limits()
  (limits.headTime, limits.idleTime, limits.answerTime) = (.seconds(3600), .seconds(3600), .seconds(3600))
  limits.grace = .seconds(3600)
  return limits
}()

/// A server for the length of a test, with two files.
func withServer<Result>(
  _ limits: Limits = patientLimits, host: ListeningAddress = .loopback, _ body: (Client) async throws -> Result
) async throws -> Result {
  let server = try WebServer(host: host, port: 0)
  let files = [
    "index.html": "<p>Start", "files/ä b.png": "PNG", "large": String(repeating: "x", count: 4_000_000),
  ]
  let running = Task {
    try await server.run(limits: limits) { request in
      if request.target?.path == "events" {
        return Response(
          body: .events(
            AsyncStream { continuation in
              continuation.yield(Array("data: 1\n\n".utf8))
            }))
      }
      guard let path = request.target?.path, let text = files[path.isEmpty ? "index.html" : path] else {
        return Response(.notFound)
      }
      return Response(headers: [("Content-Type", ContentType.of(path))], body: .bytes(Array(text.utf8)))
    }
  }
  defer { running.cancel() }
  return try await body(Client(port: server.port))
}
