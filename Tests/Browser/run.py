#!/usr/bin/env python3
"""Opens every page of a built site in a headless browser and looks for what is wrong.

    python3 Tests/Browser/run.py SITE_DIR [--firefox]

Needs Python 3, chromium and chromedriver (apt-get install chromium chromium-driver), and nothing else; with --firefox, that
one instead (apt-get install firefox-esr). Prints a line a check, and at the end how many passed and failed.
"""

import concurrent.futures
import functools
import http.server
import os
import re
import sys
import tempfile
import threading
import time

from firefox import Firefox
from pages import CHECKS, Site
from screens import BETWEEN, DESK, MEASURE, PHONE
from search import searching
from webdriver import Browser, WebDriverError


class Report:
    """What passed and what did not."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, wrong):
        """One check; `wrong` lists what is not as it should be."""
        wrong = list(wrong)
        if wrong:
            self.failed += 1
            print(f"FAILED  {name}: {len(wrong)}")
            for line in wrong[:12]:
                print(f"          {line}")
            if len(wrong) > 12:
                print(f"          … and {len(wrong) - 12} more")
        else:
            self.passed += 1
            print(f"ok      {name}")
        sys.stdout.flush()

    def that(self, name, holds, found=""):
        self.check(name, [] if holds else [found or "it is not so"])


def markup(site, report):
    """What the HTML says by itself."""
    for name, check in CHECKS:
        report.check(
            f"every page {name}",
            (f"{page.path}: {wrong}" for page in site.pages.values() for wrong in check(site, page)))
    records = site.records()
    report.check("llms.txt names records, and only pages that exist", [] if records else ["no record"])
    report.check("every record is in llms.txt's pages", [record for record in records if record not in site.pages])
    report.check("every record is three plain links from the start page", site.unreached(3))
    named = {target[0] for page in site.pages.values() for _, href in site.links(page) if (target := site.target(page, href))}
    lonely = {"index.html", "404.html"}
    report.check("every page but aliases is linked from another", [
        path for path, page in site.pages.items()
        if path not in named | lonely and not any(path.endswith(end) for end in aliases(site, page))])


def aliases(site, page):
    """A page that only leads on to another: it has one link in its main part."""
    links = [href for element, href in site.links(page) if any(above.tag == "main" for above in element.above())]
    return [page.path] if len(links) == 1 else []


def kind_of(path):
    """Pages of one type look alike: one of each is measured for its colours."""
    folder, _, name = path.rpartition("/")
    if not folder:
        return name
    return f"{folder}/{'list' if name == 'index.html' else 'type' if name.startswith('type-') else 'page'}"


class Seen:
    """What was found on some pages."""

    def __init__(self):
        self.console, self.failed, self.outside, self.scripts = [], [], [], []
        self.overflow, self.targets = {360: [], 1440: [], "between": []}, {360: [], 1440: []}
        self.contrast = {"light": [], "dark": []}
        self.labels = []

    def add(self, other):
        for name in ("console", "failed", "outside", "scripts", "labels"):
            getattr(self, name).extend(getattr(other, name))
        for name in ("overflow", "targets", "contrast"):
            for key, lines in getattr(other, name).items():
                getattr(self, name)[key] += lines


def visit(site, browser, paths, typical):
    """Opens pages from disk, on a phone first, then on a desk; typical ones in more widths, and in the dark."""
    seen = Seen()
    browser.prefer("light")
    browser.resize(*PHONE)
    browser.logged("browser")
    browser.network()
    for path in paths:
        browser.open(site.address(path))
        for size in (PHONE, DESK):
            if size == DESK:
                browser.resize(*size)
            found = browser.run(MEASURE, size[0], path in typical)
            seen.overflow[size[0]] += [f"{path}: {line}" for line in found["overflow"]]
            seen.targets[size[0]] += [f"{path}: {line}" for line in found["targets"]]
            seen.scripts += [f"{path}: {line}" for line in found["scripts"]]
            seen.contrast["light"] += [f"{path} at {size[0]}: {line}" for line in found["contrast"]]
            seen.labels += [f"{path} at {size[0]}: {line}" for line in found["labels"]]
        if path in typical:
            for width in BETWEEN:
                browser.resize(width, DESK[1])
                seen.overflow["between"] += [f"{path}: {line}" for line in browser.run(MEASURE, width, False)["overflow"]]
            browser.prefer("dark")
            for size in (PHONE, DESK):
                browser.resize(*size)
                seen.contrast["dark"] += [f"{path} at {size[0]}: {line}" for line in browser.run(MEASURE, size[0], True)["contrast"]]
            browser.prefer("light")
        browser.resize(*PHONE)
        for address, failure in browser.network():
            if not address.startswith(("file://", "data:")):
                seen.outside.append(f"{path}: {address}")
            if failure:
                seen.failed.append(f"{path}: {address}: {failure}")
        seen.console += [f"{path}: {entry['message']}" for entry in browser.logged("browser")]
    browser.resize(*DESK)
    return seen


def every_page(site, browsers, report):
    """Opens each page in one of the browsers."""
    paths, typical = sorted(site.pages), {}
    for path in paths:
        # The longest page of a type has the most that can go wrong.
        longest = typical.get(kind_of(path))
        if longest is None or len(site.pages[path].elements) > len(site.pages[longest].elements):
            typical[kind_of(path)] = path
    typical, seen = set(typical.values()), Seen()
    with concurrent.futures.ThreadPoolExecutor(len(browsers)) as pool:
        shares = [paths[number::len(browsers)] for number in range(len(browsers))]
        for part in pool.map(lambda pair: visit(site, pair[0], pair[1], typical), zip(browsers, shares)):
            seen.add(part)
    report.check(f"all {len(paths)} pages open from disk without a word on the console", seen.console)
    if browsers[0].tells_requests:
        report.check("no request fails", seen.failed)
        report.check("no request leaves the disk", seen.outside)
    report.check("nothing is wider than a phone of 360 px", seen.overflow[360])
    report.check("nothing is wider than a desk of 1440 px", seen.overflow[1440])
    report.check("the labels of pictures are 11 px high, and inside their boxes", seen.labels)
    report.check(f"{len(typical)} types of page fit {', '.join(map(str, BETWEEN))} px", seen.overflow["between"])
    report.check("every target has 24 px on a phone", seen.targets[360])
    report.check("every target has 24 px on a desk", seen.targets[1440])
    for scheme, lines in seen.contrast.items():
        report.check(f"every text of {len(typical)} types of page has a contrast of 5 to 1, {scheme}", lines)
    report.check("what stands in for a script is hidden where one runs", seen.scripts)


def having(site, attribute, prefer=""):
    """A page with an element that has the attribute."""
    found = [path for path in sorted(site.pages) if any(attribute in element.attributes for element in site.pages[path].elements)]
    return next((path for path in found if path.startswith(prefer)), found[0] if found else None)


def without_scripts(site, browser, report):
    """A few pages as a browser without JavaScript shows them."""
    browser.scripts(False)
    shown = []
    for path in filter(None, ("index.html", "a-z.html", "search.html", having(site, "data-list"), having(site, "data-clock"))):
        browser.open(site.address(path))
        # A driver's own scripts still run.
        shown += [f"{path}: {line}" for line in browser.run(MEASURE, DESK[0], False)["scripts"]]
        if not browser.run("return document.querySelector('main').innerText.trim().length > 20"):
            shown.append(f"{path}: nothing to read")
    browser.scripts(True)
    report.check("what needs a script is hidden where none runs", shown)


def lists(site, browser, report):
    path = having(site, "data-list", "systems/")
    if not path:
        return
    browser.open(site.address(path))
    visible = "Array.from(document.querySelectorAll('table[data-list] tbody tr')).filter(r => r.checkVisibility())"
    total = browser.run(f"return {visible}.length")
    word = browser.run(f"return {visible}.slice(-1)[0].querySelector('th').textContent.trim()")
    browser.type('[id="kb.f-text"]', word)
    found = browser.run(f"return {visible}.map(r => r.textContent)")
    said = browser.run("return document.getElementById('kb.total').textContent")
    report.that(
        "list: a word leaves only the rows that have it, and the count says so",
        0 < len(found) < max(total, 2) and all(word.lower() in row.lower() for row in found) and said.startswith(f"{len(found)} "), f"{word}: {found}, {said}")
    browser.type('[id="kb.f-text"]', "zzzzz")
    report.that("list: where nothing fits, it says so", browser.run(f"return {visible}.length") == 0
                and browser.run("var t = document.getElementById('kb.total'); return t.textContent === t.getAttribute('data-none')"))
    address = browser.run("return location.href")
    browser.open("about:blank")
    browser.open(address)
    report.that("list: the address keeps the filter", "#?" in address and "zzzzz" in address, address)
    report.that("list: a link to a filter shows what it shows", browser.run(f"return {visible}.length") == 0)
    browser.resize(*PHONE)
    report.that("list: where nothing fits, a button shows all, on a phone too",
                browser.run("return document.querySelector('[id=\"kb.total\"] + button').checkVisibility()"))
    browser.click('[id="kb.total"] + button')
    browser.resize(*DESK)
    report.that("list: all are shown again", browser.until(f"return {visible}.length === {total}"))
    chosen = browser.run("""
        var s = document.querySelector('[data-filter=operator]'); if (!s) return null;
        s.value = s.options[1].value; s.dispatchEvent(new Event('input', { bubbles: true })); return s.value;""")
    rows = browser.run(f"return {visible}.map(r => r.getAttribute('data-operator') || '')")
    report.that("list: an operator leaves only what it operates", chosen and rows and all(chosen in row for row in rows) and len(rows) < total, f"{chosen}: {rows}")
    browser.click("form.filters button[type=reset]")
    browser.until(f"return {visible}.length === {total}")
    choice = browser.run("""
        var s = document.querySelector('select[data-filter]'); if (!s) return null;
        s.value = s.options[1].value; s.dispatchEvent(new Event('input', { bubbles: true }));
        return [s.getAttribute('data-filter'), s.value];""")
    if choice:
        key, value = choice
        rows = browser.run(f"return {visible}.map(r => r.getAttribute('data-{key}'))")
        report.that("list: a choice leaves only its rows", 0 < len(rows) <= total and all(value in row for row in rows), f"{choice}: {rows}")
        browser.click("form.filters button[type=reset]")
        browser.until(f"return {visible}.length === {total}")
    column = browser.run("return document.querySelector('tbody th').cellIndex")
    cells, sorts = f"return {visible}.map(r => r.cells[{column}].textContent.trim())", f"return document.querySelectorAll('thead th')[{column}].getAttribute('aria-sort')"
    orders = []
    for _ in range(2):
        browser.click(f"table[data-list] thead th:nth-child({column + 1}) button")
        orders.append((browser.run(sorts), browser.run(cells)))
    order = browser.run("return arguments[0].slice().sort((a, b) => a.localeCompare(b, document.documentElement.lang, { numeric: true }))", orders[0][1])
    report.that(
        "list: a heading sorts up, then down, and says which",
        orders == [("ascending", order), ("descending", order[::-1])] and len(order) == total, str(orders))
    last = browser.run("return document.querySelectorAll('thead th button').length")
    browser.run("document.querySelectorAll('thead th button')[arguments[0] - 1].click()", last)
    report.that("list: only one heading says that it sorts", browser.run("return document.querySelectorAll('[aria-sort]').length") == 1)


def money(site, browser, report):
    """A list of contracts sorts by what they cost in a year, not by the number that is written."""
    path = next((path for path in ("contracts/index.html", "contracts.html") if path in site.pages), None)
    if not path:
        return
    browser.open(site.address(path))
    heads = "Array.from(document.querySelectorAll('table[data-list] thead th'))"
    column = browser.run(f"return {heads}.findIndex(h => /Kosten|Cost/.test(h.textContent))")
    read = f"return Array.from(document.querySelectorAll('table[data-list] tbody tr')).map(r => [r.cells[{column}].getAttribute('data-v'), r.cells[{column}].textContent])"
    orders = []
    for _ in range(2):
        browser.click(f"table[data-list] thead th:nth-child({column + 1}) button")
        orders.append(browser.run(read))
    amounts = [[int(amount) for amount, _ in order] for order in orders]
    report.that(
        "contracts: the cost sorts by the amount of a year, up and down",
        column > 0 and len(set(amounts[0])) > 3 and amounts == [sorted(amounts[0]), sorted(amounts[0], reverse=True)], str(orders))


def alphabet(site, browser, report):
    if not having(site, "data-find", "a-z"):
        return
    browser.open(site.address("a-z.html"))
    report.that("A to Z: the field has the focus", browser.run("return document.activeElement.id") == "kb.find")
    visible = "Array.from(document.querySelectorAll('main .sec li')).filter(r => r.checkVisibility())"
    target = browser.run(f"var l = {visible}; var a = l[l.length - 1].querySelector('a'); return [a.textContent.trim(), a.href]")
    browser.type('[id="kb.find"]', target[0])
    rows = browser.run(f"return {visible}.map(r => r.querySelector('a').href)")
    empty = browser.run("""return Array.from(document.querySelectorAll('main .sec')).filter(
        s => s.checkVisibility() && !Array.from(s.querySelectorAll('li')).some(l => l.checkVisibility())).length""")
    report.that("A to Z: a name leaves its row, and no empty letter", target[1] in rows and empty == 0 and len(rows) < len(site.records()), str(rows))
    browser.press("\ue007")
    report.that("A to Z: Enter opens the first", browser.until(f"return location.href === {rows[0]!r}"), browser.run("return location.href"))


def emergency(site, browser, report):
    browser.resize(*PHONE)
    browser.open(site.address("emergency.html"))
    numbers = browser.run("return Array.from(document.querySelectorAll('.sec')).map(s => Array.from(s.querySelectorAll('.calling h3 a[href^=\"tel:\"]')).map(a => a.href))")
    report.that("emergency: each number stands once in a section", any(numbers) and all(len(set(each)) == len(each) for each in numbers), str(numbers))
    systems = browser.run("return Array.from(document.querySelectorAll('.downs > li')).map(l => [l.querySelector('a').textContent, l.getBoundingClientRect().height])")
    report.that("emergency: a system takes few lines on a phone", systems and all(height < 150 for _, height in systems), str(systems))
    visible = "Array.from(document.querySelectorAll('main .sec li')).filter(l => l.checkVisibility() && !l.parentElement.closest('li'))"
    name = systems[0][0]
    browser.type('[id="kb.find"]', name)
    rows = browser.run(f"return {visible}.map(l => l.querySelector('a').textContent)")
    report.that("emergency: who has the name is shown, and not who only mentions it", rows and all(name in row for row in rows), str(rows))
    groups = browser.run("return Array.from(document.querySelectorAll('.calling')).filter(g => g.checkVisibility() && !Array.from(g.querySelectorAll('li')).some(l => l.checkVisibility())).length")
    report.that("emergency: a number without a system left is hidden", groups == 0, str(groups))
    browser.resize(*DESK)


def copy_page(site, browser, report):
    browser.open(site.address("copy.html"))
    said = "return document.getElementById('kb.copy').textContent"
    report.that("copy: the page finds that all pages are here", browser.until("return /^(Vollständig|Complete)/.test(document.getElementById('kb.copy').textContent)"), browser.run(said))


def code_on_phones(site, browser, report):
    browser.resize(*PHONE)
    browser.open(site.address(having(site, "data-copy", "runbooks/")))
    # A word that is longer than the line.
    wide = browser.run("document.querySelectorAll('.code code').forEach(c => c.prepend('\"${STATE_DIRECTORY_OF_THE_NODE}/${PEER_KEY_OF_THE_NODE}\" ')); return Array.from(document.querySelectorAll('.code pre')).filter(p => p.scrollWidth > p.clientWidth).map(p => p.scrollWidth + ' in ' + p.clientWidth)")
    report.check("code: nothing is cut off on a phone", wide)


def facts_beside(site, browser, report):
    """What people wrote comes first on a phone; the facts are beside it at the desk."""
    where = "var [t, f] = ['.prose', '.told'].map(s => document.querySelector(s).getBoundingClientRect()); return [t.top, t.right, f.top, f.left]"
    for path in [path for path in site.records() if path.startswith("systems/")][:3]:
        browser.resize(*PHONE)
        browser.open(site.address(path))
        if not browser.run("return !!(document.querySelector('.prose') && document.querySelector('.told'))"):
            continue
        top, _, below, _ = browser.run(where)
        report.that(f"record: on a phone the text comes before the facts ({path})", top < below, f"{top} {below}")
        browser.resize(*DESK)
        _, right, _, left = browser.run(where)
        report.that(f"record: at the desk the facts are beside the text ({path})", right <= left, f"{right} {left}")
    browser.resize(*DESK)


def theme(site, browser, report):
    browser.open(site.address("index.html"))
    before = browser.run("return getComputedStyle(document.body).backgroundColor")
    browser.click("[data-theme-switch]")
    after = browser.run("return getComputedStyle(document.body).backgroundColor")
    browser.open(site.address(site.records()[0]))
    kept = browser.run("return getComputedStyle(document.body).backgroundColor")
    browser.click("[data-theme-switch]")
    back = browser.run("return getComputedStyle(document.body).backgroundColor")
    report.that("theme: the button changes it, and the next page keeps it", before != after == kept and back == before, f"{before} {after} {kept} {back}")
    browser.run("localStorage.clear()")


def runbook(site, browser, report):
    path = having(site, "data-clock")
    if not path:
        return
    browser.open(site.address(path))
    ticked = "return Array.from(document.querySelectorAll('.steps .tick')).map(t => t.checked)"
    count = len(browser.run(ticked))
    numbers = browser.run("return Array.from(document.querySelectorAll('.steps .no')).map(n => n.textContent)")
    report.that("runbook: its steps are numbered through", numbers == [str(n + 1) for n in range(count)], str(numbers))
    report.that("runbook: the clock shows zero before it begins", browser.run("return document.getElementById('kb.time').textContent") == "00:00:00")
    browser.click(".steps label")
    early = browser.run(ticked)
    browser.click('[id="kb.begin"]')
    report.that("runbook: beginning keeps what was ticked before", browser.run(ticked) == early and early[0])
    report.that("runbook: the clock counts", browser.until("return /00:00:0[1-9]/.test(document.getElementById('kb.time').textContent)"))
    marked = browser.run("return [document.querySelector('.steps .tick').checked, document.querySelector('.stamp').textContent, document.getElementById('kb.done').textContent]")
    report.that("runbook: a step's words tick it, with day, time and count",
                marked[0] and re.search(r"\d{4}.* \d\d:\d\d", marked[1]) and marked[2].startswith("1 "), str(marked))
    shown = "return ['begin', 'log', 'again'].map(n => document.getElementById('kb.' + n).checkVisibility())"
    for size in (PHONE, DESK):
        browser.resize(*size)
        report.that(f"runbook: at work the main button copies the log at {size[0]} px, and the one that begins anew is in the menu",
                    browser.run(shown) == [False, True, False] and browser.run("return document.getElementById('kb.log').classList.contains('main')"))
    browser.run("document.querySelector('.note').scrollIntoView({ block: 'center' })")
    browser.click(".note summary")
    browser.type(".note textarea", "Drucker <b>aus</b>")
    browser.type(".note input", "Jonas")
    browser.click(".note button")
    note = browser.run("return document.querySelector('.notes li').textContent")
    report.that("runbook: a step has notes with time and name",
                re.search(r"\d{4}.* \d\d:\d\d, Jonas: Drucker <b>aus</b>$", note), note)
    browser.open(site.address("index.html"))
    browser.open(site.address(path))
    state = browser.run(ticked)
    report.that("runbook: ticks, notes and clock are still there on return",
                state == [True] + [False] * (count - 1) and browser.run("return document.getElementById('kb.time').textContent") != "00:00:00"
                and browser.run("return document.querySelector('.notes li').textContent") == note, str(state))
    other = next((p for p in sorted(site.pages) if p != path and "data-clock" in {a for e in site.pages[p].elements for a in e.attributes}), None)
    if other:
        browser.open(site.address(other))
        report.that("runbook: another one has none of them", not any(browser.run(ticked)))
        browser.open(site.address(path))
    words = browser.run("return document.getElementById('kb.log').textContent")
    browser.click('[id="kb.log"]')
    report.that("runbook: the log can be copied", browser.until(f"return document.getElementById('kb.log').textContent !== {words!r}"))
    two_tabs(site, browser, report, path)
    browser.click(".more summary")
    browser.click('[id="kb.again"]')
    report.that("runbook: to begin anew it asks first", browser.run(ticked)[0] and browser.run("return document.getElementById('kb.asked').checkVisibility()"))
    browser.click('[id="kb.go-on"]')
    report.that("runbook: going on keeps the log", browser.run(ticked)[0] and not browser.run("return document.getElementById('kb.asked').checkVisibility()"))
    browser.click(".more summary")
    browser.click('[id="kb.again"]')
    browser.click('[id="kb.anew"]')
    report.that("runbook: it begins anew", not any(browser.run(ticked)) and browser.run("return document.querySelectorAll('.steps .notes li').length") == 0)
    kept = browser.run("return Object.keys(localStorage).filter(k => /\\nearlier\\n/.test(k)).map(k => localStorage.getItem(k)).join()")
    report.that("runbook: the log of before is kept, as Markdown", "\n- [x] 1. " in kept and re.search(r"\| \d{4}-\d\d-\d\d \d\d:\d\d \| Jonas \| 1\. .*: Drucker <b>aus</b> \|", kept), kept)
    browser.run("""const key = Object.keys(localStorage).find(k => k.endsWith('\\nstart'));
        localStorage.setItem(key, String(Date.now() - 40 * 86400000));""")
    browser.open(site.address("index.html"))
    browser.open(site.address(path))
    asked = browser.run("return document.getElementById('kb.question').textContent")
    report.that("runbook: a run of 40 days ago says so and asks", "40" in asked and browser.run("return document.getElementById('kb.asked').checkVisibility()"), asked)
    report.that("runbook: the clock counts days", browser.run("return document.getElementById('kb.time').textContent").startswith("40 Tage "))
    browser.run("localStorage.clear()")


def incident(site, browser, report):
    """The sheet of an incident: clocks that a click starts, lines that belong to no step, the hand-over."""
    path = having(site, "data-due", prefer="runbooks/")
    if not path or not path.startswith("runbooks/"):
        return
    browser.run("localStorage.clear()")
    browser.open(site.address(path))
    browser.run("document.querySelectorAll('details.sheet').forEach(d => d.open = true)")
    started = "return Array.from(document.querySelectorAll('.starts .at > span')).map(s => s.textContent)"
    ready = browser.until("return window.kbOutage && document.querySelectorAll('.starts .at button').length > 0")
    report.that("incident: no clock runs before it is started", ready and not any(browser.run(started)))
    browser.run("document.querySelector('.starts .at button').click()")
    told = browser.until(r"return /\d\d:\d\d .*\d:\d\d h/.test(document.querySelector('.starts .at > span').textContent)")
    report.that("incident: a clock says until when, and how long is left", told, str(browser.run(started)))
    browser.run("document.getElementById('kb.drill').click()")
    browser.run("document.getElementById('kb.entry').scrollIntoView({ block: 'center' })")
    browser.type("[id='kb.entry'] textarea", "Versand weiß Bescheid | 14 Pakete")
    browser.type("[id='kb.entry'] input", "Lena")
    browser.run("document.querySelector(\"[id='kb.entry'] button\").click()")
    browser.type("[id='kb.hand'] input", "Tarek")
    browser.run("document.querySelector(\"[id='kb.hand'] button\").click()")
    written = "return Array.from(document.querySelectorAll(\"[id='kb.entries'] li\")).map(l => l.textContent)"
    lines = browser.run(written)
    report.that("incident: the log has clock, line and hand-over in their order",
                len(lines) == 3 and "Lena: Versand" in lines[1] and "Tarek" in lines[2], str(lines))
    browser.open(site.address("index.html"))
    browser.open(site.address(path))
    again = browser.run(written)
    report.that("incident: nothing of it is lost on return",
                again == lines and browser.run("return document.getElementById('kb.drill').checked"), str(again))
    browser.run("document.getElementById('kb.again').click()")
    browser.run("document.getElementById('kb.anew').click()")
    kept = browser.run(r"return Object.keys(localStorage).filter(k => /\nearlier\n/.test(k)).map(k => localStorage.getItem(k)).join()")
    table = re.findall(r"^\| \d{4}-\d\d-\d\d \d\d:\d\d \| (.*) \| (.*) \|$", kept, re.M)
    report.that("incident: the log is Markdown that a program reads",
                len(table) == 3 and table[1] == ("Lena", r"Versand weiß Bescheid \| 14 Pakete"), kept)
    browser.run("localStorage.clear()")


def two_tabs(site, browser, report, path):
    """Two tabs with one runbook: each adds to the log, and shows what the other added."""
    first = browser.command("GET", "/window")
    second = browser.command("POST", "/window/new", {"type": "tab"})["handle"]
    boxes = "Array.from(document.querySelectorAll('.steps .tick'))"
    browser.command("POST", "/window", {"handle": second})
    browser.open(site.address(path))
    browser.run(f"{boxes}[1].click()")
    browser.command("POST", "/window", {"handle": first})
    seen = browser.until(f"return {boxes}[1].checked")
    browser.run(f"{boxes}[2].click()")
    browser.command("POST", "/window", {"handle": second})
    also = browser.until(f"return {boxes}.slice(0, 3).every(t => t.checked)")
    report.that("runbook: two tabs show one log, and neither takes from the other", seen and also, f"{seen} {also}")
    browser.command("DELETE", "/window")
    browser.command("POST", "/window", {"handle": first})


def copying(site, browser, report):
    path = having(site, "data-copy", "runbooks/")
    if not path:
        return
    browser.open(site.address(path))
    words = browser.run("return document.querySelector('[data-copy]').textContent")
    code = browser.run("return document.getElementById(document.querySelector('[data-copy]').getAttribute('data-copy')).textContent")
    browser.click("[data-copy]")
    report.that("copy: the button says that it did",
                browser.until(f"return document.querySelector('[data-copy]').textContent !== {words!r}"))
    # What was copied is what a field gets when one pastes.
    browser.open(site.address("a-z.html"))
    browser.run("scrollTo(0, 0)")
    browser.click('[id="kb.find"]')
    browser.command("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": [
        {"type": "keyDown", "value": "\ue009"}, {"type": "keyDown", "value": "v"},
        {"type": "keyUp", "value": "v"}, {"type": "keyUp", "value": "\ue009"}]}]})
    pasted = browser.until("return document.getElementById('kb.find').value")
    report.that("copy: the code is in the clipboard", "".join(pasted.split()) == "".join(code.split()), f"{pasted!r} for {code!r}")


def contents_on_phones(site, browser, report):
    path = next((p for p in sorted(site.pages) if any("toc" in (e.get("class") or "").split() for e in site.pages[p].named("details"))), None)
    if not path:
        return
    opened = []
    for size in (PHONE, DESK):
        browser.resize(*size)
        browser.open(site.address(path))
        opened.append(browser.run("return document.querySelector('details.toc').open"))
    report.that("contents are folded on a phone and open on a desk", opened == [False, True], str(opened))
    browser.resize(*PHONE)
    browser.open(site.address(path))
    browser.click(".menu")
    seen = "return document.querySelector('nav.rail').checkVisibility()"
    report.that("the menu opens on a phone", browser.until(seen))
    browser.click(".menu")
    report.that("and its button closes it", not browser.run(seen))
    browser.click(".menu")
    browser.click(".shut a")
    report.that("as does a link in it", not browser.run(seen))
    browser.resize(*DESK)


def placeholder_on_phones(site, browser, report):
    browser.resize(*PHONE)
    browser.open(site.address("search.html"))
    width, room = browser.run("""
        const field = document.querySelector("[data-search]"), style = getComputedStyle(field)
        const canvas = document.createElement("canvas").getContext("2d")
        canvas.font = style.font
        // The cross that empties the field takes its place even when it is not seen.
        const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20
        return [canvas.measureText(field.placeholder).width, room]""")
    report.that("what stands in the empty field of the search fits on a phone", width <= room, f"{width} in {room}")
    browser.resize(*DESK)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def over_http(site, browser, report):
    """Two pages from a web server, in a folder below its root."""
    with tempfile.TemporaryDirectory() as root:
        os.makedirs(f"{root}/unter")
        os.symlink(site.root, f"{root}/unter/wissen")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=root))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/unter/wissen/"
        browser.logged("browser")
        browser.network()
        wrong = []
        for path in ("index.html", site.records()[0]):
            browser.open(base + path)
            styled = browser.run("return getComputedStyle(document.querySelector('.bar')).display === 'flex' && document.documentElement.hasAttribute('data-js')")
            wrong += [] if styled else [f"{path}: style sheet or script does not work"]
            # In a browser that tells no requests there are none to look at.
            wrong += [f"{path}: {address} {failure or 'leaves the folder'}" for address, failure in browser.network()
                      if failure or not address.startswith((base, "data:"))]
            wrong += [f"{path}: {entry['message']}" for entry in browser.logged("browser")]
        browser.open("about:blank")
        server.shutdown()
        server.server_close()
    report.check("a web server's sub-folder serves it as well", wrong)


def main():
    of_choice = Firefox if sys.argv[2:] == ["--firefox"] else Browser
    if len(sys.argv) != (2 if of_choice is Browser else 3) or not os.path.isfile(os.path.join(sys.argv[1], "index.html")):
        print(__doc__, file=sys.stderr)
        return 2
    start, report, site = time.monotonic(), Report(), Site(sys.argv[1])
    if of_choice is Browser:
        markup(site, report)
    try:
        with of_choice() as browser, of_choice() as second:
            every_page(site, (browser, second), report)
            browser.logged("browser")
            for behaviour in (without_scripts, lists, money, alphabet, emergency, copy_page, code_on_phones, facts_beside, theme, runbook, incident, copying, contents_on_phones, placeholder_on_phones,
                              searching):
                behaviour(site, browser, report)
            report.check("no behaviour leaves a word on the console", [entry["message"] for entry in browser.logged("browser")])
            over_http(site, browser, report)
    except (OSError, WebDriverError) as error:
        report.check("the browser does what it is asked", [str(error)])
    print(f"{report.passed} passed, {report.failed} failed, {time.monotonic() - start:.0f} s")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
