"""The search as a reader uses it, with a stand-in for the engine: the field, the list below it, the page of results, marks."""

import functools
import http.server
import json
import os
import shutil
import tempfile
import threading
import time

from pages import Site
from screens import BETWEEN, DESK, MEASURE, PHONE

ENTER, ESCAPE, UP, DOWN, TAB = "\ue007", "\ue00c", "\ue013", "\ue015", "\ue004"
ATTACK = "<img src=x onerror=alert(1)> \"'</script><b>fett</b> [.*(\\ 🔥"
OPTIONS = "Array.from(document.querySelectorAll('.over [role=option]'))"
SAID = "document.querySelector('.over .said').textContent"
CHOSEN = "(document.getElementById(document.activeElement.getAttribute('aria-activedescendant')) || { textContent: '' }).textContent"


def control(browser, key):
    browser.command("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": [
        {"type": "keyDown", "value": "\ue009"}, {"type": "keyDown", "value": key},
        {"type": "keyUp", "value": key}, {"type": "keyUp", "value": "\ue009"}]}]})


def write(browser, text):
    for sign in text:
        browser.press(sign)


def target(site, browser):
    """A page with a heading far down and, below it, a long word: (path, anchor, word)."""
    browser.resize(*PHONE)
    for path in sorted(site.records(), key=lambda path: (not path.startswith("runbooks/"), path)):
        browser.open(site.address(path))
        found = browser.run("""
            var heads = document.querySelectorAll('.prose h2[id]'), head = heads[heads.length - 1];
            for (var e = head && head.nextElementSibling; e; e = e.nextElementSibling) {
              var word = /[A-Za-zÄÖÜäöüß]{7,}/.exec(e.textContent);
              if (word && head.getBoundingClientRect().top > 900) return [head.id, word[0]];
            }
            return null;""")
        if found:
            return path, *found
    raise OSError("no page is long enough for the tests of the search")


def with_stand_in(site, folder, hits):
    """A copy of the site whose search.js asks the stand-in."""
    shutil.copytree(site.root, folder)
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "fake-search.js"), encoding="utf-8") as fake, open(f"{folder}/search.js", encoding="utf-8") as built:
        script = f"window.kbFake = {json.dumps(hits)};\n{fake.read()}{built.read()}"
    with open(f"{folder}/search.js", "w", encoding="utf-8") as file:
        file.write(script)
    return Site(folder)


def hits(path, anchor, word):
    """A runbook, a provider with an attack for a name, a retired system, and many pages."""
    plain = {"section": "", "words": "", "isRetired": False, "statusLabel": "", "id": "x"}
    long_word = "einVielZuLangesWortOhneJedenUmbruchDasNirgendsHineinpasst_etcdMembersDown"
    return [
        plain | {"title": "Kessel steht", "kind": "runbook", "kindLabel": "Runbook", "address": f"{path}#{anchor}", "section": "Diagnose",
                 "words": f"Ein Satz mit {word} und Kessel.", "firstStep": "Ausmaß feststellen",
                 "call": {"name": "Bereitschaft 040 66969 112", "phone": "+494066969112", "dialled": "+494066969112"}},
        plain | {"title": f"Kessel AG {ATTACK}", "kind": "provider", "kindLabel": "Dienstleister", "address": "a-z.html", "words": ATTACK,
                 "customerNumber": "20418", "call": {"name": "Notdienst 030 23125 840", "phone": "030 23125 840", "dialled": "+493023125840"}},
        plain | {"title": f"Kessel {long_word}", "kind": "system", "kindLabel": "System", "address": "types.html", "isRetired": True,
                 "statusLabel": "abgeschaltet", "why": "Synonym"},
        plain | {"title": "Langsam", "kind": "page", "kindLabel": "Seite", "address": "tags.html"},
    ] + [plain | {"title": f"Kessel Hinweis {n}", "kind": "page", "kindLabel": "Seite", "address": "a-z.html"} for n in range(30)]


def measured(browser, report, name, states):
    """Overflow, targets and contrast of what a state shows, on phone and desk, light and dark."""
    wrong = []
    for state, show in states:
        for scheme in ("light", "dark"):
            browser.prefer(scheme)
            for size in (PHONE, DESK):
                browser.resize(*size)
                show()
                found = browser.run(MEASURE, size[0], True)
                wrong += [f"{state}, {size[0]} px, {scheme}: {line}" for kind in ("overflow", "targets", "contrast") for line in found[kind]]
        for width in BETWEEN:
            browser.resize(width, DESK[1])
            wrong += [f"{state}, {width} px: {line}" for line in browser.run(MEASURE, width, False)["overflow"]]
    browser.prefer("light")
    browser.resize(*DESK)
    report.check(f"search: {name} fit phone and desk, with targets of 24 px and a contrast of 5 to 1", wrong)


def keys(site, browser, report, path, word):
    """The field and the list below it, by keys alone."""
    for page in ("index.html", "a-z.html", path):
        browser.open(site.address(page))
        browser.run("if (document.activeElement) document.activeElement.blur()")
        browser.press("/")
        opened = browser.run("return [!!document.querySelector('dialog[open]'), document.activeElement.id, document.activeElement.value]")
        report.that(f"search: “/” opens its field on {page}", opened == [True, "kb.over", ""], str(opened))
    browser.press(ESCAPE)
    report.that("search: Esc closes it", browser.until("return !document.querySelector('dialog[open]')"))
    browser.open(site.address("a-z.html"))
    control(browser, "k")
    write(browser, "ausgesch")
    report.that("search: pages that belong to no record are found by their titles",
                browser.until("return Array.from(document.querySelectorAll('.over [role=option]')).some(o => o.href.includes('leavers.html'))")
                if "leavers.html" in site.pages else True)
    browser.press(ESCAPE)
    control(browser, "k")
    report.that("search: Ctrl-K opens it, in a field too", browser.until("return !!document.querySelector('dialog[open]')"))
    write(browser, "kessel")
    report.that("search: hits come as one types", browser.until(f"return {OPTIONS}.length === 8 && document.querySelectorAll('[aria-selected=true]').length === 1"), browser.run(f"return {SAID}"))
    state = browser.run("""var f = document.activeElement, l = document.getElementById(f.getAttribute('aria-controls'));
        return [f.getAttribute('role'), f.getAttribute('aria-expanded'), l.getAttribute('role'), !!l.getAttribute('aria-label'),
                Array.from(l.children).every(i => i.getAttribute('role') === 'none' && i.children[0].getAttribute('role') === 'option'),
                document.querySelectorAll('[aria-selected=true]').length]""")
    report.that("search: field and list are a combobox with options", state == ["combobox", "true", "listbox", True, True, 1], str(state))
    said = browser.run(f"return [{SAID}, document.querySelector('.over .said').getAttribute('role')]")
    report.that("search: a live region says how many", said[0].startswith("33 ") and said[1] == "status", str(said))
    report.that("search: passages come after, with what was sought marked",
                browser.until(f"return {OPTIONS}[0].querySelectorAll('.from mark').length") == 1)
    led = browser.run(f"return [{OPTIONS}[0].getAttribute('href'), {OPTIONS}[0].querySelector('.from').textContent]")
    report.that("search: and with them the section that a hit leads to", "#" in led[0] and led[1].startswith("Diagnose: "), str(led))
    first = browser.run(f"return {OPTIONS}[0].textContent + {OPTIONS}[1].textContent")
    report.that("search: a runbook shows its first step, a provider its customer number, both whom to call", all(
        text in first for text in ("Ausmaß feststellen", "040 66969 112", "20418", "030 23125 840")), first)
    calls = browser.run("return Array.from(document.querySelectorAll('.over .tel')).map(a => a.getAttribute('href'))")
    report.that("search: numbers can be called", calls == ["tel:+494066969112", "tel:+493023125840"], str(calls))
    report.that("search: what holds markup is text", browser.run("return document.querySelectorAll('.over img, .over script, .over b b').length") == 0)
    chosen = []
    for key in (None, DOWN, UP, UP, DOWN):
        if key:
            browser.press(key)
        chosen.append(browser.run(f"return {OPTIONS}.map(o => o.getAttribute('aria-selected')).indexOf('true')"))
    report.that("search: arrows go through the hits, and round", chosen == [0, 1, 0, 7, 0], str(chosen))
    report.that("search: the chosen hit is the field's active descendant", "Kessel steht" in browser.run(f"return {CHOSEN}"))
    browser.press(TAB)
    report.that("search: from the field one key leads to the number of the chosen hit", browser.until(
        "var a = document.activeElement; return a.matches('.keys a') && a.getAttribute('href') === 'tel:+494066969112'"))
    browser.run("document.getElementById('kb.over').focus()")
    # The answer to “langsam” comes late: the newer question must win.
    browser.run("document.getElementById('kb.over').value = ''")
    write(browser, "langsam")
    browser.until("return (window.kbAsked || []).indexOf('langsam') >= 0")
    write(browser, "xx")
    time.sleep(0.6)
    said = browser.run(f"return [{SAID}, {OPTIONS}.length]")
    report.that("search: an older answer never replaces a newer one", "langsamxx" in said[0] and said[1] == 0, str(said))
    links = browser.run("return Array.from(document.querySelectorAll('.over .said a')).map(a => a.getAttribute('href').replace(/^(\\.\\.\\/)*/, ''))")
    report.that("search: where nothing is found, the lists are named", links == ["emergency.html", "a-z.html", "types.html", "tags.html"], str(links))
    browser.run("document.getElementById('kb.over').value = ''")
    write(browser, "kaputt")
    browser.until(f"return /missing/.test({SAID})")
    state = browser.run(f"return [{SAID}, document.querySelectorAll('.over .said a').length, document.querySelectorAll('.over .said b').length]")
    report.that("search: an index that fails is said, with the lists", "<b>missing</b>" in state[0] and state[1:] == [4, 0], str(state))
    browser.press(ENTER)
    report.that("search: Enter without a hit leads to the page of results",
                browser.until("return /search\\.html\\?q=kaputt$/.test(location.href)"), browser.run("return location.href"))
    browser.open(site.address(path))
    browser.click("form[data-close] input")
    write(browser, "kessel")
    browser.until(f"return {OPTIONS}.length")
    # The last letter and Enter within one tick of the clock: the list is still that of the words before.
    browser.run("""var f = document.getElementById('kb.over'); f.value += ' x';
        f.dispatchEvent(new Event('input', { bubbles: true }));
        window.kbStale = f.hasAttribute('aria-activedescendant');""")
    report.that("search: Enter never opens a hit of other words", browser.run("return window.kbStale") is False)
    browser.open(site.address("index.html"))
    browser.run("document.querySelector('form[data-close] input').focus()")
    report.that("search: reaching the field by Tab opens nothing", not browser.run("return !!document.querySelector('dialog[open]')"))
    write(browser, "kessel")
    browser.until(f"return {OPTIONS}.length")
    report.that("search: words typed into the bar go on in the list's field", browser.run("return document.activeElement.id + document.activeElement.value") == "kb.overkessel")
    browser.until("return (window.kbAsked || []).slice(-1)[0] === 'kessel' && document.activeElement.hasAttribute('aria-activedescendant')")
    browser.press(ENTER)
    report.that("search: Enter opens the first hit", browser.until(f"return location.pathname.endsWith({path!r})"), browser.run("return location.href"))


def marks(site, browser, report, path, anchor, word):
    """The page that a hit leads to."""
    address = site.address(path)
    browser.resize(*PHONE)
    # Not from another place of the same page, which would not be loaded anew.
    browser.open("about:blank")
    browser.open(f"{address}#{anchor}")
    layout = "return Array.from(document.querySelectorAll('main *')).filter(e => e.tagName !== 'MARK').map(e => Math.round(e.getBoundingClientRect().height))"
    text = "return document.querySelector('main').textContent"
    before, words = browser.run(layout), browser.run(text)
    codes = browser.run("return Array.from(document.querySelectorAll('main button, main svg, main input')).map(e => e.outerHTML).join()")
    browser.open(f"{address}?q={word}#{anchor}")
    found = browser.until("return document.querySelectorAll('main mark.sought').length")
    report.that("marks: what was sought is marked on the page", found and word.lower() in browser.run("return document.querySelector('mark.sought').textContent").lower(), str(found))
    report.that("marks: the address is clean again", browser.run("return location.search + location.hash") == f"#{anchor}")
    time.sleep(0.2)
    seen = browser.run("""var head = document.getElementById(arguments[0]);
        var first = Array.from(document.querySelectorAll('mark.sought')).filter(m => head.compareDocumentPosition(m) & 4)[0];
        var box = first.getBoundingClientRect(); return [box.top, box.bottom, innerHeight]""", anchor)
    report.that("marks: the first one in the section is in sight", 0 <= seen[0] and seen[1] <= seen[2], str(seen))
    after = browser.run(layout)
    report.that("marks: nothing on the page moves", before == after, f"{sum(a != b for a, b in zip(before, after))} of {len(before)}")
    report.that("marks: buttons, fields and diagrams are left alone", codes == browser.run(
        "return Array.from(document.querySelectorAll('main button, main svg, main input')).map(e => e.outerHTML).join()"))
    found = browser.run(MEASURE, PHONE[0], True)
    browser.prefer("dark")
    dark = browser.run(MEASURE, PHONE[0], True)
    browser.prefer("light", "print")
    printed = browser.run("return [getComputedStyle(document.querySelector('mark.sought')).backgroundColor, getComputedStyle(document.querySelector('.unmark')).display]")
    browser.prefer("light")
    report.check("marks: they fit a phone and can be read", found["overflow"] + found["targets"] + found["contrast"] + dark["contrast"])
    report.that("marks: paper shows none", printed == ["rgba(0, 0, 0, 0)", "none"], str(printed))
    browser.click(".unmark button")
    gone = browser.run("return document.querySelectorAll('mark.sought, .unmark').length")
    report.that("marks: a button removes them and leaves the text as it was", gone == 0 and browser.run(text) == words)
    browser.open(f"{address}?q={word}")
    browser.until("return document.querySelector('.unmark')")
    browser.press(ESCAPE)
    report.that("marks: so does Esc", browser.run("return document.querySelectorAll('mark.sought').length") == 0)
    browser.resize(*DESK)


def results(site, browser, report):
    """The page of all results."""
    rows = "Array.from(document.querySelectorAll('.hits > li'))"
    page = site.address("search.html")
    browser.open(f"{page}?q=kessel")
    report.that("results: an address with a query shows its hits", browser.until(f"return {rows}.length") == 20
                and browser.run("return document.getElementById('kb.q').value") == "kessel")
    browser.until("return document.querySelector('.facet input') && !!document.querySelector('.hits .passage').firstChild")
    first = browser.run(f"return {rows}[0].textContent + Array.from({rows}[0].querySelectorAll('a')).map(a => a.getAttribute('href'))")
    report.that("results: a runbook has its first step, its number and a way to begin", all(
        text in first for text in ("Ausmaß feststellen", "tel:+494066969112", "#kb.begin", "?q=kessel#", "Diagnose")), first)
    before = browser.run(f"return {rows}[19].textContent")
    browser.click('[id="kb.more"]')
    browser.until(f"return {rows}.length > 20")
    state = browser.run(f"return [{rows}.length, document.getElementById('kb.more').hidden, {rows}.indexOf(document.activeElement.closest('li')), {rows}[19].textContent]")
    report.that("results: a button shows the rest and moves to it", state == [33, True, 20, before], str(state))
    browser.run("scrollTo(0, 0)")
    browser.click('.facet input[value="kind:runbook"]')
    browser.until(f"return {rows}.length === 1")
    time.sleep(0.2)
    state = browser.run(f"return [{rows}.length, document.getElementById('kb.q').value, document.activeElement.value, document.activeElement.checked, location.search]")
    report.that("results: a choice narrows them, stays chosen and is in the address",
                state == [1, "kessel kind:runbook", "kind:runbook", True, "?q=kessel+kind%3Arunbook"], str(state))
    browser.click('.facet input[value="kind:runbook"]')
    report.that("results: it can be taken back", browser.until(f"return {rows}.length === 20")
                and browser.run("return document.getElementById('kb.q').value") == "kessel")
    browser.open(f"{page}?q=nichtsda+kind%3Aprovider")
    browser.until("return document.querySelector('.facet input')")
    browser.click(".facet input:checked")
    report.that("results: a choice that fits no hit can be taken back", browser.until("return document.getElementById('kb.q').value === 'nichtsda'"))
    report.that("results: where nothing is found, it says so and explains how to ask",
                browser.until("return document.querySelectorAll('#kb\\\\.said a').length === 4 && document.getElementById('kb.syntax').open"))
    browser.open(f"{page}?q=korigirt+kessel")
    report.that("results: a corrected query is named", browser.until("return /korrigiert/.test(document.getElementById('kb.said').textContent)"))
    wrong = []
    for name, query in (("an attack", ATTACK), ("10,000 signs", "kessel " + "x" * 10_000), ("half a sign", "kessel \ud83d"), ("control signs", "kessel\x00\x07\u202e"),
                        ("signs of patterns", "kessel [.*+?^${}()|[\\"), ("stop words", "der die das"), ("Cyrillic", "котёл kessel")):
        browser.open(page)
        browser.run("""var f = document.getElementById('kb.q'); f.value = arguments[0]; f.dispatchEvent(new Event('input', { bubbles: true }));
            window.kbWas = document.getElementById('kb.said').textContent""", query.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        if not browser.until("return document.getElementById('kb.said').textContent !== window.kbWas"):
            wrong.append(f"{name}: no answer")
        address = browser.run("return location.href")
        if len(address) > 4000 or browser.run("return document.querySelectorAll('main img, main script').length"):
            wrong.append(f"{name}: {address[:80]}")
        browser.open(address)
        if not browser.until(f"return document.getElementById('kb.said').textContent.length > 3"):
            wrong.append(f"{name}: its address does not answer")
        if browser.run("return document.querySelectorAll('main img, main script').length"):
            wrong.append(f"{name}: its address makes elements")
        found = browser.run(MEASURE, DESK[0], False)
        wrong += [f"{name}: {line}" for line in found["overflow"]]
    report.check("results: no query is too odd", wrong)


def without_the_script(site, browser, report):
    """A site whose search.js is not there, and browsers that run none."""
    script = f"{site.root}/search.js"
    whole = open(script, "rb").read()
    # A copy that was broken off, a page that a proxy puts in its place, and nothing at all.
    for what, left in (("cut off", whole[: len(whole) // 2]), ("another page", b"<!doctype html><title>Anmelden</title>"), ("not there", None)):
        os.remove(script)
        if left is not None:
            with open(script, "wb") as file:
                file.write(left)
        browser.open(site.address("index.html"))
        browser.press("/")
        write(browser, "kessel")
        browser.until(f"return {SAID}")
        state = browser.run(f"return [{SAID}, document.querySelectorAll('.over .said a').length]")
        report.that(f"search: where search.js is {what}, the field says so and names the lists", "search.js" in state[0] and state[1] == 4, str(state))
        browser.press(ENTER)
        browser.until("return /search\\.html\\?q=kessel$/.test(location.href)")
        report.that(f"search: and so does the page of results ({what})", browser.until("return document.querySelectorAll('#kb\\\\.said a').length") == 4)
        browser.logged("browser")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site.root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser.scripts(False)
    wrong = []
    for start in (site.address("index.html"), f"http://127.0.0.1:{server.server_port}/index.html", site.address(site.records()[0])):
        browser.open(start)
        browser.click("form[data-close] input")
        write(browser, "a b")
        browser.press(ENTER)
        if not browser.until("return /search\\.html\\?q=a\\+b$/.test(location.href)"):
            wrong.append(f"from {start} to {browser.run('return location.href')}")
        if browser.run("return Array.from(document.querySelectorAll('main a')).filter(a => a.checkVisibility()).length") < 5:
            wrong.append(f"from {start}: no lists")
        wrong += browser.run(MEASURE, DESK[0], True)["scripts"]
    browser.scripts(True)
    browser.open("about:blank")
    server.shutdown()
    server.server_close()
    report.check("search: without JavaScript the field leads to a page that explains the lists, from disk and over http", wrong)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def on_phones(site, browser, report):
    browser.resize(*PHONE)
    wrong = []
    for path in site.records()[:1]:
        browser.open(site.address(path))
        box = browser.run("var b = document.querySelector('.thumb').getBoundingClientRect(); return [b.width, b.height, b.top]")
        if box[0] < 44 or box[1] < 44:
            wrong.append(f"{path}: {box}")
        # Whatever floats would cover a number somewhere.
        floating = browser.run("return Array.from(document.querySelectorAll('body *')).filter(e => getComputedStyle(e).position === 'fixed').map(e => e.className)")
        wrong += [f"{path}: {name} floats over the page" for name in floating]
        browser.click(".thumb")
        if not browser.until("return document.activeElement.id === 'kb.over'"):
            wrong.append(f"{path}: the field has no focus")
        browser.click(".over form > .btn")
        if browser.run("return !!document.querySelector('dialog[open]')"):
            wrong.append(f"{path}: it does not close")
    report.check("search: on a phone a button in the bar opens and closes it, and nothing floats", wrong)
    browser.resize(*DESK)


def searching(site, browser, report):
    path, anchor, word = target(site, browser)
    browser.resize(*DESK)
    with tempfile.TemporaryDirectory() as folder:
        copy = with_stand_in(site, f"{folder}/wissen", hits(path, anchor, word))
        keys(copy, browser, report, path, word)
        marks(copy, browser, report, path, anchor, word)
        results(copy, browser, report)
        on_phones(copy, browser, report)

        def dialog(query):
            def show():
                browser.open(copy.address("index.html"))
                browser.press("/")
                write(browser, query)
                browser.until("return document.querySelector('.over .said').textContent.length > 5")
            return show

        def page(query):
            def show():
                browser.open(copy.address(f"search.html") + query)
                browser.until("return document.getElementById('kb.said').textContent.length > 5")
            return show

        measured(browser, report, "the list and its messages", [("hits", dialog("kessel")), ("an error", dialog("kaputt"))])
        measured(browser, report, "results and messages", [
            ("hits", page("?q=kessel")), ("an error", page("?q=kaputt")), ("nothing", page("?q=nichtsda")), ("no query", page(""))])
        report.check("search: no word on the console", [entry["message"] for entry in browser.logged("browser")])
        without_the_script(copy, browser, report)
        browser.open("about:blank")
        browser.logged("browser")
