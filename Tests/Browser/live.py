#!/usr/bin/env python3
"""Edits a knowledge base while its pages are open in a headless browser, and looks at what happens.

    python3 Tests/Browser/live.py KB ROOT [PICTURES_DIR]

`kb serve` runs over a copy of ROOT in a temporary folder. Prints a line a check, and at the end how many passed and failed.
"""

import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from run import Report
from screens import DESK, MEASURE, PHONE
from webdriver import Browser, WebDriverError

RECORD = "systems/erp"


class Server:
    """A `kb serve` over a folder; it ends with the block."""

    def __init__(self, kb, root, *options):
        self.command = [kb, "serve", "-C", root, "--port", "0", *options]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.address = re.search(r"http://[^ ]+", self.process.stdout.readline()).group(0)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()

    def stop(self):
        """Ends it as Ctrl-C does; hands back the status and how long it took."""
        start = time.monotonic()
        self.process.send_signal(2)
        return self.process.wait(10), time.monotonic() - start


class Base:
    """The files of the copy."""

    def __init__(self, root):
        self.root = root

    def path(self, name):
        return os.path.join(self.root, name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def save_by_rename(self, name, text):
        """As many editors save: a new file takes the old one's place."""
        self.write(name + ".new", text)
        os.replace(self.path(name + ".new"), self.path(name))

    def save_like_vim(self, name, text):
        """The old file steps aside, a new one is written, the old one goes."""
        os.rename(self.path(name), self.path(name + "~"))
        time.sleep(0.03)
        self.write(name, text)
        os.remove(self.path(name + "~"))


def has(text):
    return f"return document.querySelector('main') && document.querySelector('main').textContent.includes({text!r})"


def sees(browser, script, seconds=20):
    """Waits through the reloads of a page, in which a script may find no document."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if browser.run(script):
                return True
        except WebDriverError:
            pass
        time.sleep(0.05)
    return False


OVER = "const box = document.querySelector('.kb-live-box'); return box ? box.textContent : ''"


def changing(browser, server, base, report):
    """A saved file is on the page, and the reader stays where they were."""
    name = RECORD + ".md"
    original = base.read(name)
    browser.open(f"{server.address}{RECORD}.html")
    heading = browser.run("return [...document.querySelectorAll('main [id]')].filter(e => e.offsetParent).map(e => e.id).slice(-2)[0]")
    browser.run("document.getElementById(arguments[0]).scrollIntoView(); window.marked = true", heading)
    place = browser.run("return [scrollY, document.getElementById(arguments[0]).getBoundingClientRect().top]", heading)
    # The new text stands above what is being read.
    lead = "summary: Ein ganz neuer Satz, der länger ist als der alte und deshalb mehr Platz braucht, auf jedem Schirm, und noch einer dazu.\n"
    base.write(name, re.sub(r"(?m)^summary:.*\n", lead, original))
    report.that("a saved file is on the open page", sees(browser, has("Ein ganz neuer Satz")))
    sees(browser, "return document.readyState === 'complete'")
    time.sleep(0.3)
    found = browser.run("return [scrollY, document.getElementById(arguments[0]).getBoundingClientRect().top]", heading)
    report.that("the reader stays at the same heading", place[0] > 100 and abs(found[1] - place[1]) < 4, f"{place} {found}")
    base.save_by_rename(name, original.replace("title:", "title: Umbenannt,"))
    report.that("so is one saved by rename", sees(browser, has("Umbenannt")))
    base.save_like_vim(name, original + "\nWie Vim sichert.\n")
    report.that("so is one saved as Vim does", sees(browser, has("Wie Vim sichert")))
    browser.run("window.marked = true")
    base.write("pages/ganz-neu.md", "# Ganz neu\n\nEine Seite für sich.\n")
    time.sleep(1.5)
    report.that("a page that says the same stays as it is", browser.run("return window.marked === true"))
    browser.open(f"{server.address}pages/kommt-noch.html")
    base.write("pages/kommt-noch.md", "# Kommt noch\n\nJetzt ist sie da.\n")
    report.that("a page that was missing appears", sees(browser, has("Jetzt ist sie da")))
    os.remove(base.path("pages/kommt-noch.md"))
    report.that("a page whose file is gone says so, and stays", sees(browser, OVER + ".includes('keinen Eintrag mehr')") and browser.run(has("Jetzt ist sie da")))
    base.write(name, original)


def findings(browser, server, base, report, pictures):
    """What is wrong lies over the page it belongs to."""
    name = RECORD + ".md"
    original = base.read(name)
    browser.open(f"{server.address}{RECORD}.html")
    faulty = original.replace("---\n", "---\ndepends_on: [gibt-es-nicht]\nreviewed: 05.13.2024\n", 1) if "depends_on:" not in original else \
        re.sub(r"(?m)^title:", "nachgesehen: gestern\ntitle:", original).replace("criticality: ", "criticality: sehr-")
    base.write(name, faulty)
    report.that("a finding lies over its page, with its place", sees(browser, OVER + f".includes('{name}:')"))
    report.that("its line is shown with a mark", browser.run("return !!document.querySelector('.kb-live pre mark')"))
    for width, scheme in ((PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")):
        browser.resize(*width)
        browser.prefer(scheme)
        found = browser.run(MEASURE, width[0], True)
        wrong = found["overflow"] + found["contrast"]
        report.check(f"the findings are readable, {scheme}, {width[0]} px", wrong)
        if pictures:
            shot = browser.devtools("Page.captureScreenshot", format="png")["data"]
            with open(f"{pictures}/live-{width[0]}-{scheme}.png", "wb") as file:
                file.write(base64.b64decode(shot))
    browser.prefer("light")
    browser.click(".kb-live > summary")
    report.that("they fold", sees(browser, "return !document.querySelector('.kb-live').open"))
    base.write(name, faulty + "\nEin Satz mehr.\n")
    sees(browser, has("Ein Satz mehr"))
    report.that("and stay folded after a change", sees(browser, "const d = document.querySelector('.kb-live'); return d && !d.open"))
    browser.click(".kb-live > summary")
    browser.open(f"{server.address}a-z.html")
    time.sleep(0.5)
    report.that("another page has none of them", not browser.run(OVER))
    base.write(name, original)
    settings = base.read("kb.yml")
    base.write("kb.yml", settings + "\nlanguage: [\n")
    report.that("a broken kb.yml is said on every page", sees(browser, OVER + ".includes('kb.yml:')"))
    report.that("and the page stays what it was", browser.run("return document.documentElement.lang === 'de' && document.querySelectorAll('main li').length > 50"))
    base.write("kb.yml", settings)
    report.that("until it is mended", sees(browser, "const box = document.querySelector('.kb-live-box'); return !box || !box.textContent"))


def searching(browser, server, base, report):
    """The search finds what was written a moment ago."""
    base.write("pages/zwiebelfisch.md", "# Zwiebelfischchen\n\nSteht seit eben hier.\n")
    time.sleep(0.5)
    browser.open(f"{server.address}search.html?q=zwiebelfischchen")
    report.that("the search finds what was just written", sees(browser, has("Steht seit eben hier")))
    base.write("pages/zwiebelfisch.md", "# Zwiebelfischchen\n\nSteht nun anders hier.\n")
    report.that("an open search follows", sees(browser, has("Steht nun anders hier"), 30))


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    start, report = time.monotonic(), Report()
    pictures = sys.argv[3] if len(sys.argv) > 3 else None
    with tempfile.TemporaryDirectory() as folder:
        root = shutil.copytree(sys.argv[2], os.path.join(folder, "kb"), ignore=shutil.ignore_patterns("_site"))
        base = Base(root)
        with Server(os.path.abspath(sys.argv[1]), root) as server, Browser() as browser:
            try:
                browser.resize(*DESK)
                browser.prefer("light")
                changing(browser, server, base, report)
                findings(browser, server, base, report, pictures)
                searching(browser, server, base, report)
                browser.open(f"{server.address}{RECORD}.html")
                time.sleep(0.5)
                wrong = [entry["message"] for entry in browser.logged("browser") if "404 (Not Found)" not in entry["message"]]
                report.check("no page leaves a word on the console", wrong)
                status, seconds = server.stop()
                report.that("it ends without waiting for open pages", status == 0 and seconds < 30, f"{status} after {seconds:.1f} s")
                report.that("an open page says that it hears nothing more", sees(browser, OVER + ".includes('kb serve')"))
                report.that("it leaves nothing in the folder", sorted(os.listdir(root)) == sorted(set(os.listdir(sys.argv[2])) - {"_site"}))
            except (OSError, WebDriverError) as error:
                report.check("the browser does what it is asked", [str(error)])
    print(f"{report.passed} passed, {report.failed} failed, {time.monotonic() - start:.0f} s")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
