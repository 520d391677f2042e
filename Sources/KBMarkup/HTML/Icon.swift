/// A shape of 16 by 16 units; the page's sprite holds those that it uses.
package enum Icon: Int, Sendable, CaseIterable {
  case critical, high, medium, low, draft, planned, active, deprecated, retired, error, warning, hint, confirmed, soon
  case overdue, search

  private static let names = [
    "c4", "c3", "c2", "c1", "draft", "planned", "active", "deprecated", "retired", "e", "w", "h", "ok", "soon", "late",
    "search",
  ]

  /// The icon of a rank of criticality.
  package init(rank: Int) { self = rank >= 4 ? .critical : rank == 3 ? .high : rank == 2 ? .medium : .low }

  /// Its name in the sprite, and the class of its colour.
  package var name: String { Icon.names[rawValue] }

  /// The markup that draws it.
  var drawing: String { Icon.drawings[rawValue] }

  private static let drawings = allCases.map {
    "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#\($0.id)\"/></svg>"
  }

  private var viewBox: String {
    switch self {
    case .critical, .high, .medium, .low: "0 0 18 14"
    default: "0 0 16 16"
    }
  }

  private var shape: String {
    switch self {
    case .critical: #"<path d="M0 9h3v5H0zM5 6h3v8H5zM10 3h3v11h-3zM15 0h3v14h-3z"/>"#
    case .high: #"<path d="M0 9h3v5H0zM5 6h3v8H5zM10 3h3v11h-3z"/><path opacity=".25" d="M15 0h3v14h-3z"/>"#
    case .medium: #"<path d="M0 9h3v5H0zM5 6h3v8H5z"/><path opacity=".25" d="M10 3h3v11h-3zM15 0h3v14h-3z"/>"#
    case .low: #"<path d="M0 9h3v5H0z"/><path opacity=".25" d="M5 6h3v8H5zM10 3h3v11h-3zM15 0h3v14h-3z"/>"#
    case .draft: #"<path d="M3 7h10v2H3z"/>"#
    case .planned:
      #"<path fill-rule="evenodd" d="M8 3a5 5 0 110 10A5 5 0 018 3zm0 1.6a3.4 3.4 0 100 6.8 3.4 3.4 0 000-6.8z"/>"#
    case .active: #"<circle cx="8" cy="8" r="5"/>"#
    case .deprecated: #"<path fill-rule="evenodd" d="M8 3a5 5 0 110 10A5 5 0 018 3zm0 1.6v6.8a3.4 3.4 0 000-6.8z"/>"#
    case .retired:
      #"<path d="M4.400 3L8 6.600 11.600 3 13 4.400 9.400 8l3.600 3.600-1.400 1.400L8 9.400 4.400 13 3 11.600 6.600 8 3 4.400z"/>"#
    case .error:
      #"<path fill-rule="evenodd" d="M4.700 0h6.600L16 4.700v6.600L11.300 16H4.700L0 11.300V4.700zM7 3.500V9h2V3.500zm0 7v2h2v-2z"/>"#
    case .warning: #"<path fill-rule="evenodd" d="M8 0l8 15H0zM7 5.500V10h2V5.500zm0 6V13h2v-1.500z"/>"#
    case .hint:
      #"<path fill-rule="evenodd" d="M8 0a8 8 0 110 16A8 8 0 018 0zm0 1.750a6.250 6.250 0 100 12.500 6.250 6.250 0 000-12.500zM7 7h2v5H7zm0-3h2v2H7z"/>"#
    case .confirmed: #"<path d="M6.200 13.400L1 8.200l1.700-1.700 3.500 3.500 7.100-7.400L15 4.200z"/>"#
    case .soon:
      #"<path fill-rule="evenodd" d="M8 0a8 8 0 110 16A8 8 0 018 0zm0 1.750a6.250 6.250 0 100 12.500 6.250 6.250 0 000-12.500zM7 4h2v3.500h3v2H7z"/>"#
    case .overdue: #"<path fill-rule="evenodd" d="M8 0a8 8 0 110 16A8 8 0 018 0zM7 3v6h5V7H9V3z"/>"#
    case .search:
      #"<path fill-rule="evenodd" d="M6.500 0a6.500 6.500 0 015.200 10.400l4.300 4.300-1.300 1.300-4.300-4.300A6.500 6.500 0 116.500 0zm0 1.900a4.600 4.600 0 100 9.200 4.600 4.600 0 000-9.200z"/>"#
    }
  }

  /// The id of its shape in the sprite.
  package var id: String { PageID.own("i-\(name)") }

  var symbol: String { "<symbol id=\"\(id)\" viewBox=\"\(viewBox)\">\(shape)</symbol>" }
}

/// A set of icons.
package struct IconSet: Sendable, Hashable {
  private var bits: UInt32 = 0

  mutating func insert(_ icon: Icon) { bits |= 1 << UInt32(icon.rawValue) }
  mutating func formUnion(_ other: IconSet) { bits |= other.bits }

  /// The sprite that defines them.
  package var sprite: String {
    bits == 0 ? "" : "<svg class=\"sprite\" aria-hidden=\"true\">\(definitions)</svg>"
  }

  /// The same without the drawing around them; empty without icons.
  package var definitions: String {
    guard bits != 0 else { return "" }
    let symbols = IconSet.symbols.enumerated().filter { bits & (1 << UInt32($0.offset)) != 0 }.map(\.element)
    return "<defs>\(symbols.joined())</defs>"
  }

  /// The shape of each icon, in their order.
  private static let symbols = Icon.allCases.map(\.symbol)
}
