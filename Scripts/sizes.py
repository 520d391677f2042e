#!/usr/bin/env python3
"""Says where code has grown too long: functions over 60 lines, files over 400, modules over 7,000; ends with 1 when there is one.

A function may be longer where the line above it says why: `// Long: the reason`. `sizes.py --count` prints the lines of code of each module,
without blank lines and comments.
"""
import collections
import pathlib
import re
import sys

SOURCES = pathlib.Path(__file__).resolve().parent.parent / "Sources"
MOST = {"function": 60, "file": 400, "module": 7000}
DECLARATION = re.compile(r"^(\s*)(?:@\w+(?:\([^)]*\))? )*(?:(?:public|private|fileprivate|internal|static|mutating|override|convenience|nonisolated) )*"
                         r"(?:func\b|init[?(<]|subscript\b|var \w+.*\{$)")


def functions(lines):
    """Each function with its first and last line; the end is the next closing brace at its own indentation."""
    for number, line in enumerate(lines):
        found = DECLARATION.match(line)
        if not found:
            continue
        indentation = found.group(1)
        for end in range(number, len(lines)):
            text = lines[end]
            if end > number and text.startswith(indentation + "}"):
                yield number, end
                break
            # A declaration on one line, or one without a body, ends where the next one of its level begins.
            if end > number and text.strip() and not text.startswith(indentation + " ") and not text.startswith(indentation + ")"):
                if not text.startswith((indentation + "{", indentation + "where", indentation + "->")):
                    break


def code(lines):
    """The number of lines that are neither blank nor comments."""
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("//"))


def main():
    faults, modules, counted = [], collections.Counter(), collections.Counter()
    for path in sorted(SOURCES.rglob("*.swift")):
        name, lines = path.relative_to(SOURCES), path.read_text(encoding="utf-8").splitlines()
        modules[name.parts[0]] += len(lines)
        counted[name.parts[0]] += code(lines)
        if len(lines) > MOST["file"]:
            faults.append(f"Sources/{name}: {len(lines)} lines")
        for start, end in functions(lines):
            length = end - start + 1
            if length > MOST["function"] and "// Long: " not in lines[start - 1]:
                faults.append(f"Sources/{name}:{start + 1}: a function of {length} lines")
    faults += [f"Sources/{name}: {count} lines in one module" for name, count in modules.items() if count > MOST["module"]]
    if "--count" in sys.argv:
        for name, count in sorted(counted.items()):
            print(f"{count:7} {name}")
        print(f"{sum(counted.values()):7} all")
    print("\n".join(faults) if faults else "no code has grown too long")
    sys.exit(1 if faults else 0)


main()
