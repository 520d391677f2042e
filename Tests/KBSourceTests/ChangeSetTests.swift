import KBSource
import Testing

@Suite struct `A change set` {
  private func diff(_ old: String, _ new: String, to path: String = "a.md") -> String {
    var set = ChangeSet()
    set.change(
      SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array(old.utf8)), to: Array(new.utf8),
      at: RepoPath(normalized: path))
    return set.unifiedDiff
  }

  @Test func `shows what differs with three lines around it`() {
    let old = (1...20).map { "\($0)\n" }.joined()
    #expect(
      diff(old, old.replacing("\n5\n", with: "\nfünf\n").replacing("\n17\n", with: "\n17\n17a\n")) == """
        --- a/a.md
        +++ b/a.md
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +fünf
         6
         7
         8
        @@ -15,6 +15,7 @@
         15
         16
         17
        +17a
         18
         19
         20

        """)
  }

  @Test func `joins what lies close together`() {
    #expect(
      diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\nx\n3\n4\n5\n6\n7\ny\n9\n") == """
        --- a/a.md
        +++ b/a.md
        @@ -1,9 +1,9 @@
         1
        -2
        +x
         3
         4
         5
         6
         7
        -8
        +y
         9

        """)
  }

  @Test func `says where a line end is missing, and where a file moves`() {
    #expect(
      diff("a", "a\n") == "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")
    #expect(diff("", "a\n") == "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1 @@\n+a\n")
    #expect(diff("a\n", "a\n", to: "b.md") == "diff --git a/a.md b/b.md\nrename from a.md\nrename to b.md\n")
    #expect(diff("a\n", "a\n") == "")
  }

  @Test func `joins two changes of one file, and leaves out what changes nothing`() {
    let file = SourceFile(path: RepoPath(normalized: "a.md"), bytes: [1])
    var set = ChangeSet()
    set.change(file, to: [2])
    set.change(SourceFile(path: file.path, bytes: [2]), to: [3])
    #expect(set.changes.map(\.old) == [[1]] && set.changes.map(\.new) == [[3]])
    set.change(SourceFile(path: file.path, bytes: [3]), to: [1])
    #expect(set.isEmpty)
  }
}
