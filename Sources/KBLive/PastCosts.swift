import KBAnswers
import KBCatalog
import KBChecks
import KBDisk
import KBGit
import KBSource

extension PastReader {
  /// Reads what was paid for a year ago, contract by contract; `nil` where the history does not go back so far, or can't be read.
  ///
  /// It is the same question, put to the state of that day. What an earlier run has read comes from the cache folder.
  func costsOfLastYear(_ history: History, of catalog: Catalog) async throws -> PaidCosts? {
    guard catalog.configuration.audience > .public else { return nil }
    let day = catalog.today.adding(months: -12)
    guard let (_, commit) = PastReader.states(of: history, at: [day]).first else { return nil }
    // Whoever may see less is told less: the circle is part of the question.
    let audience = catalog.configuration.audience
    let key = "\(version) \(commit) \(day) \(audience) \(Canon.text)"
    let file = CacheFile("costs", version: 1, of: root, key: key, in: cacheFolder)
    if let known = file.contents().flatMap({ PaidCosts(stored: $0, day: day) }) { return known }
    let state: GitSnapshot
    do throws(GitError) {
      state = try await repository().snapshot(of: commit, marker: OutputTree.marker)
    } catch {
      // The trend, which reads the same states, has said why.
      return nil
    }
    let past = try await Catalog(state.snapshot, today: day)
    let costs = Answers(past, audience: audience).paid(by: .record)
    do throws(Disk.Failure) { try file.store(costs.stored) } catch { return costs }
    return costs
  }
}

/// The form in which it is kept: one line per record and currency.
extension PaidCosts {
  fileprivate var stored: [UInt8] {
    var text = ""
    for line in lines {
      let sums = line.perYear.currencies(first: "").map { "\($0) \(line.perYear[$0])" }.joined(separator: " ")
      text += "\(line.id ?? "")\t\(sums)\t\(line.title.replacing("\n", with: " "))\n"
    }
    return Array(text.utf8)
  }

  fileprivate init?(stored bytes: [UInt8], day: CalendarDate) {
    var lines: [Line] = []
    var total = MoneySum()
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      let words = parts[1].split(separator: " ")
      var sum = MoneySum()
      for place in stride(from: 0, to: words.count - 1, by: 2) {
        guard let amount = Int(words[place + 1]) else { return nil }
        sum.add(amount, String(words[place]))
      }
      total += sum
      lines.append(Line(id: parts[0].isEmpty ? nil : String(parts[0]), title: String(parts[2]), perYear: sum))
    }
    self.init(day: day, grouping: .record, lines: lines, total: total)
  }
}
