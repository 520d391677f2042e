import KBSource

/// An address outside that lacks the beginning by which it is known as one: `status.example.org`, `nas:5001`, `it@example.org`.
struct SchemelessAddress {
  /// The whole address.
  let address: String
  /// The beginning that is missing.
  let scheme: String
  /// The beginning that is there instead, `htp://`.
  var misspelt: String?
  /// Whether nothing else can be meant.
  let isCertain: Bool

  init?(_ written: String) {
    if let slip = SchemelessAddress.slip(in: written) {
      (misspelt, scheme, address, isCertain) = (slip.written, slip.scheme, slip.scheme + slip.rest, true)
      return
    }
    let bytes = Array(written.utf8)
    guard !written.isEmpty, !bytes.contains(where: { $0 <= 0x20 || "<>\"\\".utf8.contains($0) }) else { return nil }
    if let mail = written.wholeMatch(of: /[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}/) {
      (scheme, address, isCertain) = ("mailto:", "mailto:\(mail.output.0)", true)
      return
    }
    if written.wholeMatch(of: /\+[0-9][0-9\/().-]{6,}/) != nil {
      (scheme, address, isCertain) = ("tel:", "tel:" + written.filter { $0.isNumber || $0 == "+" }, true)
      return
    }
    if written.wholeMatch(of: /0[0-9]{2,5}[\/-][0-9\/().-]{4,}/) != nil {
      (scheme, address, isCertain) = ("tel:", "tel:" + written.filter(\.isNumber), false)
      return
    }
    let start = written.hasPrefix("//") ? written.dropFirst(2) : Substring(written)
    let host = start.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let parts = host.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let hasPort = parts.count == 2 && parts[1].wholeMatch(of: /[0-9]{1,5}/) != nil
    guard let name = parts.first, parts.count == 1 || hasPort, SchemelessAddress.isHost(name) else { return nil }
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let isDomain = name.contains(".") && SchemelessAddress.endings.contains(ending)
    let isNamed = written.hasPrefix("//") || name.lowercased().hasPrefix("www.") || isDomain
    let isInternal = name.contains(".") && SchemelessAddress.internalEndings.contains(ending)
    let isNumbers = name.wholeMatch(of: /([0-9]{1,3}\.){3}[0-9]{1,3}/) != nil
    guard hasPort || isNamed || isInternal || isNumbers || name == "localhost" else { return nil }
    // A machine of one's own speaks HTTP or HTTPS; one on the internet HTTPS.
    (scheme, address, isCertain) = ("https://", "https://\(start)", isNamed && !isNumbers)
  }

  /// A slip in `https://`: letters, the colon or slashes.
  private static func slip(in written: String) -> (written: String, scheme: String, rest: String)? {
    let lowered = written.lowercased()
    guard !lowered.hasPrefix("http://"), !lowered.hasPrefix("https://"),
      let match = written.wholeMatch(
        of: /(?i)((?:h{0,2}t{1,3}p{1,2}(s*)|hhtps?|htt(s)?)[:;.]?[\/\\]{1,3})([^\/\\\s].*)/)
    else { return nil }
    let (start, rest) = (String(match.1), String(match.4))
    let host = rest.prefix { !"/?#:\\".contains($0) }
    let isSecure = match.2?.isEmpty == false || match.3 != nil
    // `http/status.md` is a path.
    let hasColon = start.contains(":") || start.contains(";")
    guard isHost(host), hasColon || start.hasSuffix("//") || start.hasSuffix("\\\\"), host.contains(".") || hasColon,
      !rest.contains(where: { $0.isWhitespace || "<>\"".contains($0) })
    else { return nil }
    return (start, isSecure ? "https://" : "http://", rest.replacing("\\", with: "/"))
  }

  private static func isHost(_ name: Substring) -> Bool {
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    return labels.allSatisfy { label in
      !label.isEmpty && label.first != "-" && label.last != "-"
        && label.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" }
    }
  }

  /// The last parts of names that are no endings of files.
  private static let endings: Set<String> = [
    "com", "org", "net", "de", "at", "ch", "li", "eu", "io", "dev", "app", "info", "biz", "edu", "gov", "cloud",
    "online",
    "uk", "fr", "it", "nl", "be", "lu", "dk", "se", "no", "fi", "es", "pt", "cz", "sk", "hu", "us", "ca", "au", "nz",
    "ie",
    "jp", "berlin", "hamburg", "koeln", "bayern", "wien", "swiss", "gmbh", "email", "support", "systems", "services",
    "software", "tech", "shop", "example",
  ]
  /// Those of a company's own network, with which a file may end too: `config.local`.
  private static let internalEndings: Set<String> = [
    "local", "lan", "intern", "internal", "intra", "corp", "home", "test", "localdomain",
  ]
}
