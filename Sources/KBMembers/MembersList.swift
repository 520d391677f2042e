import KBCatalog
package import KBReports
import KBSource
package import KBTerminal
import KBWorkspace

/// The members of an overview as a table and as JSON.
package struct MembersList {
  let overview: Overview
  let lock: MembersLock?

  package init(overview: Overview, lock: MembersLock?) { (self.overview, self.lock) = (overview, lock) }

  package var json: JSON {
    .array(
      overview.members.map { member in
        [
          "id": .string(member.id), "title": .string(member.title), "path": .string(member.member.path),
          "commit": member.commit.map { .string($0.id.description) } ?? .null,
          "date": (member.commit?.committed?.date).map { .string($0.description) } ?? .null,
          "uncommitted": member.uncommitted.map { .integer($0) } ?? .null,
          "lock": lock.map { .string($0.state(of: member).rawValue) } ?? .null,
          "records": .integer(member.base.catalog.records.count), "errors": .integer(member.report.count(.error)),
          "warnings": .integer(member.report.count(.warning)), "hints": .integer(member.report.count(.hint)),
        ]
      }
        + overview.failures.map { failure in
          [
            "id": .string(failure.member.id), "path": .string(failure.member.path),
            "failure": .string(failure.reason.message[overview.language]),
          ]
        })
  }

  package func writeText(to output: Console) {
    let language = overview.language
    let format = Format(language: language)
    var head = [
      Message(de: "Kennung", en: "Id"), OverviewWords.member, OverviewWords.commit, Message(de: "Tag", en: "Date"),
      OverviewWords.records, OverviewWords.errors, OverviewWords.warnings, OverviewWords.hints,
    ].map { $0[language] }
    head.append(Message(de: "Stand", en: "State")[language])
    TextTable(
      head: head,
      rows: overview.members.map { member in
        [
          member.id, member.title, member.commit?.id.short ?? OverviewWords.noCommit[language],
          (member.commit?.committed?.date).map(format.date) ?? "", String(member.base.catalog.records.count),
          String(member.report.count(.error)), String(member.report.count(.warning)),
          String(member.report.count(.hint)), state(of: member).joined(separator: ", "),
        ]
      }, numbers: [4, 5, 6, 7]
    ).write(to: output)
  }

  private func state(of member: MemberBase) -> [String] {
    var words: [Message] = []
    if let count = member.uncommitted, count > 0 { words.append(OverviewWords.uncommitted(count)) }
    if let lock { words.append(lock.state(of: member).words) }
    return words.map { $0[overview.language] }
  }
}
