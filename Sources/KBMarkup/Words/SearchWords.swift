package import KBSource

/// The words of the search.
extension Words {
  package static let findWhat = Message(de: "Name oder Meldung", en: "Name or message")
  package static let searchFailed = Message(
    de: "Die Suche ist nicht verfügbar (search.js fehlt). Alle Einträge:",
    en: "Search is not available (search.js is missing). All records:")
  package static let searchNeedsScript = Message(
    de: "Die Suche braucht JavaScript. Ohne JavaScript helfen diese Listen:",
    en: "Search needs JavaScript. Without it, these lists help:")
  package static let allByTitle = Message(
    de: "alle Einträge nach Titel; im Browser mit Strg+F durchsuchen",
    en: "all records by title; search the page with Ctrl+F")
  package static let allByType = Message(
    de: "alle Arten von Einträgen und ihre Typen", en: "all kinds of records and their types")
  package static let allByTag = Message(de: "Einträge mit demselben Schlagwort", en: "records that share a tag")
  package static let allForTrouble = Message(
    de: "kritische Systeme, Notfallnummern und Runbooks", en: "critical systems, emergency numbers and runbooks")

  // What a query may say beside words.
  package static let howToAsk = Message(de: "Genauer suchen", en: "Search more precisely")
  package static let askPhrase = Message(
    de: "diese Wörter, genau in dieser Folge", en: "these words, exactly in this order")
  package static let examplePhrase = Message(de: "\"Dienst startet nicht\"", en: "\"service does not start\"")
  package static let askWithout = Message(de: "ohne dieses Wort", en: "without this word")
  package static let exampleWithout = Message(de: "drucker -papier", en: "printer -paper")
  package static let askKind = Message(de: "nur diese Art von Einträgen", en: "only this kind of record")
  package static let askOwner = Message(
    de: "nur Einträge dieser verantwortlichen Person", en: "only records this person is responsible for")
  package static let askTag = Message(de: "nur mit diesem Schlagwort", en: "only with this tag")
  package static let askSystem = Message(de: "nur Einträge zu diesem System", en: "only records about this system")

  /// The words that `search.js` shows, under the names that it knows them by. {n} is a number, {q} and {c} are queries,
  /// {w} says why.
  package static let ofSearchScript: [(name: String, words: Message)] = [
    (
      "hint", Message(de: "Name, Meldung, Nummer oder Frage eingeben.", en: "Type a name, message, number or question.")
    ),
    ("results", Message(de: "Treffer", en: "Results")),
    ("hits", Message(de: "{n} Treffer", en: "{n} results")),
    ("hitsOne", Message(de: "{n} Treffer", en: "{n} result")),
    ("all", Message(de: "Alle Ergebnisse", en: "All results")),
    ("more", Message(de: "{n} weitere Treffer", en: "{n} more results")),
    ("moreOne", Message(de: "{n} weiterer Treffer", en: "{n} more result")),
    (
      "none",
      Message(
        de: "Nichts gefunden für „{q}“. Andere oder weniger Wörter versuchen oder in den Listen nachsehen:",
        en: "Nothing found for “{q}”. Try other or fewer words, or look in the lists:")
    ),
    (
      "corrected",
      Message(de: "Kein Treffer für „{q}“. Ergebnisse für „{c}“:", en: "No results for “{q}”. Results for “{c}”:")
    ),
    (
      "weak",
      Message(
        de: "Kein genauer Treffer. Am ähnlichsten:", en: "No exact match. Closest results:")
    ),
    (
      "failed",
      Message(
        de: "Die Suche ist nicht verfügbar: {w}. Alle Einträge:",
        en: "Search is not available: {w}. All records:")
    ),
    ("page", page),
    (
      "learn",
      Message(
        de: "Fehlt die richtige Seite? Mit ihrer Kennung statt ID beibringen:",
        en: "Is the right page missing? Teach it, with its id instead of ID:")
    ),
    ("firstStep", Message(de: "Schritt 1:", en: "Step 1:")),
    ("customer", customerNumber),
    ("call", call),
    ("outage", outagePage),
    ("begin", Message(de: "Runbook beginnen", en: "Start the runbook")),
    ("retired", Message(de: "außer Betrieb", en: "retired")),
    ("kind", Message(de: "Art", en: "Kind")), ("system", Message(de: "System", en: "System")),
    ("criticality", Message(de: "Kritikalität", en: "Criticality")), ("status", Message(de: "Status", en: "Status")),
    ("choose", Message(de: "wählen", en: "choose")),
    ("open", Message(de: "öffnen", en: "open")),
    ("close", Message(de: "schließen", en: "close")),
    ("marked", Message(de: "{n} Stellen markiert", en: "{n} places marked")),
    ("markedOne", Message(de: "{n} Stelle markiert", en: "{n} place marked")),
    ("unmark", Message(de: "Markierung entfernen", en: "Remove the marks")),
  ]
}
