import KBAnswers
import KBCatalog
import KBMarkup
import KBSource

/// Those who decide and those to whom a crisis is reported, apart from those who repair; and the places that may be hit.
struct CrisisContacts: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    let contacts = answers.crisisContacts
    html.section(words(Words.crisis)) { html in
      html.element(.div, .class("callers")) { html in
        for contact in contacts { call(&html, contact) }
        if let insurer = answers.insurer, let contact = answers.contact(of: insurer) {
          call(&html, contact, Words.insurer)
        }
        for person in answers.dataProtection {
          if let contact = answers.contact(of: person) { call(&html, contact, Words.dataProtection) }
        }
        for contact in EmergencyNumbers(answers).publicServices { call(&html, contact) }
      }
    }
    let places = answers.places
    guard !places.isEmpty else { return }
    html.section(words(Words.places)) { html in
      html.list("index", places.prefix(40)) { html, place in
        html.link(.file(SiteMap.outage(of: place), depth: 0), place.name)
        html.text(" ")
        html.element(.span, text: format.integer(place.systems.count))
      }
    }
  }

  private func call(_ html: inout HTML, _ contact: Contact, _ part: Message? = nil) {
    html.element(.a, .class("then"), .href(.phone(contact.phone))) { html in
      html.element(.span) { html in
        html.text((part.map { "\(words($0)): " } ?? "") + contact.name)
        if let hours = contact.hours { html.what(hours) }
        if let note = note(on: contact) { html.what(note) }
      }
      html.element(.b, text: format.phone(contact.phone))
    }
  }
}
