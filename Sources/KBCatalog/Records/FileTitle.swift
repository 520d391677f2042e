import KBDocument
import KBSource

/// The name of a file in words, as the title of a page that has no other: "on-call-handover" is "On call handover".
struct FileTitle {
  let text: String

  init(_ name: String, _ language: Language) {
    // Azure DevOps writes the hyphens of a name as %2D, and its spaces as hyphens.
    let isEncoded = name.contains("%")
    let decoded = LinkAddress.percentDecoded(name)
    let written = decoded.trimmingBlanks()
    guard !written.contains(" ") || isEncoded else {
      text = written
      return
    }
    let parts = (isEncoded ? name : written).split(separator: /[-_]+/).map { LinkAddress.percentDecoded(String($0)) }
    guard parts.count > 1, !FileTitle.isCompound(parts, written, language) else {
      text = FileTitle.capitalised(written)
      return
    }
    var title = parts[0]
    for (previous, part) in zip(parts, parts.dropFirst()) {
      // 2026-03-05 and 10.1.0.0-16 keep theirs.
      title += previous.last?.isNumber == true && part.first?.isNumber == true ? "-" : " "
      title += part
    }
    text = FileTitle.capitalised(title)
  }

  /// Whether the hyphen belongs to a German word, as in "VPN-Zugang".
  private static func isCompound(_ parts: [String], _ name: String, _ language: Language) -> Bool {
    language == .german && parts.count == 2 && name.contains("-")
      && parts.allSatisfy { $0.first?.isUppercase == true || $0.first?.isNumber == true }
  }

  /// With a capital at the beginning, unless one comes later in the first word, as in "iPhone".
  private static func capitalised(_ text: String) -> String {
    let word = text.prefix { $0.isLetter }
    return word.dropFirst().contains(where: \.isUppercase) && word.contains(where: \.isLowercase)
      ? text : text.prefix(1).uppercased() + text.dropFirst()
  }
}
