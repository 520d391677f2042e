#!/usr/bin/env python3
"""Prints circles between the folders of Sources: folders whose types know each other both ways.

    Scripts/circles.py            # exit status 1 when there are any
    Scripts/circles.py --uses     # which folder uses which types of which other one

A folder uses another one of its module when one of its files mentions a type that only the other one declares; comments and
strings do not count. Between modules there can be no circle: the package manager refuses it.
"""
import re
import sys
from collections import defaultdict
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "Sources"
COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|#+""".*?"""#+|""".*?"""|"(?:\\.|[^"\\\n])*"', re.S)
DECLARATION = re.compile(r"(\bprivate )?(?:\bfinal )?\b(?:class|struct|enum|actor|protocol|typealias)\s+([A-Z]\w*)")
INTERPOLATION = re.compile(r"\\\(((?:[^()]|\([^()]*\))*)\)")


def code(text):
    """The text without comments, and of strings only what is put into them."""
    return COMMENT_OR_STRING.sub(lambda found: " ".join(INTERPOLATION.findall(found[0])) if found[0][0] != "/" else "", text)


def circles(uses):
    """The strongly connected folders, by Tarjan's algorithm."""
    index, low, stack, found = {}, {}, [], []

    def visit(folder):
        index[folder] = low[folder] = len(index)
        stack.append(folder)
        for other in sorted(uses.get(folder, ())):
            if other not in index:
                visit(other)
            if other in stack:
                low[folder] = min(low[folder], low[other])
        if low[folder] == index[folder]:
            circle = stack[stack.index(folder):]
            del stack[stack.index(folder):]
            if len(circle) > 1:
                found.append(sorted(circle))

    for folder in sorted(uses):
        if folder not in index:
            visit(folder)
    return found


def main():
    files = {path: code(path.read_text()) for path in sorted(SOURCES.rglob("*.swift"))}
    folder = {path: path.parent.relative_to(SOURCES).as_posix() for path in files}
    homes = defaultdict(set)
    for path, text in files.items():
        for private, name in DECLARATION.findall(text):
            if not private:
                homes[name].add(folder[path])
    home = {name: min(places) for name, places in homes.items() if len(places) == 1}
    module = {place: place.split("/")[0] for place in folder.values()}
    uses = defaultdict(lambda: defaultdict(dict))
    for path, text in files.items():
        own = {name for _, name in DECLARATION.findall(text)}
        for name in set(re.findall(r"\b[A-Z]\w*", text)) - own:
            if home.get(name, folder[path]) != folder[path] and module[home[name]] == module[folder[path]]:
                uses[folder[path]][home[name]].setdefault(name, []).append(path.name)
    if "--uses" in sys.argv:
        for one in sorted(uses):
            for other in sorted(uses[one]):
                print(f"{one} -> {other}: {', '.join(sorted(uses[one][other]))}")
    found = circles(uses)
    for circle in found:
        print(f"circle: {', '.join(circle)}")
        for one in circle:
            for other in circle:
                for name, users in sorted(uses[one].get(other, {}).items()):
                    print(f"  {one} -> {other}: {name} in {', '.join(users)}")
    sys.exit(1 if found else 0)


main()
