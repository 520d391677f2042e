package import ArgumentParser
import KBCatalog
import KBDisk
import KBSchema
package import KBSource

/// The language of what is said outside a catalog.
package enum SpokenLanguage {
  /// The language of the knowledge base that the command line is about, else that of the environment.
  package static let current: Language = ofKnowledgeBase(CommandLine.arguments) ?? environment

  /// The language of the environment.
  package static var environment: Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { ProcessEnvironment.variable($0) }.first {
      !$0.isEmpty
    }
    return locale?.hasPrefix("de") == true ? .german : .english
  }

  /// The folder that the words of a command line name, else the nearest one upward that is a knowledge base.
  package static func root(_ words: [String]) -> String? {
    let named = words.firstIndex(of: "-C").flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    return named ?? WorkingTree.nearestRoot(from: ".")
  }

  /// The language that the `kb.yml` of a folder names; `nil` where there is none that can be read.
  package static func of(root: String) -> Language? {
    do throws(WorkingTree.Failure) {
      guard let bytes = try WorkingTree.contents(of: "\(root)/kb.yml") else { return nil }
      let file = SourceFile(path: RepoPath(normalized: "kb.yml"), bytes: bytes)
      return Configuration(reading: file, schema: .builtIn).language
    } catch {
      // Whoever needs the file says why it can't be read.
      return nil
    }
  }

  private static func ofKnowledgeBase(_ words: [String]) -> Language? { root(words).flatMap(of) }
}

extension ValidationError {
  /// Options that do not go together, or that lack something.
  package init(_ message: Message) { self.init(message[SpokenLanguage.current]) }
}
