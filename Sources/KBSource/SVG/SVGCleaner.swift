/// Writes the harmless part of a picture.
struct SVGCleaner {
  static let namespace = "http://www.w3.org/2000/svg"
  private static let html = "http://www.w3.org/1999/xhtml"

  /// The elements that draw, or say how.
  private static let elements: Set<String> = [
    "svg", "g", "defs", "symbol", "use", "switch", "a", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "textPath", "title", "desc", "style", "linearGradient", "radialGradient", "stop",
    "pattern", "clipPath", "mask", "marker", "image", "filter", "feBlend", "feColorMatrix", "feComponentTransfer",
    "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow",
    "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode",
    "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
  ]
  /// What nobody misses.
  private static let silent: Set<String> = ["metadata", "view", "cursor", "font", "glyph", "missing-glyph", "hkern"]
  private static let animations: Set<String> = [
    "animate", "animateColor", "animateMotion", "animateTransform", "set", "discard", "mpath",
  ]

  private(set) var bytes: [UInt8] = []
  private(set) var removed: Set<SVGPicture.Part> = []
  private let depth: Int
  /// The namespace that counts as that of SVG; a file without one means it.
  private let own: String
  /// For each part with an id, how often each other one is repeated in it.
  private var uses: [String: [String]] = [:]
  private var ids: [String] = []
  private var topUses: [String] = []
  /// Whether an attribute has the prefix of links, and where its namespace would be declared.
  private var usesLinks = false
  private var afterNamespace = 0

  init(depth: Int, namespace: String) {
    self.depth = depth
    own = namespace
  }

  mutating func write(root: XMLTree.Element) {
    write(root, isRoot: true)
    guard usesLinks else { return }
    bytes.insert(contentsOf: " xmlns:xlink=\"http://www.w3.org/1999/xlink\"".utf8, at: afterNamespace)
  }

  // MARK: Elements

  private mutating func write(_ element: XMLTree.Element, isRoot: Bool = false) {
    guard element.namespace == own else {
      // Editors keep their own data beside the drawing.
      if element.namespace == SVGCleaner.html { removed.insert(.html) }
      return
    }
    let name = element.name
    guard SVGCleaner.elements.contains(name) else { return drop(element) }
    // A link leads nowhere in a picture.
    let written = name == "a" ? "g" : name
    add("<\(written)")
    if isRoot {
      add(" xmlns=\"\(SVGCleaner.namespace)\"")
      afterNamespace = bytes.count
    }
    let id = element.attributes.first { $0.prefix.isEmpty && $0.name == "id" }?.value
    if let id { ids.append(id) }
    for attribute in element.attributes { write(attribute, of: name) }
    let children = name == "style" ? styled(element) : element.children
    if children.isEmpty {
      add("/>")
    } else {
      add(">")
      let start = bytes.count
      write(children, in: element)
      // Where nothing of them is left, it is written as what has none.
      if bytes.count == start {
        bytes.removeLast()
        add("/>")
      } else {
        add("</\(written)>")
      }
    }
    if id != nil { ids.removeLast() }
  }

  private mutating func write(_ children: [XMLTree.Node], in parent: XMLTree.Element) {
    // Of the children of a switch a browser shows the first that it can: a text is the way out for those without HTML.
    let hasWayOut =
      parent.name == "switch"
      && children.contains {
        if case .element(let child) = $0 { child.name != "foreignObject" } else { false }
      }
    for child in children {
      switch child {
      case .text(let text): add(SVGCleaner.escaped(text))
      case .element(let child):
        if child.namespace == own, child.name == "foreignObject" {
          if !hasWayOut { write(text: child) }
        } else {
          write(child)
        }
      }
    }
  }

  private mutating func drop(_ element: XMLTree.Element) {
    switch element.name {
    case "script", "handler", "listener": removed.insert(.script)
    case "foreignObject", "iframe", "embed", "object", "video", "audio", "canvas": removed.insert(.html)
    case _ where SVGCleaner.animations.contains(element.name): removed.insert(.animation)
    case _ where SVGCleaner.silent.contains(element.name) || element.name.hasPrefix("font-face"): break
    default: removed.insert(.element)
    }
  }

  /// The text of HTML in a box, in its middle.
  private mutating func write(text box: XMLTree.Element) {
    var lines = [""]
    SVGCleaner.collect(box.children, &lines)
    lines = lines.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
    guard !lines.isEmpty else { return }
    func number(_ name: String) -> Double? { box.attributes.first { $0.name == name }.flatMap { Double($0.value) } }
    let (x, y) = (number("x") ?? 0, number("y") ?? 0)
    let (middle, centre) = (number("width").map { x + $0 / 2 } ?? x, number("height").map { y + $0 / 2 } ?? y)
    let anchor = number("width") == nil ? "start" : "middle"
    add("<text text-anchor=\"\(anchor)\" dominant-baseline=\"central\">")
    for (index, line) in lines.enumerated() {
      // Lines of 1.2 times the size of the letters, around the middle.
      let first = -0.6 * Double(lines.count - 1)
      add(
        "<tspan x=\"\(middle)\" y=\"\(centre)\" dy=\"\(first + 1.2 * Double(index))em\">\(SVGCleaner.escaped(line))</tspan>"
      )
    }
    add("</text>")
  }

  private static func collect(_ nodes: [XMLTree.Node], _ lines: inout [String]) {
    for node in nodes {
      switch node {
      case .text(let text): lines[lines.count - 1] += text
      case .element(let element):
        let name = element.name.lowercased()
        guard name != "script", name != "style" else { continue }
        let isBlock = ["br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "tr", "table"].contains(name)
        if isBlock { lines.append("") }
        collect(element.children, &lines)
        if isBlock, name != "br" { lines.append("") }
      }
    }
  }

  // MARK: Attributes

  private mutating func write(_ attribute: XMLTree.Attribute, of element: String) {
    let (prefix, name) = (attribute.prefix, attribute.name)
    if prefix == "xml" {
      if name == "space" || name == "lang" { add(attribute) }
      return
    }
    guard prefix.isEmpty || prefix == "xlink" && name == "href" else { return }
    if name.lowercased().hasPrefix("on") {
      removed.insert(.handler)
      return
    }
    if name == "href" { return write(address: attribute, of: element) }
    guard name != "src", name != "base", name.utf8.allSatisfy({ $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") })
    else { return }
    var attribute = attribute
    let style = SVGStyle(attribute.value)
    attribute.value = style.text
    if style.isChanged { removed.insert(style.hasAddress ? .address : .style) }
    add(attribute)
  }

  private mutating func write(address attribute: XMLTree.Attribute, of element: String) {
    let target = attribute.value.trimmingSpace
    if element == "a" { return }
    if target.hasPrefix("#") {
      if element == "use" { note(use: String(target.dropFirst())) }
      var attribute = attribute
      attribute.value = target
      return add(attribute)
    }
    guard element == "image", let data = SVGData(target) else {
      removed.insert(.address)
      return
    }
    guard data.isSVG else { return add(attribute) }
    // A picture in a picture is cleaned, too.
    do throws(SVGPicture.Refusal) {
      guard depth < 2, let file = data.bytes else { throw .tooDeep }
      let inner = try SVGPicture(file, depth: depth + 1)
      removed.formUnion(inner.removed)
      var attribute = attribute
      attribute.value = "data:image/svg+xml;base64,\(SVGData.base64(inner.bytes))"
      add(attribute)
    } catch {
      removed.insert(.element)
    }
  }

  private mutating func add(_ attribute: XMLTree.Attribute) {
    let prefix = attribute.prefix.isEmpty ? "" : "\(attribute.prefix):"
    if attribute.prefix == "xlink" { usesLinks = true }
    add(" \(prefix)\(attribute.name)=\"\(SVGCleaner.escaped(attribute.value))\"")
  }

  private mutating func styled(_ element: XMLTree.Element) -> [XMLTree.Node] {
    let text = element.children.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    let style = SVGStyle(text)
    if style.isChanged { removed.insert(style.hasAddress ? .address : .style) }
    return style.text.isEmpty ? [] : [.text(style.text)]
  }

  private mutating func add(_ text: String) { bytes += text.utf8 }

  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { "&<>\"".utf8.contains($0) }) else { return text }
    var escaped: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): escaped += "&amp;".utf8
      case UInt8(ascii: "<"): escaped += "&lt;".utf8
      case UInt8(ascii: ">"): escaped += "&gt;".utf8
      case UInt8(ascii: "\""): escaped += "&quot;".utf8
      default: escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  // MARK: Repetition

  private mutating func note(use id: String) {
    if ids.isEmpty { topUses.append(id) }
    for outer in Set(ids) { uses[outer, default: []].append(id) }
  }

  /// Whether the parts that are repeated by reference add up to a number that a browser can draw.
  var isBounded: Bool {
    var sizes: [String: Int] = [:]
    var inWork: Set<String> = []
    func size(_ id: String) -> Int {
      if let known = sizes[id] { return known }
      guard inWork.insert(id).inserted, inWork.count < 200 else { return 1_000_000 }
      var total = 1
      for use in uses[id] ?? [] {
        total += size(use)
        if total > 100_000 { break }
      }
      inWork.remove(id)
      sizes[id] = total
      return total
    }
    var total = 0
    for id in topUses + uses.keys.sorted() {
      total += size(id)
      if total > 200_000 { return false }
    }
    return true
  }
}

extension String {
  /// The text without spaces and line ends at both ends.
  fileprivate var trimmingSpace: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
