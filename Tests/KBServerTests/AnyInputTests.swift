import KBTestSupport
import Testing

@testable import KBServer

@Suite struct `Any input as a request` {
  @Test func `is read or refused without a trap`() {
    var requests = InputGenerator(
      seed: 5,
      pieces: [
        "GET ", "HEAD ", "POST ", "/", "..", "%2e", "%2F", "%", "%zz", "?", "#", " HTTP/1.1", " HTTP/9.9", "\r\n", "\n",
        "\r", "Host: ", "localhost",
        "[::1]", ":80", ":99999", "Range: bytes=0-", "If-None-Match: ", "Content-Length: 1",
        "Transfer-Encoding: chunked", "\t", "\0", "é", ",", ";", "a",
      ],
      models: [
        "GET /index.html?a=b HTTP/1.1\r\nHost: localhost:8000\r\nAccept: */*\r\n\r\n",
        "GET /files/%C3%BC.pdf HTTP/1.0\r\n\r\n",
      ])
    var read = 0
    for _ in 0..<inputs(of: 4000) {
      let bytes = requests.next()
      do throws(RequestHead.Malformed) {
        let head = try RequestHead(bytes[...])
        read += 1
        #expect(!head.method.isEmpty && head.target.hasPrefix("/"))
        if let target = RequestTarget(head.target) { #expect(!"/\(target.path)/".contains("/../")) }
      } catch {
        #expect((400..<600).contains(error.status.rawValue))
      }
    }
    #expect(read > 0)
  }
}
