/// Writes text as an id: lower-case letters, digits and single hyphens, at most `limit` characters.
func slug(_ text: String, limit: Int = 56) -> String {
  var slug = ""
  for character in text.lowercased() {
    switch character {
    case "a"..."z" where character.isASCII, "0"..."9" where character.isASCII: slug.append(character)
    case "ä": slug += "ae"
    case "ö": slug += "oe"
    case "ü": slug += "ue"
    case "ß": slug += "ss"
    default: if !slug.isEmpty, !slug.hasSuffix("-") { slug.append("-") }
    }
  }
  slug = String(slug.prefix(limit))
  while slug.hasSuffix("-") { slug.removeLast() }
  return slug
}
