#!/usr/bin/env python3
"""Asks the two readers of the search index, in the browser and in Swift, the same queries, and compares what they find.

    python3 Tests/Browser/twins.py KB ROOT SITE_DIR

The queries are those of the relevance test and some that nobody should ask. Page, section, score and file must agree, in order.
"""

import json
import os
import subprocess
import sys

from webdriver import Browser

HERE = os.path.dirname(os.path.abspath(__file__))
ODD = [
    "", "   ", "der die das", "-drucker", "kind:runbook", "kind:runbook -erp", 'kind:system "', '"', '""', '"erp odrun"', "owner:maren", "tag:x",
    "system:erp störung", "Störung", "Stoerung", "storung", "Sto\u0308rung", "STÖRUNG", "Drucker-Server", "drucker server", "log in", "back up",
    "10.20.10.22", "0x80070005", "C:\\Windows\\System32", "a" * 3000, "x y z " * 700, "<img src=x onerror=alert(1)>", "[a-z]+(.*)?$^", "кириллица",
    "日本語", "👩‍💻 erp", "\u0000\u0007\u001b[31m", "serverraumschluessel", "lizenzserver", "sicherungsplan", "drukcer", "rducker", "passwrot",
    "erp erp erp", "e", "er", "erp -sql", "l'été", "„Anmeldung fehlgeschlagen“", "fehler: verbindung verweigert (10061)", "KB-4711 kb4711",
    "erp -störungs", "drucker -lagern", 'owner:"maren"', 'kind:"runbook" erp', 'Art:"system" "fehler"', 'nichts:"erp steht"', "040 654321", ":", "kind:",
    "прима", "прим", "привод", "привет", "измерение", "messung", "µs", "µ", "umol", "µmil", "zluť", "žaba", "日本", "日", "strasse", "grosse", "½", "x²", "𝐀𝐁", "𠮷野家", "ﾊﾝｶｸ",
    "messgroesse", "messgroßen", "anzulegen", "gesichert", "zurückzuspielen", "aufgebaut", "angeprüft und abgemeldet", "abgeprüft", "abzuschalten", "gengen", "logbook", "backup didn't run", "vpn can’t connect", "what's the it-notruf", "wie geht's weiter", "in-out isn't", "-kind:runbook erp", "erp -art:system", "+49 221 4710499", "+492214710499", "0049 221 4710-499", "(0221) 4710 499",
    "0221/4710499 störung", "040 6696 9110", "0171 3920010", "01.11.2026 1", "0.4.12 2024 1", "+49 (0)40 66969 110", "+1 555 123 4567", "0800 555 6667 890 123 456 7",
    "Unlock-ADAccount -Identity m.muster", "Get-EventLog -LogName Application -Source OdrunCore", "errno -4048", "fehler -1018", "drucker -Toner", "06717847-збк 1", "+49 171 2345678 +49 40 7654321", "040 123456 / 0171 2345678", "040 123456+49", "(030) 99\u00a088\u00a077…", "06717847з", "06717847\u00a0x", "erp -https://a.b -toner", "0x80070005", "zertiﬁkat", "ｻｰﾊﾞｰ", "サーバー", "oﬄine", "ＶＰＮ", "ｅｒｐ．ｏｄｒｕｎ", "co₂", "10 m²", "erpsystemumzug", "druckerzubehoer", "odrunqxyzw", "e_accessdenied",
    "storage spinnt", "storage kaputt", "Active Directory hängt", "dateiserver ist ausgefallen", "Firewall defekt", "erp stuerzt dauernd ab", "erp läuft",
    "erp läuft nicht", "drucker geht nicht", "vpn isn’t working", "the firewall crashed", "kind:system erp steht", "kind:runbook erp steht", "erp steht -notbetrieb",
    "\"E_ACCESSDENIED: µC\"",
]


def queries():
    """The relevance test's, then the odd ones."""
    found = []
    folder = os.path.join(HERE, "..", "Relevance", "queries")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".tsv"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                for line in file:
                    parts = line.rstrip("\n").split("\t")
                    if not line.startswith("#") and len(parts) >= 4:
                        found.append(parts[2])
    return found + ODD


def main():
    kb, root, site = sys.argv[1:4]
    asked = queries()
    one_line = [query.replace("\n", " ") for query in asked]
    answer = subprocess.run(
        [os.path.abspath(kb), "search", "-C", root, "--batch", "--published", "--format", "json"], input="\n".join(one_line) + "\n", text=True,
        capture_output=True, check=True)
    lines = answer.stdout.split("\n")[:-1]
    if len(lines) != len(asked):
        sys.exit(f"{len(asked)} queries, but {len(lines)} answers")
    wrong = 0
    with Browser() as browser:
        browser.open("file://" + os.path.abspath(os.path.join(site, "search.html")))
        for query, line in zip(one_line, lines):
            hits = json.loads(line)
            names = [(hit["kind"], hit["title"]) for hit in hits]
            # A hit that shares its title names its file.
            swift = [
                [hit["id"], hit["url"], hit["score"], hit["path"], hit["path"] if names.count(name) > 1 else None, hit["section"]]
                for hit, name in zip(hits, names)]
            script = browser.run_async(
                "var done = arguments[arguments.length - 1];"
                "window.kbSearch.query(arguments[0], {limit: 10}).then(window.kbSearch.passages).then(function (r) {"
                "  done(r.hits.map(function (h) { return [h.id, h.address, Math.round(h.score * 1000) / 1000, h.path, h.file || null, h.section]; })); },"
                "function (e) { done('' + e); });", query)
            if script != swift:
                wrong += 1
                if wrong <= 8:
                    print(f"FAILED  {query[:60]!r}\n  Swift   {swift[:4]}\n  browser {script[:4]}")
    print(f"{len(asked)} queries, {wrong} answered differently in Swift and in the browser")
    sys.exit(1 if wrong else 0)


main()
