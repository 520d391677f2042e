/// A gap in a phrase, filled anew each time.
enum Slot {
  /// A plural noun, with the case that German needs after "die".
  case noun
  /// A compound plural noun.
  case compound
  /// A verb in the infinitive.
  case verb
  /// An adjective that fits before a plural noun with an article.
  case adjective
  /// An invented name.
  case name
  /// An invented word in lower case, for file and service names.
  case word
  /// The name of an invented host.
  case host
  /// A small number.
  case number
  /// A time of day.
  case time
  /// A day of the week.
  case weekday
  /// Where something is.
  case place
  /// The title of what the record is about.
  case subject
  /// A link to another record.
  case link
}
