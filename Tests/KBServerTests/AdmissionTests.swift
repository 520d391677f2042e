import KBServer
import Testing

@Suite struct `A server` {
  /// What a row of a table sends, and what it is answered with.
  private struct Row {
    let target: String
    let headers: [String]
    let status: Int

    init(_ target: String, _ headers: String..., is status: Int) {
      self.target = target
      self.headers = headers
      self.status = status
    }
  }

  private func get(_ target: String, _ headers: [String], _ client: Client, method: String = "GET") async throws
    -> Client.Answer?
  {
    let host = headers.contains { $0.lowercased().hasPrefix("host:") } ? [] : ["Host: localhost:\(client.port)"]
    let lines = (host + headers).map { $0.replacing("PORT", with: String(client.port)) }
    return try await client.send("\(method) \(target) HTTP/1.1\r\n\((lines + [""]).joined(separator: "\r\n"))\r\n")
  }

  private static let names = [
    Row("/", is: 200),
    Row("/index.html", is: 200),
    Row("/index.html?q=a%20b", is: 200),
    Row("/files/%C3%A4%20b.png", is: 200),
    // Ways out of the folder.
    Row("/../etc/passwd", is: 404),
    Row("/%2e%2e/etc/passwd", is: 404),
    Row("/%2E%2E/%2E%2E/etc/passwd", is: 404),
    Row("/..%2fetc/passwd", is: 404),
    Row("/%2e%2e%2fetc%2fpasswd", is: 404),
    Row("/files/../../etc/passwd", is: 404),
    Row("/files/./%C3%A4%20b.png", is: 404),
    Row("//etc/passwd", is: 404),
    Row("/etc/passwd", is: 404),
    Row("/%2fetc/passwd", is: 404),
    Row("/files%2f%C3%A4%20b.png", is: 404),
    Row("/..%5c..%5cetc%5cpasswd", is: 404),
    Row("/files/..;/index.html", is: 404),
    Row("/%252e%252e/etc/passwd", is: 404),
    // No names at all.
    Row("/index.html%00", is: 404),
    Row("/index.html%00.png", is: 404),
    Row("/%0d%0aX-Evil:%201", is: 404),
    Row("/%", is: 404),
    Row("/%zz", is: 404),
    Row("/%ff%fe", is: 404),
    Row("/%c0%ae%c0%ae/etc/passwd", is: 404),
    Row("/" + String(repeating: "a", count: 5000), is: 404),
    // Not what a browser sends to a server.
    Row("*", is: 400),
    Row("http://localhost:PORT/", is: 400),
    Row("index.html", is: 400),
  ]

  @Test func `looks names up in its list, and opens no path`() async throws {
    try await withServer { client in
      for row in Self.names {
        let answer = try await get(row.target, row.headers, client)
        #expect(answer?.status == row.status, "\(row.target)")
        #expect(answer?.headers["x-evil"] == nil)
      }
    }
  }

  private static let callers = [
    Row("/", "Host: localhost:PORT", is: 200),
    Row("/", "Host: LOCALHOST:PORT", is: 200),
    Row("/", "Host: 127.0.0.1:PORT", is: 200),
    Row("/", "Host: [::1]:PORT", is: 200),
    // Another site's name that leads here, or another server's port.
    Row("/", "Host: evil.example:PORT", is: 403),
    Row("/", "Host: evil.example", is: 403),
    Row("/", "Host: localhost.evil.example:PORT", is: 403),
    Row("/", "Host: localhost", is: 403),
    Row("/", "Host: localhost:1", is: 403),
    Row("/", "Host: 10.0.0.1:PORT", is: 403),
    Row("/", "Host: 0.0.0.0:PORT", is: 403),
    Row("/", "Host: localhost:PORT@evil.example", is: 403),
    Row("/", "Host: evil.example#localhost:PORT", is: 403),
    Row("/", "Host:", is: 403),
    Row("/", "Host: localhost:PORT", "Host: evil.example", is: 400),
    // Another site's page.
    Row("/", "Origin: http://localhost:PORT", is: 200),
    Row("/", "Origin: http://evil.example", is: 403),
    Row("/", "Origin: http://localhost:1", is: 403),
    Row("/", "Origin: https://localhost:PORT", is: 403),
    Row("/", "Origin: null", is: 403),
    Row("/", "Sec-Fetch-Site: none", is: 200),
    Row("/", "Sec-Fetch-Site: same-origin", is: 200),
    Row("/", "Sec-Fetch-Site: same-site", is: 403),
    Row("/", "Sec-Fetch-Site: cross-site", is: 403),
    Row("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image", is: 403),
    // A body that nobody needs, and that could be taken for the next request.
    Row("/", "Content-Length: 0", is: 200),
    Row("/", "Content-Length: 5", is: 400),
    Row("/", "Transfer-Encoding: chunked", is: 400),
    Row("/", "Content-Length : 5", is: 400),
    Row("/", " folded", is: 400),
    Row("/", "Bad\u{1}Name: 1", is: 400),
  ]

  @Test func `answers its own pages and its user, and nobody else`() async throws {
    try await withServer { client in
      for row in Self.callers {
        let answer = try await get(row.target, row.headers, client)
        #expect(answer?.status == row.status, "\(row.headers)")
      }
    }
  }

  @Test func `is for reading only`() async throws {
    try await withServer { client in
      for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get"] {
        let answer = try await get("/", [], client, method: method)
        #expect(answer?.status == 405, "\(method)")
        #expect(answer?.headers["allow"] == "GET, HEAD", "\(method)")
      }
    }
  }

  @Test func `answers HEAD like GET without the body`() async throws {
    let answer = try #require(try await withServer { try await get("/", [], $0, method: "HEAD") })
    #expect(answer.status == 200)
    #expect(answer.headers["content-length"] == "8")
    #expect(answer.body == "")
  }

  @Test func `is known in the network by its addresses, and by no name`() async throws {
    let wildcard = try #require(ListeningAddress(host: "0.0.0.0"))
    try await withServer(host: wildcard) { client in
      for (host, status) in [
        ("localhost", 200), ("192.168.1.20", 200), ("[fe80::1]", 200), ("evil.example", 403), ("1.2.3", 403),
        ("1.2.3.4.evil.example", 403),
      ] {
        let answer = try await get("/", ["Host: \(host):PORT"], client)
        #expect(answer?.status == status, "\(host)")
      }
    }
    for name in ["evil.example", "", "1.2.3", "::g", "fd00::1%eth0 x"] { #expect(ListeningAddress(host: name) == nil) }
  }

  @Test func `tells browsers to take its answers for nothing else`() async throws {
    let answer = try #require(try await withServer { try await get("/files/%C3%A4%20b.png", [], $0) })
    #expect(answer.headers["content-type"] == "image/png")
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    #expect(answer.headers["cross-origin-resource-policy"] == "same-origin")
    #expect(answer.headers["access-control-allow-origin"] == nil)
  }
}
