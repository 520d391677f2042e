"""The screens that pages are looked at on, and what is measured there."""

import os

PHONE, DESK = (360, 740), (1440, 900)
# At the edges of the style sheet's widths.
BETWEEN = (320, 710, 1030, 1290)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "measure.js"), encoding="utf-8") as file:
    MEASURE = file.read()
