/// A country as a telephone knows it: its calling code, and what a number dialled within the country begins with.
public struct Country: Sendable, Hashable {
  /// Two letters (ISO 3166-1), in lower case.
  public let code: String
  /// The digits after the plus (ITU-T E.164).
  public let callingCode: String
  /// The digits before an area code when dialled within the country; empty where there are none.
  public let trunkPrefix: String

  /// The country with a code; `nil` where its numbering plan is not known here.
  public init?(_ code: String) {
    guard let country = Country.byCode[code] else { return nil }
    self = country
  }

  private init(code: String, callingCode: String, trunkPrefix: String) {
    (self.code, self.callingCode, self.trunkPrefix) = (code, callingCode, trunkPrefix)
  }

  public static let germany = Country(code: "de", callingCode: "49", trunkPrefix: "0")

  /// Every known country, in the order of the codes.
  public static let all: [Country] = plans.split(separator: ",").map { plan in
    let parts = plan.split(separator: " ").map(String.init)
    return Country(code: parts[0], callingCode: parts[1], trunkPrefix: parts.count > 2 ? parts[2] : "")
  }

  private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

  /// Country, calling code and trunk prefix after the national numbering plans that the ITU publishes (E.129).
  private static let plans = """
    ad 376, al 355 0, at 43 0, ba 387 0, be 32 0, bg 359 0, ch 41 0, cy 357, cz 420, de 49 0, dk 45, ee 372, es 34, fi 358 0, \
    fo 298, fr 33 0, gb 44 0, gg 44 0, gi 350, gr 30, hr 385 0, hu 36 06, ie 353 0, im 44 0, is 354, it 39, je 44 0, li 423, \
    lt 370 0, lu 352, lv 371, mc 377, md 373 0, me 382 0, mk 389 0, mt 356, nl 31 0, no 47, pl 48, pt 351, ro 40 0, rs 381 0, \
    se 46 0, si 386 0, sk 421 0, sm 378, tr 90 0, ua 380 0, va 39, xk 383 0
    """
}
