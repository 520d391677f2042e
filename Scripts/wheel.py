#!/usr/bin/env python3
"""Packs a folder as a Python wheel, so that `pip install FILE` puts kb on the path. Needs no package of Python's.

    Scripts/wheel.py FOLDER VERSION GLIBC TARGET

FOLDER has bin/kb and share/, which go below the environment's prefix; GLIBC is the oldest C library that kb runs with, as
2.36. Prints the path of the wheel, which is written in the folder TARGET. The same files make the same bytes.
"""
import base64
import hashlib
import pathlib
import platform
import sys
import zipfile

# Not `kb`: that name belongs to somebody else's package on PyPI, which an upgrade would then install.
NAME = "kb_knowledge_base"


def record_line(path, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(data)}\n"


def members(folder, version, tag):
    """Every file of the wheel but RECORD, as path, bytes and whether it can be run."""
    data = f"{NAME}-{version}.data"
    info = f"{NAME}-{version}.dist-info"
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            relative = path.relative_to(folder).as_posix()
            is_program = relative.startswith("bin/")
            place = f"{data}/scripts/{path.name}" if is_program else f"{data}/data/{relative}"
            yield place, path.read_bytes(), is_program
    summary = "An IT knowledge base from Markdown files in git: checked, cross-linked, and built as a site that works offline."
    metadata = f"Metadata-Version: 2.1\nName: {NAME.replace('_', '-')}\nVersion: {version}\nSummary: {summary}\nRequires-Python: >=3.8\n"
    yield f"{info}/METADATA", metadata.encode(), False
    wheel = f"Wheel-Version: 1.0\nGenerator: kb {version}\nRoot-Is-Purelib: false\nTag: {tag}\n"
    yield f"{info}/WHEEL", wheel.encode(), False


def main(folder, version, glibc, target):
    tag = f"py3-none-manylinux_{glibc.replace('.', '_')}_{platform.machine()}"
    path = pathlib.Path(target) / f"{NAME}-{version}-{tag}.whl"
    record = ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        def add(place, data, is_program=False):
            entry = zipfile.ZipInfo(place, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100755 if is_program else 0o100644) << 16
            wheel.writestr(entry, data)

        for place, data, is_program in members(pathlib.Path(folder), version, tag):
            add(place, data, is_program)
            record += record_line(place, data)
        own = f"{NAME}-{version}.dist-info/RECORD"
        add(own, (record + f"{own},,\n").encode())
    print(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
