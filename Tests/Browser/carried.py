#!/usr/bin/env python3
"""The files that people carry, the handbook and the pocket file, on phones: nothing is wider than the screen, and each is whole by itself.

    carried.py FILE ...
"""

import os
import sys

from webdriver import Browser

WIDTHS = (320, 360, 412)
WIDE = """
  return [...document.querySelectorAll("body *")].filter(part => part.getBoundingClientRect().right > innerWidth + 1)
    .map(part => part.tagName.toLowerCase() + " " + part.textContent.trim().slice(0, 30))
"""


def main():
    failed = 0
    with Browser() as browser:
        for path in sys.argv[1:]:
            for width in WIDTHS:
                # A screen that is not mobile keeps its width, however wide the page is.
                browser.devtools(
                    "Emulation.setDeviceMetricsOverride", width=width, height=740, deviceScaleFactor=1, mobile=False)
                browser.open("file://" + os.path.realpath(path))
                wide = browser.run(WIDE)
                text = f"{os.path.basename(path)} at {width} px: nothing is wider than the screen"
                print(("ok      " if not wide else "FAILED  ") + text, *([] if not wide else [wide[:5]]))
                failed += bool(wide)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
