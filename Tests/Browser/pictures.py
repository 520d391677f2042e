#!/usr/bin/env python3
"""Takes pictures of one page of each type, for a person to look at: phone and desk, light and dark, and in print.

    python3 Tests/Browser/pictures.py SITE_DIR OUTPUT_DIR [PAGE ...]

Without pages it takes the longest of each type. Printed pages need pdftoppm (apt-get install poppler-utils).
"""

import os
import subprocess
import sys

from pages import Site
from run import DESK, PHONE, kind_of
from webdriver import Browser


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    site, folder, paths = Site(sys.argv[1]), sys.argv[2], sys.argv[3:]
    os.makedirs(folder, exist_ok=True)
    if not paths:
        longest = {}
        for path, page in site.pages.items():
            if len(page.elements) > len(site.pages[longest.get(kind_of(path), path)].elements) or kind_of(path) not in longest:
                longest[kind_of(path)] = path
        paths = sorted(longest.values())
    with Browser() as browser:
        for path in paths:
            name = path.removesuffix(".html").replace("/", "-")
            for screen, size in (("phone", PHONE), ("desk", DESK)):
                for scheme in ("light", "dark"):
                    browser.prefer(scheme)
                    browser.resize(*size)
                    browser.open(site.address(path))
                    browser.picture(f"{folder}/{name}-{screen}-{scheme}.png")
            browser.prefer("light")
            browser.printed(f"{folder}/{name}.pdf")
            subprocess.run(["pdftoppm", "-png", "-r", "70", f"{folder}/{name}.pdf", f"{folder}/{name}-print"], check=True)
            print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
