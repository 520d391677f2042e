import KBCatalog
import KBDisk
import KBGit
import KBSource
import KBTerminal

extension Workspace {
  /// The path below the root that an argument names; empty for the root itself.
  ///
  /// Throws for a path where nothing is: no findings there would look as if all were well.
  package func selection(_ path: String) throws -> String {
    let place = WorkingTree.place(of: ProcessEnvironment.absolutePath(path))
    if place == tree.root { return "" }
    guard let relative = ProcessEnvironment.path(place ?? path, below: tree.root) else {
      throw CommandFailure(
        Message(
          de: "'\(path)' ist nicht in der Wissensbasis \(tree.root)",
          en: "'\(path)' is not in the knowledge base \(tree.root)"))
    }
    let isThere =
      revision == nil
      ? place != nil
      : revision?.objects.keys.contains { $0 == relative || $0.string.hasPrefix("\(relative)/") } ?? false
    guard isThere || catalog.diagnostics.contains(where: { $0.path == relative }) else {
      let near = NearMiss(relative.string, among: catalog.records.map(\.path.string))
      let message = Message(
        de: "es gibt keine Datei und keinen Ordner '\(path)'", en: "there is no file or folder '\(path)'")
      throw CommandFailure(near.asked(after: message))
    }
    return relative.string
  }
}
