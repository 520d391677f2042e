import KBSource

/// One thing that `kb doctor` has looked at.
struct Checkup {
  enum Level {
    case good
    /// Something is missing, and costs something.
    case note
    /// `kb` can't work like that.
    case problem

    func word(_ language: Language) -> String {
      switch self {
      case .good: "ok"
      case .note: Message(de: "Hinweis", en: "note")[language]
      case .problem: Message(de: "Problem", en: "problem")[language]
      }
    }
  }

  let level: Level
  /// What is there, or what is missing.
  let what: Message
  /// What that costs, and what to do.
  var remedy: Message?

  static func good(_ german: Message.Text, _ english: Message.Text) -> Checkup {
    Checkup(level: .good, what: Message(de: german, en: english))
  }

  static func note(_ what: Message, _ remedy: Message) -> Checkup { Checkup(level: .note, what: what, remedy: remedy) }

  static func problem(_ what: Message, _ remedy: Message) -> Checkup {
    Checkup(level: .problem, what: what, remedy: remedy)
  }
}
