// Renders every Markdown file of a folder with md4c and writes the result: what a site generator can't be faster than.
import Glibc

guard CommandLine.arguments.count == 3 else {
  print("usage: md4c-bound IN OUT")
  exit(64)
}
do {
  let files = try MarkdownFolder(path: CommandLine.arguments[1]).renderAll(into: CommandLine.arguments[2])
  print("\(files) files")
} catch {
  print("md4c-bound: \(error)")
  exit(1)
}
