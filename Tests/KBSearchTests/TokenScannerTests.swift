import KBTestSupport
import Testing

@testable import KBSearch

/// How text becomes the words that are compared.
@Suite struct `Words` {
  // MARK: Names

  struct Name: CustomTestStringConvertible {
    var text: String
    var atoms: [String]
    var parts: [String] = []
    var joined: [String] = []
    var whole: [String] = []
    var testDescription: String { text }
  }

  static let names = [
    Name(text: "etcdMembersDown", atoms: ["etcdmembersdown"], parts: ["etcd", "members", "down"]),
    Name(text: "HTTPServer", atoms: ["httpserver"], parts: ["http", "server"]),
    Name(text: "System32", atoms: ["system32"], parts: ["system", "32"]),
    Name(text: "0x80070005", atoms: ["0x80070005"], parts: ["80070005"]),
    Name(text: "KB-4711", atoms: ["kb", "4711"], joined: ["kb4711"]),
    Name(text: "KB4711", atoms: ["kb4711"], parts: ["kb", "4711"]),
    Name(text: "postgres_exporter", atoms: ["postgres", "exporter"], joined: ["postgresexporter"]),
    Name(text: "/var/log/syslog", atoms: ["var", "log", "syslog"], whole: ["var/log/syslog"]),
    Name(text: #"C:\Windows\Temp"#, atoms: ["c", "windows", "temp"], whole: ["windows/temp"]),
    Name(text: "10.0.4.12", atoms: ["10", "0", "4", "12"], whole: ["10.0.4.12"]),
    Name(text: "smtp:587", atoms: ["smtp", "587"], whole: ["smtp:587"]),
    Name(text: "user@host", atoms: ["user", "host"], whole: ["user@host"]),
    Name(
      text: "mail.example-firma.de", atoms: ["mail", "example", "firma", "de"], joined: ["examplefirma"],
      whole: ["mail.examplefirma.de"]),
    Name(text: "½", atoms: ["1", "2"], whole: ["1/2"]), Name(text: "3\u{2044}4", atoms: ["3", "4"], whole: ["3/4"]),
    Name(text: "non\u{2011}stop", atoms: ["non", "stop"], joined: ["nonstop"]),
    Name(text: "E-Mail", atoms: ["e", "mail"], joined: ["email"]),
  ]

  @Test(arguments: names) func `that are names are read whole, by part and as words`(_ name: Name) {
    #expect(read(name.text, .atom) == name.atoms)
    #expect(read(name.text, .part) == name.parts)
    #expect(read(name.text, .joined) == name.joined)
    #expect(read(name.text, .whole) == name.whole)
  }

  @Test(arguments: ["syslog.", "(syslog)", "„syslog“", "syslog:", "-syslog-", "'syslog'", "syslog…", "syslog/"])
  func `lose the punctuation around them`(_ text: String) {
    #expect(tokens(text).map(\.text) == ["syslog"])
  }

  @Test func `of a listing are not one name`() {
    let listing = (1...13).map { "x\($0)" }.joined(separator: "/")
    #expect(read(listing, .atom).count == 13)
    #expect(read(listing, .whole).isEmpty)
  }

  @Test(arguments: ["don't", "don\u{2019}t"]) func `with an apostrophe are also one word`(_ text: String) {
    #expect(read(text, .atom) == ["don", "t"])
    #expect(read(text, .joined) == ["dont"])
  }

  @Test func `stand in runs without blanks, and are counted`() {
    var scanner = TokenScanner()
    scanner.scan("Der KB-4711 fehlt")
    let atoms = scanner.tokens.filter { $0.role == .atom }
    #expect(atoms.map(\.position) == [0, 1, 2, 3])
    #expect(atoms.map(\.run) == [0, 1, 1, 2])
  }

  // MARK: Letters

  @Test(arguments: [
    "Störung", "STÖRUNG", "Sto\u{308}rung", "STO\u{308}RUNG", "sto\u{308}\u{308}rung", "stö\u{308}rung",
  ])
  func `with umlauts are read without dots, and with an e`(_ text: String) {
    let token = tokens(text)
    #expect(token.map(\.text) == ["storung"])
    #expect(token.map(\.spelled) == ["stoerung"])
  }

  @Test func `that are joined keep both spellings of their umlauts`() {
    let joined = tokens("Größen-Änderung").filter { $0.role == .joined }
    #expect(joined.map(\.text) == ["grossenanderung"])
    #expect(joined.map(\.spelled) == ["groessenaenderung"])
  }

  @Test(arguments: [
    ("Straße", "strasse"), ("STRASSE", "strasse"), ("STRA\u{1E9E}E", "strasse"), ("Café", "cafe"),
    ("Cafe\u{301}", "cafe"), ("Ångström", "angstrom"), ("A\u{30A}ngstro\u{308}m", "angstrom"), ("Łódź", "lodz"),
    ("İzmir", "izmir"), ("Æsop", "aesop"), ("Lizenz\u{AD}server", "lizenzserver"),
    ("Lizenz\u{200B}server", "lizenzserver"), ("\u{FEFF}Server", "server"), ("Сервер", "сервер"),
    ("ΣΊΣΥΦΟΣ", "σίσυφοσ"), ("日本語", "日本語"), ("①", "1"), ("ｶﾅﾃｽﾄ", "カナテスト"), ("ｻｰﾊﾞｰ", "サーハー"),
    ("サーバー", "サーハー"), ("サーハ\u{3099}ー", "サーハー"),
    ("Zerti\u{FB01}kat", "zertifikat"), ("O\u{FB04}ine", "offline"), ("ＶＰＮ１", "vpn1"), ("CO₂", "co2"), ("m²", "m2"),
    ("\u{B5}s", "μs"),
  ]) func `are folded to lower case without marks`(_ text: String, _ expected: String) {
    #expect(read(text, .atom) == [expected])
  }

  @Test(arguments: [
    ("👩‍💻 erp", ["erp"]), ("erp👍down", ["erp", "down"]), ("erp\u{0}db\u{7}log", ["erp", "db", "log"]),
    ("erp\u{A0}db", ["erp", "db"]), ("<b>erp</b>", ["b", "erp", "b"]), ("a|b;c", ["a", "b", "c"]),
    ("\u{1B}[1m", ["1m"]), ("[a-z]+(.*)?$^", ["a", "z"]), ("", []), ("... --- !!!", []), ("\u{308}\u{308}", []),
  ]) func `end at what belongs to no word`(_ text: String, _ expected: [String]) {
    #expect(read(text, .atom) == expected)
  }

  // MARK: Anything

  @Test func `of any length are compared by their beginning`() {
    for letter in ["a", "я", "語", "ä"] {
      let long = tokens(String(repeating: letter, count: 10_000))
      #expect(long.count == 1)
      #expect(long[0].text.utf8.count > TokenScanner.longest - 8)
      #expect(long[0].text.utf8.count <= TokenScanner.longest)
      #expect(long.map(\.text) == tokens(String(repeating: letter, count: 5_000)).map(\.text))
    }
  }

  @Test func `with hundreds of dots over a vowel are words`() {
    let dots = String(repeating: "\u{308}", count: 300)
    #expect(read("a\(dots)rger", .atom) == ["arger"])
    #expect(read("mini-a\(dots)rger", .joined) == ["miniarger"])
  }

  @Test func `are read from any bytes`() {
    var random = SeededGenerator(seed: 4711)
    // Bytes that begin, go on with and break characters, letters, digits and joiners.
    let usual: [UInt8] = Array("aZ09-_.:/@'\\ \n\u{308}ä\u{2019}я語👩\u{AD}ß".utf8) + [0xC0, 0xED, 0xA0, 0xF8, 0xFF, 0]
    for _ in 0..<4_000 {
      let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
        Bool.random(using: &random)
          ? usual.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
      }
      var scanner = TokenScanner()
      scanner.scan(bytes.span)
      for token in scanner.tokens {
        #expect(token.length > 0 && token.length <= TokenScanner.longest)
        #expect(String(validating: scanner.bytes(token), as: UTF8.self) != nil)
        #expect(String(validating: scanner.spelled(token), as: UTF8.self) != nil)
      }
    }
  }

  // MARK: Reading

  private func tokens(_ text: String) -> [(role: Token.Role, text: String, spelled: String)] {
    var scanner = TokenScanner()
    scanner.scan(text)
    return scanner.tokens.map { token in
      (
        token.role, String(decoding: scanner.bytes(token), as: UTF8.self),
        String(decoding: scanner.spelled(token), as: UTF8.self)
      )
    }
  }

  private func read(_ text: String, _ role: Token.Role) -> [String] {
    tokens(text).filter { $0.role == role }.map(\.text)
  }
}
