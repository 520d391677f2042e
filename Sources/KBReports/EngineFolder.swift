package import KBCatalog
package import KBDisk
package import KBSearch
package import KBSource
import KBTerminal

/// The folder that a search engine is loaded from: what `kb export opensearch` writes.
package struct EngineFolder {
  /// Bytes of a bulk file: engines refuse requests that are much larger.
  package static let mostBytes = 8_000_000
  /// The file that tells such a folder from a site.
  static let manifest = "export.json"

  private let export: EngineExport
  private let language: Language
  /// The commit that the records are of, and the readers that they are for.
  private let origin: (commit: String?, audience: Audience)
  /// The release that makes it.
  private let version: String
  /// The documents of each bulk file, by record.
  private let slices: [[Slice]]
  package var recordCount: Int { export.records.count }
  /// The number of documents in all files.
  package let documentCount: Int

  /// Documents of a record that are in one file.
  fileprivate struct Slice: Sendable {
    var record: Int
    var documents: Range<Int>
  }

  /// Measures every document, and so finds the files that they fit into; none is kept.
  package init(
    _ export: EngineExport, language: Language, commit: String?, audience: Audience, version: String,
    mostBytes: Int = mostBytes
  ) async throws {
    self.export = export
    self.language = language
    origin = (commit, audience)
    self.version = version
    let sizes = try await export.records.concurrentMap { record in
      export.documents(of: record).map { EngineFolder.lines($0).utf8.count }
    }
    var slices: [[Slice]] = []
    var room = 0
    for (record, documents) in sizes.enumerated() {
      for (number, size) in documents.enumerated() {
        if size > room || slices.isEmpty {
          slices.append([])
          room = mostBytes
        }
        room -= size
        slices[slices.count - 1].append(record: record, document: number)
      }
    }
    self.slices = slices
    documentCount = sizes.reduce(0) { $0 + $1.count }
  }

  /// Writes the folder: all of it or nothing, and never into one that holds something else.
  package func publish(to folder: String) async throws -> OutputTree.Summary {
    if try Disk.status("\(folder)/\(OutputTree.marker)") != nil, try Disk.status("\(folder)/\(Self.manifest)") == nil {
      throw CommandFailure(
        Message(
          de: "\(code: folder) enthält eine Site, keinen Export", en: "\(code: folder) holds a site, not an export"),
        remedy: Message(de: "einen leeren oder neuen Ordner angeben", en: "name an empty or a new folder"))
    }
    return try await OutputTree(files).publish(to: folder, attachmentsFrom: folder)
  }

  // MARK: Files

  /// The files, each written when it is asked for.
  var files: [OutputFile] {
    let fixed = [
      ("README.md", EngineTemplates.text("README.\(language.rawValue).md")), ("index.json", index),
      ("query.json", EngineTemplates.text("query.json")), ("load.sh", EngineTemplates.text("load.sh")),
      ("compose.yml", EngineTemplates.text("compose.yml")), (Self.manifest, description.text + "\n"),
    ]
    return fixed.map { name, text in OutputFile(path: name) { Array(text.utf8) } } + bulkFiles
  }

  /// What the folder holds; `load.sh` compares the number of documents.
  private var description: JSON {
    .object([
      ("format", .string("kb-opensearch \(EngineExport.version)")), ("version", .string(version)),
      ("commit", origin.commit.map(JSON.string) ?? .null), ("audience", .string(origin.audience.rawValue)),
      ("records", .integer(export.records.count)), ("documents", .integer(documentCount)),
      ("files", .integer(slices.count)),
    ])
  }

  /// Settings and mapping of the index: those of every export, with the words of this one.
  private var index: String {
    let words = [
      ("stopwords", export.settings.stopwords), ("synonyms", export.settings.synonyms),
      ("compounds", export.settings.compounds),
    ]
    var text = EngineTemplates.text("index.json")
    text.replace("\"$version\"", with: "\(EngineExport.version)")
    for (name, words) in words { text.replace("\"$\(name)\"", with: JSON.array(words.map(JSON.string)).line) }
    return text
  }

  private var bulkFiles: [OutputFile] {
    slices.enumerated().map { number, slices in
      let digits = String(number + 1)
      let name = "bulk-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".ndjson"
      return OutputFile(path: name) { [export] in
        var bytes: [UInt8] = []
        bytes.reserveCapacity(EngineFolder.mostBytes)
        for slice in slices {
          for document in export.documents(of: export.records[slice.record])[slice.documents] {
            bytes += EngineFolder.lines(document).utf8
          }
        }
        return bytes
      }
    }
  }

  /// A document as two lines of a bulk request.
  private static func lines(_ document: EngineDocument) -> String {
    let fields = document.fields.map { name, content in
      switch content {
      case .text(let text): (name, JSON.string(text))
      case .list(let texts): (name, JSON.array(texts.map(JSON.string)))
      }
    }
    let action = JSON.object([("index", .object([("_id", .string(document.id))]))])
    return "\(action.line)\n\(JSON.object(fields).line)\n"
  }
}

extension [EngineFolder.Slice] {
  fileprivate mutating func append(record: Int, document: Int) {
    if let last, last.record == record {
      self[count - 1].documents = last.documents.lowerBound..<document + 1
    } else {
      append(.init(record: record, documents: document..<document + 1))
    }
  }
}
