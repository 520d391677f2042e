#!/usr/bin/env python3
"""Fails when something that kb is made of is another version than Packaging/dependencies.json says.

    Scripts/dependencies.py                 # what the sources say: Package.swift, the scripts, the page
    Scripts/dependencies.py --built FOLDER  # and what a build took: its checkouts, Debian's archives, the compiler

A version changes in Packaging/dependencies.json, at the places that are named then, and on Documentation/dependencies.md.
Package.resolved is not kept: a mirror of Swift packages may have other commits with the same files. What counts are exact
versions and the git trees of the sources, which are the same everywhere.
"""
import json
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
DEPENDENCIES = json.loads((TOP / "Packaging/dependencies.json").read_text())


def text(path):
    return (TOP / path).read_text(encoding="utf-8")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def known(origin):
    return {each["name"]: each for each in DEPENDENCIES if each["from"] == origin}


def compare(place, there, expected):
    """The differences between what a place says and what is expected, both as names with versions."""
    for name in sorted(there.keys() | expected.keys()):
        if there.get(name) != expected.get(name):
            yield f"{place}: {name} is {there.get(name, 'missing')}, expected {expected.get(name, 'nothing')}"


def packages_in(manifest):
    found = re.findall(r'\.package\(url: "([^"]+)", (\w+): "([^"]+)"\)', text(manifest))
    return {url: f"{kind} {version}" for url, kind, version in found}


def findings_in_sources():
    packages = {each["source"]: f"exact {each['version']}" for each in known("package").values()}
    yield from compare("Package.swift", packages_in("Package.swift"), packages)
    benchmarks = packages_in("Benchmarks/Package.swift")
    yield from compare("Benchmarks/Package.swift", benchmarks, {url: packages.get(url) for url in benchmarks})

    # An archive's name has the version, before what Debian adds to it.
    pool = re.findall(r"/([a-z0-9-]+)_([0-9]+(?:\.[0-9]+)*)\S*$", text("Scripts/static-libraries.sha256"), re.M)
    yield from compare("static-libraries.sha256", dict(pool), {name: each["version"] for name, each in known("pool").items()})

    modules = dict.fromkeys(re.findall(r'\.systemLibrary\(\s*name: "(\w+)"', text("Package.swift")), "used")
    modules.pop("CSpawn", None)  # of the tests: the machine's own C library
    yield from compare("Package.swift", modules, {each["module"]: "used" for each in DEPENDENCIES if "module" in each})

    told = re.search(r'packages = "([^"]+)"', text("Sources/KBWorkspace/Release.swift"))[1]
    expected = {name: each["version"] for name, each in known("package").items()}
    yield from compare("Release.swift", dict(each.split(" ") for each in told.split(", ")), expected)

    rows = re.findall(r"^\| \[([^\]]+)\]\(([^)]+)\) \| ([^|]+) \| ([^|]+) \|", text("Documentation/dependencies.md"), re.M)
    expected = {each["name"]: f"{each['version']}, {each['licence']}, {each['source']}" for each in DEPENDENCIES}
    yield from compare("Documentation/dependencies.md", {row[0]: f"{row[2]}, {row[3]}, {row[1]}" for row in rows}, expected)


def findings_in_build(folder):
    for name, package in known("package").items():
        for tree, hash in package["trees"].items():
            checkout = str(folder / "checkouts" / name)
            changed = output("git", "-C", checkout, "status", "--porcelain", "--", tree)
            there = output("git", "-C", checkout, "rev-parse", f"HEAD:{tree}") if not changed else "changed by hand"
            yield from compare(checkout, {tree: there}, {tree: hash})
    for archive in known("archive").values():
        package = archive["package"]
        version = output("dpkg-query", "-W", "-f=${Version}", package)
        upstream = re.sub(r"^\d+:|(\.dfsg|\+ds)?-[^-]*$", "", version)
        yield from compare("Debian's packages", {package: upstream}, {package: archive["version"]})
    compiler = re.search(r"Swift version (\S+)", output("swift", "--version"))[1]
    yield from compare("The toolchain", {"swift": compiler}, {"swift": known("toolchain")["swift"]["version"]})


def main(arguments):
    findings = list(findings_in_sources())
    if arguments[:1] == ["--built"]:
        findings += findings_in_build(pathlib.Path(arguments[1]))
    for finding in findings:
        print(finding)
    if findings:
        print("Versions changed: please look at what is new, then write it into Packaging/dependencies.json and its page.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
