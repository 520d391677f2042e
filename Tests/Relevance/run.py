#!/usr/bin/env python3
"""Judges a search: how often is an answer on top? See README.md beside this file.

    python3 Tests/Relevance/run.py --kb .build-release/release/kb [--peers] [--failures] [--require]
"""

import argparse
import json
import os
import sys
import tempfile

import bases
import judged
from engines import FTS5, FTS5Tuned, Kb, Pagefind, Unavailable
from opensearch import OpenSearch, OpenSearchPlain

WANTED = {"success@1": 0.90, "success@3": 0.95}
MEASURES = ("success@1", "success@3", "mrr@10")


def arguments():
    parser = argparse.ArgumentParser(description="How often does a search put an answer on top?")
    parser.add_argument("--kb", required=True, help="the kb to judge, and to build the sites with")
    parser.add_argument("--set", action="append", choices=sorted(bases.SETS | bases.HELD | bases.UNSEEN), help="only this set")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--held", action="store_true", help="the sets that the weights are not chosen on, not the others")
    other.add_argument("--unseen", action="store_true", help="the sets that are asked only once, at the end")
    parser.add_argument("--peers", action="store_true", help="SQLite FTS5 and Pagefind take part")
    parser.add_argument(
        "--engine", action="append", choices=["kb", "fts5", "fts5-tuned", "pagefind", "opensearch", "opensearch-plain"],
        help="only this engine; may be given several times")
    parser.add_argument("--pagefind", metavar="PYTHON", default=sys.executable, help="a Python that has pagefind")
    parser.add_argument("--osmem", metavar="PYTHON", default=sys.executable, help="a Python that has osmem-server")
    parser.add_argument("--failures", action="store_true", help="what stood on top where no answer did")
    parser.add_argument("--of", default="kb", metavar="ENGINE", help="whose failures; kb unless said otherwise")
    parser.add_argument("--json", metavar="FILE", help="every figure and every rank")
    parser.add_argument("--work", metavar="DIR", help="where to work, kept afterwards")
    parser.add_argument(
        "--require", action="store_true",
        help="exit with 1 unless kb reaches what is wanted and is behind no peer in any class")
    return parser.parse_args()


def judge(options, work):
    """Every engine over every set: a list of (set, query, ranks by engine, paths by engine), and who was missing."""
    peers = [Kb(), FTS5(), FTS5Tuned(), Pagefind(options.pagefind)]
    others = [OpenSearch(options.osmem, Unavailable), OpenSearchPlain(options.osmem, Unavailable)]
    named = options.engine or ([engine.name for engine in peers] if options.peers else ["kb"])
    engines = [engine for engine in peers + others if engine.name in named]
    results, missing = [], {}
    folder, sets = "queries", bases.SETS
    if options.held:
        folder, sets = "held", bases.HELD
    if options.unseen:
        folder, sets = "unseen", bases.UNSEEN
    for name, prepare in sets.items():
        if options.set and name not in options.set:
            continue
        base = prepare(os.path.abspath(options.kb), work)
        if base is None:
            print(f"{name}: skipped, KB_CORPORA names no folder that has it", file=sys.stderr)
            continue
        queries = judged.read(name, base.root, folder)
        ranked = {}
        for engine in engines:
            try:
                ranked[engine.name] = engine.rank(base, queries, work)
            except Unavailable as reason:
                missing[engine.name] = str(reason)
                print(f"{name}: {engine.name} takes no part: {reason}", file=sys.stderr)
        for place, query in enumerate(queries):
            paths = {engine: lists[place] for engine, lists in ranked.items()}
            results.append((name, query, {engine: query.rank(found) for engine, found in paths.items()}, paths))
    present = [engine.name for engine in engines if engine.name not in missing]
    return results, present, missing


def summary(results, engines):
    """Figures by engine and group: each class, each language, each set, and all together."""
    groups = {"overall": results}
    for kind in judged.CLASSES:
        groups[kind] = [result for result in results if result[1].kind == kind]
    for language in judged.LANGUAGES:
        groups[f"typed in {language}"] = [result for result in results if result[1].language == language]
    for name in dict.fromkeys(result[0] for result in results):
        groups[f"set {name}"] = [result for result in results if result[0] == name]
        for kind in judged.CLASSES:
            groups[f"{name}, {kind}"] = [
                result for result in results if result[0] == name and result[1].kind == kind]
    return {
        group: {engine: judged.figures(ranks[engine] for _, _, ranks, _ in members) for engine in engines}
        for group, members in groups.items() if members
    }


def table(figures, engines, groups):
    """Success at 1, at 3, and MRR at 10, for the groups."""
    wide = max(len(group) for group in groups)
    lines = [
        " " * (wide + 6) + "".join(f"  {engine:^20}" for engine in engines),
        " " * wide + "     n" + "  {:>6}{:>6}{:>8}".format("s@1", "s@3", "mrr") * len(engines),
    ]
    for group in groups:
        line = f"{group:<{wide}}{next(iter(figures[group].values()))['queries']:>6}"
        for engine in engines:
            one, three, mean = (figures[group][engine][measure] for measure in MEASURES)
            line += f"  {one:>6.2f}{three:>6.2f}{mean:>8.3f}"
        lines.append(line)
    return "\n".join(lines)


def report(figures, engines, results):
    kinds = [kind for kind in judged.CLASSES if kind in figures]
    names = list(dict.fromkeys(result[0] for result in results))
    blocks = [kinds + ["overall"], [group for group in figures if group.startswith(("set ", "typed "))]]
    if len(names) > 1:
        blocks += [[f"{name}, {kind}" for kind in kinds if f"{name}, {kind}" in figures] for name in names]
    print("\n\n".join(table(figures, engines, block) for block in blocks))


def failures(results, engine):
    """Each query whose first hit is no answer, with what came instead."""
    for name, query, ranks, paths in results:
        if engine in ranks and ranks[engine] != 1:
            place = f"rank {ranks[engine]}" if ranks[engine] else "not found"
            print(f"\n{name}, {query.kind}: {query.text}\n  wanted: {', '.join(sorted(query.answers))} ({place})")
            for number, path in enumerate(paths[engine][:3], 1):
                print(f"  {number}. {path}")


def shortfalls(figures, engines):
    """In which ways kb is not what it has to be."""
    if "kb" not in engines:
        return ["kb takes no part"]
    found = [
        f"kb's {measure} is {figures['overall']['kb'][measure]:.3f}, wanted {least}"
        for measure, least in WANTED.items() if figures["overall"]["kb"][measure] < least
    ]
    for kind in judged.CLASSES:
        for peer in engines:
            for measure in MEASURES:
                if kind in figures and figures[kind]["kb"][measure] < figures[kind][peer][measure] - 1e-9:
                    found.append(
                        f"{kind}: kb's {measure} is {figures[kind]['kb'][measure]:.3f}, "
                        f"{peer}'s {figures[kind][peer][measure]:.3f}")
    return found


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or temporary
        os.makedirs(work, exist_ok=True)
        # What kb keeps for the next time is gone afterwards.
        os.environ["XDG_CACHE_HOME"] = os.path.join(os.path.abspath(work), "cache")
        results, engines, missing = judge(options, work)
    figures = summary(results, engines) if results and engines else {}
    if figures:
        report(figures, engines, results)
    if options.failures:
        failures(results, options.of)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({
                "figures": figures, "missing": missing,
                "queries": [
                    {"set": name, "class": query.kind, "language": query.language, "query": query.text, "ranks": ranks}
                    for name, query, ranks, _ in results
                ],
            }, file, ensure_ascii=False, indent=1)
    if options.require:
        found = shortfalls(figures, engines)
        print("\n" + ("\n".join(found) if found else "kb is what it has to be."))
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
