import KBSource
import KBTestSupport
import Testing

@testable import KBSearch

/// Which pages a word finds, and how much it counts when it is not the one that is written.
@Suite struct `A word of the query` {
  @Test func `that is a name weighs in full where it is only mentioned`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Umstieg\n\nDer Befehl lautet gluon.core.domain.\n", "pages/b.md": "# Tor\n\nText.\n",
    ])
    let files = Dictionary(uniqueKeysWithValues: base.index.shards.map { ($0.name, $0.shard) })
    let index = try IndexReader(root: base.index.root) { name in
      guard let shard = files[name] else { throw DamagedShard() }
      return shard
    }
    var reader = UnitReader(index)
    let units = try reader.units(of: Query("befehl gluon.core.domain", index))
    #expect(units.count == 2 && units[1].weight > units[0].weight)
  }

  @Test func `counts most as it is written, less inflected, less with a slip, least with two`() async throws {
    let base = try await SearchedBase(["pages/a.md": "# Wartungsfenster\n\nText.\n", "pages/b.md": "# Tor\n\nText.\n"])
    let scores = try ["wartungsfenster", "wartungsfensterung", "wartungsfesnter", "watrungsfesnter"].map(base.score)
    #expect(scores == scores.sorted(by: >) && Set(scores).count == 4 && scores.allSatisfy { $0 > 0 }, "\(scores)")
    let beginnings = try ["wartungsfenster", "wartungsfenst", "wartungs", "wart"].map(base.score)
    #expect(
      beginnings == beginnings.sorted(by: >) && Set(beginnings).count == 4 && beginnings.allSatisfy { $0 > 0 },
      "\(beginnings)")
  }

  @Test func `is not the sign of an alert, which no reader sees`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# A\n\n> [!IMPORTANT]\n> Erst anrufen.\n", "pages/b.md": "# B\n\n> [!Brief]\n> Text.\n",
    ])
    #expect(try base.ids("important") == [])
    #expect(try base.ids("anrufen") == ["a"])
    #expect(try base.ids("brief") == ["b"])
  }

  @Test(arguments: ["Drucker", "drucker", "DRUCKERS", "Druckern", "Drucker,"])
  func `finds every inflection`(_ query: String) async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Der Drucker\n\nText.\n", "pages/b.md": "# Der Trucker\n\nText.\n",
    ])
    #expect(try base.ids(query) == ["a"])
  }

  @Test func `finds plurals and forms of verbs by the stemmer of the page's language`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Häuser und Störungen\n\nText.\n",
      "pages/e.md": "---\nlang: en\n---\n\n# Restarting the printers\n\nText.\n",
    ])
    #expect(try base.ids("störung") == ["a"])
    #expect(try base.ids("restarted") == ["e"])
    #expect(try base.ids("restarts") == ["e"])
  }

  @Test(arguments: [
    ("anzulegen", "Konten anlegen"), ("angelegt", "Konten anlegen"), ("anlegen", "Wer es angelegt hat"),
    ("gelöscht", "Daten löschen"), ("löschen", "Was gelöscht ist"), ("abzuschalten", "Strom abschalten"),
    ("anzulegen", "Wer es angelegt hat"), ("abgeschaltet", "Wann es abzuschalten ist"),
    ("zurückgespielt", "Stand zurückspielen"), ("heruntergeladen", "Treiber herunterladen"),
  ])
  func `finds German verbs with and without what stands inside of them`(_ query: String, _ title: String) async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# \(title)\n\nText.\n", "pages/b.md": "# Angel und Zulage\n\nText.\n",
    ])
    #expect(try base.ids(query) == ["a"])
    #expect(try base.results(query).corrections.isEmpty)
  }

  // MARK: Numbers

  @Test(arguments: [
    "0221 4710 499", "02214710499", "+49 221 4710499", "+492214710499", "0049 221 4710-499", "(0221) 4710 499",
    "0221/4710499", "+49 (0)221 4710 499", "0221 4710 499, bitte",
  ])
  func `finds a phone number in whatever groups it is typed`(_ typed: String) async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Ort\n\nAuch unter 0221 471-0499 zu erreichen.\n",
      "pages/b.md": "# Anderer Ort\n\nAuch unter 0221 4710 und 499 und 221 zu erreichen.\n",
      "people/c.md": "---\ntitle: Cleo\ntype: external\nphone: +49 221 4710 499\n---\n\nText.\n",
    ])
    #expect(try Set(base.ids(typed).prefix(2)) == ["a", "c"])
  }

  @Test func `finds each of two numbers that stand beside each other`() {
    let text = "Notruf +49 40 123456 / 0171 2345678, oder (030) 99\u{A0}88\u{A0}77…"
    #expect(WrittenNumber.all(in: Array(text.utf8)) == ["040123456", "01712345678", "030998877"])
  }

  @Test(arguments: ["01.11.2026", "10.20.10.221", "06717847-b", "0x80070005", "0800", "2026-11-21"])
  func `takes no other number for a phone number`(_ text: String) {
    #expect(WrittenNumber.all(in: Array(text.utf8)).isEmpty)
  }

  @Test(arguments: [
    ("Wie richte ich das ein?", true), ("wie richte ich den drucker ein, damit er läuft", true),
    ("richtet ihr das ein", true),
    ("ein Drucker, den ich richte", false), ("Richte, wo er steht. Ein Drucker", false),
  ])
  func `finds German verbs whose particle stands at the end of the clause`(_ query: String, _ isFound: Bool)
    async throws
  {
    let base = try await SearchedBase([
      "pages/einrichten.md": "# Einrichten\n\nText.\n", "pages/tor.md": "# Tor\n\nText.\n",
    ])
    #expect(try base.ids(query).contains("einrichten") == isFound)
  }

  @Test func `finds a verb though a stop word is spelled like it without its dots`() async throws {
    let base = try await SearchedBase([
      "pages/aendern.md": "# Kennwort ändern\n\nText.\n", "pages/kennwort.md": "# Kennwort\n\nKennwort, Kennwort.\n",
    ])
    #expect(try base.ids("kennwort ändern").first == "aendern")
  }

  @Test func `finds who is to be called, by the word for calling`() async throws {
    let base = try await SearchedBase([
      "people/maren.md": "---\ntitle: Maren Oltmanns\ntype: internal\nphone: 040 123456\n---\n\nText.\n",
      "pages/a.md": "# Anlage\n\n## Telefon\n\nMaren Oltmanns weiß, welches Telefon wo steht.\n",
    ])
    #expect(try base.ids("maren telefon").first == "maren")
    #expect(try base.ids("maren oltmanns anrufen").first == "maren")
  }

  // MARK: Slips

  @Test(arguments: [
    ("nett", "netz"), ("nezt", "netz"), ("etz", nil), ("natt", nil), ("erq", nil), ("drukcer", "drucker"),
    ("druker", "drucker"), ("druckker", "drucker"), ("drockar", nil), ("rducker", "drucker"), ("xrucker", "drucker"),
    ("terminalservre", "terminalserver"), ("temrinalservre", "terminalserver"), ("terminalsarvor", "terminalserver"),
    ("tarminalsarvor", nil), ("datenban", "datenbank"), ("dahtenbnk", "datenbank"),
  ]) func `may have one slip from four letters on, two from eight`(_ typed: String, _ found: String?) async throws {
    let base = try await SearchedBase([
      "pages/datenbank.md": "# Datenbank\n\nText.\n", "pages/drucker.md": "# Drucker\n\nText.\n",
      "pages/erp.md": "# ERP\n\nText.\n", "pages/netz.md": "# Netz\n\nText.\n",
      "pages/terminalserver.md": "# Terminalserver\n\nText.\n",
    ])
    #expect(try base.ids(typed) == (found.map { [$0] } ?? []))
  }

  @Test func `says what it was taken for`() async throws {
    let base = try await SearchedBase(["pages/a.md": "# Drucker\n\nText.\n"])
    let corrections = try base.results("drukcer").corrections
    #expect(corrections.map(\.typed) == ["drukcer"] && corrections.map(\.found) == ["drucker"])
    #expect(try base.results("drucker").corrections.isEmpty)
    #expect(try base.results("Drukcer!").corrections.map(\.typed) == ["Drukcer"])
  }

  @Test func `that is written somewhere is not a slip of another`() async throws {
    let base = try await SearchedBase(["pages/a.md": "# Kasse\n\nText.\n", "pages/b.md": "# Klasse\n\nKlassen.\n"])
    #expect(try base.ids("kasse") == ["a"])
    #expect(try base.ids("klasse") == ["b"])
  }

  // MARK: Beginnings

  @Test(arguments: ["wa", "wart", "wartungsfens"]) func `is found while it is typed`(_ typed: String) async throws {
    let base = try await SearchedBase(["pages/a.md": "# Wartungsfenster\n\nText.\n", "pages/b.md": "# Tor\n\nText.\n"])
    #expect(try base.ids(typed) == ["a"])
    #expect(try base.ids("tor \(typed)").contains("a"))
  }

  @Test func `counts as a beginning after the whole word`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Serverraum\n\nText.\n", "pages/b.md": "# Server\n\nText.\n",
      "pages/c.md": "# Serverschrank\n\nText.\n",
    ])
    #expect(try base.ids("server").first == "b")
    #expect(try Set(base.ids("server")) == ["a", "b", "c"])
  }

  // MARK: Synonyms

  @Test(arguments: [
    ("printer", "a"), ("password", "b"), ("kennwort", "b"), ("login", "c"), ("slow", "d"), ("sicherung", "e"),
    ("log in", "c"), ("backup", "e"),
  ]) func `finds what means the same, in German and English`(_ query: String, _ found: String) async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Drucker\n\nText.\n", "pages/b.md": "# Passwort\n\nText.\n",
      "pages/c.md": "# Anmeldung\n\nText.\n",
      "pages/d.md": "# Langsam\n\nText.\n", "pages/e.md": "# Datensicherung\n\nText.\n",
    ])
    #expect(try base.ids(query) == [found])
  }

  @Test func `finds the synonyms of the knowledge base, below the word itself`() async throws {
    let base = try await SearchedBase([
      "kb.yml": "language: de\nsynonyms:\n  - [Odrun, Warenwirtschaft]\n", "pages/a.md": "# Warenwirtschaft\n\nText.\n",
      "pages/b.md": "# Odrun\n\nText.\n", "pages/c.md": "# Tor\n\nText.\n",
    ])
    #expect(try base.ids("odrun") == ["b", "a"])
    #expect(try base.ids("warenwirtschaft") == ["a", "b"])
  }

  @Test func `finds pages in the other language`() async throws {
    let base = try await SearchedBase([
      "kb.yml": "language: de\n", "pages/de.md": "# Drucker einrichten\n\nAm Empfang.\n",
      "pages/en.md": "---\nlang: en\n---\n\n# Printer setup\n\nAt the desk.\n", "pages/tor.md": "# Tor\n\nText.\n",
    ])
    #expect(try base.ids("drucker") == ["de", "en"])
    #expect(try base.ids("printer") == ["en", "de"])
    #expect(try Set(base.ids("printer einrichten")) == ["de", "en"])
  }

  // MARK: Umlauts

  @Test(arguments: [
    "Störung", "Stoerung", "Storung", "STÖRUNG", "STOERUNG", "Sto\u{308}rung", "störungen", "stoerungen",
  ])
  func `with umlauts finds both spellings, whichever is typed`(_ query: String) async throws {
    let base = try await SearchedBase(["pages/a.md": "# Störung\n\nText.\n", "pages/b.md": "# Tor\n\nText.\n"])
    #expect(try base.ids(query) == ["a"])
    let both = try await SearchedBase(["pages/a.md": "# Störung\n\nText.\n", "pages/b.md": "# Stoerung\n\nText.\n"])
    #expect(try Set(both.ids(query)) == ["a", "b"])
  }

  @Test(arguments: ["Straßenübersicht", "Strassenuebersicht", "STRASSENÜBERSICHT", "strassenubersicht"])
  func `with ß finds both spellings`(_ query: String) async throws {
    let base = try await SearchedBase(["pages/a.md": "# Straßenübersicht\n\nText.\n", "pages/b.md": "# Tor\n\nText.\n"])
    #expect(try base.ids(query) == ["a"])
  }

  // MARK: Names and numbers

  @Test(arguments: [
    ("etcdMembersDown", "etcd"), ("etcdmembersdown", "etcd"), ("members", "etcd"), ("KB-4711", "kb"), ("kb4711", "kb"),
    ("4711", "kb"), ("0x80070005", "hex"), ("80070005", "hex"), ("postgres_exporter", "exp"), ("exporter", "exp"),
    ("/var/log/syslog", "log"), ("var/log", "log"), ("syslog", "log"), ("10.0.4.12", "ip"), ("smtp:587", "smtp"),
    ("587", "smtp"), ("root@pluto", "user"), ("pluto", "user"),
  ]) func `that is a name is found whole, by part and by words`(_ query: String, _ found: String) async throws {
    let base = try await SearchedBase([
      "pages/etcd.md": "# A\n\nAlarm etcdMembersDown\n", "pages/exp.md": "# B\n\nDienst postgres_exporter\n",
      "pages/hex.md": "# C\n\nMeldung 0x80070005\n", "pages/ip.md": "# D\n\nAdresse 10.0.4.12\n",
      "pages/kb.md": "# E\n\nTicket KB-4711\n", "pages/log.md": "# F\n\nDatei /var/log/syslog\n",
      "pages/smtp.md": "# G\n\nPort smtp:587\n", "pages/user.md": "# H\n\nAls root@pluto\n",
    ])
    #expect(try base.ids(query).first == found)
  }

  @Test(arguments: [
    #"ERROR 17:04:11 odrund[812]: cannot open "/var/odrun/daten.db" (0x80070020), giving up"#,
    "cannot open '/var/odrun/daten.db'", "odrund: (0x80070020)",
  ]) func `of a message that was pasted leads to the runbook that quotes it`(_ query: String) async throws {
    let base = try await SearchedBase([
      "pages/odrun.md": "# Odrun\n\nEin Dienst odrund, offen für alle.\n",
      "runbooks/datei.md":
        "---\ntitle: Datei ist gesperrt\nsymptoms: ['cannot open \"/var/odrun/daten.db\" (0x80070020)']\n---\n\nText.\n",
      "runbooks/platte.md":
        "---\ntitle: Platte ist voll\nsymptoms: ['cannot write \"/var/log/syslog\"']\n---\n\nText.\n",
    ])
    #expect(try base.ids(query).first == "datei")
  }

  @Test(arguments: ["10.0.4.12", "10.0.4.13"]) func `that is an address finds it before its neighbours`(_ query: String)
    async throws
  {
    let base = try await SearchedBase([
      "pages/12.md": "# A\n\nAdresse 10.0.4.12\n", "pages/13.md": "# B\n\nAdresse 10.0.4.13\n",
    ])
    #expect(try base.ids(query).first == String(query.suffix(2)))
  }

  @Test(arguments: [
    "+49 40 654321", "+4940654321", "040 654321", "040654321", "040/654321", "0049 40 654321", "004940654321",
  ])
  func `that is a phone number is found with and without its country code`(_ query: String) async throws {
    for written in ["+49 40 654321", "+49 (0)40 654321", "+49 (0) 40/654321"] {
      #expect(try await called(written).ids(query) == ["it"], "\(written)")
    }
  }

  @Test(arguments: ["+4940654321", "040654321", "004940654321"])
  func `that is a phone number is found where it is written in one piece`(_ query: String) async throws {
    #expect(try await called("+4940654321").ids(query) == ["it"])
  }

  @Test(arguments: ["040 654321", "040654321", "040/654321", "040-654321", "+49 40 654321", "654321"])
  func `that is a phone number is found where it is written without a country code`(_ query: String) async throws {
    for written in ["040 654321", "(040) 654321", "040/654321"] {
      #expect(try await called(written).ids(query) == ["it"], "\(written)")
    }
  }

  @Test(arguments: [
    ("+1 212 5550100", "02125550100"), ("+43 1 5550100", "015550100"), ("+352 26 5550", "0265550"),
    ("0041 44 5550100", "0445550100"),
  ]) func `that is a phone number may have a country code of one digit, two or three`(
    _ written: String, _ query: String
  )
    async throws
  {
    #expect(try await called(written).ids(query) == ["it"])
  }

  @Test(arguments: ["0815", "10.0.4.12", "2026-11-21", "+49", "++--", "", "00000", "(0)", "+(0)(0)", "00", "+0"])
  func `is no phone number when it has too few digits or begins otherwise`(_ text: String) {
    #expect(!PhoneNumber.isSingle(text) || PhoneNumber(text, in: .germany).searchForms == [])
  }

  /// A knowledge base with somebody to call, and a page.
  private func called(_ number: String) async throws -> SearchedBase {
    try await SearchedBase([
      "teams/it.md": "---\ntitle: IT\ntype: team\nphone: \"\(number)\"\n---\n\nText.\n",
      "pages/b.md": "# Tor\n\nText.\n",
    ])
  }
}
