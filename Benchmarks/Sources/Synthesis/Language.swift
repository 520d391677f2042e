/// The language of a record.
enum Language: String {
  case german = "de"
  case english = "en"

  /// The words of the language.
  var vocabulary: Vocabulary {
    switch self {
    case .german: .german
    case .english: .english
    }
  }

  /// Chooses between two texts.
  func text(_ german: String, _ english: String) -> String { self == .german ? german : english }
}
