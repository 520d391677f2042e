/// Where on a page a word stands, and what that says of the page (the weights of BM25F).
enum SearchField: UInt8, CaseIterable {
  case title, alias, symptom, id, summary, tag, heading, value, relation, kind, body, code

  /// How much one occurrence counts.
  var weight: Float {
    switch self {
    case .title: 9
    case .alias: 6
    case .symptom: 5
    case .id: 3
    case .heading: 3.2
    case .summary: 2
    case .tag: 2
    case .value: 2.2
    case .kind: 1.2
    case .relation: 0.8
    case .body: 1
    case .code: 0.9
    }
  }

  /// The usual number of words, which longer texts are measured by; constants, so that a page's numbers hang on no other page.
  var usualLength: Float {
    switch self {
    case .title, .alias, .heading: 4
    case .symptom: 8
    case .id: 3
    case .summary: 14
    case .tag: 3
    case .kind: 1
    case .value, .relation: 30
    case .body: 90
    case .code: 40
    }
  }

  /// How strongly length counts against a text, from 0 to 1.
  var lengthShare: Float {
    switch self {
    case .title, .alias: 0.4
    case .heading, .symptom: 0.3
    case .body, .code: 0.5
    default: 0.2
    }
  }
}
