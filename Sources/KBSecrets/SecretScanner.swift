import KBSource

/// A place in a file that holds a secret.
struct Secret: Sendable, Hashable {
  /// The bytes of the value alone.
  let range: Range<Int>
  let sort: Sort
  /// Whether it is one only because its word is rare: a knowledge base that uses the word elsewhere means something else.
  var isDoubtful = false

  enum Sort: Sendable, Hashable {
    case privateKey
    /// A token, by the name of its service.
    case token(String)
    /// A password in an address or a connection string.
    case address
    /// A value that follows a label such as "Kennwort".
    case labelled
  }
}

extension Secret {
  fileprivate init(_ value: LabelledSentence.Value) {
    self.init(range: value.range, sort: .labelled, isDoubtful: value.isDoubtful)
  }
}

/// Finds what looks like a secret in text: private keys, tokens of services, passwords in addresses, and values that
/// follow a word for a secret.
///
/// One pass over the bytes looks up each pair of neighbours in a table; only where a token, a label or an address can
/// begin is anything else done.
struct SecretScanner: Sendable {
  /// The scanner with the words and forms of `templates/text/secrets`.
  static let builtIn = SecretScanner()

  private let formats = TokenFormat.builtIn
  private let labels = SecretLabels.builtIn
  private let forms = SecretForms.builtIn
  let words = SecretWords.builtIn
  /// The formats that are recognised by some two bytes.
  private let formatGroups: [[Int]]
  /// For each pair of bytes the number of its group; -1 for most.
  private let formatGroupsByPair: [Int16]
  /// The number of first bytes that hold no NUL in a text.
  private static let mostBeforeNUL = 8192
  /// For each pair of neighbouring bytes whether something can begin there, or whether it ends with a NUL.
  private let isOfInterest: [Bool]
  /// The pair in `://`.
  private static let address = 0x3A << 8 | 0x2F

  private init() {
    var isOfInterest = [Bool](repeating: false, count: 1 << 16)
    var formatsByPair: [Int: [Int]] = [:]
    let pairs = [SecretScanner.address, SecretScanner.begin, SecretScanner.privateLines]
    for pair in pairs + labels.anchors + forms.anchors { isOfInterest[pair] = true }
    for first in 0...255 { isOfInterest[first << 8] = true }
    for (number, format) in formats.enumerated() {
      for pair in format.anchors {
        isOfInterest[pair] = true
        formatsByPair[pair, default: []].append(number)
      }
    }
    var byPair = [Int16](repeating: -1, count: 1 << 16)
    for (number, pair) in formatsByPair.keys.sorted().enumerated() { byPair[pair] = Int16(number) }
    self.isOfInterest = isOfInterest
    formatGroups = formatsByPair.keys.sorted().map { formatsByPair[$0] ?? [] }
    formatGroupsByPair = byPair
  }

  /// Returns every secret in a text, in order; of two that overlap the first. What is no text has none.
  func secrets(in bytes: [UInt8]) -> [Secret] { secrets(in: bytes, layers: 2) }

  /// `layers`: the number of layers of Base64, and of names of files, that are read.
  func secrets(in bytes: [UInt8], layers: Int) -> [Secret] {
    var found = layers > 0 ? encoded(in: bytes, layers) : []
    let span = bytes.span
    let interest = isOfInterest.span
    var places = Places()
    var previous: UInt8 = 0
    var at = 0
    while at < span.count {
      let byte = span[at]
      let pair = Int(previous) << 8 | Int(byte)
      previous = byte
      at += 1
      guard interest[pair] else { continue }
      if byte == 0, at <= SecretScanner.mostBeforeNUL { return [] }
      let group = Int(formatGroupsByPair[pair])
      if group >= 0 {
        for number in formatGroups[group] {
          guard let range = formats[number].range(in: span, around: at - 2), isTokenLike(bytes[range]) else { continue }
          found.append(Secret(range: range, sort: .token(formats[number].name)))
        }
      }
      if at >= 2, forms.isAnchor(pair) {
        let values = forms.values(in: span, around: at - 1) { places.formCrowd.isTooDense(at..<at, in: span) }
        for range in values where isConfigured(bytes[range]) { found.append(Secret(range: range, sort: .labelled)) }
        if !values.isEmpty { places.formCrowd.clear() }
      }
      switch pair {
      case SecretScanner.begin:
        if let range = keyBlock(in: bytes, beginningAt: at - 3) {
          found.append(Secret(range: range, sort: .privateKey))
        }
      case SecretScanner.privateLines:
        if let range = keyLines(in: bytes, beginningAt: at - 9) {
          found.append(Secret(range: range, sort: .privateKey))
        }
      case SecretScanner.address:
        guard at < span.count, span[at] == UInt8(ascii: "/") else { continue }
        if let range = password(inAddress: bytes, after: at + 1) { found.append(Secret(range: range, sort: .address)) }
      default:
        guard at >= 2, let label = labels.label(in: span, around: at - 1) else { continue }
        found += secrets(of: label, in: bytes, layers, &places)
      }
    }
    return SecretScanner.merged(found)
  }

  /// What was read already: a label, a column or an object is looked at once.
  private struct Places {
    var labelled = 0
    var columns = (head: -1, column: -1)
    var rows = (head: -1, column: -1)
    var (objects, manifests, named) = (0, 0, 0)
    var crowd = Crowd(most: 50, gap: 16)
    var formCrowd = Crowd(most: 10, gap: 40)
  }

  /// The secrets that a label introduces, in its sentence, in the column below it, or in the object around it.
  private func secrets(
    of label: SecretLabels.Label, in bytes: [UInt8], _ layers: Int, _ places: inout Places
  ) -> [Secret] {
    guard label.range.lowerBound >= places.labelled, !places.crowd.isTooDense(label.range, in: bytes.span),
      !isWithinAddress(label, in: bytes), !isInTemplate(label, bytes)
    else { return [] }
    if label.isJoined {
      return layers > 0 ? secrets(inNameAround: label, in: bytes, done: &places.named) : []
    }
    let values =
      switch label.sort {
      case .webKey: members(ofKeyAround: label, in: bytes, done: &places.objects)
      case .manifest: members(ofManifestAround: label, in: bytes, done: &places.manifests)
      default: values(in: bytes, of: label)
      }
    // A longer label may begin with one that introduces nothing: "key phrase".
    places.labelled = values.isEmpty ? label.range.lowerBound : label.range.upperBound
    if !values.isEmpty { places.crowd.clear() }
    var found = values + cells(in: bytes, below: label, done: &places.columns)
    if label.sort == .password { found += fields(in: bytes, below: label, done: &places.rows) }
    return found.map(Secret.init)
  }

  /// Returns secrets in order; of two that overlap the first, with what only the other one covers.
  private static func merged(_ found: [Secret]) -> [Secret] {
    var kept: [Secret] = []
    for secret in found.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard let last = kept.last, secret.range.lowerBound < last.range.upperBound else {
        kept.append(secret)
        continue
      }
      if secret.range.upperBound > last.range.upperBound {
        let whole = last.range.lowerBound..<secret.range.upperBound
        kept[kept.count - 1] = Secret(
          range: whole, sort: last.sort, isDoubtful: last.isDoubtful && secret.isDoubtful)
      } else if !secret.isDoubtful {
        kept[kept.count - 1].isDoubtful = false
      }
    }
    return kept
  }

  /// Whether a value is a secret where its place in a line of a configuration says so: not what a manual has there.
  func isConfigured(_ bytes: ArraySlice<UInt8>) -> Bool {
    let value = SecretValue(String(decoding: bytes, as: UTF8.self), words)
    let isMade = value.isRandom || bytes.count >= 30 && bytes.allSatisfy(Base64.isDigit) && isVaried(bytes)
    let isWord = value.isStrong || value.isMixed || value.isPlainWord || value.isPIN(atLeast: 4) || isMade
    let isSaid =
      value.isOrdinary || words.heads.contains(value.lowered) || words.prepositions.contains(value.lowered)
    return isWord && !isSaid && !value.isSecretName && !value.isPlaceholder
  }

  /// Labels on a line that follow each other with hardly anything between them, as no text has them: each would look at the same
  /// words again.
  private struct Crowd {
    let most: Int
    let gap: Int
    private var end = 0
    private var count = 0

    init(most: Int, gap: Int) { (self.most, self.gap) = (most, gap) }

    mutating func clear() { count = 0 }

    /// Whether a label comes after many others on its line without a value.
    mutating func isTooDense(_ label: Range<Int>, in bytes: borrowing Span<UInt8>) -> Bool {
      var isNear = label.lowerBound - end <= gap
      for at in max(0, min(end, label.lowerBound))..<label.lowerBound where isNear { isNear = bytes[at] != 0x0A }
      count = isNear ? count + 1 : 0
      end = label.upperBound
      return count > most
    }
  }

  /// Whether bytes are not the same few over and over, as in a placeholder.
  func isVaried(_ bytes: ArraySlice<UInt8>) -> Bool {
    Set(bytes).count >= min(8, max(4, bytes.count / 3))
  }

  /// Whether bytes in the form of a token are one: not an example, and not words that happen to begin so.
  private func isTokenLike(_ token: ArraySlice<UInt8>) -> Bool {
    let isMade = token.contains(where: \.isASCIIDigit) || token.count(where: \.isASCIIUppercase) > 3
    guard isMade, isVaried(token) else { return false }
    var (run, previous): (Int, UInt8) = (0, 0)
    for byte in token {
      run = byte == previous ? run + 1 : 1
      if run > 7 { return false }
      previous = byte
    }
    let text = String(decoding: token, as: UTF8.self).lowercased()
    return !words.placeholderPieces.contains { text.contains($0) }
  }

  // MARK: Base64 and addresses

  /// Runs of Base64 that hold secrets when they are decoded, and the lines that continue them.
  private func encoded(in bytes: [UInt8], _ layers: Int) -> [Secret] {
    let shortest = 40
    var found: [Secret] = []
    var (at, joined) = (shortest - 1, 0)
    while at < bytes.count {
      guard Base64.isDigit(bytes[at]) else {
        at += shortest
        continue
      }
      var (start, end) = (at, at + 1)
      while start > 0, Base64.isDigit(bytes[start - 1]) { start -= 1 }
      while end < bytes.count, Base64.isDigit(bytes[end]) { end += 1 }
      at = end + shortest
      guard end - start >= shortest else { continue }
      // Lines are joined once: where they hold nothing together, each is looked at alone.
      var ends = [end]
      if start >= joined {
        joined = Base64.endOfLines(in: bytes, of: start..<end)
        if joined > end { ends.insert(joined, at: 0) }
      }
      for end in ends {
        guard let sort = sort(ofEncoded: bytes[start..<end], layers) else { continue }
        found.append(Secret(range: start..<end, sort: sort))
        at = end + shortest
        break
      }
    }
    return found
  }

  /// What a run of Base64 is; `nil` where it is no secret.
  private func sort(ofEncoded digits: ArraySlice<UInt8>, _ layers: Int) -> Secret.Sort? {
    if Base64.isPrivateKey(digits), isVaried(digits) { return .privateKey }
    guard let text = Base64.text(digits), !secrets(in: text, layers: layers - 1).isEmpty else { return nil }
    return .labelled
  }

  /// Whether a label is a word of an address, and no parameter that has a value.
  private func isWithinAddress(_ label: SecretLabels.Label, in bytes: [UInt8]) -> Bool {
    guard let last = bytes[..<label.range.lowerBound].last, last > 0x20,
      bytes[label.range.upperBound...].first != UInt8(ascii: "=")
    else { return false }
    let word = bytes[..<label.range.lowerBound].suffix(256)
    let start = word.lastIndex { $0 <= 0x20 || "()<>\"'`|".utf8.contains($0) }.map { $0 + 1 } ?? word.startIndex
    let address = word[start...]
    return address.indices.contains { address[$0...].starts(with: "://".utf8) } && !address.contains(UInt8(ascii: "@"))
  }

  /// Whether a label is the name of a value in a template: "{{ .Values.pw | b64enc }}".
  private func isInTemplate(_ label: SecretLabels.Label, _ bytes: [UInt8]) -> Bool {
    let before = bytes[..<label.range.lowerBound].suffix(80)
    guard let brace = before.lastIndex(where: { "{}\n".utf8.contains($0) }) else { return false }
    return bytes[brace] == UInt8(ascii: "{") && brace > 0 && bytes[brace - 1] == UInt8(ascii: "{")
  }

  /// The password in `scheme://user:password@host`.
  private func password(inAddress bytes: [UInt8], after start: Int) -> Range<Int>? {
    var colon: Int?
    for at in start..<min(bytes.count, start + 256) {
      switch bytes[at] {
      case UInt8(ascii: "@"):
        guard let colon, colon + 3 < at, !bytes[start..<colon].elementsEqual("mailto".utf8) else { return nil }
        let value = SecretValue(String(decoding: bytes[(colon + 1)..<at], as: UTF8.self), words)
        let isOptional = value.text.contains { "[]".contains($0) }
        return value.isPlaceholder || value.isSecretName || isOptional ? nil : (colon + 1)..<at
      case UInt8(ascii: ":"): if colon == nil { colon = at }
      case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"),
        UInt8(ascii: "`"), 0...0x20:
        return nil
      default: break
      }
    }
    return nil
  }
}
