import KBDocument
import KBSource
import KBTestSupport
import Testing

@testable import KBSecrets

/// What people write down when they should not, and what only sounds like it.
@Suite struct `A secret in a text` {
  private func secrets(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return SecretScanner.builtIn.secrets(in: bytes).map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test(arguments: [
    ("Das Passwort lautet Sommer2026!", "Sommer2026!"),
    ("Das Kennwort für den Router ist Fritz!Box77.", "Fritz!Box77"),
    ("Die PIN ist 4711.", "4711"), ("PIN der Alarmanlage: 8832", "8832"),
    ("Zugang zum Switch: admin/Procurve#9", "Procurve#9"),
    ("Benutzer: sa, Kennwort: Tr0ub4dor", "Tr0ub4dor"),
    ("Das WLAN-Passwort lautet \"gartenzaun-lampe-42\".", "gartenzaun-lampe-42"),
    ("WLAN-Schlüssel: 83kD-92lq-Pp1z", "83kD-92lq-Pp1z"),
    ("Das Administratorkennwort wurde auf Hamburg#2024 gesetzt.", "Hamburg#2024"),
    ("Passwort (Backup): `b4ckUp-Tresor`", "b4ckUp-Tresor"),
    ("Mit dem Kennwort Elbe_2025 kommt man ins BIOS.", "Elbe_2025"),
    ("Das Root-Passwort der NAS heißt kiwi7banane.", "kiwi7banane"),
    ("Tresorcode 49-12-77", "49-12-77"), ("Der Türcode lautet 2580#.", "2580#"),
    ("Als Passwort bitte Start123! verwenden.", "Start123!"),
    ("The password is Summer2026!", "Summer2026!"), ("Password for the router: hunter2", "hunter2"),
    ("Log in as admin with password P@ssw0rd99.", "P@ssw0rd99"),
    ("Wi-Fi key: correct-horse-77-battery", "correct-horse-77-battery"),
    ("The admin password was changed to Lisbon!2024", "Lisbon!2024"), ("Credentials: backup / Kj8#mmPq", "Kj8#mmPq"),
    ("mysql -u root -pS3cr3tPw erp", "S3cr3tPw"), ("sshpass -p 'Vienna_88' ssh admin@10.0.0.4", "Vienna_88"),
    ("curl -u deploy:9fK2mmQz https://ci.example.org/api", "9fK2mmQz"),
    ("postgres://erp:Blau.Wal9@db.example.org:5432/erp", "Blau.Wal9"),
    ("Server=sql01;Database=erp;User Id=sa;Password=Qm72!xTT;", "Qm72!xTT"),
    ("net use Z: \\\\nas\\backup /user:backup Regen!55", "Regen!55"),
    ("export API_KEY=9d3f0b7c6e5a41288fd0c2b1a7e6f543", "9d3f0b7c6e5a41288fd0c2b1a7e6f543"),
    ("Authorization: Bearer 8f14e45fceea167a5a36dedd4bea2543b7c9", "8f14e45fceea167a5a36dedd4bea2543b7c9"),
    ("secret_ref: Sommer2026!", "Sommer2026!"), ("password: >-\n  Blau.Wal9x", "Blau.Wal9x"),
    ("name;user;password\nNAS;admin;Speicher#22\nERP;sa;siehe Tresor\n", "Speicher#22"),
    ("Title,User Name,Password,URL\n\"NAS\",\"admin\",\"kupfer7dach\",\"\"\n", "kupfer7dach"),
    ("Passwort:\n\n```\nKupfer!Dach9\n```\n", "Kupfer!Dach9"), ("Für ESXi root/VMware1! nehmen.", "VMware1!"),
    ("PrivateKey = aB3zMtWfNwD/G3SaoKfgFoeOASl1YCJlS24R5gA2q+E=", "aB3zMtWfNwD/G3SaoKfgFoeOASl1YCJlS24R5gA2q+E="),
    ("PresharedKey = Zfu3zMtWfNwD/G3SaoKfgFoeOASl1YCJlS24R5gA2q4=", "Zfu3zMtWfNwD/G3SaoKfgFoeOASl1YCJlS24R5gA2q4="),
    (
      "| Schlüssel privat | kB7zMtWfNwD/G3SaoKfg/oeOASl1YCJlS24R5gA2q+E= |",
      "kB7zMtWfNwD/G3SaoKfg/oeOASl1YCJlS24R5gA2q+E="
    ),
    ("redis://:Flamingo77@cache:6379/0", "Flamingo77"), ("amqp://:Kranich8!@mq", "Kranich8!"),
    ("Authorization: Basic YmFja3VwOlN0dXJtZmx1dDc3", "YmFja3VwOlN0dXJtZmx1dDc3"),
    ("{\"auths\": {\"r.example\": {\"auth\": \"Y2k6V29sa2U5OQ==\"}}}", "Y2k6V29sa2U5OQ=="),
    (
      "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYqjTVqgzKEY91", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYqjTVqgzKEY91"
    ),
    ("Secret Access Key: 4blr/UtFEM2x/7MDENGxb+xRf5CYqjTVqgzKEY91", "4blr/UtFEM2x/7MDENGxb+xRf5CYqjTVqgzKEY91"),
    ("private key = 4blrXUtFEM2xK7MDENGxbPxRf5CYqjTVqgzKEY91", "4blrXUtFEM2xK7MDENGxbPxRf5CYqjTVqgzKEY91"),
    ("Privater Schlüssel: 4blrXUtFEM2xK7MDENGxbPxRf5CYqjTVqgzKEY91", "4blrXUtFEM2xK7MDENGxbPxRf5CYqjTVqgzKEY91"),
    ("Password: Wx/7kL/2mn!p", "Wx/7kL/2mn!p"), ("Kennwort: $umsatz2026!", "$umsatz2026!"),
    ("Passwort: Regen100%", "Regen100%"),
    ("kubeadm join 10.0.0.4:6443 --token abqdef.0f23456a89abcdz7", "abqdef.0f23456a89abcdz7"),
    ("TOTP-Seed: JBSW Y3DP EHPK 3PXP Q5TM Z7AR", "JBSW Y3DP EHPK 3PXP Q5TM Z7AR"),
    ("https://x.example/r?id=1&token=9d3f0b7c6e5a41288fd0c2b1a7e6f543", "9d3f0b7c6e5a41288fd0c2b1a7e6f543"),
    ("Login: admin / admin", "admin"), ("User / Kj8#mmPq", "Kj8#mmPq"),
    ("Codewort gegenüber der Leitstelle: Lindwurm", "Lindwurm"),
    ("Als Antwort auf die Sicherheitsfrage „Geburtsort“ ist Buxtehude hinterlegt.", "Buxtehude"),
    ("![Passwort: Zebra77!](x.png)", "Zebra77!"), ("[Passwort: Zebra77!](http://x.example/)", "Zebra77!"),
    ("secret = Kranich88x", "Kranich88x"), ("{\"dbPass\": \"Kranich88x\"}", "Kranich88x"),
    ("bindpw Kranich88x", "Kranich88x"),
    ("rocommunity kellerkind 10.0.0.0/8", "kellerkind"), ("set psksecret Kranich88x", "Kranich88x"),
    ("set password ENC SH2aBcD3fGh1JkLmN0pQrStUvWx", "SH2aBcD3fGh1JkLmN0pQrStUvWx"),
    ("esxcli -s vc -u root -p Kranich88x system version get", "Kranich88x"),
    ("schtasks /create /ru adm /rp Kranich88x /tn x", "Kranich88x"),
    ("Mail4Team! is the password.", "Mail4Team!"), ("password = PASSWORD('gotr00t') WHERE", "gotr00t"),
    ("| Gerät | Kennwort |\n|---|---|\n| Switch | Procurve9 |\n", "Procurve9"),
  ])
  func `is found`(text: String, secret: String) { #expect(secrets(text) == [secret]) }

  /// Others end a field, make a path, or name a parameter.
  @Test(arguments: Array("!#$%&'*+,.:?@^_~-"))
  func `is found after its label, with any sign before it or in it`(sign: Character) {
    for value in ["\(sign)Raute77", "Raute\(sign)77x", "ra\(sign)Ute77!"] {
      #expect(secrets("Kennwort: \(value)").contains { value.contains($0) }, "\(value)")
    }
  }

  @Test(arguments: [
    "Das Passwort liegt im Tresor unter vault:it/erp-admin.", "Das Kennwort ist abgelaufen.",
    "Das Passwort muss mindestens 12 Zeichen haben.",
    "Kennwort: siehe Tresor", "Passwort: <password>", "Das Passwort lautet ${DB_PASSWORD}", "password: changeme",
    "Die PIN erhält man von der Personalabteilung.", "Passwort zurücksetzen dauert 5 Minuten.",
    "Das Kennwort kennt nur Jonas Petersen.",
    "Passwortrichtlinie 2026: zwölf Zeichen, kein Wechsel", "Passwort: xxxxxxxx", "Der Token läuft nach 90 Tagen ab.",
    "The password is stored in the vault.", "Password: see the vault entry", "password = os.environ[\"DB_PASSWORD\"]",
    "Password: ********",
    "api_key: YOUR_API_KEY", "token: {{ vault_token }}", "secret_ref: vault:it/erp-admin",
    "The token is valid for 24h.",
    "The secret is mounted at /run/secrets/db-password.",
    "docker run -e MYSQL_ROOT_PASSWORD_FILE=/run/secrets/root mysql:8.0",
    "commit 8f14e45fceea167a5a36dedd4bea2543b7c9d0aa changed the password policy", "Password manager: Bitwarden 2026.1",
    "https://portal.example.org/reset?lang=en", "AKIAXXXXXXXXXXXXXXXX",
    "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    "| Gerät | Kennwort |\n|---|---|\n| Switch | im Tresor |\n",
    "| Raum | Schlüssel |\n|---|---|\n| Lager | Versandbüro |\n",
    "Benutzer, Passwort, Rolle\nbekommt jeder, vom Helpdesk, am ersten Tag\n", "synonyms:\n  - [Kennwort, Passwort]\n",
    "SELECT username, password FROM public.pg_shadow_lookup($1)", "Login: [user](https://e.example/user/answer9?a=b)",
    "The user ran `SSH root@ipv6`, then came password or passphrase.",
    "Secret: it/erp/Prod-DB01/Admin2026", "signing key id: 0x4AEE18F83AFDEB23", "siehe Passwort-Reset2026.pdf",
    "PublicKey = aB3zMtWfNwD1G3SaoKfgFoeOASl1YCJlS24R5gA2q0E=", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 admin@erp",
    "Der private Schlüssel liegt in /etc/ssl/private/erp2026.pem",
    "private key: ~/.ssh/id_ed25519",
    "Authorization: Basic dXNlcjpwYXNzd29yZA==", "Basic authentication is off since 2024.",
    "redis://:${REDIS_PASSWORD}@cache:6379/0",
    "access key: request it in IT/Portal2/Keys", "password = $db_password2", "Kennwort: @jonas2 fragen",
    "auth: oauth2/v2.0/token",
    "The list price is $1,000 per user / year.",
    "5 EUR pro User / Monat",
    "Rolle: Admin / Leser",
    "### Admin / Backend",
    "### User / Group",
    "Root / Home",
    "Use the phrase: \"hello dear friend\".",
    "Merksatz: \"Erst messen, dann ändern\"",
    "The key phrase is \"trust but verify\"",
    "[New issue](https://github.com/18F/x/issues/new?title=ATO+re-authorization+for+%3Cproject%3E?)",
    "Kosten pro Benutzer / Jahr und pro Admin / Monat",
    "Login als Root / Admin",
    "| Admin / Support | Herr Meier |",
    "hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
  ])
  func `is not what only sounds like one`(text: String) { #expect(secrets(text).isEmpty) }

  @Test func `is also one that is written as Base64, or a key of several lines`() {
    // "password: Blau.Wal9 for the database of the shop"
    #expect(secrets("config: cGFzc3dvcmQ6IEJsYXUuV2FsOSBmb3IgdGhlIGRhdGFiYXNlIG9mIHRoZSBzaG9w").count == 1)
    let lines = (0..<6).map { line in
      (0..<64).map { "\(Character(Unicode.Scalar(UInt8(65 + (line * 7 + $0 * 5) % 26))))" }.joined()
    }
    #expect(
      secrets("-----BEGIN PRIVATE KEY-----\n\(lines.joined(separator: "\n"))\n-----END PRIVATE KEY-----\n").count == 1)
    #expect(secrets("key A" + "KIA" + "Q3EGRBDXLZ2WVUTP in the pipeline").count == 1)
  }

  @Test func `is masked at its place, and found without being repeated`() throws {
    let text = "---\ntitle: WLAN\n---\n\nDas Passwort lautet Sommer2026!\n"
    let document = Document(parsing: SourceFile(path: RepoPath(normalized: "pages/wlan.md"), bytes: Array(text.utf8)))
    let finding = try #require(document.diagnostics.first)
    #expect(finding.rule.code == "secret/found")
    #expect(document.source.text(finding.range) == "Sommer2026!")
    #expect(document.file.text(finding.range) == "xxxxxxxxxxx")
    #expect(document.file.bytes.count == document.source.bytes.count)
    let said =
      [finding.message.german, finding.message.english] + (finding.remedy.map { [$0.german, $0.english] } ?? [])
    #expect(!said.joined().contains("Sommer"))
  }

  @Test func `is doubtful where only its word is rare, and is none where the knowledge base uses the word`() {
    func mask(_ text: String, _ acquitted: Set<String> = []) -> SecretMask {
      SecretMask(SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array(text.utf8)), acquitted: acquitted)
    }
    let text = "Das Passwort ist Leitwarte.\n"
    #expect(mask(text).doubts == ["leitwarte"] && mask(text).isMasked)
    #expect(!mask(text, ["leitwarte"]).isMasked && mask(text, ["leitwarte"]).diagnostics.isEmpty)
    #expect(mask(text, ["leitwarte"]).doubts == ["leitwarte"])
    #expect(mask("Das Passwort lautet Leitwarte.\n", ["leitwarte"]).isMasked, "that verb leaves no doubt")
  }

  @Test(arguments: [
    ("notizen/Passwort-Sommer2026!.md", "notizen/Passwort-xxxxxxxxxxx.md"),
    ("zugang/kennwort_Kuchen4Alle.txt", "zugang/kennwort_xxxxxxxxxxx.txt"),
    ("tresor/pin-4711.txt", "tresor/pin-xxxx.txt"),
  ])
  func `is found in the name of a file`(path: String, masked: String) {
    #expect(SecretMask.masked(RepoPath(normalized: path))?.string == masked)
  }

  @Test(arguments: [
    "pages/passwort-richtlinie-2026.md", "pages/password-policy-v2.md", "runbooks/kennwort-zuruecksetzen-windows11.md",
    "pages/pin-2026.md", "access/passwort-safe.md", "pages/token-rotation-20260501.md",
    "pages/passwort-lautet-kasse.md", "files/Passwort-Reset2026.pdf", "files/password-Policy2.pdf",
  ])
  func `is not in a name about them`(path: String) { #expect(SecretMask.masked(RepoPath(normalized: path)) == nil) }

  @Test func `is found in a large attachment, once, with its line, and in UTF-16`() throws {
    let line = Array("nothing here, only text for many lines\n".utf8)
    let secret = Array("Das Passwort lautet Sommer2026!\n".utf8)
    let before = Array(repeating: line, count: 1000).flatMap { $0 }
    let bytes = before + secret + before + secret + before
    let path = RepoPath(normalized: "export.log")
    for step in [20_000, 39_050, 40_000, 1_000_000] {
      let mask = SecretMask.attachment(path, size: bytes.count, step: step, acquitted: []) { Array(bytes[$0]) }
      let found = try #require(mask)
      #expect(found.isMasked && found.diagnostics.count == 2, "\(step): \(found.diagnostics.count)")
      #expect(
        found.diagnostics.map { $0.message.english.split(separator: ":").first } == ["line 1001", "line 2002"],
        "\(step)")
      #expect(found.diagnostics.map { Int($0.range.lower) } == [before.count + 20, 2 * before.count + 52], "\(step)")
    }
    #expect(SecretMask.attachment(path, size: 10, acquitted: []) { _ in nil } == nil, "unreadable is not clean")
    for (isLittle, mark) in [(true, true), (true, false), (false, true)] {
      let units = (mark ? [0xFEFF] : []) + Array("Export\r\nDas Passwort lautet Sommer2026!\r\n".utf16)
      let wide = units.flatMap { isLittle ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
      let mask = SecretMask.attachment(path, size: wide.count, acquitted: []) { Array(wide[$0]) }
      #expect(mask?.diagnostics.count == 1, "\(isLittle) \(mark)")
    }
  }

  @Test func `stays where its line allows it, and the reason is shown`() {
    let text = "Das Passwort lautet Werk2026 (kb-allow: Auslieferungszustand)\n"
    let document = Document(parsing: SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array(text.utf8)))
    #expect(document.file.bytes == document.source.bytes)
    #expect(document.diagnostics.map(\.rule.code) == ["secret/allowed"])
    let said = document.diagnostics.map { $0.message.english }
    #expect(said.first?.contains("Auslieferungszustand") == true)
  }

  @Test(arguments: ["kb-allow", "kb-allow:", "kb-allow: -->", "kb-allow = as delivered"])
  func `is not allowed without a reason, and what is missing is said`(mark: String) {
    let text = "Das Passwort lautet Werk2026 <!-- \(mark) -->\n"
    let document = Document(parsing: SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array(text.utf8)))
    #expect(document.diagnostics.map(\.rule.code) == ["secret/found"])
    #expect(document.diagnostics.first?.remedy?.english.contains("give the reason after 'kb-allow:'") == true)
  }

  @Test func `costs time proportional to the text`() {
    let line = "Das Passwort lautet nicht, Passwort: | Token = -----BEGIN aaaa://b:c AKIA "
    func seconds(_ count: Int) -> Double {
      let bytes = Array(String(repeating: line, count: count).utf8)
      return processorSeconds { _ = SecretScanner.builtIn.secrets(in: bytes) }
    }
    _ = seconds(10)
    let (small, large) = (seconds(60), seconds(480))
    #expect(large < small * 20, "\(small) \(large)")
  }

  @Test(arguments: [
    "curl -u ", "curl a a a a a -u ", "Passwort ", "login admin ", "admin/",
    "radius-server host a auth-port 1812 acct-port 1813 key ",
    "echo a:b | chpassw", "assword \" {", "nmcli a b:c psk", " * a * ", "/pass:", "kind: Secret\ndata:\n a: b\n",
    "snmp-server user a auth b:", "password>\n<value>", "a cifs user=b%", "{\"auth\":\\\"",
  ])
  func `costs hardly more where labels follow each other without end`(piece: String) {
    func seconds(_ text: String) -> Double {
      let bytes = Array(String(repeating: text, count: 10_000 / text.utf8.count).utf8)
      return processorSeconds { _ = SecretScanner.builtIn.secrets(in: bytes) }
    }
    let prose = seconds("Das Kennwort der Firewall liegt im Tresor, wie alle anderen auch. ")
    #expect(seconds(piece) < prose * 15 + 0.05, "\(seconds(piece)) \(prose)")
    #expect(secrets(String(repeating: piece, count: 100) + "\n\nDas Passwort lautet Sommer2026!") == ["Sommer2026!"])
  }
}
