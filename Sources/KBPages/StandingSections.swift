import KBAnswers
import KBCatalog
import KBPapers
import KBMarkup
import KBSchema
import KBSource

/// What follows for a person, a team or a provider from what other records say of them: what they have, get and should read.
struct StandingSections: Page {
  let context: PageContext
  let record: Record

  var all: [Paper.Section] {
    switch record.kind.behaviour {
    case .person:
      [answers.accessSection(context.held.of(record), AccessWords.accesses, isOnePerson: true)].compactMap(\.self)
    case .provider: [answers.accessSection(context.held.of(record), AccessWords.accesses)].compactMap(\.self)
    case .team: role
    default: []
    }
  }

  /// What comes with belonging to a team, and what its people should have read.
  private var role: [Paper.Section] {
    guard record.lifecycle != .retired else { return [] }
    let arrival = answers.arrival(of: record)
    var sections: [Paper.Section] = []
    if let gap = answers.members(of: record).gap {
      sections.append(
        Paper.Section(AccessWords.members, note: Message("\(gap.message)"), items: []))
    }
    sections.append(
      Paper.Section(
        AccessWords.comesWith, columns: [AccessWords.access, AccessWords.how],
        rows: arrival.accesses.map { need in
          [
            Paper.Cell(need.access, Message("\(need.system.map { "(\($0.title))" } ?? "")")),
            Paper.Cell(need.isByMembership ? AccessWords.byMembership : AccessWords.byDefault),
          ]
        }))
    sections.append(
      Paper.Section(AccessWords.reading, items: arrival.reading.map { Paper.Cell($0, Message("(\($0.kind.label))")) }))
    return sections.filter { !$0.isEmpty }
  }
}
