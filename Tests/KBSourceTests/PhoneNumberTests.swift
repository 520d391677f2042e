import KBSource
import Testing

@Suite struct `A phone number` {
  private func dialled(_ text: String, _ country: String) throws -> String {
    PhoneNumber(text, in: try #require(Country(country))).dialled
  }

  @Test(arguments: [
    ("040 123456", "de", "+4940123456"), ("(040) 12 34-56", "de", "+4940123456"), ("01 5550100", "at", "+4315550100"),
    ("0664/555 01 00", "at", "+436645550100"), ("044 555 01 00", "ch", "+41445550100"),
    ("079 555 01 00", "ch", "+41795550100"), ("030 23125-112", "de", "+493023125112"),
    ("06 1 555 0100", "hu", "+3615550100"),
    ("12 34 56 78", "dk", "+4512345678"), ("06 5550 1000", "it", "+390655501000"),
  ]) func `without a calling code is one of the country`(_ text: String, _ country: String, _ expected: String) throws {
    #expect(try dialled(text, country) == expected)
  }

  @Test(arguments: ["de", "at", "ch", "it", "hu", "dk"])
  func `with a calling code is the same in every country`(_ country: String) throws {
    for text in ["+49 40 123456", "+49 (0)40 123456", "0049 (0)40/123456", "(+49) 40 123456", "+49 40 12-34-56"] {
      #expect(try dialled(text, country) == "+4940123456", "\(text)")
    }
    #expect(try dialled("+39 (0)6 5550 1000", country) == "+390655501000")
    #expect(try dialled("+1 (212) 555 0100", country) == "+12125550100")
  }

  @Test(arguments: [("112", "de"), ("144", "at"), ("117", "ch"), ("4711", "de"), ("1813", "dk"), ("123456", "ch")])
  func `that is short is dialled as it is`(_ text: String, _ country: String) throws {
    #expect(try dialled(text, country) == text)
  }

  @Test func `is equal to another that reaches the same line`() throws {
    let swiss = try #require(Country("ch"))
    let one = PhoneNumber("044 555 01 00", in: swiss)
    #expect(one == PhoneNumber("+41 44 555 0100", in: .germany))
    #expect(one != PhoneNumber("044 555 01 00", in: .germany))
    #expect(Set([one, PhoneNumber("0041 (0)44 5550100", in: swiss)]).count == 1)
  }

  @Test(arguments: [
    "112", "040 123456", "040/123456", "(040) 123456", "+49 (0)40 123456", "0049 40/123456", "+49 30 23125-112",
    "+41 44 555 01 00", "030\u{A0}23125–112",
  ]) func `may be written with the usual punctuation`(_ text: String) {
    #expect(PhoneNumber.isSingle(text))
  }

  @Test(arguments: [
    "040 123456 / 040 123457", "+49 40 123456, +49 40 123457", "040 123456 Durchwahl 7", "12", "1234567890123456",
    "zwölf", "",
    "+49 40 123456 +49 40 123457", "0+49 40 123456",
  ]) func `is a single one`(_ text: String) {
    #expect(!PhoneNumber.isSingle(text))
  }

  @Test(arguments: [
    ("+49 40 654321", "de", ["4940654321", "004940654321", "040654321"]), ("040 654321", "de", ["040654321"]),
    ("+41 44 555 01 00", "ch", ["41445550100", "0041445550100", "0445550100"]),
    ("+45 12 34 56 78", "dk", ["4512345678", "004512345678", "012345678", "12345678"]),
    ("12 34 56 78", "dk", ["012345678", "12345678"]), ("06 1 555 0100", "hu", ["015550100", "0615550100"]),
    ("112", "de", []), ("+49", "de", []),
  ]) func `is looked for as it is dialled at home and from abroad`(
    _ text: String, _ country: String, _ forms: [String]
  ) throws {
    #expect(PhoneNumber(text, in: try #require(Country(country))).searchForms == forms)
  }

  @Test func `never has anything but digits and a plus to dial`() throws {
    for text in ["javascript:1", "+<b>", "0\"1", "", "+", "00", "(0)", "0"] {
      let dialled = PhoneNumber(text, in: .germany).dialled
      #expect(dialled.drop { $0 == "+" }.allSatisfy { ("0"..."9").contains($0) }, "\(text)")
    }
  }
}

@Suite struct `A country` {
  @Test func `is known by two letters, with a calling code of one to three digits`() throws {
    #expect(Country.all.map(\.code) == Country.all.map(\.code).sorted())
    for country in Country.all {
      #expect(country.code.utf8.count == 2 && (1...3).contains(country.callingCode.utf8.count), "\(country)")
      #expect(["", "0", "06"].contains(country.trunkPrefix), "\(country)")
    }
    #expect(try #require(Country("de")) == .germany)
    #expect(Country("DE") == nil && Country("xx") == nil)
  }
}
