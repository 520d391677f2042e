/// The words and phrases of one language.
struct Vocabulary {
  /// Plural nouns.
  let nouns: [String]
  /// First parts of compound nouns, with the hyphen or blank that joins them.
  let compoundHeads: [String]
  /// Second parts of compound nouns, plural.
  let compoundTails: [String]
  /// Verbs in the infinitive.
  let verbs: [String]
  /// Adjectives that fit before a plural noun with an article.
  let adjectives: [String]
  /// Where something is.
  let places: [String]
  /// The days of the week.
  let weekdays: [String]

  /// Sentences of running text.
  let sentences: [Phrase]
  /// Sentences that contain a link.
  let linkSentences: [Phrase]
  /// Sentences of callouts.
  let alerts: [Phrase]
  /// Items of a bulleted list.
  let bullets: [Phrase]
  /// Steps of an instruction.
  let steps: [Phrase]
  /// Items of a task list.
  let tasks: [Phrase]
  /// Column titles of tables; the first column holds names.
  let tableHeaders: [[String]]
  /// Values of table cells.
  let cells: [Phrase]

  /// Section headings by kind.
  let headings: [Kind: [String]]
  /// The headings that a runbook for an outage must have.
  let outageHeadings: [String]
  /// The heading above the remaining links.
  let seeAlso: String
  /// Titles by kind.
  let titles: [Kind: [Phrase]]
  /// Titles of runbooks by type.
  let runbookTitles: [String: [Phrase]]
  /// What systems are called, by type.
  let systemNouns: [String: [String]]
  /// One sentence that sums a record up, by kind.
  let summaries: [Kind: [Phrase]]

  /// What users say and systems report in an outage.
  let symptoms: [Phrase]
  /// What stops when a system fails.
  let impacts: [Phrase]
  /// Short remarks.
  let notes: [Phrase]
  /// What people do in the company.
  let functions: [String]
  /// Names of teams.
  let teams: [String]
  /// What providers are called beside their name, by type.
  let providerNouns: [String: [String]]
}
