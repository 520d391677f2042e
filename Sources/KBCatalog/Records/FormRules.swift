import KBSource

/// The rules about the fields of a single record.
enum FormRules {
  static let missing = Rule(
    "form/missing", .error,
    title: Message(de: "Pflichtangabe fehlt", en: "required field missing"),
    explanation: Message(
      de:
        "Ohne diese Angaben ist ein Eintrag im Ernstfall nicht zu gebrauchen. Wenige Felder sind Pflicht; 'kb schema' nennt sie.",
      en: "Without these a record is of no use when it matters. Few fields are required; 'kb schema' names them."),
    example: [
      Rule.Example("systems/erp.md", "---\ntitle: ERP\ntype: application\ncriticality: low\nowner: it\n---\n\nText.\n"),
      Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\n---\n\nText.\n"),
    ])

  static let expected = Rule(
    "form/expected", .warning,
    title: Message(de: "Angabe fehlt", en: "field missing"),
    explanation: Message(
      de: """
        Manche Angaben braucht es erst, wenn etwas wichtig oder gefährlich ist: ein kritisches System braucht eine Vertretung,
        Wiederherstellungszeiten und eine Sicherung; ein Administrationszugang braucht MFA und jemanden, der ihn genehmigt.
        """,
      en: """
        Some facts are needed only once something is important or dangerous: a critical system needs a deputy, recovery times
        and a backup; an admin access needs MFA and somebody who approves it.
        """),
    example: [
      Rule.Example(
        "systems/erp.md",
        "---\ntitle: ERP\ntype: application\ncriticality: critical\nowner: it\noperated_by: [it]\n---\n\nText.\n"),
      Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\nphone: 040 123456\n---\n\nText.\n"),
    ])

  static let recommended = Rule(
    "form/recommended", .hint,
    title: Message(de: "empfohlene Angabe fehlt", en: "recommended field missing"),
    explanation: Message(
      de:
        "Eine Kurzfassung in einem Satz steht in jeder Liste und in jedem Suchtreffer. Auch ohne sie ist der Eintrag gültig.",
      en: "A summary in one sentence stands in every list and search hit. The record is valid without it."),
    example: [
      Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\nlead: eva\n---\n\nText.\n"),
      Rule.Example("people/eva.md", "---\ntitle: Eva Beispiel\ntype: internal\n---\n\nText.\n"),
    ])

  static let unknownValue = Rule(
    "form/unknown-value", .error,
    title: Message(de: "unbekannter Wert", en: "unknown value"),
    explanation: Message(
      de: "Dieses Feld kennt nur bestimmte Werte, damit Listen, Filter und Prüfungen sich darauf verlassen können.",
      en: "This field knows only certain values, so that lists, filters and checks can rely on them."),
    example: [Rule.Example("teams/it.md", "---\ntitle: IT\ntype: taem\n---\n\nText.\n")])

  static let unknownKey = Rule(
    "form/unknown-key", .warning,
    title: Message(de: "unbekannter Schlüssel", en: "unknown key"),
    explanation: Message(
      de:
        "Ein Schlüssel, den die Art nicht kennt, wird gezeigt, aber nie geprüft. Meist ist es ein Tippfehler; eigene Schlüssel beginnen mit 'x-'.",
      en:
        "A key that the kind does not know is shown but never checked. Mostly it is a typo; keys of your own begin with 'x-'."
    ),
    example: [Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\nemial: it@example.org\n---\n\nText.\n")])

  static let badValue = Rule(
    "form/bad-value", .error,
    title: Message(de: "Wert passt nicht zum Feld", en: "value does not fit the field"),
    explanation: Message(
      de:
        "Daten stehen als 2026-11-21, Dauern als 30m, 4h, 2d, 6w, 3M oder 1y, E-Mail-Adressen und URLs vollständig, Zahlen ohne Einheit.",
      en:
        "Dates are written 2026-11-21, durations 30m, 4h, 2d, 6w, 3M or 1y, e-mail addresses and URLs in full, numbers without a unit."
    ),
    example: [Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\nreviewed: 05.01.2024\n---\n\nText.\n")])

  static let badID = Rule(
    "form/bad-id", .error,
    title: Message(de: "Kennung nicht erlaubt", en: "id not allowed"),
    explanation: Message(
      de: """
        Kennungen bestehen aus Kleinbuchstaben, Ziffern und Bindestrichen, höchstens 63, und heißen nicht wie ein Gerät unter
        Windows (con, nul, com1 ...): so funktionieren sie in Adressen, Dateinamen und Verweisen überall gleich.
        """,
      en: """
        Ids are made of lower-case letters, digits and hyphens, at most 63, and are not named like a Windows device (con, nul,
        com1 ...): that way they work alike in addresses, file names and references everywhere.
        """),
    example: [Rule.Example("teams/it.md", "---\nid: ../it\ntitle: IT\ntype: team\n---\n\nText.\n")])

  static let duplicateID = Rule(
    "form/duplicate-id", .error,
    title: Message(de: "Kennung doppelt", en: "id used twice"),
    explanation: Message(
      de:
        "Eine Kennung bezeichnet genau einen Eintrag, über alle Arten hinweg. Die zweite Datei bekommt einen anderen Namen.",
      en: "An id names exactly one record, across all kinds. The second file gets another name."),
    example: [
      Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\n---\n\nText.\n"),
      Rule.Example("people/it.md", "---\ntitle: IT\ntype: internal\n---\n\nText.\n"),
    ])

  static let pathClash = Rule(
    "form/path-clash", .error,
    title: Message(de: "Dateinamen fallen zusammen", en: "file names clash"),
    explanation: Message(
      de:
        "Zwei Pfade, die sich nur in Groß- und Kleinschreibung oder in der Unicode-Form unterscheiden, sind unter Windows und macOS eine Datei.",
      en: "Two paths that differ only in case or Unicode form are one file on Windows and macOS."),
    example: [Rule.Example("pages/netz.md", "# Netz\n\nText.\n"), Rule.Example("pages/Netz.md", "# Netz\n\nText.\n")])

  static let emptyBody = Rule(
    "form/empty-body", .warning,
    title: Message(de: "kein Text", en: "no body"),
    explanation: Message(
      de: "Unter dem Kopf steht nichts. Wer den Eintrag im Notfall öffnet, will lesen, was zu tun ist.",
      en: "There is nothing below the front matter. Whoever opens the record in an emergency wants to read what to do."),
    example: [Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\n---\n")])

  static let undescribed = Rule(
    "form/undescribed", .hint,
    title: Message(de: "noch nicht beschrieben", en: "not described yet"),
    explanation: Message(
      de:
        "Reines Markdown ist ein gültiger Eintrag. Mit einem Kopf weiß kb mehr: wer verantwortlich ist, zu welchem System er gehört, wann er geprüft wurde.",
      en:
        "Plain Markdown is a valid record. With a front matter kb knows more: who owns it, which system it belongs to, when it was confirmed."
    ),
    example: [Rule.Example("runbooks/neustart.md", "# Neustart\n\nText.\n")])

  static let all = [
    missing, expected, recommended, unknownValue, unknownKey, badValue, badID, duplicateID, pathClash, emptyBody,
    undescribed,
  ]
}
