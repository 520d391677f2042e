import KBSource

/// The values that a label introduces.
extension SecretScanner {
  typealias Value = LabelledSentence.Value

  /// Returns the values that a label introduces.
  ///
  /// `limit`: the end of a text that is known to be the label's, as in a column of a table.
  func values(in bytes: [UInt8], of label: SecretLabels.Label, assignedUntil limit: Int? = nil) -> [Value] {
    var tokens = SecretTokens(bytes, from: label.range.upperBound, to: limit)
    switch label.sort {
    case .login: return password(besideUser: &tokens, label, bytes).map { [Value(range: $0)] } ?? []
    case .user: return password(joinedTo: label, bytes).map { [Value(range: $0)] } ?? []
    case .command: return passwords(ofCommand: &tokens, label, bytes).map { Value(range: $0) }
    case .positional: return argument(&tokens, bytes).map { [Value(range: $0)] } ?? []
    case .keypad: return typedCode(on: label, bytes).map { [Value(range: $0)] } ?? []
    case .reference: return valueInPlaceOfReference(&tokens, bytes).map { [Value(range: $0)] } ?? []
    case .code, .wifi:
      // A column of keys or codes may be of doors, or of errors.
      guard limit == nil ? isNear(label, label.sort.rawValue, bytes) : label.sort == .wifi else { return [] }
    case .password, .phrase, .codeword, .pin, .key, .combination, .dial, .webKey, .manifest: break
    }
    if limit == nil, let cell = cell(beside: label, in: bytes) {
      let assigned = SecretLabels.Label(range: cell.lowerBound..<cell.lowerBound, sort: label.sort)
      return values(in: bytes, of: assigned, assignedUntil: cell.upperBound)
    }
    var sentence = LabelledSentence(label, in: bytes, words, isAssigned: limit != nil)
    let found = sentence.values(&tokens)
    guard found.isEmpty, limit == nil else { return found }
    switch label.sort {
    case .pin, .code:
      return (sentence.codeBefore() ?? (label.sort == .pin ? typedCode(on: label, bytes) : nil)).map {
        [Value(range: $0)]
      }
        ?? []
    case .dial, .combination: return sentence.dialBefore().map { [Value(range: $0)] } ?? []
    default: break
    }
    guard label.sort.isChosen, label.sort != .wifi else { return [] }
    if sentence.isEmpty, let range = sentence.valueOnNextLine() { return [Value(range: range)] }
    return sentence.valueBefore().map { [$0] } ?? []
  }

  /// Whether the line of a label names what makes its word one: a code is one of a door, or one of a program.
  private func isNear(_ label: SecretLabels.Label, _ list: String, _ bytes: [UInt8]) -> Bool {
    let wanted = words.near[list] ?? []
    let before = bytes[..<label.range.lowerBound].suffix(200)
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? before.startIndex
    let after = bytes[label.range.upperBound...].prefix(120).prefix { $0 != 0x0A }
    let line = bytes[start..<after.endIndex].map(\.asciiLowercased)
    return line.indices.contains { at in wanted.contains { line[at...].starts(with: $0) } }
  }

  private func value(_ bytes: [UInt8], _ range: Range<Int>) -> SecretValue {
    SecretValue(String(decoding: bytes[range], as: UTF8.self), words)
  }

  /// The value of `secret_ref` where it is not a reference but a word: people write the secret itself there.
  private func valueInPlaceOfReference(_ tokens: inout SecretTokens, _ bytes: [UInt8]) -> Range<Int>? {
    guard tokens.next()?.isAssignment == true, let token = tokens.next(), !token.isFollowedByMore else { return nil }
    let value = value(bytes, token.range)
    return value.text.contains("/") || value.isPlaceholder ? nil : token.range
  }

  // MARK: A user and a password

  /// "root/Winter23$", and where the line is about signing in also "root/toor4711".
  private func password(joinedTo label: SecretLabels.Label, _ bytes: [UInt8]) -> Range<Int>? {
    let start = label.range.upperBound
    // Within an address such a name is a folder.
    guard start < bytes.count,
      bytes[..<label.range.lowerBound].last.map({ " \t\n(|\"'`*".utf8.contains($0) }) ?? true
    else { return nil }
    if isPriced(label.range.lowerBound, bytes) { return nil }
    // "ADMIN / Winter23$"
    let isCell = bytes[start...].prefix(3).elementsEqual(" | ".utf8)
    let spaced = isCell || bytes[start...].prefix(3).elementsEqual(" / ".utf8)
    guard spaced || "/:".utf8.contains(bytes[start]) else { return nil }
    let first = start + (spaced ? 3 : 1)
    var tokens = SecretTokens(bytes, from: first)
    guard let token = tokens.next(), token.range.lowerBound == first, !token.isAssignment else { return nil }
    let value = value(bytes, token.range)
    if value.isPlaceholder { return nil }
    if value.isVeryStrong, value.hasSymbol { return token.range }
    if isCell { return value.isPasswordOfUser ? token.range : nil }
    if bytes[start] == UInt8(ascii: ":") {
      return isNear(label, "user", bytes) && (value.isStrong || value.isMixed) ? token.range : nil
    }
    if !spaced, token.endsClause || token.isQuoted,
      value.lowered.utf8.elementsEqual(bytes[label.range].map(\.asciiLowercased))
    {
      return token.range
    }
    // "per user / year", "Admin / Support": with blanks around the slash a plain word is an alternative.
    let isTwice = value.lowered.utf8.elementsEqual(bytes[label.range].map(\.asciiLowercased))
    guard isNear(label, "user", bytes) || spaced && token.endsClause && (value.isStrong || value.isMixed || isTwice)
    else {
      return nil
    }
    return value.isPassword(ofUser: bytes[label.range]) ? token.range : nil
  }

  /// "admin / Winter23$", "admin/Procurve#9", "admin:Zebra!9", "admin with Winter23$", "admin, Winter23$".
  private func password(
    besideUser tokens: inout SecretTokens, _ label: SecretLabels.Label, _ bytes: [UInt8]
  ) -> Range<Int>? {
    var (count, previous) = (0, 0..<0)
    while count < LabelledSentence.reach, let token = tokens.next() {
      if token.isAssignment { continue }
      count += 1
      let value = value(bytes, token.range)
      let before = previous
      let word = String(decoding: bytes[before], as: UTF8.self).lowercased()
      defer { previous = token.range }
      if tokens.isAfterSlash(token.range.lowerBound) {
        if value.isPasswordOfUser { return token.range }
        if token.endsClause, value.isPassword(ofUser: bytes[before]), !isPriced(before.lowerBound, bytes) {
          return token.range
        }
        continue
      }
      if words.companions.contains(word), value.isVeryStrong { return token.range }
      // "relay@firma.example, Postkutsche!1"
      let isWord =
        " \"'`".utf8.contains(bytes[token.range.lowerBound - 1])
        && !bytes[token.range].contains { "/:".utf8.contains($0) }
      if count > 1, isWord, token.endsClause, value.isVeryStrong, value.hasSymbol, !value.isPlaceholder {
        return token.range
      }
      guard let sign = bytes[token.range].firstIndex(where: { "/:".utf8.contains($0) }), sign > token.range.lowerBound,
        bytes[token.range.lowerBound..<sign].allSatisfy({ $0.isWordByte || ".-@".utf8.contains($0) }),
        !bytes[(sign + 1)..<token.range.upperBound].contains(where: { "/:".utf8.contains($0) })
      else { continue }
      let range = (sign + 1)..<token.range.upperBound
      let joined = self.value(bytes, range)
      if bytes[sign] == UInt8(ascii: "/") ? joined.isPasswordOfUser : joined.isVeryStrong { return range }
      let user = bytes[token.range.lowerBound..<sign]
      if bytes[sign] == UInt8(ascii: "/"), token.endsClause || isCloser(after: tokens, bytes),
        joined.isPassword(ofUser: user)
      {
        return range
      }
    }
    return nil
  }

  /// Whether something is priced by what begins at an offset: "$1,000 per user / year".
  private func isPriced(_ start: Int, _ bytes: [UInt8]) -> Bool {
    guard let previous = LabelledSentence.words(before: start, in: bytes).first else { return false }
    return words.per.contains(String(decoding: bytes[previous], as: UTF8.self).lowercased())
  }

  private func isCloser(after tokens: SecretTokens, _ bytes: [UInt8]) -> Bool {
    var rest = tokens
    guard let next = rest.next() else { return true }
    return words.closers.contains(String(decoding: bytes[next.range], as: UTF8.self).lowercased())
  }

  // MARK: Commands

  /// "mysql -u root -pS3cr3t", "curl -u user:password", "net use ... /user:backup password", "openssl -passin pass:secret".
  private func passwords(
    ofCommand tokens: inout SecretTokens, _ label: SecretLabels.Label, _ bytes: [UInt8]
  ) -> [Range<Int>] {
    var found: [Range<Int>] = []
    let name = String(decoding: bytes[label.range], as: UTF8.self).lowercased().split(separator: " ").last ?? ""
    let takesJoined = ["mysql", "maria", "7z", "sshpass"].contains { name.hasPrefix($0) }
    var (option, position) = ("", 0)
    while let token = tokens.next() {
      // "--password=secret"; the colon of Windows belongs to the option.
      if token.isAssignment { continue }
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      let lowered = text.lowercased()
      position += text.hasPrefix("-") ? 0 : 1
      var range: Range<Int>?
      // There the next word is the database, or the archive.
      let asks = option == "-p" && (name.hasPrefix("mysql") || name == "mariadb" || name == "7z")
      if asks {
        range = nil
      } else if words.options.contains(option.lowercased()) || words.afterTwo.contains(String(name)) && position == 2 {
        range = token.range
        let colon = lowered.hasPrefix("pass:") ? 5 : 0
        range = (token.range.lowerBound + colon)..<token.range.upperBound
      } else if words.loginOptions.contains(option) {
        let sign = bytes[token.range].firstIndex { ":%".utf8.contains($0) }
        range = sign.map { ($0 + 1)..<token.range.upperBound }
      } else if let sign = bytes[token.range].firstIndex(where: { ":=".utf8.contains($0) }),
        words.options.contains(String(lowered.prefix { $0 != ":" && $0 != "=" }))
      {
        range = lowered.hasPrefix("/user") ? nil : (sign + 1)..<token.range.upperBound
      } else if takesJoined, text.hasPrefix("-p"), text.utf8.count > 4 {
        range = (token.range.lowerBound + 2)..<token.range.upperBound
      }
      if let range, !range.isEmpty {
        let value = value(bytes, range)
        if value.isStrong || value.isMixed || value.isUnusual(isEnglish: false), !value.isPlaceholder {
          found.append(range)
        }
      }
      option = lowered.hasPrefix("/user:") ? "/user" : text
    }
    return found
  }

  /// The word after a command of a network device or of a database: "snmp-server community kasse RO", "identified by 'kasse'".
  private func argument(_ tokens: inout SecretTokens, _ bytes: [UInt8]) -> Range<Int>? {
    while let token = tokens.next() {
      let value = value(bytes, token.range)
      // "enable secret 0 kasse"
      if !token.isQuoted, token.isAssignment || value.text.utf8.count == 1 && value.isPIN(atLeast: 1) { continue }
      let isSecret = value.isStrong || value.isMixed || value.isPlainWord || value.isPIN(atLeast: 4)
      return isSecret && !value.isOrdinary && !value.isPlaceholder ? token.range : nil
    }
    return nil
  }

  /// A code that is to be typed: "Zum Entsperren 7741 eingeben", "enter 7741 to unlock".
  private func typedCode(on label: SecretLabels.Label, _ bytes: [UInt8]) -> Range<Int>? {
    let before = bytes[..<label.range.lowerBound].suffix(200)
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? before.startIndex
    var tokens = SecretTokens(bytes, from: start)
    var (last, distance, previous): (Range<Int>?, Int, String) = (nil, 0, "")
    for _ in 0..<40 {
      guard let token = tokens.next() else { break }
      let word = String(decoding: bytes[token.range], as: UTF8.self).lowercased()
      // "4711# am Tastenfeld eingeben"
      if let last, distance <= 3, words.typed.contains(word) || word == "drücken" { return last }
      let value = SecretValue(word, words)
      distance += 1
      if value.isPIN(atLeast: 3) || value.isCode, !words.numbered.contains(previous) {
        if words.typing.contains(previous) || ["code", "press", "gib", "tippe"].contains(previous) {
          return token.range
        }
        (last, distance) = (token.range, 0)
      }
      previous = word
    }
    return nil
  }
}

extension SecretValue {
  /// Whether it is a password beside the name of a user, where the line is about signing in: "root/toor4711", "admin/admin".
  fileprivate func isPassword(ofUser user: ArraySlice<UInt8>) -> Bool {
    let name = String(decoding: user, as: UTF8.self).lowercased()
    guard !isPlaceholder, !isSecretName, !isOrdinary || lowered == name else { return false }
    let isName = !user.isEmpty && user.allSatisfy { $0.isIDCharacter || $0.isASCIIUppercase || ".@_".utf8.contains($0) }
    guard isName else { return false }
    if isStrong || isMixed { return true }
    // The same word twice, or a name that everybody knows.
    return words.users.contains(name) && (lowered == name || isUnusual(isEnglish: nil))
  }
}
