import KBSource
import KBTestSupport
import Testing

@testable import KBDocument

/// Prose as it is found in notes about IT: forty lines with a secret that somebody made up, and forty that only speak of
/// one. The lines were written before the scanner was tried on them.
@Suite struct `Secrets in prose` {
  private static let secret = [
    "Das Admin-Passwort der Firewall ist «Regenbogen!17», bitte nicht weitergeben.",
    "Für die Buchhaltung gilt weiterhin das Kennwort «Lohnlauf2019».",
    "Wer den Beamer braucht: Passwort «praesent».",
    "Anmeldung am NAS mit admin und dem Passwort «qnap4711».",
    "Passwort vom Router steht hinten drauf, ist aber geändert auf «Kupferdach_9».",
    "Das alte Passwort «Winter2024!» geht auch noch.",
    "Neues Kennwort seit Montag: «Nordsee-Kabel-55»",
    "WLAN Gäste: SSID Firma-Gast, Schlüssel «willkommen2026»",
    "Der PIN für den Kopierer lautet «90210».",
    "PIN Kartenterminal = «5830»",
    "Alarmanlage scharf/unscharf mit Code «7741»",
    "Safe im Keller: «31-7-22»",
    "Für den Notfallzugang das Passwort «Zitrone+Salz3» verwenden und danach ändern.",
    "Benutzer: backup / Passwort: «Sicher.ung88»",
    "Login für das Portal: eva@example.org / «Tulpe#2025»",
    "SNMP-Community ist «pr1vat-lesen», nur lesend.",
    "Datenbank ERP: User sa, PW «Erp$Master1»",
    "Mit «Kaffee!Kanne4» kommt man ins BIOS, das Passwort ist auf allen Notebooks gleich.",
    "Kennwort BitLocker Server: «412983-556120-998271-003418»",
    "Das Passwort für den Zip-Anhang ist wie immer «Rechnung24».",
    "iLO: Administrator, Kennwort «H9PLX2QM»",
    "Der API-Schlüssel für den Wetterdienst: «a81bc81bdead4e5dabff90865d1e13b1»",
    "Fernwartung beim Drucker, Passwort war «0000drucker».",
    "Zugangsdaten: «mueller» / «Fruehling#1»",
    "The switch password is «Copper!Roof9».",
    "Use the password «blue-giraffe-71» for the guest network.",
    "The safe opens with «18-44-07», left first.",
    "Log in as root, password «toor1234».",
    "The old admin password («Autumn2023!») still works on the second firewall.",
    "PIN of the badge printer: «6614»",
    "Door code for the server room is «4452#».",
    "Password changed last week, it is «Vienna_Roof22» now.",
    "Backup user: veeam, pass: «Nightly!Run5»",
    "Wi-Fi password (office): «S3venLamps»",
    "The shared mailbox uses «Mail4Team!» as its password.",
    "Default credentials of the camera are admin/«Cam2021x».",
    "The token for the build server is «glb_9fK2mQz77TtXw1LpR0aa».",
    "Set the password to «Welcome2Acme» and tell the user to change it.",
    "ssh into the box (password «rasp-berry8») and restart the service.",
    "The encryption passphrase is \"«correct lamp battery moon»\".",
  ]

  private static let clean = [
    "Das Passwort der Firewall liegt im Tresor unter it/firewall.",
    "Kennwörter werden nie per E-Mail verschickt.",
    "Das Kennwort muss 14 Zeichen haben und darf keinen Namen enthalten.",
    "Nach drei falschen Passwörtern ist das Konto 30 Minuten gesperrt.",
    "Passwort vergessen? Über das Portal unter https://portal.example.org/reset zurücksetzen.",
    "Der PIN-Brief kommt nach fünf Werktagen mit der Post.",
    "PIN: steht im verschlossenen Umschlag bei Frau Petersen.",
    "Der Token ist 90 Tage gültig und wird von der IT erneuert.",
    "Passwort: siehe KeePass, Eintrag „NAS Keller“",
    "WLAN-Schlüssel gibt es am Empfang.",
    "Das Dienstkonto svc-backup hat ein Kennwort, das niemand kennt.",
    "Kennwortrichtlinie 2026-04: mindestens zwölf Zeichen.",
    "Der Zugang wird über Entra ID mit MFA geregelt.",
    "Login schlägt mit Fehler 0x80070005 fehl.",
    "Anmeldung: Benutzername ist die E-Mail-Adresse.",
    "Das Passwort läuft am 31.12.2026 ab.",
    "Passwort ändern: Strg+Alt+Entf, dann „Kennwort ändern“.",
    "Die Passphrase kennt nur der Notar.",
    "Zugangsdaten: beim Dienstleister unter Kundennummer 4711-2290 erfragen.",
    "Bei Passwortfragen hilft das Service-Desk, Telefon 040 123456-10.",
    "Kennwort zurücksetzen (Runbook RB-2031) dauert fünf Minuten.",
    "Das Kennwort von Windows 11 und Office365 ist dasselbe.",
    "Passwort-Manager: Bitwarden 2026.1, Server vault01.",
    "Secret Manager ist in Version 1.27.3 im Einsatz.",
    "The password is in the vault, entry it/switch-core.",
    "Passwords expire after 365 days (policy ISO-27001).",
    "The password must not be written down here.",
    "Password: ask the service desk (ext. 4410).",
    "If the password is wrong three times, the account is locked for 15m.",
    "The PIN is sent by post within 5 days.",
    "Log in with your own account at https://erp.example.org.",
    "The API key is rotated every 90 days by the job rotate-keys-v2.",
    "Use the secret from vault:it/erp-api.",
    "password = ${ERP_PASSWORD}",
    "The token expires after 3600s, then HTTP 401 is returned.",
    "Password reset takes effect after 10min on DC01 and DC02.",
    "Credentials are handed over in person only.",
    "The door code is changed every quarter by facility management.",
    "Server SQL2019 uses the password of the service account svc_sql.",
    "The wifi key is printed on the card at reception.",
  ]

  private func found(_ line: String) -> [String] {
    let bytes = Array(line.utf8)
    return SecretScanner.builtIn.secrets(in: bytes).map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test func `are mostly found, with few false alarms`() {
    var missed: [String] = []
    for line in Self.secret {
      let parts = line.split(separator: "«").dropFirst().map { String($0.prefix { $0 != "»" }) }
      let found = found(line.filter { $0 != "«" && $0 != "»" })
      let last = parts.last ?? ""
      if !found.contains(where: { $0 == last || $0.contains(last) }) { missed.append("\(line)  \(found)") }
    }
    let alarms = Self.clean.filter { !found($0).isEmpty }.map { "\($0)  \(found($0))" }
    #expect(Self.secret.count == 40 && Self.clean.count == 40)
    #expect(missed.count <= 6, "missed \(missed.count):\n\(missed.joined(separator: "\n"))")
    #expect(alarms.count <= 2, "alarms \(alarms.count):\n\(alarms.joined(separator: "\n"))")
  }

  @Test func `cost a knowledge base of ten thousand records a quarter of a second at most`() {
    let record =
      "---\ntitle: ERP\ntype: application\nowner: it\n---\n\n# ERP\n\n"
      + Self.clean.prefix(20).joined(separator: "\n\n") + "\n"
    let bytes = Array(String(repeating: record, count: 100).utf8)
    // Debug builds take some twenty times as long; what is held here is the order of magnitude.
    let seconds = processorSeconds { _ = SecretScanner.builtIn.secrets(in: bytes) }
    #expect(seconds * 100 < 25, "\(seconds)")
  }
}
