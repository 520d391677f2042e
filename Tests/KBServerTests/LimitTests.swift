import FlyingSocks
import Foundation
import KBServer
import Testing

@Suite struct `The limits of a server` {
  private func head(_ client: Client, _ target: String = "/", _ lines: String = "") -> Data {
    Data("GET \(target) HTTP/1.1\r\nHost: localhost:\(client.port)\r\n\(lines)\r\n".utf8)
  }

  @Test func `keep a head small`() async throws {
    try await withServer { client in
      let long = "X-Long: \(String(repeating: "a", count: 20_000))\r\n"
      let answer1 = try await client.send(String(decoding: head(client, "/", long), as: UTF8.self))
      #expect(answer1?.status == 431)
      let many = (0..<5000).map { "X-\($0): 1\r\n" }.joined()
      let answer2 = try await client.send(String(decoding: head(client, "/", many), as: UTF8.self))
      #expect(answer2?.status == 431)
    }
  }

  @Test func `end a head that never ends, however busily it is sent`() async throws {
    var limits = patientLimits
    limits.headTime = .milliseconds(300)
    try await withServer(limits) { client in
      let socket = try await client.open()
      let drip = Task {
        // A byte now and then, as one who wants to keep the place would send it.
        try await socket.write(Data("GET / HTTP/1.1\r\nX-A: ".utf8))
        while !Task.isCancelled {
          try await socket.write(Data("a".utf8))
          try await Task.sleep(for: .milliseconds(20))
        }
      }
      let answer = try await Client.answer(from: socket)
      drip.cancel()
      #expect(answer?.status == 408)
      client.close(socket)
    }
  }

  @Test func `tell one who is refused why, though it is still sending`() async throws {
    var limits = patientLimits
    limits.lingerTime = .seconds(120)
    try await withServer(limits) { client in
      let socket = try await client.open()
      let head = "POST / HTTP/1.1\r\nHost: 127.0.0.1:\(client.port)\r\nContent-Length: 200000\r\n\r\n"
      try await socket.write(Data(head.utf8))
      for _ in 0..<20 {
        try await socket.write(Data(repeating: UInt8(ascii: "a"), count: 10_000))
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(try await Client.answer(from: socket)?.status == 405)
      client.close(socket)
    }
  }

  @Test func `close a connection on which nothing is said`() async throws {
    var limits = patientLimits
    limits.idleTime = .milliseconds(100)
    try await withServer(limits) { client in
      let socket = try await client.open()
      let answer = try await Client.answer(from: socket)
      #expect(answer == nil)
    }
  }

  @Test func `let a connection carry several requests, one after the other or at once`() async throws {
    try await withServer { client in
      let socket = try await client.open()
      for _ in 0..<3 {
        try await socket.write(head(client))
        let answer3 = try await Client.answer(from: socket)
        #expect(answer3?.status == 200)
      }
      try await socket.write(head(client, "/", "Connection: close\r\n"))
      let last = try #require(try await Client.answer(from: socket))
      #expect(last.headers["connection"] == "close")
      let further = try await Client.answer(from: socket)
      #expect(further == nil)
    }
  }

  @Test func `turn away who is too many, and let others in when one leaves`() async throws {
    var limits = patientLimits
    limits.connections = 2
    try await withServer(limits) { client in
      let first = try await client.open()
      let second = try await client.open()
      for socket in [first, second] {
        try await socket.write(head(client))
        let answer4 = try await Client.answer(from: socket)
        #expect(answer4?.status == 200)
      }
      let third = try await client.open()
      let answer5 = try await Client.answer(from: third)
      #expect(answer5?.status == 503)
      client.close(first)
      // The server hears of it in its own time.
      try await isLetIn(client)
    }
  }

  @Test func `give the place of who is slow to say what they want to another`() async throws {
    var limits = patientLimits
    limits.connections = 2
    limits.grace = .zero
    try await withServer(limits) { client in
      let slow = [try await client.open(), try await client.open()]
      for socket in slow { try await socket.write(Data("GET /slow".utf8)) }
      for _ in 0..<3 { try await isLetIn(client) }
      for socket in slow { client.close(socket) }
    }
  }

  @Test func `let others in beside any number who send half a request, or take nothing of their answers`() async throws
  {
    var limits = patientLimits
    limits.connections = 8
    limits.grace = .milliseconds(100)
    try await withServer(limits) { client in
      for kind in ["GET /slow", "answers"] {
        let slow = try await many(14, client)
        for socket in slow {
          // As many large answers as no socket holds.
          let requests = kind == "answers" ? [Data](repeating: head(client, "/large"), count: 8) : [Data(kind.utf8)]
          // One that has made room already is closed.
          do { for request in requests { try await socket.write(request) } } catch SocketError.failed { continue }
        }
        for _ in 0..<3 { try await isLetIn(client) }
        for socket in slow { client.close(socket) }
      }
    }
  }

  /// Asks until there is an answer: a busy machine may not hear in time who is slow, and turns one away before it makes room.
  private func isLetIn(_ client: Client) async throws {
    for _ in 0..<500 {
      if try await client.send(String(decoding: head(client), as: UTF8.self))?.status == 200 { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("nobody is let in")
  }

  private func many(_ count: Int, _ client: Client) async throws -> [AsyncSocket] {
    var sockets: [AsyncSocket] = []
    for _ in 0..<count { sockets.append(try await client.open()) }
    return sockets
  }

  @Test func `tell everybody who is too many so, however many they are, and reset nobody`() async throws {
    var limits = patientLimits
    limits.connections = 4
    limits.lingerTime = .seconds(3600)
    try await withServer(limits) { client in
      let first = try await many(4, client)
      for socket in first {
        try await socket.write(head(client))
        #expect(try await Client.answer(from: socket)?.status == 200)
      }
      // The first four are told and heard out, the others are told.
      let others = try await many(60, client)
      for socket in others {
        // Who is told at once has perhaps gone already.
        do { try await socket.write(head(client)) } catch SocketError.failed { continue }
      }
      for socket in others { #expect(try await Client.answer(from: socket)?.status == 503) }
      for socket in first + others { client.close(socket) }
    }
  }

  @Test func `count who waits for changes, and notice when one leaves`() async throws {
    var limits = patientLimits
    limits.streams = 1
    limits.heartbeat = .milliseconds(20)
    try await withServer(limits) { client in
      let first = try await client.open()
      try await first.write(head(client, "/events"))
      var heard = ""
      while !heard.contains(": \n") { heard += String(decoding: try await first.read(atMost: 4096), as: UTF8.self) }
      #expect(heard.contains("data: 1\n\n"))
      let answer6 = try await client.send(String(decoding: head(client, "/events"), as: UTF8.self))
      #expect(answer6?.status == 503)
      client.close(first)
      var isFree = false
      while !isFree {
        let socket = try await client.open()
        try await socket.write(head(client, "/events"))
        let start = String(decoding: try await socket.read(atMost: 4096), as: UTF8.self)
        isFree = start.hasPrefix("HTTP/1.1 200")
        client.close(socket)
        if !isFree { try await Task.sleep(for: .milliseconds(10)) }
      }
      #expect(isFree)
    }
  }

  @Test func `a port can be had once`() async throws {
    try await withServer { client in
      let failure = #expect(throws: WebServer.Failure.self) { _ = try WebServer(port: client.port) }
      #expect(failure == .portTaken)
    }
  }

  @Test func `a stopped server leaves its port`() async throws {
    let port = try await withServer { $0.port }
    // The task ends in its own time.
    var server: WebServer?
    while server == nil {
      do throws(WebServer.Failure) {
        server = try WebServer(port: port)
      } catch {
        try await Task.sleep(for: .milliseconds(10))
      }
    }
    #expect(server?.port == port)
  }
}
