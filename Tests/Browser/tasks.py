#!/usr/bin/env python3
"""What people look for on a phone, counted in taps and scrolls from the start page of the example's site.

    tasks.py SITE_DIR

A scroll is one swipe over four fifths of a screen of 360 by 740. The number of each critical system is at most one tap away, the call itself,
and needs no character typed.
"""

import math
import sys

from pages import Site
from screens import PHONE
from webdriver import Browser

# The place of the first element that a test in JavaScript holds for, below the top of the screen; it is scrolled to.
FIND = """
  const wanted = [...document.querySelectorAll(arguments[0])].find(part =>
    part.getBoundingClientRect().height > 0 && part.textContent.includes(arguments[1]));
  if (!wanted) return null;
  const box = wanted.getBoundingClientRect();
  // What lies over the lower edge hides it.
  const dock = document.querySelector(".dock");
  const below = dock && getComputedStyle(dock).position === "fixed" ? dock.getBoundingClientRect().height : 0;
  const hidden = Math.max(0, box.bottom - innerHeight + below, -box.top);
  if (hidden > 0) window.scrollBy(0, box.top - 100);
  return { hidden, href: wanted.href || "" };
"""
NUMBERS = """
  return [...document.querySelectorAll("main tr, main li")].filter(row => row.querySelector("a[href^='tel:']")
    && row.querySelector("a[href^='systems/']")).map(row => [row.querySelector("a[href^='systems/']").textContent,
    row.querySelector("a[href^='tel:']").getBoundingClientRect().bottom]);
"""
# Each step: what is tapped, by a selector and a word in it; the last one is what is looked for.
TASKS = [
    ("VPN down: the first step", [("a.sos", ""), ("main a[href*='runbooks/vpn-']", ""), (".steps > li .how", "")]),
    ("who has administrative rights", [
        (".menu", ""), ("nav a[href$='access.html']", ""), ("main a[href^='#']", "Administration"), (":target + *, :target", "")]),
    ("cancel by when", [(".menu", ""), ("nav a[href$='contracts/index.html']", ""), ("main tbody td", "20")]),
]


def scrolls(hidden):
    return math.ceil(hidden / (PHONE[1] * 0.8)) if hidden > 1 else 0


def count(browser, steps):
    """The taps and scrolls of some steps; the last one is only looked at."""
    taps = swipes = 0
    for number, step in enumerate(steps):
        found = browser.run(FIND, step[0], step[1])
        if found is None:
            return None, step
        swipes += scrolls(found["hidden"])
        if number == len(steps) - 1:
            break
        browser.run(
            "[...document.querySelectorAll(arguments[0])].find(part => part.getBoundingClientRect().height > 0"
            " && part.textContent.includes(arguments[1])).click()", step[0], step[1])
        taps += 1
        browser.run("return new Promise(done => setTimeout(done, 400))")
    return taps, swipes


def main():
    site = Site(sys.argv[1])
    failed = 0
    with Browser() as browser:
        browser.resize(*PHONE)
        browser.open(site.address("index.html"))
        numbers = browser.run(NUMBERS)
        for name, bottom in numbers:
            print(f"ok      {name}: the number in sight after {scrolls(bottom - PHONE[1])} scrolls, called with 1 tap")
        critical = browser.run("return Number(document.querySelector('.figures dd').textContent)")
        if not numbers or len(numbers) < critical:
            failed += 1
            print(f"FAILED  {len(numbers)} critical systems of {critical} have a number on the start page")
        for name, steps in TASKS:
            browser.open(site.address("index.html"))
            taps, rest = count(browser, steps)
            if taps is None:
                failed += 1
                print(f"FAILED  {name}: nothing to tap for {rest}")
            else:
                print(f"ok      {name}: {taps} taps, {rest} scrolls")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
