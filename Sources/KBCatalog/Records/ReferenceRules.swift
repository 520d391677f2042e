import KBSource

/// The rules about references between records and links in bodies.
enum ReferenceRules {
  static let missing = Rule(
    "reference/missing", .error,
    title: Message(de: "Verweis ins Leere", en: "reference to nothing"),
    explanation: Message(
      de:
        "Ein Feld verweist auf einen Eintrag, den es nicht gibt. Verwiesen wird auf die Kennung: den Dateinamen ohne '.md'.",
      en: "A field refers to a record that does not exist. References name the id: the file's name without '.md'."),
    example: [Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\nlead: nobody\n---\n\nText.\n")])

  static let wrongKind = Rule(
    "reference/wrong-kind", .error,
    title: Message(de: "Verweis auf die falsche Art", en: "reference to the wrong kind"),
    explanation: Message(
      de:
        "Jedes Feld verweist nur auf bestimmte Arten: verantwortlich sind Personen oder Teams, abhängig ist man von Systemen.",
      en: "Each field refers to certain kinds only: owners are people or teams, dependencies are systems."),
    example: [
      Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\nlead: einkauf\n---\n\nText.\n"),
      Rule.Example("teams/einkauf.md", "---\ntitle: Einkauf\ntype: team\n---\n\nText.\n"),
    ])

  static let oldID = Rule(
    "reference/old-id", .hint,
    title: Message(de: "Verweis auf eine alte Kennung", en: "reference to an old id"),
    explanation: Message(
      de: "Der Eintrag heißt heute anders; die alte Kennung steht in seinen 'aliases' und führt noch hin.",
      en: "The record has another id today; the old one stands in its 'aliases' and still leads there."),
    example: [
      Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\nlead: m-muster\n---\n\nText.\n"),
      Rule.Example(
        "people/max-muster.md", "---\ntitle: Max Muster\ntype: internal\naliases: [m-muster]\n---\n\nText.\n"),
    ])

  static let deadLink = Rule(
    "reference/dead-link", .error,
    title: Message(de: "toter Link", en: "dead link"),
    explanation: Message(
      de:
        "Ein Link im Text führt zu einer Datei, die es nicht gibt. Pfade gelten von der Datei aus, in der sie stehen.",
      en: "A link in the body leads to a file that does not exist. Paths start from the file in which they stand."),
    example: [Rule.Example("pages/netz.md", "# Netz\n\nSiehe [Plan](plan.md).\n")])

  static let unwritten = Rule(
    "reference/unwritten", .warning,
    title: Message(de: "Eintrag noch nicht geschrieben", en: "record not written yet"),
    explanation: Message(
      de:
        "[[kennung]] nennt einen Eintrag, den es noch nicht gibt: eine Erinnerung, ihn zu schreiben, oder ein Tippfehler.",
      en: "[[id]] names a record that does not exist yet: a reminder to write it, or a typo."),
    example: [Rule.Example("pages/netz.md", "# Netz\n\nSiehe [[netzplan]].\n")])

  static let deadAnchor = Rule(
    "reference/dead-anchor", .error,
    title: Message(de: "Überschrift nicht gefunden", en: "heading not found"),
    explanation: Message(
      de:
        "Hinter '#' steht die Überschrift in Kleinbuchstaben, Leerzeichen als Bindestriche: '#dienste-und-ports'. So macht es auch GitHub.",
      en: "Behind '#' stands the heading in lower case, blanks as hyphens: '#services-and-ports'. GitHub does the same."
    ),
    example: [Rule.Example("pages/netz.md", "# Netz\n\nSiehe [unten](#plan).\n")])

  static let missingFile = Rule(
    "reference/missing-file", .error,
    title: Message(de: "Bild oder Anhang fehlt", en: "image or attachment missing"),
    explanation: Message(
      de: "Bilder und Anhänge liegen neben den Texten in derselben Ablage und werden mit ihrem Pfad genannt.",
      en: "Images and attachments lie beside the texts in the same repository and are named by their path."),
    example: [Rule.Example("pages/netz.md", "# Netz\n\n![Plan](plan.png)\n")])

  static let remoteImage = Rule(
    "reference/remote-image", .error,
    title: Message(de: "Bild aus dem Netz", en: "image from the network"),
    explanation: Message(
      de:
        "Die Seiten müssen ohne Netz funktionieren und verraten niemandem, wer sie liest. Bilder gehören deshalb in die Ablage.",
      en: "The pages must work without a network and tell nobody who reads them. So images belong in the repository."),
    example: [Rule.Example("pages/netz.md", "# Netz\n\n![Plan](https://example.org/plan.png)\n")])

  static let forbiddenAddress = Rule(
    "reference/forbidden-address", .error,
    title: Message(de: "Adresse nicht erlaubt", en: "address not allowed"),
    explanation: Message(
      de:
        "Links führen zu http, https, mailto, tel oder in die Ablage. Alles andere, etwa javascript:, wird als Text gezeigt.",
      en:
        "Links lead to http, https, mailto, tel or into the repository. Anything else, such as javascript:, is shown as text."
    ),
    example: [Rule.Example("pages/netz.md", "# Netz\n\n[Klick](javascript:alert(1))\n")])

  static let unsafeFile = Rule(
    "reference/unsafe-file", .warning,
    title: Message(de: "Anhang wird nicht veröffentlicht", en: "attachment is not published"),
    explanation: Message(
      de:
        "Dateien, die ein Browser ausführen würde (HTML, XML, SVG mit Skripten, JavaScript), kommen nicht auf die Seiten.",
      en: "Files that a browser would run (HTML, XML, scripts) do not get onto the site."),
    example: [
      Rule.Example("pages/netz.md", "# Netz\n\n[Skript](plan.html)\n"), Rule.Example("pages/plan.html", "<p>Plan</p>"),
    ])

  static let all = [
    missing, wrongKind, oldID, deadLink, unwritten, deadAnchor, missingFile, remoteImage, forbiddenAddress, unsafeFile,
  ]
}
