import KBSource

/// Whether a word of a sentence is the value of its label.
extension LabelledSentence {
  /// Returns the value that a token is or begins; `nil` where it is none.
  func value(_ token: SecretTokens.Token, _ tokens: SecretTokens) -> Value? {
    let value = SecretValue(text(token.range), words)
    if token.isBracketed, bond == .next, label.sort.isChosen, value.isStrong, !value.isName, !value.isPlaceholder {
      return Value(range: token.range)
    }
    if let found = judge(value, token, tokens) {
      // Whether it stands for another value is the dearest question. "0000" is a PIN that people have.
      let isPlaceholder = !(label.sort == .pin && value.isPIN(atLeast: 4)) && value.isPlaceholder
      return isPlaceholder || isExample && label.sort != .codeword
        ? nil : Value(range: token.range, isDoubtful: found == .doubtful)
    }
    return several(from: token, tokens)
  }

  private enum Verdict { case certain, doubtful }

  private func judge(
    _ value: SecretValue, _ token: SecretTokens.Token, _ tokens: SecretTokens
  ) -> Verdict? {
    switch label.sort {
    case .pin, .code: isCode(value, token) ? .certain : nil
    case .dial: value.isCombination ? .certain : nil
    case .combination: value.isCombination || bond >= .said && value.isPIN(atLeast: 4) ? .certain : nil
    case .key:
      bond >= .next && !isPretended
        && (value.isEncodedLogin || (value.isRandom || isSetting(value, token)) && !value.isEncodedPlaceholder)
        ? .certain : nil
    case .login, .user, .command, .positional, .keypad, .reference, .webKey, .manifest: nil
    case .wifi where isPretended: nil
    case .password, .phrase, .codeword, .wifi: isFound ? other(value, token) : password(value, token, tokens)
    }
  }

  /// A line of a configuration: "secret = Kranich88x".
  private func isSetting(_ value: SecretValue, _ token: SecretTokens.Token) -> Bool {
    bond == .assigned && lowered(label.range) == "secret" && !token.isFollowedByMore && value.isVeryStrong
  }

  /// Digits, as on a keypad.
  private func isCode(_ value: SecretValue, _ token: SecretTokens.Token) -> Bool {
    if bond >= .next && value.isPIN(atLeast: bond >= .said ? 3 : 4) || bond >= .said && value.isCode { return true }
    if bond >= .next, token.endsClause, value.isKeypadCode { return true }
    // "Türcode Serverraum 5518#".
    guard !isFound, token.endsClause, value.isPIN(atLeast: 4) || value.isCode, !words.numbered.contains(previous)
    else { return false }
    if isNouns, count <= 3 { return true }
    // "The keypad takes 9173", "öffnet mit 9173"
    let isVerb = previous.utf8.first?.isASCIILowercase == true && !words.ordinary.contains(previous)
    return !value.isYear && (isVerb && !words.prepositions.contains(previous) || words.companions.contains(previous))
  }

  /// A value after another one: "Kirsche7 oder Kirsche8", "was X but I changed it to Y".
  private func other(_ value: SecretValue, _ token: SecretTokens.Token) -> Verdict? {
    if bond >= .said, isChange, value.isUnusual(isEnglish: isEnglish) { return .doubtful }
    if bond >= .said || ["oder", "or", "bzw.", "then", "dann"].contains(previous) {
      return value.isMixed && !value.isName || value.isStrong ? .certain : nil
    }
    return value.isVeryStrong ? .certain : nil
  }

  private func password(_ value: SecretValue, _ token: SecretTokens.Token, _ tokens: SecretTokens) -> Verdict? {
    let isAlone = token.isQuoted || !token.isFollowedByMore
    switch bond {
    case .assigned:
      if value.isStrong || value.isRecoveryKey || token.isQuoted && value.isPhrase { return .certain }
      if isDigits(value, token) { return .certain }
      if value.isOrdinary { return nil }
      let isWhole = isAlone || isJoined(token) && !words.heads.contains(value.lowered)
      if value.isMixed || isWhole && value.isPlainWord && label.sort != .wifi && !value.isRemark {
        return .certain
      }
      return isAlone && value.isHyphenated ? .doubtful : nil
    case .named:
      if value.isRecoveryKey || (token.endsClause || token.isQuoted) && value.isStrong { return .certain }
      let isFree = !isFar && !words.articles.contains(previous)
      return isAlone && isFree && value.isUnusual(isEnglish: nil) ? .doubtful : nil
    case .said: return said(value, token, tokens)
    case .dashed:
      if value.isStrong && token.endsClause || isDigits(value, token) { return .certain }
      let isLower = value.text.utf8.first?.isASCIILowercase == true
      return isAlone && isLower && value.isUnusual(isEnglish: nil) ? .doubtful : nil
    case .next:
      if value.isStrong { return token.isQuoted || token.endsClause || isUsed || !value.isName ? .certain : nil }
      // "Pass `file` to the program" is about something else.
      let isVerb = lowered(label.range) == "pass"
      if token.isQuoted, isQuestion { return nil }
      if token.isQuoted && !value.isOrdinary && value.isPlainWord && !value.isIdentifier && !isVerb { return .certain }
      guard value.isUnusual(isEnglish: false) else { return nil }
      if isTypedAfter(token, tokens) { return .doubtful }
      if label.sort == .codeword { return .doubtful }
      // "mit dem Passwort Kirsche kommt man", "use the password kirsche when"
      let isNoun = value.text.utf8.first?.isASCIIUppercase == true
      if isGerman ? isNoun && isTold : isUsed && isClosed(after: token, tokens) && !value.isVerb(isGerman: false) {
        return .doubtful
      }
      let isLast = token.endsClause && !token.isFollowedByMore
      if isLast, value.isHyphenated { return .doubtful }
      // "als Kennwort kasse gegeben"
      if isRole, count == 0, isLastButOne(tokens) { return .doubtful }
      if !isLast || value.isVerb(isGerman: isGerman) { return nil }
      // "dass das Passwort passt", "wird das Passwort sicherer"
      let isSaid = value.lowered.hasSuffix("er") || isGerman && value.lowered.hasSuffix("t")
      return beginsClause || isTold && !(isSaid && value.text.utf8.first?.isASCIILowercase == true) ? .doubtful : nil
    case .loose: return loose(value, token, tokens)
    }
  }

  /// Whether an equals sign alone is between the label and a value, as in a command: "password=kasse group=full".
  private func isJoined(_ token: SecretTokens.Token) -> Bool {
    let between = bytes[label.range.upperBound..<token.range.lowerBound]
    return between.first == UInt8(ascii: "=") && between.dropFirst().allSatisfy { "\"'".utf8.contains($0) }
  }

  private func said(_ value: SecretValue, _ token: SecretTokens.Token, _ tokens: SecretTokens) -> Verdict? {
    if value.isRecoveryKey { return .certain }
    if token.isQuoted && value.isPhrase || value.isStrong && (token.endsClause || !value.isName) { return .certain }
    if value.isOrdinary { return nil }
    let isEnd = token.isQuoted || token.endsClause || isClosed(after: token, tokens)
    if isEnd, value.isMixed || isDigits(value, token) { return .certain }
    if token.isQuoted || isLastOfNaming(token) { return value.isPlainWord ? .certain : nil }
    return isEnd && isConnected && !isPlural && value.isUnusual(isEnglish: isEnglish) ? .doubtful : nil
  }

  private func loose(_ value: SecretValue, _ token: SecretTokens.Token, _ tokens: SecretTokens) -> Verdict? {
    if words.prepositions.contains(previous) {
      return value.isVeryStrong && value.hasSymbol || value.isStrong && !value.isName && isTypedAfter(token, tokens)
        ? .certain : nil
    }
    if value.isVeryStrong || token.isQuoted && value.isStrong && !value.isName { return .certain }
    if isTypedAfter(token, tokens), !words.articles.contains(previous) {
      if value.isMixed { return .certain }
      if value.isUnusual(isEnglish: false) { return .doubtful }
    }
    return token.endsClause && value.isGibberish && value.isUnusual(isEnglish: nil) ? .doubtful : nil
  }

  /// Whether a verb before the label is about using a secret: "Use the password ...", "mit Passwort ...".
  private var isUsed: Bool {
    before.prefix(3).contains { words.typing.contains(lowered($0)) || words.companions.contains(lowered($0)) }
  }

  /// Whether the label is the first word after a sign, or after "mit": "der Beamer: Passwort kasse". A key of YAML and its
  /// value are no such sentence, nor is a heading: "title: Passwort Kasse".
  private var beginsClause: Bool {
    guard let first = before.first else { return false }
    if words.companions.contains(lowered(first)) || words.typing.contains(lowered(first)) { return true }
    let between = bytes[first.upperBound..<label.range.lowerBound]
    if between.contains(UInt8(ascii: ":")), before.count < 2 { return false }
    return between.contains { ":,;(".utf8.contains($0) } && !between.contains { $0 == UInt8(ascii: "-") }
  }

  /// Whether the label has an article before it, and its sentence says more: "hat das Kennwort kasse".
  private var isTold: Bool {
    guard before.count > 1, let first = before.first, let last = before.last else { return false }
    return words.articles.contains(lowered(first)) && bytes[last].first != UInt8(ascii: "#")
  }

  /// Whether the label asks: what is quoted after it is the question.
  private var isQuestion: Bool { ["frage", "question"].contains { lowered(label.range).hasSuffix($0) } }

  private var isGerman: Bool { lowered(label.range).contains("wort") }

  /// Whether one word follows, and the sentence ends.
  private func isLastButOne(_ tokens: SecretTokens) -> Bool {
    var rest = tokens
    guard let next = rest.next(), !next.isAssignment else { return true }
    return !next.isFollowedByMore
  }

  /// Nothing but digits in the place of a password: "Passwort: 08154711".
  private func isDigits(_ value: SecretValue, _ token: SecretTokens.Token) -> Bool {
    count == 0 && (token.isQuoted || token.endsClause) && value.isPIN(atLeast: 4) && !words.numbered.contains(previous)
  }

  /// Whether what follows says no more about a value: "auf kasse umgestellt", "to marmalade last week".
  private func isClosed(after token: SecretTokens.Token, _ tokens: SecretTokens) -> Bool {
    var rest = tokens
    guard let next = rest.next() else { return true }
    let word = lowered(next.range)
    if next.isDash || words.conjunctions.contains(word) { return true }
    return (isChange || isRole || isTyped || isUsed) && (words.closers.contains(word) || words.targets.contains(word))
  }

  /// Whether a verb for typing is the next word: "kasse eintippen".
  private func isTypedAfter(_ token: SecretTokens.Token, _ tokens: SecretTokens) -> Bool {
    var rest = tokens
    guard !token.endsSentence, let next = rest.next() else { return false }
    return words.typed.contains(lowered(next.range))
  }

  /// Whether a word is the last of a sentence whose verb gives a name: "Das Passwort lautet kasse."
  private func isLastOfNaming(_ token: SecretTokens.Token) -> Bool {
    !token.isFollowedByMore && words.namings.contains(previous)
  }

  /// Whether what is before the label makes an example of the value, or says that there is none.
  private var isExample: Bool {
    before.prefix(3).contains { words.examples.contains(lowered($0)) } || words.examples.contains(previous)
  }

  /// Whether the label's own word says that the value is none: "mock_token", "PUBLIC_API_KEY".
  private var isPretended: Bool {
    let start = bytes[..<label.range.lowerBound].suffix(20).lastIndex { !$0.isWordByte && $0 != UInt8(ascii: "-") }
    let head = String(
      decoding: bytes[..<label.range.lowerBound].suffix(
        from: start.map { $0 + 1 } ?? max(0, label.range.lowerBound - 20)), as: UTF8.self)
    return words.pretences.contains { head.lowercased().hasPrefix($0) }
  }

  // MARK: Several words

  /// Words that are a secret together: a phrase without quotation marks, the numbers of a dial.
  private func several(from token: SecretTokens.Token, _ tokens: SecretTokens) -> Value? {
    guard !isFound, count == 0 else { return nil }
    if token.isQuoted {
      let parts = text(token.range).split(separator: " ").map { SecretValue(String($0), words) }
      let isLower = parts.allSatisfy { $0.text.utf8.first?.isASCIIUppercase == false }
      let isRare = parts.allSatisfy { $0.isMixed || $0.isPIN(atLeast: 1) || $0.isUnusual(isEnglish: false) }
      let isPhrase = label.sort.isChosen && bond >= .next && (2...8).contains(parts.count) && isLower && isRare
      return isPhrase ? Value(range: token.range, isDoubtful: true) : nil
    }
    return switch label.sort {
    case .combination, .dial: dial(from: token, tokens)
    case .key: bond >= .next ? groups(from: token, tokens) : nil
    case .password, .phrase, .codeword: bond == .said || bond == .assigned ? phrase(from: token, tokens) : nil
    default: nil
    }
  }

  /// "12 48 33", "rechts 12, links 48, rechts 33".
  private func dial(from token: SecretTokens.Token, _ tokens: SecretTokens) -> Value? {
    var (rest, token) = (tokens, token)
    var numbers: [Range<Int>] = []
    for _ in 0..<16 {
      let word = lowered(token.range)
      if (1...2).contains(word.utf8.count), word.utf8.allSatisfy(\.isASCIIDigit) {
        numbers.append(token.range)
      } else if !words.turns.contains(word), !(token.isAssignment && token.isDash), !word.hasSuffix("x") {
        break
      }
      guard !token.endsSentence, let next = rest.next() else { break }
      token = next
    }
    guard numbers.count >= 3, let first = numbers.first, let last = numbers.last else { return nil }
    return Value(range: first.lowerBound..<last.upperBound)
  }

  /// "JBSW Y3DP EHPK 3PXP": Base32 in groups of four.
  private func groups(from token: SecretTokens.Token, _ tokens: SecretTokens) -> Value? {
    var rest = tokens
    var groups: [Range<Int>] = []
    var next: SecretTokens.Token? = token
    while let group = next, group.range.count == 4,
      bytes[group.range].allSatisfy({ $0.isASCIIUppercase || (0x32...0x37).contains($0) })
    {
      groups.append(group.range)
      next = group.endsSentence ? nil : rest.next()
    }
    guard groups.count >= 4, let first = groups.first, let last = groups.last,
      groups.contains(where: { bytes[$0].contains(where: \.isASCIIDigit) })
    else { return nil }
    return Value(range: first.lowerBound..<last.upperBound)
  }

  /// "vier Hasen tanzen unterm Zaun", "Harvest Moon 1999".
  private func phrase(from token: SecretTokens.Token, _ tokens: SecretTokens) -> Value? {
    var (rest, parts) = (tokens, [token.range])
    var last = token
    while !last.endsClause, parts.count < 25, let next = rest.next() {
      guard !next.isAssignment, !next.isQuoted else { return nil }
      parts.append(next.range)
      last = next
    }
    let texts = parts.map { lowered($0) }
    guard let first = parts.first, let end = parts.last, (2...24).contains(parts.count),
      !texts.contains(where: { words.references.contains($0) })
    else { return nil }
    let values = parts.map { SecretValue(text($0), words) }
    let isWord = { (value: SecretValue) in value.text.utf8.allSatisfy { $0.isASCIILetter || $0 >= 0x80 } }
    let numbers = values.count { $0.isPIN(atLeast: 1) }
    guard values.allSatisfy({ isWord($0) || $0.isPIN(atLeast: 1) }), numbers <= 1 else { return nil }
    let usual = values.count { $0.isUsual(isEnglish: isEnglish) }
    let rare = values.count { $0.isUnusual(isEnglish: isEnglish) }
    if label.sort == .phrase {
      let isNamed = words.namings.contains(previous) || bond == .assigned
      let isPhrase =
        isNamed && parts.count >= 4
        ? usual * 2 < parts.count
        : usual == 0 && rare * 2 > parts.count || parts.count >= 4 && usual * 3 <= parts.count
      return isPhrase ? Value(range: first.lowerBound..<end.upperBound, isDoubtful: !isNamed) : nil
    }
    // Of a password only what nobody would say of one: words in a row with a number at their end.
    return usual == 0 && rare * 2 >= parts.count - 1 && values.last?.isPIN(atLeast: 1) == true
      && !words.numbered.contains(texts[texts.count - 2])
      ? Value(range: first.lowerBound..<end.upperBound, isDoubtful: true) : nil
  }
}
