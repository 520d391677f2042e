import KBSource

/// The value that a label introduces.
extension SecretScanner {
  /// How a value is tied to its label, the loosest first.
  private enum Bond: Int, Comparable {
    /// Somewhere later in the sentence.
    case loose
    /// Directly after it.
    case next
    /// After "is", "lautet", "auf".
    case said
    /// After a colon or an equals sign.
    case assigned

    static func < (left: Bond, right: Bond) -> Bool { left.rawValue < right.rawValue }
  }

  /// The number of words after a label that are looked at.
  private static let reach = 10

  /// Returns the bytes of the value that a label introduces on its line; `nil` where there is none.
  ///
  /// `limit`: the end of a text that is known to be the label's, as in a column of a table.
  func value(in bytes: [UInt8], of label: SecretLabels.Label, assignedUntil limit: Int? = nil) -> Range<Int>? {
    var tokens = SecretTokens(bytes, from: label.range.upperBound, to: limit)
    switch label.sort {
    case .login: return password(besideUser: &tokens, bytes)
    case .command: return password(ofCommand: &tokens, bytes)
    case .reference: return valueInPlaceOfReference(&tokens, bytes)
    case .password, .pin, .key: break
    }
    // What an element of XML holds is its value.
    let isElement = bytes[label.range.upperBound...].first == UInt8(ascii: ">")
    var bond: Bond = limit != nil || isElement ? .assigned : .next
    var count = 0
    while count <= SecretScanner.reach, let token = tokens.next() {
      if token.isAssignment {
        (bond, count) = (.assigned, 0)
        continue
      }
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      let word = text.lowercased()
      if words.verbs.contains(word), !token.endsSentence {
        (bond, count) = (max(bond, .said), 0)
        continue
      }
      if words.references.contains(word) { return nil }
      if isSecret(text, token, label, bond) { return token.range }
      // After a colon comes the value, or a sentence that may still name one.
      if token.endsSentence || bond == .assigned && (!token.isFollowedByMore || label.sort == .key) { return nil }
      if bond != .said || count > 1 { bond = .loose }
      count += 1
    }
    return nil
  }

  private func isSecret(_ text: String, _ token: SecretTokens.Token, _ label: SecretLabels.Label, _ bond: Bond) -> Bool
  {
    let value = SecretValue(text, words)
    if value.isPlaceholder { return false }
    let isOrdinary = words.ordinary.contains(text.lowercased())
    switch label.sort {
    case .pin: return bond >= .next && value.isPIN || bond >= .said && value.isCode
    case .key: return bond >= .next && value.isRandom
    case .login, .command, .reference: return false
    case .password: break
    }
    switch bond {
    case .assigned, .said:
      let isAlone = token.isQuoted || bond == .assigned && !token.isFollowedByMore
      return value.isStrong || !isOrdinary && (value.isMixed || isAlone && value.isPlainWord)
    case .next: return value.isStrong || token.isQuoted && !isOrdinary && value.isPlainWord
    case .loose: return value.isVeryStrong || token.isQuoted && value.isStrong
    }
  }

  /// The value of `secret_ref` where it is not a reference but a word: people write the secret itself there.
  private func valueInPlaceOfReference(_ tokens: inout SecretTokens, _ bytes: [UInt8]) -> Range<Int>? {
    guard tokens.next()?.isAssignment == true, let token = tokens.next(), !token.isFollowedByMore else { return nil }
    let text = String(decoding: bytes[token.range], as: UTF8.self)
    return text.contains("/") || SecretValue(text, words).isPlaceholder ? nil : token.range
  }

  /// "admin / Winter23$", "admin/Procurve#9".
  private func password(besideUser tokens: inout SecretTokens, _ bytes: [UInt8]) -> Range<Int>? {
    var count = 0
    while count < SecretScanner.reach, let token = tokens.next() {
      count += 1
      var range = token.range
      if !tokens.isAfterSlash(range.lowerBound) {
        guard let slash = bytes[range].firstIndex(of: UInt8(ascii: "/")), slash > range.lowerBound,
          !bytes[(slash + 1)..<range.upperBound].contains(UInt8(ascii: "/"))
        else { continue }
        range = (slash + 1)..<range.upperBound
      }
      let value = SecretValue(String(decoding: bytes[range], as: UTF8.self), words)
      if value.isStrong, !value.isPlaceholder { return range }
    }
    return nil
  }

  /// "mysql -u root -pS3cr3t", "curl -u user:password", "net use ... /user:backup password".
  private func password(ofCommand tokens: inout SecretTokens, _ bytes: [UInt8]) -> Range<Int>? {
    var option = ""
    while let token = tokens.next() {
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      var range: Range<Int>?
      switch option {
      case "-p", "-pw", "/user": range = token.range
      case "-u", "--user":
        range = bytes[token.range].firstIndex(of: UInt8(ascii: ":")).map { ($0 + 1)..<token.range.upperBound }
      default:
        if text.hasPrefix("-p"), text.utf8.count > 4 { range = (token.range.lowerBound + 2)..<token.range.upperBound }
      }
      if let range {
        let value = SecretValue(String(decoding: bytes[range], as: UTF8.self), words)
        if value.isStrong || value.isMixed, !value.isPlaceholder { return range }
      }
      option = text.lowercased().hasPrefix("/user:") ? "/user" : text
    }
    return nil
  }
}
