public import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// A catalog as documents of a search engine: one per section of each record.
public struct EngineExport: Sendable {
  /// The version of the documents and of their mapping, described in `Documentation/opensearch.md`.
  public static let version = 1
  /// Bytes of text from which on a section becomes several documents.
  private static let longestText = 64 * 1024

  /// The records that are told of, in the order of the catalog.
  public let records: [Record]
  /// The words that the engine is told.
  public let settings: EngineSettings
  private let catalog: Catalog
  private let vocabulary: EngineVocabulary
  private let synonyms: EngineSynonyms
  /// For each record of the catalog where its page is on the site; `nil` where it is left out.
  private let addresses: [String?]

  /// Reads the words of the records that have an address; the others are left out, and not named either.
  public init(_ catalog: Catalog, address: (Record) -> String?) async throws {
    self.catalog = catalog
    let addresses = catalog.records.map(address)
    self.addresses = addresses
    records = catalog.records.filter { addresses[$0.index] != nil }
    let groups = SearchTables.synonyms + catalog.configuration.synonyms.map { SynonymGroup($0) }
    synonyms = EngineSynonyms(groups, languages: Set(records.map(\.language)))
    vocabulary = try await EngineVocabulary(records) { record in
      PageTexts(record: record, catalog: catalog) { addresses[$0.index] != nil }
    }
    settings = EngineSettings(groups, building: vocabulary.building)
  }

  private func isVisible(_ record: Record) -> Bool { addresses[record.index] != nil }

  // MARK: Documents

  /// The documents of a record: its head first, then one per heading.
  public func documents(of record: Record) -> [EngineDocument] {
    guard let address = addresses[record.index] else { return [] }
    let read = EngineSections(PageTexts(record: record, catalog: catalog, isVisible: isVisible), vocabulary, synonyms)
    let head = properties(of: record)
    var documents: [EngineDocument] = []
    for (number, section) in read.sections.enumerated() {
      let heading = number == 0 ? nil : record.document.body.headings[number - 1 + (record.headingIsTitle ? 1 : 0)]
      let anchor = heading?.anchor ?? ""
      let id = number == 0 ? record.id : "\(record.id)#\(anchor)"
      let texts = EngineText.pieces(of: section.text[...], EngineExport.longestText)
      let codes = EngineText.pieces(of: section.code[...], EngineExport.longestText)
      for piece in 0..<max(texts.count, codes.count) {
        var fields = head
        fields += [
          (.address, .text(address.isEmpty || anchor.isEmpty ? address : "\(address)#\(anchor)")),
          (.anchor, .text(anchor)), (.title, .text(PagePassages.plain(record.title))),
          (.heading, .text(PagePassages.plain(heading?.text ?? ""))),
        ]
        if number == 0, piece == 0 {
          fields += [
            (.aliases, .list(read.aliases)), (.symptoms, .list(read.symptoms)), (.summary, .text(read.summary)),
            (.facts, .list(read.facts)),
          ]
        }
        fields += [
          (.text, .text(piece < texts.count ? plain(texts[piece]) : "")),
          (.code, .text(piece < codes.count ? plain(codes[piece]) : "")),
        ]
        if piece == 0 {
          fields += [
            (.wholes, .text(section.wholes.text)), (.names, .text(section.names.text)),
            (.parts, .text(section.parts.text)), (.related, .text(section.related.text)),
          ]
          if number == 0 {
            fields.append((.about, .list(read.concepts)))
            fields.append((.page, .text(plain(wholePage(read)[...]))))
          }
        }
        documents.append(EngineDocument(id: piece == 0 ? id : "\(id)~\(piece + 1)", fields))
      }
    }
    return documents
  }

  /// The text of all sections but the head, with the headings: so that words that are far apart are together once.
  private func wholePage(_ read: EngineSections) -> [UInt8] {
    var text: [UInt8] = []
    for section in read.sections.dropFirst() {
      text += section.text
      text.append(0x0A)
      text += section.code
      text.append(0x0A)
    }
    return text
  }

  private func plain(_ bytes: ArraySlice<UInt8>) -> String {
    PagePassages.plain(String(decoding: bytes, as: UTF8.self))
  }

  /// What is true of all sections of a record.
  private func properties(of record: Record) -> [(EngineField, EngineDocument.Content)] {
    var systems: [String] = record.kind.behaviour == .system ? [record.id] : []
    for relation in catalog.relations(from: record) {
      let target = catalog.records[relation.target]
      if target.kind.behaviour == .system, isVisible(target), !systems.contains(target.id) { systems.append(target.id) }
    }
    return [
      (.record, .text(record.id)), (.kind, .text(record.kind.id)), (.language, .text(record.language.rawValue)),
      (.audience, .text(record.audience.rawValue)), (.status, .text(record.choice(.status)?.value ?? "")),
      (.criticality, .text(record.choice(.criticality)?.value ?? "")),
      (.tags, .list(record.values(.tags).compactMap(\.text).map { PagePassages.plain($0) })),
      (.owners, .list(catalog.records(.owner, of: record).filter(isVisible).map(\.id))),
      (.systems, .list(systems)), (.path, .text(record.path.string)),
    ]
  }
}
