import POSIX
import FlyingSocks

/// The address of this machine that a server listens at.
public struct ListeningAddress: Sendable, Hashable {
  enum Family { case ip4, ip6 }

  let family: Family
  /// The address without brackets.
  public let text: String

  /// Only programs of this machine reach it.
  public static let loopback = ListeningAddress(.ip4, "127.0.0.1")

  private init(_ family: Family, _ text: String) {
    self.family = family
    self.text = text
  }

  /// Reads an address of either kind, or `localhost`; returns `nil` for other names, which could lead anywhere.
  public init?(host: String) {
    if host.lowercased() == "localhost" {
      self = .loopback
      return
    }
    let text = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    do {
      if !host.hasPrefix("["),
        text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).count == 4
      {
        _ = try sockaddr_in.inet(ip4: text, port: 0)
        self.init(.ip4, text)
      } else if text.contains(":") {
        _ = try sockaddr_in6.inet6(ip6: text, port: 0)
        self.init(.ip6, text.lowercased())
      } else {
        return nil
      }
    } catch {
      return nil
    }
  }

  /// Whether it stands for all addresses of the machine.
  public var isWildcard: Bool { ["0.0.0.0", "::"].contains(text) }

  /// Whether only this machine reaches it.
  public var isLoopback: Bool { family == .ip4 ? text.hasPrefix("127.") : text == "::1" }

  /// The form in an address of the web.
  public var inHost: String { family == .ip4 ? text : "[\(text)]" }

  /// The form for a browser on this machine.
  public var inAddress: String { isWildcard ? "localhost" : text == "127.0.0.1" ? "localhost" : inHost }

  func socket(port: UInt16) throws -> Socket {
    let socket = try Socket(domain: family == .ip4 ? AF_INET : AF_INET6)
    do {
      // Programs that are started from here, such as a browser, must not hold the port when this one has ended.
      _ = fcntl(socket.file.rawValue, F_SETFD, FD_CLOEXEC)
      try socket.setValue(true, for: .localAddressReuse)
      switch family {
      case .ip4: try socket.bind(to: sockaddr_in.inet(ip4: text, port: port))
      case .ip6: try socket.bind(to: sockaddr_in6.inet6(ip6: text, port: port))
      }
      try socket.listen()
      return socket
    } catch {
      try socket.close()
      throw error
    }
  }
}
