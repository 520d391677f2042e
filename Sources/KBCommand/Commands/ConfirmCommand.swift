internal import ArgumentParser
internal import KBCatalog
internal import KBDocument
internal import KBGit
internal import KBOutput
internal import KBSource

/// `kb confirm`.
struct ConfirmCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Confirm that records are right: set 'reviewed' to today, and touch nothing else in their files.")

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The ids of the records.")
  var ids: [String]

  func run() async throws {
    let base = try await Workspace(workspace)
    let records = try ids.map { id in
      let reference = Reference(written: id)
      guard let record = base.catalog.record(reference) else {
        let near =
          suggestion(for: reference.id, among: base.catalog.records.map(\.id)).map { "; did you mean '\($0)'?" } ?? ""
        throw CommandFailure("there is no record '\(Console.harmless(id))'\(near)")
      }
      return record
    }
    // All of them, or none: whoever reads the list must not guess how far it came.
    let changes = try records.map { ($0, try confirmed($0, on: base.catalog.today)) }
    for (record, bytes) in changes {
      let file = record.document.file
      do throws(OutputTree.Refusal) {
        guard try FileReplacement.replace("\(base.tree.root)/\(file.path.string)", with: bytes, expecting: file.bytes)
        else { throw OutputTree.Refusal.foreignFile(file.path.string) }
      } catch {
        throw CommandFailure(base.language == .german ? error.message.german : error.message.english)
      }
      let day = base.catalog.today
      Console.standardOutput.line(
        Console.harmless(
          base.language == .german ? "\(record.title): bestätigt am \(day)" : "\(record.title): confirmed on \(day)"))
    }
  }

  /// The file's bytes with the day of the confirmation; everything else stays as it is, byte for byte.
  private func confirmed(_ record: Record, on day: CalendarDate) throws -> [UInt8] {
    let document = record.document
    var bytes = document.file.bytes
    guard document.isReadable else {
      throw CommandFailure("'\(document.path)' can't be read; 'kb check' says why")
    }
    if let value = record.value(.reviewed) {
      bytes.replaceSubrange(value.range.offsets, with: Array(day.description.utf8))
    } else if document.hasFrontMatter {
      let end = document.frontMatterRange.offsets.upperBound
      bytes.insert(contentsOf: Array("reviewed: \(day)\(lineEnd(bytes))".utf8), at: end)
    } else {
      let line = lineEnd(bytes)
      let head = "---\(line)reviewed: \(day)\(line)---\(line)\(line)"
      bytes.insert(contentsOf: Array(head.utf8), at: document.frontMatterRange.offsets.lowerBound)
    }
    let again = Document(parsing: SourceFile(path: document.path, bytes: bytes))
    guard again.frontMatter?.mapping?.contains(where: { $0.value.scalar == day.description }) == true else {
      throw CommandFailure("'\(document.path)' has a front matter in which 'reviewed' can't be set; set it by hand")
    }
    return bytes
  }

  private func lineEnd(_ bytes: [UInt8]) -> String {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end > 0 else { return "\n" }
    return bytes[end - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }
}
