#!/usr/bin/env python3
"""Twelve outages of the example on a phone of 360 px, from disk: the right first step is at most three actions from the start page.

    python3 Tests/Browser/outages.py SITE_DIR

An action is one click. Then the step is ticked, and the tick must outlast a reload, a closed tab and be seen in a second one.
"""

import sys

from pages import Site
from run import Report
from screens import PHONE
from webdriver import Browser

# The system that is down, what somebody sees, the runbook, and how its first step begins.
OUTAGES = [
    ("erp", "Odrun hängt", "erp-antwortet-nicht", "Ausmaß feststellen"),
    ("erp-datenbank", "ODR-5031", "erp-antwortet-nicht", "Ausmaß feststellen"),
    ("internet-glasfaser", "Internet geht nicht", "internet-faellt-aus", "Haus oder Leitung?"),
    ("firewall", "ERR_INTERNET_DISCONNECTED", "internet-faellt-aus", "Haus oder Leitung?"),
    ("telefonie", "", "telefonie-faellt-aus", "Internet da?"),
    ("vpn", "", "vpn-geht-nicht", "Eine Person oder alle?"),
    ("mes", "", "mes-terminals-offline", "Ein Terminal, eine Halle oder alle?"),
    ("webshop", "", "webshop-nicht-erreichbar", "Von außen prüfen"),
    ("active-directory", "", "domaenencontroller-wiederherstellen", "Einer oder beide?"),
    ("tresor", "", "tresor-nicht-erreichbar", "Nur hier oder überall?"),
    ("endpunktschutz", "", "endpunktschutz-meldet-nicht", "Ausmaß feststellen"),
    ("usv", "", "neustart-nach-stromausfall", "Ist der Strom stabil?"),
]
LINK = """
    const [selector, text] = arguments;
    const link = Array.from(document.querySelectorAll(selector)).find(a => a.textContent.includes(text));
    if (!link || !link.checkVisibility()) return false;
    link.click();
    return true;
"""
TICKED = "return document.querySelector('.steps .tick').checked"


def reach(site, browser, system, seen, runbook):
    """The actions that it took; 0 when a way is missing."""
    browser.open(site.address("index.html"))
    actions = 0
    for selector, text in ((".sos", ""), (f"main a[href$='down/{system}.html']", ""), (f".choices a[href$='runbooks/{runbook}.html'], .rows a[href$='runbooks/{runbook}.html']", seen)):
        before = browser.run("return location.href")
        if not browser.run(LINK, selector, text):
            return 0
        actions += 1
        browser.until(f"return location.href !== {before!r} && document.readyState === 'complete'")
    return actions


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    site, report = Site(sys.argv[1]), Report()
    with Browser() as browser:
        browser.resize(*PHONE)
        for system, seen, runbook, step in OUTAGES:
            browser.open(site.address("index.html"))
            browser.run("localStorage.clear()")
            actions = reach(site, browser, system, seen, runbook)
            first = browser.run("const l = document.querySelector('.steps label'); return l ? l.textContent : ''") if actions else ""
            report.that(f"{system}: {runbook} in at most three actions", 0 < actions <= 3 and first.startswith(step), f"{actions} actions, {first!r}")
            if not actions:
                continue
            browser.run("document.querySelector('.steps .tick').click()")
            address = browser.run("return location.href")
            browser.command("POST", "/refresh", {})
            kept = browser.run(TICKED)
            other = browser.command("POST", "/window/new", {"type": "tab"})["handle"]
            browser.command("DELETE", "/window")
            browser.command("POST", "/window", {"handle": other})
            browser.open(address)
            report.that(f"{system}: the tick outlasts a reload and a closed tab", kept and browser.run(TICKED), f"after the reload: {kept}")
        browser.run("localStorage.clear()")
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
