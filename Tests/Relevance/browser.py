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
import sys
import tempfile
import time

from bases import Base
from engines import Browser, Pagefind, Unavailable
from served import Served, packed

# What the site's script offers: the field, and the engine behind it.
FIELD = "form.seek input[name=q]"
SCRIPT = "kb.js"
# Where the files of kb's index are in a site; a pattern for each place.
INDEX = ("search/**", "search*.js")
ENGINE = "return !!(window.kbSearch && window.kbSearch.query)"
RESULTS = {"kb": 10, "pagefind": 5}


def arguments():
    parser = argparse.ArgumentParser(description="Bytes, requests and times of a search in a real browser.")
    parser.add_argument("--kb", required=True, help="the kb that builds the site")
    parser.add_argument("--root", required=True, action="append", help="a knowledge base; may be given several times")
    parser.add_argument("--language", default="de", help="the knowledge base's language; de unless said otherwise")
    parser.add_argument("--peers", action="store_true", help="Pagefind takes part")
    parser.add_argument("--pagefind", metavar="PYTHON", default=sys.executable, help="a Python that has pagefind")
    parser.add_argument("--queries", type=int, default=100, help="how many queries to time; 100 unless said otherwise")
    parser.add_argument("--seed", type=int, default=1, help="which queries")
    parser.add_argument("--requests", action="store_true", help="each request of the first query")
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


def timed(browser, script, texts, limit):
    """Milliseconds of each query; the script is an async function of (text, limit)."""
    times = []
    for start in range(0, len(texts), 10):
        times += browser.run(f"""
            return (async (texts, limit) => {{
              const ask = {script};
              const times = [];
              for (const text of texts) {{
                const start = performance.now();
                await ask(text, limit);
                times.push(performance.now() - start);
              }}
              return times;
            }})(...arguments)""", texts[start:start + 10], limit)
    return times


def spread(times):
    ordered = sorted(times)
    return {"median": statistics.median(ordered), "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]}


def measure(served, browser, script, texts, limit, mark):
    """The first query, the others, and all of them once more; `mark` says what was asked for before the engine."""
    first = timed(browser, script, texts[:1], limit)[0]
    quiet(served)
    asked = served.account[mark:]
    requests, bytes_ = served.since(mark)
    result = {"first": {"ms": first, "requests": requests, "packed": bytes_, "asked": asked}}
    for name, chosen in (("next", texts[1:]), ("again", texts[1:])):
        mark = served.mark
        times = timed(browser, script, chosen, limit)
        requests, bytes_ = served.since(mark)
        result[name] = {**spread(times), "requests": requests, "packed": bytes_, "times": times}
    return result


def kb(base, texts, work, options):
    """The search of kb's own site. The page's script counts as part of the first query, since the engine may be in it."""
    site = os.path.join(work, "site-kb")
    shutil.rmtree(site, ignore_errors=True)
    before = spent()
    base.build(site)
    index = {**weight(under(site, *INDEX)), "cpu": spent() - before}
    limit = RESULTS["kb"]
    with Served(site) as served, Browser() as browser:
        browser.open(f"{served.address}/index.html")
        quiet(served)
        if not browser.run("return !!document.querySelector(arguments[0])", FIELD):
            raise Unavailable(f"the site's first page has no {FIELD}")
        script = next((place for place, (path, _) in enumerate(served.account) if path.endswith(SCRIPT)), None)
        kept = [served.account[script]] if script is not None else []
        del served.account[:]
        served.account += kept
        browser.run("document.querySelector(arguments[0]).focus()", FIELD)
        if not browser.until(ENGINE):
            raise Unavailable("window.kbSearch.query is not there after the field has the focus")
        result = measure(served, browser, "(text, limit) => window.kbSearch.query(text, limit)", texts, limit, 0)
    with Served(site) as served, Browser() as browser:
        browser.open(f"{served.address}/index.html")
        quiet(served)
        mark = served.mark
        browser.type(FIELD, texts[0])
        quiet(served, 1)
        requests, bytes_ = served.since(mark)
        result["typed"] = {"requests": requests, "packed": bytes_}
    return {**result, "index": index}


def pagefind(base, texts, work, options):
    """Pagefind over the same pages in one index, asked through its own script, with the first results' texts loaded."""
    engine = Pagefind(options.pagefind)
    engine.options = (*engine.options, "--force-language", base.language)
    before = spent()
    base.build(os.path.join(work, "site-once"))
    site_cost = spent() - before
    before = spent()
    folder, _ = engine.index(base, work)
    index = {**weight(under(folder, "pagefind/**")), "cpu": spent() - before - site_cost}
    ask = """async (text, limit) => {
        if (!window.pagefind) {
          window.pagefind = await import('/pagefind/pagefind.js');
          await window.pagefind.init();
        }
        const found = await window.pagefind.search(text);
        return Promise.all(found.results.slice(0, limit).map(hit => hit.data()));
      }"""
    with Served(folder) as served, Browser() as browser:
        browser.open(f"{served.address}/blank.html")
        browser.run("document.documentElement.lang = arguments[0]", base.language)
        quiet(served)
        result = measure(served, browser, ask, texts, RESULTS["pagefind"], served.mark)
    return {**result, "index": index}


def row(name, result):
    first, following, again, index = result["first"], result["next"], result["again"], result["index"]
    return (
        f"{name:<10}{first['packed'] / 1000:>9.1f}{first['requests']:>7}{first['ms']:>9.1f}"
        f"{following['median']:>11.1f}{following['p95']:>8.1f}{again['median']:>11.1f}{again['p95']:>8.1f}"
        f"{index['files']:>9}{index['bytes'] / 1000:>10.0f}{index['packed'] / 1000:>10.0f}{index['cpu']:>8.1f}")


HEAD = """\
               first query            next queries      the same again            index           CPU
              kB gz   reqs       ms     median     p95     median     p95    files        kB     kB gz       s"""


def main():
    options = arguments()
    report = []
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or temporary
        os.makedirs(work, exist_ok=True)
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
                print(row(name, result))
                if "typed" in result:
                    typed = result["typed"]
                    print(f"  typed    {typed['packed'] / 1000:>9.1f}{typed['requests']:>7}   without {SCRIPT}")
                if options.requests:
                    for path, size in result["first"]["asked"]:
                        print(f"  {size:>8} {path}")
                report.append({"engine": name, "records": len(base.records), "markdown": sources, **result})
                sys.stdout.flush()
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
