#!/usr/bin/env python3
"""Prints the licences of everything that is in the binary: the file THIRD-PARTY of a release.

    Scripts/notices.py FOLDER     # what Scripts/release.sh built in: .build-release
"""
import json
import pathlib
import shutil
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent


def notice(dependency, build):
    """The text that the dependency comes with."""
    origin, name = dependency["from"], dependency["name"]
    if origin == "package":
        return build / "swift/checkouts" / name / dependency["notice"]
    if origin == "pool":
        return build / "static/notices" / name
    if origin == "archive":
        return pathlib.Path("/usr/share/doc") / dependency["package"] / "copyright"
    return pathlib.Path(shutil.which("swift")).resolve().parent.parent / "share/swift/LICENSE.txt"


def main(build):
    print("kb contains these works of others, under their licences:\n")
    dependencies = json.loads((TOP / "Packaging/dependencies.json").read_text())
    for each in dependencies:
        print(f"- {each['name']} {each['version']} ({each['licence']}), {each['source']}")
    for each in dependencies:
        print(f"\n{'=' * 100}\n{each['name']} {each['version']}\n{'=' * 100}\n")
        print(notice(each, build).read_text(encoding="utf-8").rstrip())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
