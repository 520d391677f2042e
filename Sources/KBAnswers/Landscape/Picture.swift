public import KBCatalog
import KBSchema
public import KBSource

/// Records and the edges between them: what a drawing shows, and the list beside it.
public struct Picture: Sendable {
  /// What an edge says.
  public enum Strength: String, Sendable, CaseIterable {
    case hard, soft
    /// The one is a part of the other.
    case part
    /// Data goes from the one to the other.
    case flow
  }

  /// An edge between two boxes, by their numbers.
  public struct Edge: Sendable {
    public let from: Int
    public let to: Int
    public let strength: Strength
    /// What goes there, and how.
    public let note: String?
  }

  /// The headings of those who send data to a system and of those whom it sends some.
  fileprivate static let receives = Message(de: "erhält Daten von", en: "receives data from")
  fileprivate static let sends = Message(de: "liefert Daten an", en: "sends data to")

  /// The lists that say the same as the drawing: a system that both sends and receives is in both, each with what goes that way.
  public var lists: [(column: Column, edges: [Edge])] {
    guard let centre, edges.contains(where: { $0.strength == .flow }) else { return columns.map { ($0, edges) } }
    let (incoming, outgoing) = (edges.filter { $0.to == centre }, edges.filter { $0.from == centre })
    let around = boxes.indices.filter { $0 != centre }
    return [
      (Column(title: Picture.receives, boxes: around.filter { box in incoming.contains { $0.from == box } }), incoming),
      (Column(title: Message(verbatim: ""), boxes: [centre]), []),
      (Column(title: Picture.sends, boxes: around.filter { box in outgoing.contains { $0.to == box } }), outgoing),
    ].filter { !$0.0.boxes.isEmpty }
  }

  /// Some boxes with one heading: a column of the drawing, a group of the list.
  public struct Column: Sendable {
    public let title: Message
    public let boxes: [Int]
  }

  /// More boxes would not be legible: they are a list, and no drawing.
  public static let mostBoxes = 24

  public let boxes: [Record]
  public let edges: [Edge]
  /// The box that the picture is about.
  public let centre: Int?
  /// The columns, where the picture says which box is in which.
  public let columns: [Column]
  /// The number of records that belong to it, but that it leaves to the list.
  public let further: Int

  /// Whether there are few enough boxes to be drawn.
  public var isDrawn: Bool { boxes.count <= Picture.mostBoxes }

  /// The places of its boxes.
  public var layout: LayeredLayout {
    var layers: [Int]?
    if !columns.isEmpty {
      var given = [Int](repeating: 0, count: boxes.count)
      for (layer, column) in columns.enumerated() { for box in column.boxes { given[box] = layer } }
      layers = given
    }
    return LayeredLayout(count: boxes.count, edges: edges.map { .init(from: $0.from, to: $0.to) }, layers: layers)
  }

  init(boxes: [Record], edges: [Edge], centre: Int? = nil, columns: [Column] = [], further: Int = 0) {
    (self.boxes, self.edges, self.centre, self.columns, self.further) = (boxes, edges, centre, columns, further)
  }
}

extension Answers {
  /// The roles of relations by which a record needs another one.
  static let needing: [Role] = [.dependency, .uses, .partOf]

  /// The records that the landscape consists of: published, of a kind that can depend on others, and not retired.
  public var landscape: [Record] {
    records.filter { $0.kind.field(.dependency) != nil && $0.lifecycle != .retired }
  }

  /// Whether a picture may show a record.
  private func isShown(_ record: Record) -> Bool { isPublished(record) && record.lifecycle != .retired }

  /// What a record needs, or what needs it.
  private func ends(of record: Record, isForward: Bool, _ roles: [Role]) -> [Record] {
    var seen: Set<Int> = [record.index]
    let relations = isForward ? Array(catalog.relations(from: record)) : catalog.relations(to: record)
    return relations.compactMap { relation in
      guard let role = relation.role, roles.contains(role) else { return nil }
      let other = catalog.records[isForward ? relation.target : relation.source]
      return isShown(other) && seen.insert(other.index).inserted ? other : nil
    }
  }

  /// The edges between some records that fields with some roles make, each pair once in a direction.
  private func edges(between boxes: [Record], _ roles: [Role]) -> [Picture.Edge] {
    let numbers = Dictionary(boxes.enumerated().map { ($1.index, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<LayeredLayout.Edge> = []
    return boxes.enumerated().flatMap { number, record in
      catalog.relations(from: record).compactMap { relation -> Picture.Edge? in
        guard let role = relation.role, roles.contains(role), let target = numbers[relation.target], target != number,
          seen.insert(.init(from: number, to: target)).inserted
        else { return nil }
        let strength: Picture.Strength =
          role == .partOf ? .part : role == .dataFlow ? .flow : relation.isSoft ? .soft : .hard
        return Picture.Edge(from: number, to: target, strength: strength, note: note(on: relation))
      }
    }
  }

  /// The texts beside a reference, in the order in which its kind declares them.
  private func note(on relation: Relation) -> String? {
    let texts = (relation.context?.fields ?? []).compactMap(\.value.text)
    return texts.isEmpty ? nil : texts.joined(separator: ", ")
  }

  // MARK: Pictures

  /// What a record needs, what needs it, and what that needs in turn; `nil` where there is nothing of it.
  public func neighbourhood(of record: Record) -> Picture? {
    let needs = ends(of: record, isForward: true, Answers.needing)
    var known = Set(needs.map(\.index) + [record.index])
    // What is on both sides is shown once.
    let neededBy = ends(of: record, isForward: false, Answers.needing).filter { known.insert($0.index).inserted }
    guard !needs.isEmpty || !neededBy.isEmpty else { return nil }
    let second = needs.flatMap { ends(of: $0, isForward: true, Answers.needing) }.filter {
      known.insert($0.index).inserted
    }
    let near = neededBy + [record] + needs
    let isSecondShown = near.count + second.count <= Picture.mostBoxes
    let boxes = isSecondShown ? near + second : near
    var start = 0
    var columns: [Picture.Column] = []
    func add(_ title: Message, _ count: Int) {
      if count > 0 { columns.append(.init(title: title, boxes: Array(start..<start + count))) }
      start += count
    }
    add(Message(de: "wird gebraucht von", en: "needed by"), neededBy.count)
    add(Message(verbatim: ""), 1)
    add(Message(de: "braucht", en: "needs"), needs.count)
    if isSecondShown { add(Message(de: "braucht mittelbar", en: "needs indirectly"), second.count) }
    return Picture(
      boxes: boxes, edges: edges(between: boxes, Answers.needing), centre: neededBy.count, columns: columns,
      further: isSecondShown ? 0 : second.count)
  }

  /// What a record sends data to, and what sends data to it; `nil` where there is nothing of it.
  public func flows(of record: Record) -> Picture? {
    let receivers = ends(of: record, isForward: true, [.dataFlow])
    let known = Set(receivers.map(\.index))
    let senders = ends(of: record, isForward: false, [.dataFlow]).filter { !known.contains($0.index) }
    guard !receivers.isEmpty || !senders.isEmpty else { return nil }
    let boxes = senders + [record] + receivers
    let all = edges(between: boxes, [.dataFlow]).filter { $0.from == senders.count || $0.to == senders.count }
    var columns: [Picture.Column] = []
    if !senders.isEmpty {
      columns.append(
        .init(title: Picture.receives, boxes: Array(senders.indices)))
    }
    columns.append(.init(title: Message(verbatim: ""), boxes: [senders.count]))
    if !receivers.isEmpty {
      columns.append(
        .init(title: Picture.sends, boxes: Array(senders.count + 1..<boxes.count)))
    }
    return Picture(boxes: boxes, edges: all, centre: senders.count, columns: columns)
  }

  /// All data flows of the landscape, and what takes part in them.
  public var flows: Picture {
    let ends = Set(
      catalog.relations(.dataFlow).filter { isShown(catalog.records[$0.source]) && isShown(catalog.records[$0.target]) }
        .flatMap { [$0.source, $0.target] })
    let boxes = records.filter { ends.contains($0.index) }
    return Picture(boxes: boxes, edges: edges(between: boxes, [.dataFlow]))
  }

  /// All dependencies of the landscape, or those of all that one record needs.
  public func dependencies(of record: Record? = nil) -> Picture {
    guard let record else {
      return Picture(boxes: landscape, edges: edges(between: landscape, Answers.needing))
    }
    var boxes = [record]
    var seen: Set<Int> = [record.index]
    var next = 0
    while next < boxes.count {
      for need in ends(of: boxes[next], isForward: true, Answers.needing) where seen.insert(need.index).inserted {
        boxes.append(need)
      }
      next += 1
    }
    return Picture(boxes: boxes, edges: edges(between: boxes, Answers.needing), centre: 0)
  }
}

extension Outage {
  /// What is down and what that affects, each joined to what it suffers from on the shortest way.
  public var picture: Picture {
    var boxes: [Record] = []
    var numbers: [Int: Int] = [:]
    func number(of record: Record) -> Int {
      if let known = numbers[record.index] { return known }
      numbers[record.index] = boxes.count
      boxes.append(record)
      return boxes.count - 1
    }
    for record in systems where answers.isPublished(record) { _ = number(of: record) }
    var seen: Set<LayeredLayout.Edge> = []
    var edges: [Picture.Edge] = []
    for affected in affected {
      let path = path(to: affected).compactMap { step -> Record? in
        if case .record(let record) = step { record } else { nil }
      }
      guard let end = path.last else { continue }
      let from = path.dropLast().last.map(number(of:))
      let to = number(of: end)
      guard let from, seen.insert(.init(from: from, to: to)).inserted else { continue }
      edges.append(
        Picture.Edge(from: from, to: to, strength: affected.strength == .hard ? .hard : .soft, note: nil))
    }
    return Picture(boxes: boxes, edges: edges, centre: down.count == 1 ? 0 : nil)
  }
}
