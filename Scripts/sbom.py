#!/usr/bin/env python3
"""Prints what a released kb is made of, as SPDX 2.3 in JSON.

    Scripts/sbom.py KB     # dist/kb; SOURCE_DATE_EPOCH is the time of the release

From Packaging/dependencies.json, which Scripts/dependencies.py compares with what was built.
"""
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
POOL = "https://deb.debian.org/debian/pool/"


def told_by(kb):
    """Version and commit, as the binary tells them."""
    words = subprocess.run([kb, "--version", "--verbose"], check=True, capture_output=True, text=True).stdout
    return re.search(r"^kb (\S+)$", words, re.M)[1], re.search(r"^commit: (.+)$", words, re.M)[1]


def pool_files():
    lines = (TOP / "Scripts/static-libraries.sha256").read_text().split("\n")
    pairs = (line.split() for line in lines if line)
    return {path.rsplit("/", 1)[1].split("_")[0]: (path, sum) for sum, path in pairs}


def package(dependency, pool):
    name, version, origin = dependency["name"], dependency["version"], dependency["from"]
    repository = dependency["source"].removeprefix("https://")
    entry = {
        "SPDXID": f"SPDXRef-{name}",
        "name": name,
        "versionInfo": version,
        "downloadLocation": f"git+{dependency['source']}",
        "filesAnalyzed": False,
        "licenseConcluded": dependency["licence"],
        "licenseDeclared": dependency["licence"],
        "copyrightText": "NOASSERTION",
        "supplier": "NOASSERTION",
    }
    if origin == "package":
        locator = f"pkg:swift/{repository}@{version}"
        entry["downloadLocation"] += f"@{version}"
        entry["comment"] = "git trees of the sources: " + ", ".join(f"{path} {hash}" for path, hash in dependency["trees"].items())
    elif origin == "pool":
        locator = f"pkg:github/{repository.removeprefix('github.com/').lower()}@v{version}"
        path, sum = pool[name]
        entry["downloadLocation"] = POOL + path
        entry["packageFileName"] = path.rsplit("/", 1)[1]
        entry["checksums"] = [{"algorithm": "SHA256", "checksumValue": sum}]
    elif origin == "archive":
        installed = subprocess.run(
            ["dpkg-query", "-W", "-f=${Version} ${Architecture}", dependency["package"]], check=True, capture_output=True, text=True)
        debian, architecture = installed.stdout.split(" ")
        locator = f"pkg:deb/debian/{dependency['package']}@{debian.replace(':', '%3A').replace('+', '%2B')}?arch={architecture}"
        entry["comment"] = f"Debian's archive, {dependency['package']} {debian}"
    else:
        locator = f"pkg:github/{repository.removeprefix('github.com/').lower()}@swift-{version}-RELEASE"
    entry["externalRefs"] = [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": locator}]
    return entry


def document(kb):
    version, commit = told_by(kb)
    sum = hashlib.sha256(pathlib.Path(kb).read_bytes()).hexdigest()
    dependencies = json.loads((TOP / "Packaging/dependencies.json").read_text())
    pool = pool_files()
    created = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    program = {
        "SPDXID": "SPDXRef-kb",
        "name": "kb",
        "versionInfo": version,
        "packageFileName": "kb",
        "primaryPackagePurpose": "APPLICATION",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "supplier": "NOASSERTION",
        "sourceInfo": f"built from commit {commit}",
        "checksums": [{"algorithm": "SHA256", "checksumValue": sum}],
    }
    links = [("SPDXRef-kb", "STATIC_LINK", f"SPDXRef-{each['name']}") for each in dependencies]
    relationships = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-kb")] + links
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"kb-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/kb-{version}-{sum}",
        "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: kb-sbom"]},
        "packages": [program] + [package(each, pool) for each in dependencies],
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other} for one, kind, other in relationships
        ],
    }


if __name__ == "__main__":
    print(json.dumps(document(sys.argv[1]), indent=2))
