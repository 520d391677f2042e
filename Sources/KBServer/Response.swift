/// The statuses that are answered with.
public enum Status: Int, Sendable {
  case ok = 200
  case movedPermanently = 308
  case notModified = 304
  case badRequest = 400
  case forbidden = 403
  case notFound = 404
  case methodNotAllowed = 405
  case requestTimeout = 408
  case headTooLarge = 431
  case serverError = 500
  case unavailable = 503
  case versionNotSupported = 505

  var phrase: String {
    switch self {
    case .ok: "OK"
    case .movedPermanently: "Permanent Redirect"
    case .notModified: "Not Modified"
    case .badRequest: "Bad Request"
    case .forbidden: "Forbidden"
    case .notFound: "Not Found"
    case .methodNotAllowed: "Method Not Allowed"
    case .requestTimeout: "Request Timeout"
    case .headTooLarge: "Request Header Fields Too Large"
    case .serverError: "Internal Server Error"
    case .unavailable: "Service Unavailable"
    case .versionNotSupported: "HTTP Version Not Supported"
    }
  }
}

/// The answer to a request.
public struct Response: Sendable {
  public enum Body: Sendable {
    case bytes([UInt8])
    /// Events for as long as the reader stays.
    case events(AsyncStream<[UInt8]>)
  }

  public var status: Status
  public var headers: [(name: String, value: String)]
  public var body: Body

  public init(_ status: Status = .ok, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// An answer of a few words. They name nothing of this machine.
  static func refusal(_ status: Status) -> Response {
    Response(
      status, headers: [("Content-Type", "text/plain; charset=utf-8")],
      body: .bytes(Array("\(status.rawValue) \(status.phrase)\n".utf8)))
  }

  /// The headers of every answer: its type is not guessed, and no other site may use it.
  private static let always = [
    ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
  ]

  func head(keepsConnection: Bool) -> [UInt8] {
    var text = "HTTP/1.1 \(status.rawValue) \(status.phrase)\r\n"
    for (name, value) in headers + Response.always { text += "\(name): \(value)\r\n" }
    if case .bytes(let bytes) = body, status != .notModified { text += "Content-Length: \(bytes.count)\r\n" }
    text += "Connection: \(keepsConnection ? "keep-alive" : "close")\r\n\r\n"
    return Array(text.utf8)
  }
}
