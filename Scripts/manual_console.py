"""Runs the console blocks of the manual's tutorials, and compares what they print with what is written there."""

import os
import pathlib
import re
import subprocess
import tempfile

DAY = "2026-11-30"
# The day is fixed, so that what depends on it stays true; commands that know no day are left alone.
WRAPPER = """#!/bin/sh
case "$1" in completions|manual|--*) exec "{binary}" "$@" ;; esac
exec "{binary}" "$@" --today {day}
"""
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.S | re.M)


def run_tutorials(binary, docs, record=False):
    """Runs each tutorial in a new folder, after those that it goes on from; 1 when one prints something else than it says."""
    faults = 0
    for page in sorted(pathlib.Path(docs).glob("*/tutorial/*.md")):
        with tempfile.TemporaryDirectory() as folder:
            run = Run(binary, pathlib.Path(folder))
            for before in pages_before(page):
                run.page(before)
            faults += run.page(page, tells=True, record=record)
    return 1 if faults else 0


def pages_before(page):
    """The pages that a tutorial goes on from, the first one first."""
    found = re.search(r"^after: (\S+)$", page.read_text(), re.M)
    if not found:
        return []
    before = page.with_name(found.group(1) + ".md")
    return [*pages_before(before), before]


class Run:
    """A shell that remembers its folder from one command to the next."""

    def __init__(self, binary, folder):
        self.folder, self.place = folder, str(folder / "work")
        (folder / "bin").mkdir()
        (folder / "work").mkdir()
        wrapper = folder / "bin" / "kb"
        wrapper.write_text(WRAPPER.format(binary=binary, day=DAY))
        wrapper.chmod(0o755)
        self.environment = {
            **os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "HOME": str(folder), "XDG_CACHE_HOME": f"{folder}/cache",
            "XDG_STATE_HOME": f"{folder}/state", "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "init.defaultBranch", "GIT_CONFIG_VALUE_0": "main", "GIT_AUTHOR_NAME": "Ines Harmsen",
            "GIT_AUTHOR_EMAIL": "ines@example.org", "GIT_AUTHOR_DATE": f"{DAY}T10:00:00Z", "GIT_COMMITTER_NAME": "Ines Harmsen",
            "GIT_COMMITTER_EMAIL": "ines@example.org", "GIT_COMMITTER_DATE": f"{DAY}T10:00:00Z",
        }

    def page(self, page, tells=False, record=False):
        """Runs the blocks of a page; the number of commands that print something else. 'record' writes down what they print."""
        text, faults = page.read_text(), 0
        for block in BLOCK.findall(text):
            recorded = ""
            for command, expected in steps(block):
                printed = self.tell(command)
                fits = matches(expected, printed)
                recorded += f"$ {command}\n" + (expected if fits else printed)
                if tells and not fits:
                    faults += 1
                    print(f"{page}: $ {command}\nwritten:\n{expected}\nprinted:\n{printed}")
            if record:
                text = text.replace(f"```console\n{block}```", f"```console\n{recorded}```")
        if record:
            page.write_text(text)
        return faults

    def tell(self, command):
        done = subprocess.run(
            ["bash", "-c", f"cd {self.place!r} && {{ {command}\n}} 2>&1; pwd > {self.folder}/place"], env=self.environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.place = (self.folder / "place").read_text().strip()
        printed = done.stdout.replace(str(self.folder / "work"), "/home/ines")
        return printed if not printed or printed.endswith("\n") else printed + "\n"


def steps(block):
    """Commands, each with the output that follows it. A line that ends in a backslash goes on, and so does a here-document."""
    found = []
    lines = iter(block.splitlines())
    for line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command += "\n" + next(lines)
            if here := re.search(r"<<'(\w+)'", command):
                while command.splitlines()[-1] != here.group(1):
                    command += "\n" + next(lines)
            found.append([command, ""])
        elif found:
            found[-1][1] += line + "\n"
    return found


# How many files a site has, how long it took, and the name of a commit say nothing about the tutorial.
COUNTS = re.compile(r"\d+ (files in|Dateien in|written|geschrieben|unchanged|unverändert|removed|entfernt|ms)\b")
COMMIT = re.compile(r"^(\d{4}-\d\d-\d\d) [0-9a-f]{7} ", re.M)


def matches(expected, printed):
    """Whether the output is what is written; '…' stands for any text within a line, and alone on a line for any lines."""
    expected, printed = (COMMIT.sub(r"\1 0 ", COUNTS.sub(r"0 \1", text)) for text in (expected, printed))
    pattern = "".join(
        r"(?s:.*?)" if line.strip() == "…\n".strip() else ".*".join(re.escape(piece) for piece in line.split("…"))
        for line in expected.splitlines(keepends=True))
    return re.fullmatch(pattern, printed) is not None
