/// Whose requests are answered.
///
/// A page of any other site can send requests to a server on this machine, and a name of another site can be made to lead
/// to its address (DNS rebinding). Browsers say for whom a request is, from which page it comes, and how near that page is:
/// what does not fit is refused before anything is looked up.
public struct Admission: Sendable {
  /// The names under which the server is reached, in lower case, without a port.
  private let names: Set<String>
  private let port: UInt16
  /// Whether the machine's addresses are reached from outside: a browser that sends an address as Host was told an address,
  /// so nobody's name can have led it here.
  private let allowsAddresses: Bool

  /// `host`: the address that the server listens at.
  public init(host: ListeningAddress, port: UInt16) {
    names = ["localhost", "127.0.0.1", "[::1]", host.inHost]
    allowsAddresses = host.isWildcard
    self.port = port
  }

  /// Returns why a request is not answered, or `nil` when it is.
  public func refusal(of head: RequestHead) -> Response? {
    let hosts = head.values("host")
    guard hosts.count == 1, let host = hosts.first else {
      return hosts.isEmpty && head.isVersion10 ? .refusal(.forbidden) : .refusal(.badRequest)
    }
    guard isOurs(host) else { return .refusal(.forbidden) }
    guard head.values("origin").allSatisfy({ $0.lowercased() == "http://\(host.lowercased())" }) else {
      return .refusal(.forbidden)
    }
    guard head.values("sec-fetch-site").allSatisfy({ ["none", "same-origin"].contains($0.lowercased()) }) else {
      return .refusal(.forbidden)
    }
    guard head.method == "GET" || head.method == "HEAD" else {
      var response = Response.refusal(.methodNotAllowed)
      response.headers.append(("Allow", "GET, HEAD"))
      return response
    }
    return head.hasBody ? .refusal(.badRequest) : nil
  }

  private func isOurs(_ host: String) -> Bool {
    let host = host.lowercased()
    // An address of IPv6 is in brackets; the port follows the last colon.
    let name: Substring
    if host.hasPrefix("["), let bracket = host.firstIndex(of: "]") {
      name = host[...bracket]
    } else {
      name = host.prefix { $0 != ":" }
    }
    let rest = host[name.endIndex...]
    guard rest == ":\(port)" || (rest.isEmpty && port == 80) else { return false }
    return names.contains(String(name)) || (allowsAddresses && ListeningAddress(host: String(name)) != nil)
  }
}
