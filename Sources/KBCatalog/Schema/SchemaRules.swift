import KBSource

/// The rules that kind files are held against.
enum SchemaRules {
  static let invalid = Rule(
    "schema/invalid", .error,
    title: Message(de: "Artdatei fehlerhaft", en: "kind file is wrong"),
    explanation: Message(
      de: """
        Eine Datei in kinds/ beschreibt eine Art von Einträgen: 'kind', 'folder', 'label', 'plural' und 'fields'. Was daran
        nicht stimmt, wird hier gesagt; die übrigen Felder gelten. 'kb schema' zeigt die eingebauten Arten als Vorbild.
        """,
      en: """
        A file in kinds/ describes a kind of record: 'kind', 'folder', 'label', 'plural' and 'fields'. What is wrong with it is
        said here; the other fields count. 'kb schema' prints the built-in kinds as a model.
        """),
    example: [Rule.Example("kinds/vehicle.yml", "kind: vehicle\nfields:\n  plate: { type: txet }\n")])
}
