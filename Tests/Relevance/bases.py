"""The knowledge bases that are searched: where they are, and what their pages say."""

import json
import os
import re
import shutil
import subprocess

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Base:
    """A knowledge base: a folder with Markdown and kb.yml, its records, and its site once it is built."""

    def __init__(self, name, root, language, kb):
        self.name, self.root, self.language, self.kb = name, root, language, kb
        listed = subprocess.run([kb, "list", "-C", root, "--format", "json"], check=True, capture_output=True)
        self.records = json.loads(listed.stdout)

    def build(self, folder):
        """Builds the site into a folder, and hands back the page of each record: address and path of its Markdown."""
        built = subprocess.run([self.kb, "build", "-C", self.root, "-o", folder], capture_output=True, text=True)
        # Findings in pages that nobody here wrote are no reason to stop.
        if built.returncode not in (0, 1):
            raise SystemExit(f"kb build of {self.name}: {built.stderr.strip()}")
        pages = {}
        for folder_name, _, files in os.walk(folder):
            for file in files:
                if file.endswith(".html"):
                    address = os.path.relpath(os.path.join(folder_name, file), folder).replace(os.sep, "/")
                    if address.count("/") == 1:
                        pages.setdefault(file[:-len(".html")], []).append(address)
        found, lost = {}, []
        for record in self.records:
            addresses = pages.get(record["id"], [])
            # A tag's page may be called as a record is; the folder tells them apart.
            addresses = [address for address in addresses if address == f"{record['path'][:-3]}.html"] or addresses
            if len(addresses) == 1:
                found[addresses[0]] = record["path"]
            else:
                lost.append(record["path"])
        return found, lost

    def text(self, path):
        """A record as (title, lead, headings, body); front matter is text, without its punctuation."""
        with open(os.path.join(self.root, path), encoding="utf-8") as file:
            source = file.read()
        front, body = "", source
        parts = re.match(r"---\n(.*?)\n---\n(.*)", source, re.S)
        if parts:
            front, body = parts.groups()
        lead, keep = [], False
        for line in front.splitlines():
            if re.match(r"\S", line):
                keep = bool(re.match(r"(summary|aliases|symptoms|description|tags):", line))
            if keep:
                lead.append(re.sub(r"^\w+:", "", line))
        headings = re.findall(r"^#{1,6} +(.*)$", body, re.M)
        title = re.search(r"^title: *(.*)$", front, re.M)
        title = title.group(1).strip("\"' ") if title else headings[0] if headings else os.path.basename(path)
        return title, " ".join(lead), " ".join(headings), f"{front}\n{body}"


def example(kb, work):
    """The example of this repository."""
    return Base("example", os.path.join(REPOSITORY, "kb-example"), "de", kb)


def collection(folder, language, settings="", part="", pages=((".md", ".md"),), without=()):
    """A collection of pages that is not part of this repository: a folder of those that KB_CORPORA names, or a part of one.

    Files that end as one of `pages` says become a knowledge base, with the ending beside it; without the folder there is
    none. `without` names folders that are left out.
    """
    def prepare(kb, work):
        source = os.path.join(os.environ.get("KB_CORPORA", ""), folder, part)
        if not os.environ.get("KB_CORPORA") or not os.path.isdir(source):
            return None
        root = os.path.join(work, folder)
        shutil.rmtree(root, ignore_errors=True)
        for inside, folders, files in os.walk(source):
            folders[:] = [name for name in folders if name not in without and not name.startswith(".")]
            for file in files:
                ending = next((pair for pair in pages if file.endswith(pair[0])), None)
                if ending:
                    target = os.path.join(root, os.path.relpath(inside, source))
                    os.makedirs(target, exist_ok=True)
                    shutil.copy(os.path.join(inside, file), os.path.join(target, file[:-len(ending[0])] + ending[1]))
        with open(os.path.join(root, "kb.yml"), "w", encoding="utf-8") as file:
            file.write(f"language: {language}\n{settings}")
        return Base(folder, root, language, kb)
    return prepare


SETS = {
    "example": example,
    "evcc": collection(
        "evcc-docs", "de", part="src/content/docs/de", pages=((".mdx", ".md"), (".md", ".md")), without=("blog",)),
    "gitlab": collection("gitlab-com-runbooks", "en"),
    "govuk": collection("govuk-developer-docs", "en"),
    "hmcts": collection(
        "hmcts-ops-runbooks", "en", pages=((".html.md.erb", ".md"), (".md.erb", ".md"), (".md", ".md"))),
    "mailcow": collection("mailcow-dockerized-docs", "de", part="docs", pages=((".de.md", ".de.md"),)),
    "princeton": collection("pul-it-handbook", "en"),
    "prometheus": collection("prometheus-runbooks", "en", "folders: {content/runbooks: runbook}\n"),
}

# The weights of the search are not chosen on these.
HELD = {
    "bremen": collection("freifunk-bremen-wiki", "de"),
    "luebeck": collection("freifunk-luebeck-wiki", "de"),
    "openshift": collection("openshift-runbooks", "en"),
    "pagerduty": collection("pagerduty-incident-response", "en", part="docs"),
}

# Nobody looks at these before the search is done: they are asked once, at the end.
UNSEEN = {
    "18f": collection("18f-handbook", "en", part="pages"),
    "muenchen": collection("freifunk-muenchen", "de"),
}
