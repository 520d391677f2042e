/// The names of people.
enum PersonName {
  private static let given = [
    "Anna", "Bernd", "Carla", "David", "Elif", "Frank", "Greta", "Hakan", "Ida", "Jonas", "Katrin", "Lukas", "Mia",
    "Nils", "Olga", "Paul", "Rosa", "Stefan", "Tanja", "Uwe", "Vera", "Wiebke", "Yusuf", "Zoe", "Amira", "Björn",
    "Clara", "Dirk", "Eva", "Felix", "Gesa", "Henrik", "Ines", "Jürgen", "Kai", "Lea", "Malte", "Nora", "Oskar",
    "Petra", "Ralf", "Sina", "Timo", "Ute", "Victor", "Wanda", "Sören",
  ]
  private static let family = [
    "Ahrens", "Bauer", "Conrad", "Demir", "Ebert", "Fischer", "Graf", "Hansen", "Imhof", "Jansen", "Kaya", "Lange",
    "Meier", "Neumann", "Otto", "Petersen", "Richter", "Schulz", "Thiel", "Ulrich", "Vogt", "Weber", "Yilmaz",
    "Zimmer", "Arnold", "Böhm", "Christ", "Dietrich", "Engel", "Frank", "Günther", "Haas", "Jung", "Krüger",
    "Lorenz", "Möller", "Nowak", "Paulsen", "Roth", "Sommer", "Tietz", "Voss", "Wolff",
  ]

  /// The name of a person's number; the first 2,021 differ.
  static func name(_ number: Int) -> String {
    // 47 given and 43 family names share no divisor, so that counting through both meets every pair.
    "\(given[number % given.count]) \(family[number % family.count])"
  }
}
