#!/usr/bin/env python3
"""Weighs a search in a real browser: bytes and requests of the first query, and how long queries take. See README.md.

    python3 Tests/Relevance/browser.py --kb .build-release/release/kb --root KB_DIR [--peers] [--pagefind PYTHON]
"""

import argparse
import glob
import json
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from bases import Base
from engines import Browser, Pagefind, Unavailable
from served import Served, packed

# The field that loads the search when it is first touched, and how to see that it is there.
FIELD = "form[role=search] input[name=q]"
ENGINE = "return !!(window.kbSearch && window.kbSearch.query)"
# How each is asked, in two steps: what shows a list of hits, and what is shown of them after that.
ASK = {
    "kb": ("text => kbSearch.query(text, { limit: 10 })", "found => kbSearch.passages(found)"),
    "pagefind": (
        """async text => {
          const found = await pagefind.search(text);
          await Promise.all(found.results.slice(0, 5).map(hit => hit.data()));
          return found;
        }""",
        "found => Promise.all(found.results.slice(0, 10).map(hit => hit.data()))"),
}
STEPS = {"kb": ("ten hits", "with passages"), "pagefind": ("five results", "ten results")}


def arguments():
    parser = argparse.ArgumentParser(description="Bytes, requests and times of a search in a real browser.")
    parser.add_argument("--kb", required=True, help="the kb that builds the site")
    parser.add_argument("--root", required=True, action="append", help="a knowledge base; may be given several times")
    parser.add_argument("--language", default="de", help="the knowledge base's language; de unless said otherwise")
    parser.add_argument("--peers", action="store_true", help="Pagefind takes part")
    parser.add_argument("--pagefind", metavar="PYTHON", default=sys.executable, help="a Python that has pagefind")
    parser.add_argument("--queries", type=int, default=100, help="how many queries to time; 100 unless said otherwise")
    parser.add_argument("--first", type=int, default=12, help="how many of them as the first one on a page; 12")
    parser.add_argument("--seed", type=int, default=1, help="which queries")
    parser.add_argument("--requests", action="store_true", help="each request of the heaviest first query")
    parser.add_argument("--json", metavar="FILE", help="every figure and every time")
    parser.add_argument("--work", metavar="DIR", help="where to work, kept afterwards")
    return parser.parse_args()


def queries(base, count, seed):
    """Queries as people type them, out of the pages' own words: one to four words, some cut short, some with a slip."""
    chance, found = random.Random(seed), []
    while len(found) < count:
        title, lead, _, body = base.text(chance.choice(base.records)["path"])
        words = re.findall(r"[^\W_]{3,}", chance.choice([title, title, lead or title, body]).lower())
        if not words:
            continue
        start = chance.randrange(len(words))
        chosen = words[start:start + chance.randint(1, 4)]
        last, luck = chosen[-1], chance.random()
        if luck < 0.2 and len(last) > 5:
            chosen[-1] = last[:-chance.randint(1, 3)]
        elif luck < 0.35 and len(last) > 4:
            place = chance.randrange(1, len(last) - 2)
            chosen[-1] = last[:place] + last[place + 1] + last[place] + last[place + 2:]
        found.append(" ".join(chosen))
    return found


def spent():
    """The seconds of CPU that ended processes started from here have used."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def weight(files):
    """How many files, their bytes, and their bytes packed."""
    bytes_, small = 0, 0
    for name in files:
        with open(name, "rb") as file:
            data = file.read()
        bytes_ += len(data)
        small += packed(data)
    return {"files": len(files), "bytes": bytes_, "packed": small}


def under(folder, *patterns):
    found = [name for pattern in patterns for name in glob.glob(os.path.join(folder, pattern), recursive=True)]
    return sorted({name for name in found if os.path.isfile(name)})


def quiet(served, seconds=0.4):
    """Waits until nothing was asked for during that time."""
    mark, since = served.mark, time.monotonic()
    while time.monotonic() - since < seconds:
        time.sleep(0.05)
        if served.mark != mark:
            mark, since = served.mark, time.monotonic()


def least(runs, work):
    """The least CPU time of some runs of the same work."""
    times = []
    for _ in range(runs):
        before = spent()
        work()
        times.append(spent() - before)
    return min(times)


def spread(times):
    ordered = sorted(times)
    return {"median": statistics.median(ordered), "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]}


def first(name, served, browser, ready, text):
    """A query on a page on which nothing was searched yet: requests and bytes after each step."""
    mark = ready(served, browser)
    steps = []
    browser.run(f"return ({ASK[name][0]})(arguments[0]).then(found => {{ window.measured = found; }})", text)
    quiet(served, 0.2)
    steps.append(served.since(mark))
    browser.run(f"return ({ASK[name][1]})(window.measured).then(() => null)")
    quiet(served, 0.2)
    steps.append(served.since(mark))
    return {"text": text, "steps": steps, "asked": served.account[mark:]}


def following(name, browser, texts):
    """Milliseconds of each query on one page: to the end of the first step, and of the second."""
    times = []
    for start in range(0, len(texts), 10):
        times += browser.run(f"""
            return (async texts => {{
              const ask = {ASK[name][0]}, complete = {ASK[name][1]};
              const times = [];
              for (const text of texts) {{
                const start = performance.now();
                const found = await ask(text);
                const middle = performance.now();
                await complete(found);
                times.push([middle - start, performance.now() - start]);
              }}
              return times;
            }})(...arguments)""", texts[start:start + 10])
    return times


def measure(name, folder, ready, texts, options):
    """First queries, each on a fresh page; then one page that answers all of them, twice."""
    with Served(folder) as served, Browser() as browser:
        result = {"first": [first(name, served, browser, ready, text) for text in texts[:options.first]]}
        mark = ready(served, browser)
        following(name, browser, texts[:1])
        for turn in ("next", "again"):
            times = following(name, browser, texts[1:])
            result[turn] = {"times": times, "steps": [spread(step) for step in zip(*times)]}
        result["session"] = served.since(mark)
    return result


def typed(site, text):
    """A query typed key by key into the field, with what the page shows as somebody types."""
    with Served(site) as served, Browser() as browser:
        mark = kb_ready(served, browser)
        for sign in text:
            browser.press(sign)
            time.sleep(0.15)
        quiet(served, 1)
        return served.since(mark)


def kb_ready(served, browser):
    """A page whose field has the focus; what came before counts for no search."""
    browser.open(f"{served.address}/index.html")
    quiet(served)
    mark = served.mark
    if not browser.run("return !!document.querySelector(arguments[0])", FIELD):
        raise Unavailable(f"the site's first page has no {FIELD}")
    browser.run("document.querySelector(arguments[0]).focus()", FIELD)
    if not browser.until(ENGINE):
        raise Unavailable("window.kbSearch.query is not there after the field has the focus")
    return mark


def kb(base, texts, work, options):
    """The search of kb's own site. Its index costs what a search with a new one costs above checking alone."""
    site = os.path.join(work, "site-kb")
    shutil.rmtree(site, ignore_errors=True)

    def command(*arguments):
        subprocess.run([base.kb, *arguments, "-C", base.root], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    before = spent()
    base.build(site)
    build = spent() - before
    check = least(2, lambda: command("check"))
    search = least(2, lambda: command("search", "--published", "--no-cache", texts[0]))
    index = {
        **weight([os.path.join(site, "search.js"), *under(site, "search/*.js")]),
        "cpu": search - check, "build": build, "check": check, "search": search}
    result = measure("kb", site, kb_ready, texts, options)
    return {**result, "typed": typed(site, texts[0]), "index": index}


def pagefind_ready(served, browser):
    """An empty page in the language of the index, before Pagefind's script is loaded."""
    browser.open(f"{served.address}/blank.html")
    quiet(served)
    mark = served.mark
    browser.run("""
        document.documentElement.lang = arguments[0];
        return import('/pagefind/pagefind.js').then(async pagefind => {
          await pagefind.init();
          window.pagefind = pagefind;
        })""", pagefind_ready.language)
    return mark


def pagefind(base, texts, work, options):
    """Pagefind over the same pages in one index, asked through its own script, with its results' texts."""
    engine = Pagefind(options.pagefind)
    engine.options = (*engine.options, "--force-language", base.language)
    site_cost = least(1, lambda: base.build(os.path.join(work, "site-once")))
    before = spent()
    folder, _ = engine.index(base, work)
    cost = spent() - before - site_cost
    # Its ready-made fields and boxes are not needed here.
    files = [name for name in under(folder, "pagefind/**") if not re.search("-(ui|highlight|component|modular)", name)]
    pagefind_ready.language = base.language
    return {**measure("pagefind", folder, pagefind_ready, texts, options), "index": {**weight(files), "cpu": cost}}


def rows(name, result, sources):
    """A line for each step; the index stands in the first."""
    index = result["index"]
    for step, label in enumerate(STEPS[name]):
        sizes = [query["steps"][step] for query in result["first"]]
        bytes_ = [size / 1000 for _, size in sizes]
        requests = [count for count, _ in sizes]
        following, again = result["next"]["steps"][step], result["again"]["steps"][step]
        line = (
            f"{name:<9}{label:<14}{statistics.median(bytes_):>7.1f}{max(bytes_):>7.1f}"
            f"{statistics.median(requests):>6.0f}{max(requests):>5}"
            f"{following['median']:>9.1f}{following['p95']:>8.1f}{again['median']:>9.1f}{again['p95']:>8.1f}")
        if step == 0:
            line += (
                f"{index['files']:>8}{index['bytes'] / 1000:>9.0f}{100 * index['bytes'] / sources:>6.0f} %"
                f"{index['cpu']:>8.2f}")
        yield line


HEAD = """\
                         first query, kB gz   reqs      next queries, ms       again, ms             index             CPU
                        median    max   med  max   median     p95   median     p95   files       kB   share       s"""


def main():
    options = arguments()
    report = []
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or temporary
        os.makedirs(work, exist_ok=True)
        # What kb keeps for the next time is gone afterwards.
        os.environ["XDG_CACHE_HOME"] = os.path.join(os.path.abspath(work), "cache")
        for root in options.root:
            base = Base("bench", os.path.abspath(root), options.language, os.path.abspath(options.kb))
            texts = queries(base, options.queries, options.seed)
            sources = sum(os.path.getsize(os.path.join(base.root, record["path"])) for record in base.records)
            print(f"\n{len(base.records)} records, {sources / 1000:.0f} kB of Markdown, {len(texts)} queries\n{HEAD}")
            for name, engine in (("kb", kb), ("pagefind", pagefind)):
                if name == "pagefind" and not options.peers:
                    continue
                try:
                    result = engine(base, texts, work, options)
                except Unavailable as reason:
                    print(f"{name:<10} takes no part: {reason}")
                    continue
                print("\n".join(rows(name, result, sources)))
                if "typed" in result:
                    count, bytes_ = result["typed"]
                    print(f"kb       typed         {bytes_ / 1000:>7.1f}{count:>18} requests, key by key: {texts[0]!r}")
                if "build" in result["index"]:
                    index = result["index"]
                    print(f"kb       CPU: check {index['check']:.2f} s, check and index {index['search']:.2f} s, build {index['build']:.2f} s")
                if options.requests:
                    heaviest = max(result["first"], key=lambda query: query["steps"][-1][1])
                    print(f"  {heaviest['text']!r}")
                    for path, size in heaviest["asked"]:
                        print(f"  {size:>8} {path}")
                report.append({"engine": name, "records": len(base.records), "markdown": sources, **result})
                sys.stdout.flush()
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
