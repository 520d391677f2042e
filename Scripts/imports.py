#!/usr/bin/env python3
"""Prints imports of our own modules that Package.swift does not name: such a build depends on what was built before.

    Scripts/imports.py            # exit status 1 when there are any
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = re.compile(r'\.(?:target|executableTarget|testTarget)\(\s*name: "([^"]+)"(.*?)(?=\n    \.|\n    //|\n  \],)', re.S)
IMPORT = re.compile(r"^(?:@testable |public |package |internal )*import (?:struct |class |enum |func )?(\w+)", re.M)


def declared(manifest):
    """For each module those that it names."""
    modules = {}
    for name, rest in TARGET.findall(manifest):
        named = re.search(r"dependencies: \[(.*?)\]", rest, re.S)
        modules[name] = set(re.findall(r'"(\w+)"', named[1])) if named else set()
    return modules


def main():
    modules = declared((ROOT / "Package.swift").read_text())
    faults = []
    for name, known in modules.items():
        for path in sorted((ROOT / ("Tests" if name.endswith(("Tests", "Support")) else "Sources") / name).rglob("*.swift")):
            for imported in IMPORT.findall(path.read_text()):
                if imported in modules and imported not in known:
                    faults.append(f"{path.relative_to(ROOT)}: imports {imported}, which {name} does not name in Package.swift")
    print("\n".join(faults) if faults else "every import is named")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
