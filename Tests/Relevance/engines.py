"""Engines that rank the pages of a knowledge base: each hands back, for every query, paths of Markdown files."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys

from served import Served

sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Browser"))
from webdriver import Browser  # noqa: E402

DEPTH = 10


class Unavailable(Exception):
    """Why an engine cannot take part."""


def distinct(paths):
    """Each path once, where it first stood."""
    return list(dict.fromkeys(paths))


class Kb:
    """`kb search`: the command line, which ranks as the site does."""

    name = "kb"

    def rank(self, base, queries, work):
        lines = "".join(f"{query.text}\n" for query in queries)
        ran = subprocess.run(
            [base.kb, "search", "--batch", "--format", "json", "--limit", str(DEPTH)],
            input=lines, capture_output=True, text=True, cwd=base.root)
        if ran.returncode != 0:
            reason = (ran.stderr.strip() or ran.stdout.strip() or "no answer").splitlines()[0]
            raise Unavailable(f"kb search ended with status {ran.returncode}: {reason}")
        answers = ran.stdout.splitlines()
        if len(answers) != len(queries):
            raise Unavailable(f"kb search answered {len(queries)} queries with {len(answers)} lines")
        return [distinct(hit["path"] for hit in json.loads(answer))[:DEPTH] for answer in answers]


class FTS5:
    """SQLite's full text search as it comes: one column, every word wanted."""

    name = "fts5"
    columns = ("text",)
    weights = (1.0,)

    def row(self, title, lead, headings, body):
        return (f"{title}\n{body}",)

    def expression(self, text):
        return " ".join(self.terms(text))

    def terms(self, text):
        # What has punctuation inside, as 10.0.4.12, becomes a phrase of its parts.
        return ['"' + word.replace('"', "") + '"' for word in text.split() if re.search(r"\w", word)]

    def rank(self, base, queries, work):
        database = sqlite3.connect(":memory:")
        names = ", ".join(self.columns)
        database.execute(
            f"CREATE VIRTUAL TABLE page USING fts5(path UNINDEXED, {names}, "
            "tokenize = \"porter unicode61 remove_diacritics 2\")")
        marks = ", ".join("?" for _ in self.columns)
        for record in base.records:
            database.execute(
                f"INSERT INTO page VALUES (?, {marks})", (record["path"], *self.row(*base.text(record["path"]))))
        weights = ", ".join(str(weight) for weight in self.weights)
        select = f"SELECT path FROM page WHERE page MATCH ? ORDER BY bm25(page, 0.0, {weights}), path LIMIT {DEPTH}"
        ranked = []
        for query in queries:
            expression = self.expression(query.text)
            ranked.append([path for (path,) in database.execute(select, (expression,))] if expression else [])
        database.close()
        return ranked


class FTS5Tuned(FTS5):
    """The same as somebody sets it up who cares: weighted fields, any of the words, and the last one as it is typed."""

    name = "fts5-tuned"
    columns = ("title", "lead", "headings", "body")
    weights = (10.0, 5.0, 3.0, 1.0)

    def row(self, title, lead, headings, body):
        return title, lead, headings, body

    def expression(self, text):
        terms = self.terms(text)
        return " OR ".join(terms + [f"{terms[-1]}*"]) if terms else ""


class Pagefind:
    """Pagefind over the pages that `kb build` made, asked through its own script in a browser."""

    name = "pagefind"
    # The page's own words: not the path above it, and not what other pages say about it.
    options = ("--root-selector", "main", "--exclude-selectors", "nav")

    def __init__(self, python):
        self.python = python

    def index(self, base, work):
        """Builds site and index; hands back the folder and the path of each page."""
        site, folder = os.path.join(work, f"site-{base.name}"), os.path.join(work, f"pagefind-{base.name}")
        for old in (site, folder):
            shutil.rmtree(old, ignore_errors=True)
        pages, lost = base.build(site)
        if lost:
            print(f"  {base.name}: no page of their own on the site: {', '.join(lost)}", file=sys.stderr)
        for address in pages:
            os.makedirs(os.path.dirname(os.path.join(folder, address)), exist_ok=True)
            shutil.copyfile(os.path.join(site, address), os.path.join(folder, address))
        self.run(folder)
        with open(os.path.join(folder, "blank.html"), "w", encoding="utf-8") as file:
            file.write("<!doctype html><title>blank</title>")
        return folder, pages

    def run(self, folder):
        ran = subprocess.run(
            [self.python, "-m", "pagefind", "--site", folder, *self.options], capture_output=True, text=True)
        if ran.returncode != 0:
            raise Unavailable(f"pagefind: {(ran.stderr or ran.stdout).strip()[-300:]}")

    def rank(self, base, queries, work):
        folder, pages = self.index(base, work)
        ranked = []
        with Served(folder) as served, Browser() as browser:
            browser.open(f"{served.address}/blank.html")
            # The language of the index is the one that the pages name.
            browser.run("document.documentElement.lang = arguments[0]", base.language)
            browser.run("""
                return import('/pagefind/pagefind.js').then(async pagefind => {
                  await pagefind.init();
                  window.pagefind = pagefind;
                })""")
            for start in range(0, len(queries), 10):
                addresses = browser.run("""
                    return (async (queries, depth) => {
                      const all = [];
                      for (const query of queries) {
                        const found = await pagefind.search(query);
                        all.push((await Promise.all(found.results.slice(0, depth).map(hit => hit.data())))
                          .map(hit => hit.raw_url || hit.url));
                      }
                      return all;
                    })(...arguments)""", [query.text for query in queries[start:start + 10]], DEPTH)
                # Pagefind names the page of a folder by the folder.
                whole = [[f"{address}index.html" if address.endswith("/") else address for address in found] for found in addresses]
                ranked += [distinct(pages[address.lstrip("/")] for address in found) for found in whole]
        return ranked
